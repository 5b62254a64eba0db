"""What a school consists of, each as its latest entries leave it. Ids, never a person's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from ledger.personal import PersonalText
from ledger.span import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Holiday:
    """Days without lessons, both included."""

    title: str
    first: date
    last: date

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A reporting period (P-07)."""

    id: UUID
    year: int
    level: str
    kind: str
    title: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """`number` is None while it is «номер позже»; `recorded_at` the instant it was entered."""

    id: UUID
    kind: str
    number: str | None
    date: date
    recorded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Distance:
    """Activated or quarantine days of some classes (8.1)."""

    id: UUID
    mode: str
    span: Span
    classes: frozenset[UUID]
    order: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Outage:
    """Local times of the school, but the instant at which it was recorded (W-39)."""

    id: UUID
    first: datetime
    last: datetime
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassSet:
    id: UUID
    title: str
    classes: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """An entry of a dictionary (R-070)."""

    dictionary: str
    key: str
    title: str
    flags: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Klass:
    id: UUID
    year: int
    title: str
    grade: int
    level: str
    teachers: tuple[tuple[UUID, Span], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    id: UUID
    class_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Exemption:
    """From physical education (R-074)."""

    id: UUID
    span: Span
    document: PersonalText | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tuition:
    """At home, by order (8.2)."""

    id: UUID
    span: Span
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Curriculum:
    """Individual (R-061): hours a week, in hundredths, by subject."""

    id: UUID
    span: Span
    hours: tuple[tuple[UUID, int], ...]
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Promotion:
    """What becomes of a pupil after the study `year` (R-075): the class teacher's proposal, and once `decided` the
    school's word; `order` may be named later."""

    year: int
    decision: str
    decided: bool
    order: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pupil:
    """`classes` and `groups` are stretches in time; a pupil is in one class on one day. `health` is the group of
    physical education from a day on; `verified` the last study year the contacts were checked in; `paper` the days
    the family is informed on paper; `admits` whether a pupil of age lets the guardians read on, None: no word
    yet (P-37). `kinship` is what each guardian is to the pupil («мать»), or was before the link ended."""

    id: UUID
    classes: tuple[tuple[UUID, Span], ...] = ()
    groups: tuple[tuple[UUID, Span], ...] = ()
    guardians: tuple[UUID, ...] = ()
    kinship: Mapping[UUID, str] = field(default_factory=dict, hash=False)
    exemptions: tuple[Exemption, ...] = ()
    tuitions: tuple[Tuition, ...] = ()
    curricula: tuple[Curriculum, ...] = ()
    health: tuple[tuple[str, date], ...] = ()
    verified: int | None = None
    movements: tuple[tuple[str, date, str | None], ...] = ()
    promotions: tuple[Promotion, ...] = ()
    paper: tuple[Span, ...] = ()
    of_age: bool = False
    admits: bool | None = None

    def on_paper(self, on: date) -> bool:
        """Whether the family has declared that it is informed on paper (7.2)."""
        return any(on in span for span in self.paper)

    def class_on(self, on: date) -> UUID | None:
        return next((c for c, span in reversed(self.classes) if on in span), None)

    def exempt(self, on: date) -> Exemption | None:
        """The exemption from physical education that holds that day; of several the longest."""
        held = [each for each in self.exemptions if on in each.span]
        return max(held, key=lambda each: each.span.last or date.max, default=None)

    def promotion(self, year: int) -> Promotion | None:
        """The decision of that year, while there is none the proposal."""
        return next((each for each in self.promotions if each.year == year), None)

    def at_home(self, on: date) -> bool:
        return any(on in each.span for each in self.tuitions)

    def health_group(self, on: date) -> str:
        return next((group for group, first in reversed(self.health) if first <= on), "main")


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    id: UUID
    title: str
    short: str
    attributes: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class LongSubstitution:
    """Of a journal's workload for a stretch of days."""

    id: UUID
    absent: UUID
    substitute: UUID
    span: Span
    order: UUID | None
    period_marks: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Journal:
    """A page of the journal (класс, группа или ученик на дому × предмет × учебный год) and who has taught it when.
    `hours` a week, in hundredths, by teacher."""

    id: UUID
    class_id: UUID
    group: UUID | None
    subject: UUID
    year: int
    pupil: UUID | None = None
    teachers: tuple[tuple[UUID, Span], ...] = ()
    hours: tuple[tuple[UUID, int], ...] = ()
    long: tuple[LongSubstitution, ...] = ()
    plan: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanHead:
    """A plan of a subject for a parallel (R-011); its items: ledger.plan."""

    id: UUID
    subject: UUID
    grade: int
    year: int
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Substitution:
    """Of one lesson; see ledger.events.days.SubstitutionRecorded. `day` is the stream it stands in."""

    id: UUID
    lesson: UUID
    day: UUID
    recorded_at: datetime
    absent: UUID
    substitute: UUID | None
    manner: str
    order: UUID | None
    cancelled_at: datetime | None = None

    @property
    def cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def drops(self) -> bool:
        """Whether the lesson itself is not held."""
        return self.manner in ("another_subject", "dropped")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Of one planned lesson: cancelled (no `date`), or moved to another place."""

    lesson: UUID
    reason: str = ""
    date: date | None = None
    number: int = 0
    starts: time | None = None
    ends: time | None = None
    room: str | None = None
    order: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Extra:
    """A lesson no weekly slot brings; see ledger.events.days.ExtraLessonScheduled."""

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
class StaffAbsence:
    id: UUID
    person: UUID
    kind: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Responsible:
    scope: str
    span: Span
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate:
    """Of an inspector; no `classes`: the whole school."""

    id: UUID
    classes: frozenset[UUID]
    span: Span
    order: UUID
