"""Subjects (stream: calendar), journals and who teaches them (stream: the journal)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectAdded:
    """`attributes`: language, literature, pe, foreign, laboratory, unmarked."""

    subject: UUID
    title: str
    short: str
    attributes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalListed:
    """A page of the journal: a class or a group of it × a subject × a year."""

    class_id: UUID
    group: UUID | None
    subject: UUID
    year: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkloadAssigned:
    """`hours` a week, in hundredths (3 hours are 300; a half an hour is 50)."""

    teacher: UUID
    first: date
    until: date | None
    hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkloadEnded:
    teacher: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeJournalListed:
    """The page of one pupil who is taught at home (8.2)."""

    pupil: UUID
    class_id: UUID
    subject: UUID
    year: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LongSubstitutionRecorded:
    """The workload of `absent` is the substitute's on these days, both included; until None: till ended."""

    substitution: UUID
    absent: UUID
    substitute: UUID
    first: date
    until: date | None
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LongSubstitutionEnded:
    substitution: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodMarksGranted:
    """The deputy lets the substitute give the period marks (matrix row 11)."""

    substitution: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyPlanSet:
    """Stands in the class's stream (R-063): hours of a subject a week, in hundredths, and a year."""

    subject: UUID
    week_hours: int
    year_hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanOpened:
    """A plan of a subject for a parallel and a year (R-011). Stands in the plan's own head stream
    (`ledger.streams.plan_head`); its items in the stream `plan`, category plan."""

    plan: UUID
    subject: UUID
    grade: int
    year: int
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanBound:
    """Stands in the journal's stream: its lessons take their topics from this plan; None: from none."""

    plan: UUID | None
