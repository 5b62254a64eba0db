"""Classes, groups, pupils and their movement (R-059, R-060).

Streams: the class (formed, teacher, groups) and the pupil (enrolment, groups, guardians).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import PersonalText


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


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilUngrouped:
    """`last` is the last day in the group."""

    group: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class GuardianUnlinked:
    guardian: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ExemptionGranted:
    """Free from physical education on these days, both included (R-074); `document` is about the pupil."""

    exemption: UUID
    first: date
    until: date
    document: PersonalText | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExemptionEnded:
    """`last` is now the last day: «н» is possible for lessons after it only (E-07)."""

    exemption: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class HealthGroupSet:
    """`group` of physical education from `first` on: main, preparatory or special."""

    group: str
    first: date


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeTuitionStarted:
    """Taught at home, on journal pages of their own (8.2); `until` None: to the end of the year."""

    tuition: UUID
    first: date
    until: date | None
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeTuitionEnded:
    tuition: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class IndividualCurriculumSet:
    """ИУП (R-061): hours a week, in hundredths, of each subject; the tuples run in parallel."""

    curriculum: UUID
    first: date
    until: date | None
    subjects: tuple[UUID, ...]
    hours: tuple[int, ...]
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactsChanged:
    """Which of the personal data of `about` (the pupil or a guardian) were changed; the values stand outside the
    ledger (R-054, ledger.contacts)."""

    about: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactsVerified:
    """The class teacher checked them this study year (W-38)."""

    year: int
