"""Works (columns) and marks (R-116…R-128). Stream: the lesson.

The ready column «Ответ на уроке» is the work whose id is the lesson's own.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkAdded:
    """`kind` is a key of the regulation's kinds of work; `due` is the local deadline, last second included,
    fixed for ever at creation, and `window` the rule that set it (W-07 …); `tzdb` as in LessonHeld. `assess`:
    all (everybody present and liable gets a mark, R-127) or individual (R-109); `makes_up` is the work that is
    written here later by those who missed it (K-32)."""

    work: UUID
    kind: str
    title: str
    due: datetime
    window: str
    tzdb: str
    assess: str = "all"
    makes_up: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkWithdrawn:
    work: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkKindChanged:
    """By a case only; the deadline stays what it was when the work was created."""

    work: UUID
    kind: str
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkGiven:
    """`value` is (4,) or, for a fraction, (4, 3). Given over another mark it replaces it: values are absolute.
    `manner` on a distance day: online or independent work (R-134)."""

    work: UUID
    pupil: UUID
    value: tuple[int, ...]
    manner: str = ""
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkWithdrawn:
    work: UUID
    pupil: UUID
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LiteracyMarkGiven:
    """The literacy mark of a work in literature, on the page of Russian `journal` (R-126), in a column of its own dated
    by this lesson: its id is `ledger.streams.literacy(work)`."""

    work: UUID
    journal: UUID
    pupil: UUID
    value: tuple[int, ...]
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LiteracyMarkWithdrawn:
    work: UUID
    pupil: UUID
    correction: UUID | None = None
