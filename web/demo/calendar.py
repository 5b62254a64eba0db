"""The demonstration's calendar: the ordinary year of its files, moved so that today is a day in October.

The files under `web/demo/school/` describe 2026/27 as a real school would write it. The demonstration must
make sense on whatever day it is started, Sundays and July included, so the whole year is moved by a number of
days: today becomes one of 13–16 October 2026, six weeks after 1 September, far from any holiday. Weekdays
move with the dates: the second lesson of Wednesday, 14 October stays the second lesson of the day which that
date becomes; on most days weekdays do not change at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from commands.files.csv_rows import PeriodRow, SchoolBundle

# Actual weekday of today → the day of the files it becomes. From Tuesday to Friday yesterday was a school
# day and weekdays stay. On Saturday the demonstration teaches Tuesday to Saturday, today is their Friday.
# On Sunday it teaches Saturday to Wednesday, on Monday Sunday to Thursday: today is the files' Tuesday, so
# yesterday was taught and lessons go on tomorrow.
FILE_DAY: Mapping[int, date] = MappingProxyType(
    {
        1: date(2026, 10, 13),
        2: date(2026, 10, 13),
        3: date(2026, 10, 14),
        4: date(2026, 10, 15),
        5: date(2026, 10, 16),
        6: date(2026, 10, 16),
        7: date(2026, 10, 13),
    }
)
FILE_YEAR = (date(2026, 9, 1), date(2027, 5, 28))
SHORTENED = "ООО"
FILE_ADAPTATION = (date(2026, 9, 1), date(2026, 9, 15))  # Усть-Белая 7.14(b6)


@dataclass(frozen=True, kw_only=True)
class DemoCalendar:
    """shift: what a date of the files is moved by; weekday_map: weekday of the files (1–5) → actual one."""

    today: date
    shift: timedelta
    weekday_map: Mapping[int, int]
    year: str
    year_first: date
    year_last: date
    adaptation_from: date
    adaptation_to: date


def lay_calendar(today: date) -> DemoCalendar:
    """The calendar for a demonstration first started on `today`, a date in the school's zone."""
    shift = today - FILE_DAY[today.isoweekday()]
    first, last = (day + shift for day in FILE_YEAR)
    return DemoCalendar(
        today=today,
        shift=shift,
        weekday_map=MappingProxyType({day: (day - 1 + shift.days) % 7 + 1 for day in range(1, 6)}),
        year=f"{first.year}/{(first.year + 1) % 100:02d}",
        year_first=first,
        year_last=last,
        adaptation_from=FILE_ADAPTATION[0] + shift,
        adaptation_to=FILE_ADAPTATION[1] + shift,
    )


def moved(bundle: SchoolBundle, calendar: DemoCalendar) -> SchoolBundle:
    """The bundle with every date and weekday where the calendar lays it; birthdays move too, ages stay."""
    tables = {
        name: tuple(moved_row(row, calendar) for row in rows)
        for name, rows in vars(bundle).items()
        if name != "school"
    }
    school = replace(
        bundle.school, year=calendar.year, year_first=calendar.year_first, year_last=calendar.year_last
    )
    return SchoolBundle(school=school, **{**tables, "periods": _shortened(tables["periods"], calendar)})


def _shortened(periods: tuple[PeriodRow, ...], calendar: DemoCalendar) -> tuple[PeriodRow, ...]:
    """The middle school's first period ends today: its marks are being given."""
    first, second, *_ = sorted((row for row in periods if row.level == SHORTENED), key=lambda row: row.first)
    changed = {
        first: replace(first, last=calendar.today),
        second: replace(second, first=calendar.today + timedelta(days=1)),
    }
    return tuple(changed.get(row, row) for row in periods)


def moved_row(row: Any, calendar: DemoCalendar) -> Any:
    changed: dict[str, Any] = {
        field: value + calendar.shift for field, value in vars(row).items() if isinstance(value, date)
    }
    if hasattr(row, "weekday"):
        changed["weekday"] = calendar.weekday_map[row.weekday]
    return replace(row, **changed) if changed else row
