"""Presence and absence (R-138…R-144). Stream: the lesson; what the class teacher says of
absences stands in `ledger.streams.excuses` and `ledger.streams.disputes`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendanceTaken:
    """Presence was checked: whoever has no «н» was there. «Все на месте» is this with no absences."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceNoted:
    pupil: UUID
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceWithdrawn:
    """`came_late`: the pupil appeared during the lesson (K-45)."""

    pupil: UUID
    came_late: bool
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsencesExplained:
    """Every «н» of the pupil from `first` to `last`, both included, has this category (R-143); it never takes an «н»
    away. A later explanation of the same day counts; `document` is about the pupil."""

    explanation: UUID
    pupil: UUID
    first: date
    last: date
    category: str
    document: PersonalText | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExplanationWithdrawn:
    explanation: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceDisputed:
    """The class teacher says the pupil was there (R-144)."""

    case: UUID
    lesson: UUID
    journal: UUID
    pupil: UUID
    reason: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceDisputeDecided:
    """`upheld`: the «н» was wrong and is withdrawn by the entry this one causes."""

    case: UUID
    upheld: bool
    reason: PersonalText | None
