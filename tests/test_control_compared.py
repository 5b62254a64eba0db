"""Periods of control reports, and what became better or worse since the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ledger.events.calendar import YearSet
from ledger.streams import calendar
from projections.as_of import AsOf
from projections.control import spans
from projections.control.compared import compared
from projections.control.report import Asked, Column, Figure, Line, Report, Value
from projections.control.said import line_words, said, signed
from tests.world import SCHOOL, SCHOOL_ID, given_school

FIRST_TERM = date(2026, 9, 1), date(2026, 11, 20)
COLUMNS = (
    Column(key="teacher", title="Учитель"),
    Column(key="filled", title="Заполнено", kind="share", better="more"),
    Column(key="late", title="После срока", kind="count", better="less"),
    Column(key="held", title="Проведено", kind="count"),
)


def report(*lines: tuple[str, float | None, int, int], share: float | None = None) -> Report:
    return Report(
        code="C-07",
        title="Полнота",
        asked=Asked(first=FIRST_TERM[0], last=FIRST_TERM[1]),
        columns=COLUMNS,
        lines=tuple(Line(key=line[0], values=line) for line in lines),
        figures=(Figure(key="filled", title="Полнота", value=share, kind="share", better="more"),),
        as_of=AsOf(position=7, instant=datetime(2026, 11, 20, tzinfo=UTC)),
        regulation=2,
    )


def titles(level: str | None = None) -> list[str]:
    found = spans.presets(SCHOOL, 2026)
    return [each.title for each in found if each.kind == "period" and level in (None, *each.levels)]


def test_periods_of_several_levels_with_the_same_days_are_one_choice() -> None:
    assert titles().count("I триместр") == 1
    assert titles("СОО") == ["I полугодие", "II полугодие"]
    months = [each for each in spans.presets(SCHOOL, 2026) if each.kind == "month"]
    assert (months[0].first, months[0].last) == (date(2026, 9, 1), date(2026, 9, 30))
    assert months[5].last == date(2027, 2, 28)
    assert spans.presets(SCHOOL, 2031) == ()


@pytest.mark.parametrize(
    ("today", "level", "title"),
    [
        (date(2026, 11, 20), None, "I триместр"),
        (date(2026, 11, 29), None, "I триместр"),  # holidays: the one that ended last
        (date(2026, 11, 30), None, "II триместр"),
        (date(2026, 11, 30), "СОО", "I полугодие"),
    ],
)
def test_the_period_that_runs_is_asked_for_when_none_is_named(
    today: date, level: str | None, title: str
) -> None:
    found = spans.default(SCHOOL, 2026, today, level)
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize(
    ("days", "level", "before"),
    [
        ((date(2026, 11, 30), date(2027, 2, 19)), "ООО", FIRST_TERM),
        (FIRST_TERM, "ООО", None),
        ((date(2026, 10, 1), date(2026, 10, 31)), None, (date(2026, 9, 1), date(2026, 9, 30))),
        ((date(2027, 2, 1), date(2027, 2, 28)), None, (date(2027, 1, 1), date(2027, 1, 31))),
        ((date(2026, 10, 12), date(2026, 10, 18)), None, (date(2026, 10, 5), date(2026, 10, 11))),
    ],
)
def test_what_comes_before_is_the_period_the_month_or_as_many_days(
    days: tuple[date, date], level: str | None, before: tuple[date, date] | None
) -> None:
    assert spans.before(SCHOOL, *days, level) == before


def test_the_year_is_compared_with_the_year_before() -> None:
    two = given_school(
        (calendar(SCHOOL_ID), YearSet(year=2025, first=date(2025, 9, 1), last=date(2026, 5, 29)))
    )
    year = two.years[2026]
    assert year.last is not None
    assert spans.before(two, year.first, year.last) == (date(2025, 9, 1), date(2026, 5, 29))


def test_a_period_lies_in_one_study_year_and_runs_forward() -> None:
    two = given_school(
        (calendar(SCHOOL_ID), YearSet(year=2025, first=date(2025, 9, 1), last=date(2026, 5, 29)))
    )
    assert spans.wrong(two, date(2026, 9, 1), date(2026, 9, 1)) == ""
    assert spans.wrong(two, date(2026, 9, 2), date(2026, 9, 1)) == "order"
    assert spans.wrong(two, date(2026, 5, 1), date(2026, 10, 1)) == "years"
    assert spans.wrong(SCHOOL, date(2025, 10, 20), date(2026, 10, 12)) == "years"
    assert spans.wrong(SCHOOL, date(2019, 10, 1), date(2019, 10, 2)) == "years"


def test_less_late_entries_are_better_and_less_filled_worse() -> None:
    now = report(("Соколова", 90.0, 3, 40), ("Петрова", 50.0, 9, 12), ("Ким", 80.0, 1, 5), share=88.1)
    then = report(("Соколова", 92.5, 5, 30), ("Петрова", None, 9, 12), ("Лебедева", 70.0, 0, 9), share=90.0)
    found = compared(now, then)
    assert (found.figures["filled"].by, found.figures["filled"].good) == (-1.9, False)
    sokolova = found.lines["Соколова"]
    assert (sokolova["filled"].by, sokolova["filled"].good) == (-2.5, False)
    assert (sokolova["late"].by, sokolova["late"].good) == (-2, True)
    assert "held" not in sokolova  # nobody says which way is good
    assert (found.lines["Петрова"]["filled"].by, found.lines["Петрова"]["late"].good) == (None, None)
    assert (found.new, found.gone) == (1, ("Лебедева",))


def test_of_a_list_of_happenings_nobody_is_told_that_all_of_them_are_new() -> None:
    found = compared(report(("14.10", 90.0, 3, 40)), report(("12.09", 92.5, 5, 30)))
    assert (found.new, found.gone, found.lines) == (0, (), {})


def test_a_column_that_was_not_there_is_not_compared() -> None:
    then = replace(report(("Соколова", 92.5, 5, 30)), columns=(*COLUMNS[:1], *_renamed(COLUMNS[1:])))
    assert compared(report(("Соколова", 90.0, 3, 40)), then).lines == {"Соколова": {}}


def _renamed(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(replace(each, key=f"old {each.key}") for each in columns)


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (92.0, "share", "92,0 %"),
        (3.857, "mean", "3,86"),
        (150, "hours", "1,5"),
        (1200, "hours", "12"),
        (0, "count", "0"),
        (None, "share", "—"),
        (date(2026, 10, 4), "day", "04.10.2026"),
        (datetime.fromisoformat("2026-10-04T08:05"), "moment", "04.10.2026 08:05"),
        ("4/3", "mark", "4/3"),
    ],
)
def test_values_are_said_as_a_school_writes_them(value: Value, kind: str, words: str) -> None:
    assert said(value, kind) == words  # type: ignore[arg-type]


def test_a_change_has_a_sign_and_none_when_nothing_changed() -> None:
    assert (signed(3.2, "share"), signed(-4, "count"), signed(0.0, "share")) == ("+3,2", "−4", "0,0")


def test_a_line_is_named_by_the_words_it_begins_with() -> None:
    made = report(("Соколова", 90.0, 3, 40))
    assert line_words(made.lines[0], made) == "Соколова"
