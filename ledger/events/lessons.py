"""The lesson and what was covered. Stream: the lesson."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonHeld:
    """First event of every lesson: nobody derives these again.

    `number` is its place in the day, `starts` and `ends` are local times; `answer_due` is the deadline (local
    date-time, last second included) of the ready column «Ответ на уроке», `tzdb` the version of the time
    zone data it was computed with. `mode` is that of an extra lesson (ledger.events.days).
    """

    slot: UUID
    journal: UUID
    date: date
    number: int
    starts: time
    ends: time
    answer_due: datetime
    tzdb: str
    mode: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicRecorded:
    """`plan` and `item` (its number there) when the topic is the plan's; `deviation`: the teacher says it departs
    from the plan (R-079). `task` is the main task of a lesson of a foreign language (R-107)."""

    text: str
    plan: UUID | None = None
    item: int | None = None
    deviation: bool = False
    task: str = ""
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BriefingRecorded:
    """The safety briefing (R-108), in the teacher's words."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonCompleted:
    """The teacher signs the lesson as filled (matrix row 8)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MaterialAttached:
    """A link (`url`) or a file (`sha256` in hexadecimal, `media` type found in its content, `size` in bytes) to the
    lesson or its homework (`to`). Bytes stand outside the ledger (ledger.materials)."""

    material: UUID
    to: str
    title: str
    url: str | None
    sha256: str | None
    media: str | None
    size: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MaterialWithdrawn:
    material: UUID
