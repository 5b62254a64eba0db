"""What happens to the lessons of one class on one day. Stream: `ledger.streams.day(school, class, date)`, of the
day the lesson was first planned for."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class SubstitutionRecorded:
    """Somebody takes the lesson of the `absent` teacher (7.12). `manner`:

    same_subject — the substitute writes this lesson; another_subject — another subject was taught instead, on
    that subject's page (an ExtraLessonScheduled that `replaces` this one), and this lesson was not held; joined —
    the groups sit together, the substitute writes both pages; independent — the class works alone, `substitute`
    (None: nobody) looks after it and writes; dropped — not held."""

    substitution: UUID
    lesson: UUID
    absent: UUID
    substitute: UUID | None
    manner: str
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SubstitutionCancelled:
    substitution: UUID
    lesson: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonCancelled:
    """The lesson is not held. `reason` is a word of the list commands.single_lessons.REASONS."""

    lesson: UUID
    reason: str
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonRestored:
    """It is held after all: neither cancelled nor moved."""

    lesson: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonMoved:
    """The lesson keeps its id and is held on `date` (R-090, E-10)."""

    lesson: UUID
    date: date
    number: int
    starts: time
    ends: time
    room: str | None
    order: UUID | None
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtraLessonScheduled:
    """A lesson that no weekly slot brings, in a slot of its own. `mode` is "" (an ordinary lesson), "7.13" (an
    extracurricular one without marks and absences) or "8.3" (the programme outside the classroom, in a `form` as
    «экскурсия»); `replaces` is the lesson whose place or hours it takes."""

    slot: UUID
    journal: UUID
    date: date
    number: int
    starts: time
    ends: time
    room: str | None
    mode: str
    form: str
    replaces: UUID | None
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtraLessonWithdrawn:
    slot: UUID
