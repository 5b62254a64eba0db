"""The school, its year and its bells. Stream: `ledger.streams.calendar(school)`."""

from dataclasses import dataclass
from datetime import date, time
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
