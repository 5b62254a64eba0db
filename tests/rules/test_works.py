"""Works: kinds in full (9.5(b2)), deadlines fixed at creation (9.5(b5, b6)), the close of the period
(9.5(b8))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.events.calendar import ReportingPeriodDefined
from ledger.events.marks import WorkWithdrawn
from ledger.windows import work_due
from tests.world import (
    SCHOOL,
    SCHOOL_ID,
    UST_BELAYA,
    codes,
    given_lesson,
    given_school,
    given_sheet,
    given_work,
    judged,
    mark,
    named,
)

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")


def due(page, on, kind, number=None, regulation=UST_BELAYA, school=SCHOOL):
    deadline, code = work_due(given_lesson(page, on, number, school), kind, school, regulation)
    return f"{deadline:%Y-%m-%d %H:%M:%S}", code


def test_written_work_is_due_the_second_before_the_next_lesson():
    assert due("7А Алгебра", "2026-10-12", "independent") == ("2026-10-14 09:24:59", "W-07")


def test_the_second_hour_of_a_double_lesson_is_not_the_next_lesson():
    regulation = replace(UST_BELAYA, work_terms=UST_BELAYA.work_terms[-1:])
    first = due("10А Литература", "2026-10-12", "essay", 1, regulation)
    second = due("10А Литература", "2026-10-12", "essay", 2, regulation)
    assert first == second == ("2026-10-16 08:29:59", "W-07")


def test_holidays_lengthen_the_way_to_the_next_lesson():
    assert due("7А Алгебра", "2026-12-28", "independent") == ("2027-01-11 09:24:59", "W-07")


def test_monitoring_goes_before_every_other_kind():
    kinds = {**UST_BELAYA.work_kinds}
    kinds["both"] = replace(kinds["essay"], monitoring=True)
    regulation = replace(UST_BELAYA, work_kinds=kinds)
    assert due("10А Литература", "2026-10-05", "both", 1, regulation) == ("2026-10-08 23:59:59", "W-10")


def test_creative_work_has_a_week_only_in_russian_and_literature_of_classes_five_to_nine():
    assert due("6А Русский язык", "2026-10-05", "exposition")[1] == "W-08"
    assert due("7А Физика", "2026-10-05", "creative")[1] == "W-07"
    assert due("10А Русский язык", "2026-10-06", "exposition")[1] == "W-07"


def test_working_days_are_counted_where_the_school_counts_them():
    working = replace(UST_BELAYA, day_count="working")
    assert due("7А Алгебра", "2026-10-16", "monitoring") == ("2026-10-19 23:59:59", "W-10")
    assert due("7А Алгебра", "2026-10-16", "monitoring", None, working) == ("2026-10-21 23:59:59", "W-10")


def test_the_close_of_the_period_cuts_the_window_and_the_teacher_is_told():
    lesson = given_lesson("10А Литература", "2026-12-21", 1)
    assert due("10А Литература", "2026-12-21", "essay", 1) == ("2026-12-29 23:59:59", "W-09")

    found = judged(given_work(lesson, "essay"), lesson, "2026-12-21 09:00", by="Лебедева")
    assert codes(found) == ["W-17 confirm"]
    assert "до 29.12.2026 23:59:59, а не до 31.12.2026 23:59:59" in found[0].sentence


def test_where_the_close_does_not_cut_nothing_is_said():
    uncut = replace(UST_BELAYA, period_close_cuts_windows=False)
    assert due("10А Литература", "2026-12-21", "essay", 1, uncut)[0] == "2026-12-31 23:59:59"
    assert judged(given_work(ALGEBRA, "control"), ALGEBRA, "2026-10-12 10:00") == ()


def test_a_period_that_closes_days_before_its_end_never_cuts_before_the_lesson_itself():
    early = replace(UST_BELAYA, period_close_days=4)
    assert due("7А Алгебра", "2026-11-16", "independent", None, early)[0] == "2026-11-17 23:59:59"
    assert due("7А Алгебра", "2026-11-20", "independent", None, early)[0] == "2026-11-20 23:59:59"


def test_after_the_last_lesson_written_work_is_due_at_the_end_of_the_period_or_of_the_year():
    assert due("7А Алгебра", "2027-05-28", "independent") == ("2027-05-28 23:59:59", "W-07")
    longer = given_school(
        (
            SCHOOL_ID,
            ReportingPeriodDefined(
                period=named("ООО III триместр"),
                year=2026,
                level="ООО",
                kind="trimester",
                title="III триместр",
                first=date(2027, 3, 1),
                last=date(2027, 5, 31),
            ),
        )
    )
    assert due("7А Алгебра", "2027-05-28", "independent", school=longer)[0] == "2027-05-31 23:59:59"
    # Class 1 of this world has one period only: outside of it the year's end is left.
    assert due("1А Математика", "2027-05-25", "independent")[0] == "2027-05-28 23:59:59"


def test_a_kind_of_work_comes_from_the_list():
    added = replace(given_work(ALGEBRA, "control"), kind="к/р")
    assert codes(judged(added, ALGEBRA, "2026-10-12 10:00")) == ["work-kind refuse"]


@pytest.mark.parametrize("kind", UST_BELAYA.work_kinds.values(), ids=UST_BELAYA.work_kinds)
def test_every_kind_of_work_is_written_in_full(kind):
    assert not {".", "/"} & set(kind.title)
    assert len(kind.title) > 4


def test_a_column_with_marks_stays_and_an_empty_one_may_go():
    added, withdrawn = given_work(ALGEBRA, "control"), WorkWithdrawn(work=named("control"))
    empty = given_sheet(ALGEBRA, added)
    marked = given_sheet(ALGEBRA, added, mark("Каляна Мария", 4, work="control"))

    assert judged(withdrawn, ALGEBRA, "2026-10-12 10:00", sheet=empty) == ()
    assert codes(judged(withdrawn, ALGEBRA, "2026-10-12 10:00", sheet=marked)) == ["E-11 refuse"]


def test_the_ready_column_is_never_withdrawn():
    found = judged(WorkWithdrawn(work=ALGEBRA.id), ALGEBRA, "2026-10-12 10:00")
    assert codes(found) == ["E-11 refuse"]
    assert "«Ответ на уроке»" in found[0].sentence
