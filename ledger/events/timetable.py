"""The timetable: a slot is one weekly place of one journal. Stream: the slot."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotScheduled:
    """ISO `weekday` 1–7, lesson `number` of the day; `week` is all, odd or even, counted from the week of the
    year's first day, which is odd; held on every such day from `first` to `last` that is not a holiday."""

    journal: UUID
    weekday: int
    number: int
    week: str
    first: date
    last: date
    room: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotEnded:
    """The slot has no lessons after the day `last`."""

    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotJoined:
    """Joint lesson: the slots of several classes (or groups) with the same `joint` are one hour of one teacher in one
    room and do not collide; each keeps its journal, topic and homework."""

    joint: UUID
