"""Classes, groups, pupils and their movement (R-059, R-060).

Streams: the class (formed, teacher, groups) and the pupil (enrolment, groups, guardians).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassFormed:
    """`level` is НОО, ООО or СОО (R-069)."""

    year: int
    title: str
    grade: int
    level: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassTeacherAppointed:
    person: UUID
    first: date
    until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupFormed:
    group: UUID
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilEnrolled:
    """Stands in the pupil's stream. `first` is the first day in the class."""

    class_id: UUID
    first: date
    order: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilMoved:
    class_id: UUID
    first: date
    order: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilDeparted:
    """`last` is the last day at school."""

    last: date
    order: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilGrouped:
    group: UUID
    first: date
    until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GuardianLinked:
    """Stands in the pupil's stream."""

    guardian: UUID
    kinship: str
