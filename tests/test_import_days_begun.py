"""A file changes no day whose lessons have begun, as the calendar's page does not (R-092, P-09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.deciding import Refusal
from commands.files.csv_rows import Holiday, PeriodRow, SchoolBundle
from commands.importing.school import ImportSchool
from tests.importing import Ground, day, demo_bundle

BUNDLE = demo_bundle()
MONDAY = "2026-10-12 15:00"


@pytest.fixture(scope="module")
def ground() -> Ground:
    made = Ground()
    made.found(BUNDLE)
    return made


def refused(ground: Ground, bundle: SchoolBundle, when: str, since: date | None = None) -> Refusal:
    head = ground.head()
    with pytest.raises(Refusal) as caught:
        ground.do(ImportSchool(bundle=bundle, since=since), when=when)
    assert ground.head() == head
    return caught.value


def with_holiday(title: str, first: str, last: str) -> tuple[SchoolBundle, int]:
    """The bundle with one more line in holidays.csv, and the number of that line."""
    line = len(BUNDLE.holidays) + 2
    row = Holiday(line=line, title=title, first=day(first), last=day(last))
    return replace(BUNDLE, holidays=(*BUNDLE.holidays, row)), line


def moved_period(**dates: date) -> tuple[SchoolBundle, PeriodRow]:
    row = next(each for each in BUNDLE.periods if each.level == "ООО")
    periods = tuple(replace(each, **dates) if each is row else each for each in BUNDLE.periods)
    return replace(BUNDLE, periods=periods), row


def test_a_day_whose_lessons_were_held_does_not_become_a_holiday(ground: Ground) -> None:
    bundle, line = with_holiday("Карантин", "2026-10-05", "2026-10-06")
    found = refused(ground, bundle, MONDAY)
    assert found.code == "holiday-lessons"
    assert found.sentence.startswith(f"holidays.csv, строка {line}: ")
    assert "05.10.2026" in found.sentence


def test_today_becomes_a_holiday_before_its_first_bell_and_not_after() -> None:
    bundle, _ = with_holiday("Пурга", "2026-10-12", "2026-10-12")
    standing = Ground()
    standing.found(BUNDLE)
    first = min(each.starts for each in standing.school.timetable.by_day[day("2026-10-12")])
    assert refused(standing, bundle, f"{first}").code == "holiday-lessons"
    standing.do(ImportSchool(bundle=bundle), when="2026-10-12 07:00")
    assert day("2026-10-12") not in standing.school.timetable.by_day


def test_holidays_that_are_over_are_not_moved_from_their_days(ground: Ground) -> None:
    row = next(each for each in BUNDLE.holidays if each.title == "Осенние каникулы")
    holidays = tuple(
        replace(each, first=day("2026-12-14"), last=day("2026-12-18")) if each is row else each
        for each in BUNDLE.holidays
    )
    found = refused(ground, replace(BUNDLE, holidays=holidays), "2026-12-05 12:00")
    assert found.code == "holiday-past"
    assert f"holidays.csv, строка {row.line}: " in found.sentence


def test_the_files_said_once_more_are_nothing_new(ground: Ground) -> None:
    head = ground.head()
    ground.do(ImportSchool(bundle=BUNDLE), when="2027-03-01 12:00")
    assert ground.head() == head


def test_a_first_timetable_may_come_in_october_with_holidays_that_are_over() -> None:
    made = Ground()
    made.found(replace(BUNDLE, timetable=(), holidays=()))
    made.do(ImportSchool(bundle=BUNDLE), when="2026-12-05 12:00")
    assert len(made.school.holidays) == len(BUNDLE.holidays)


def test_a_closed_period_keeps_its_days(ground: Ground) -> None:
    bundle, row = moved_period(last=day("2026-11-27"))
    found = refused(ground, bundle, "2026-11-21 00:00:00")
    assert found.code == "period-closed"
    assert found.sentence.startswith(f"periods.csv, строка {row.line}: ")


def test_a_period_is_not_closed_by_its_new_days(ground: Ground) -> None:
    bundle, _ = moved_period(last=day("2026-10-09"))
    assert refused(ground, bundle, MONDAY).code == "period-closed"


def test_lessons_of_today_that_have_begun_are_not_taken_off_the_timetable(ground: Ground) -> None:
    monday = [row for row in BUNDLE.timetable if row.weekday == 1 and row.class_name == "7А"]
    bundle = replace(BUNDLE, timetable=tuple(row for row in BUNDLE.timetable if row not in monday))
    found = refused(ground, bundle, MONDAY, since=day("2026-10-12"))
    assert found.code == "import-begun"
    assert "7А" in found.sentence
    assert "12.10.2026" in found.sentence


def test_before_the_first_bell_they_are_and_after_it_from_tomorrow() -> None:
    for when, since in (("2026-10-12 07:00", "2026-10-12"), (MONDAY, "2026-10-13")):
        made = Ground()
        made.found(BUNDLE)
        monday = [row for row in BUNDLE.timetable if row.weekday == 1 and row.class_name == "7А"]
        left = tuple(row for row in BUNDLE.timetable if row not in monday)
        made.do(ImportSchool(bundle=replace(BUNDLE, timetable=left), since=day(since)), when=when)
        on = made.school.timetable.by_day[day("2026-10-19")]
        assert not any(made.school.klass_of(each.journal).title == "7А" for each in on)
