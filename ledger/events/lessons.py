"""The lesson and what was covered. Stream: the lesson."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonHeld:
    """First event of every lesson: nobody derives these again.

    `number` is its place in the day, `starts` and `ends` are local times; `answer_due` is the deadline (local
    date-time, last second included) of the ready column «Ответ на уроке», `tzdb` the version of the time
    zone data it was computed with.
    """

    slot: UUID
    journal: UUID
    date: date
    number: int
    starts: time
    ends: time
    answer_due: datetime
    tzdb: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicRecorded:
    text: str
