"""The school, its year and its bells. Stream: `ledger.streams.calendar(school)`."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolFounded:
    """`zone` is an IANA name (P-02). A demonstration may import marks after its journals open."""

    title: str
    zone: str
    demonstration: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class YearSet:
    """`year` is the calendar year the study year begins in (2026 for 2026/27)."""

    year: int
    first: date
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalOpened:
    """The journals of a year are open; from here on no marks are imported (design 3)."""

    year: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportingPeriodDefined:
    """`level` is НОО, ООО or СОО; `kind` is quarter, trimester or half_year (P-07)."""

    period: UUID
    year: int
    level: str
    kind: str
    title: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class HolidayScheduled:
    holiday: UUID
    title: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class BellsSet:
    """Local times of the lessons of a schedule: `numbers`, `starts` and `ends` run in parallel."""

    schedule: UUID
    title: str
    numbers: tuple[int, ...]
    starts: tuple[time, ...]
    ends: tuple[time, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BellsAssigned:
    """Class `class_id` rings by `schedule` on ISO weekday `weekday`, from the day `first` on (P-95)."""

    class_id: UUID
    weekday: int
    schedule: UUID
    first: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportingPeriodWithdrawn:
    """The period was defined by mistake."""

    period: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class HolidayWithdrawn:
    holiday: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class DayBellsSet:
    """On `date` these classes ring by `schedule` (a shortened day, R-067); None: by the weekday again."""

    date: date
    classes: tuple[UUID, ...]
    schedule: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DistanceDeclared:
    """Activated (`activated`) or quarantine days of these classes, both days included (R-068, 8.1). The number of
    the order may follow (ledger.events.orders)."""

    distance: UUID
    mode: str
    first: date
    last: date
    classes: tuple[UUID, ...]
    order: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class DistanceEnded:
    """`last` is now the last day; before the first one: there was none at all."""

    distance: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class OutageRegistered:
    """The journal could not be reached from `first` to `last`, local times of the school (W-39, 7.11)."""

    outage: UUID
    first: datetime
    last: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassSetFormed:
    """Класс-комплект: classes that sit together (R-059)."""

    class_set: UUID
    title: str
    classes: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TermSet:
    """An entry of a dictionary (R-070): `dictionary` is work_kind, absence_category or order_kind; `flags` as the
    regulation's work kinds have them. Used entries are never deleted, only `retired`."""

    dictionary: str
    key: str
    title: str
    flags: tuple[str, ...]
    retired: bool
