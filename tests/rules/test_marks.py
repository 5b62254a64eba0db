"""Marks: 7.14, 9.5 of the Ust-Belaya act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.entry import Role
from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn
from ledger.events.marks import MarkWithdrawn, WorkWithdrawn
from ledger.events.roster import PupilMoved
from ledger.judging import State, gate, judge
from tests.world import (
    SCHOOL,
    UST_BELAYA,
    answer,
    codes,
    entry,
    given_lesson,
    given_school,
    given_sheet,
    given_work,
    judged,
    mark,
    named,
    stamp,
)

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")


def test_a_current_mark_is_accepted_until_the_last_second_of_the_lessons_day():
    for when in ("2026-10-12 09:25", "2026-10-12 23:58", "2026-10-12 23:59:59.900000"):
        assert judged(answer(ALGEBRA, "Каляна Мария", 4), ALGEBRA, when) == ()


def test_a_backdated_mark_is_refused_with_the_clause_and_the_deadline():
    found = judged(answer(ALGEBRA, "Ященко Ольга", 5), ALGEBRA, "2026-10-13 00:01")

    assert codes(found) == ["W-01 permit"]
    assert found[0].finding.delay == 61
    assert found[0].clause == "7.14(b4), 9.5(b1, b4)"
    assert found[0].sentence.startswith("Срок выставления истёк 12.10.2026 23:59:59.")


def test_midnight_in_chukotka_decides_though_it_is_still_the_day_before_in_moscow():
    late = judged(answer(ALGEBRA, "Ященко Ольга", 5), ALGEBRA, "2026-10-13 00:00:00")

    assert codes(late) == ["W-01 permit"]
    assert late[0].finding.delay == 1
    assert stamp("Соколова", "2026-10-13 00:00:00").received_at.isoformat() == "2026-10-12T12:00:00+00:00"


def test_a_permitted_late_entry_passes_and_an_unpermitted_one_does_not():
    found = judged(answer(ALGEBRA, "Ященко Ольга", 5), ALGEBRA, "2026-10-13 08:00")

    assert gate(found, permitted=True, confirmed=False) is None
    assert gate(found, permitted=False, confirmed=True) is found[0]


def test_an_imported_mark_is_judged_by_the_time_its_source_claims():
    event = answer(ALGEBRA, "Ященко Ольга", 5)

    assert judged(event, ALGEBRA, "2026-11-01 10:00", declared="2026-10-12 12:00") == ()
    assert codes(judged(event, ALGEBRA, "2026-10-12 12:00", declared="2026-10-13 00:00")) == ["W-01 permit"]


def test_withdrawing_a_mark_after_its_deadline_is_backdating_too():
    sheet = given_sheet(ALGEBRA, answer(ALGEBRA, "Каляна Мария", 4))
    event = MarkWithdrawn(work=ALGEBRA.id, pupil=named("Каляна Мария"))

    assert judged(event, ALGEBRA, "2026-10-12 23:59:59", sheet=sheet) == ()
    assert codes(judged(event, ALGEBRA, "2026-10-13 00:00", sheet=sheet)) == ["W-01 permit"]


def test_a_mark_before_the_lesson_begins_is_refused_and_nobody_can_permit_it():
    event = answer(ALGEBRA, "Каляна Мария", 4)
    early = judged(event, ALGEBRA, "2026-10-12 09:24:59")

    assert codes(early) == ["W-20 refuse"]
    assert gate(early, permitted=True, confirmed=True) is early[0]
    assert judged(event, ALGEBRA, "2026-10-12 09:25:00") == ()


@pytest.mark.parametrize(
    ("page", "on", "kind", "in_time", "too_late", "code"),
    [
        ("7А Алгебра", "2026-10-12", "independent", "2026-10-14 09:20", "2026-10-14 09:26", "W-07"),
        ("7А Алгебра", "2026-10-12", "independent", "2026-10-14 09:24:59.9", "2026-10-14 09:25:00", "W-07"),
        ("6А Русский язык", "2026-10-05", "exposition", "2026-10-12 23:50", "2026-10-13 00:05", "W-08"),
        ("6А Русский язык", "2026-10-05", "exposition", "2026-10-12 23:59:59.9", "2026-10-13 00:00", "W-08"),
        ("10А Литература", "2026-10-05", "essay", "2026-10-15 23:59:59", "2026-10-16 00:00", "W-09"),
        ("9А Литература", "2026-10-09", "essay", "2026-10-16 23:59:59", "2026-10-17 00:00", "W-08"),
        ("7А Алгебра", "2026-10-12", "monitoring", "2026-10-15 23:59", "2026-10-16 00:00", "W-10"),
        ("7А Русский язык", "2026-10-13", "recitation", "2026-10-13 23:59:59", "2026-10-14 00:00", "W-01"),
    ],
)
def test_each_written_work_has_its_own_window(page, on, kind, in_time, too_late, code):
    lesson, teacher = given_lesson(page, on), "Соколова" if "Алгебра" in page else "Лебедева"
    sheet = given_sheet(lesson, given_work(lesson, kind))
    pupil = {"7А": "Антипина Дарья", "6А": "Эттувги Роман", "9А": "Кергитваль Олег", "10А": "Омрына Анна"}
    event = mark(pupil[page.split()[0]], 4, work=kind)

    assert judged(event, lesson, in_time, by=teacher, sheet=sheet) == ()
    assert codes(judged(event, lesson, too_late, by=teacher, sheet=sheet)) == [f"{code} permit"]


def test_the_deadline_of_a_work_is_the_one_it_was_created_with():
    work = replace(given_work(ALGEBRA, "independent"), due=ALGEBRA.starts.replace(day=20, hour=12, minute=0))
    sheet = given_sheet(ALGEBRA, work)
    event = mark("Антипина Дарья", 4, work="independent")

    assert judged(event, ALGEBRA, "2026-10-20 12:00:00.9", sheet=sheet) == ()
    assert codes(judged(event, ALGEBRA, "2026-10-20 12:00:01", sheet=sheet)) == ["W-07 permit"]


@pytest.mark.parametrize("value", [(6,), (0,), (6, 3), (5, 0), ()])
def test_only_values_of_the_scale_are_marks(value):
    assert codes(judged(answer(ALGEBRA, "Каляна Мария", *value), ALGEBRA, "2026-10-12 09:30"))[0] == (
        "P-13 refuse"
    )


def test_a_fraction_is_accepted_for_a_dictation_with_a_grammar_task_and_not_for_an_answer():
    lesson = given_lesson("7А Русский язык", "2026-10-13")
    sheet = given_sheet(lesson, given_work(lesson, "dictation_grammar"))

    def found(event):
        return judged(event, lesson, "2026-10-13 10:00", by="Лебедева", sheet=sheet)

    assert found(mark("Тынетегин Павел", 4, 3, work="dictation_grammar")) == ()
    assert codes(found(answer(lesson, "Тынетегин Павел", 4, 3))) == ["P-25 refuse"]
    assert "«Ответ на уроке»" in found(answer(lesson, "Тынетегин Павел", 4, 3))[0].sentence
    three = found(mark("Тынетегин Павел", 4, 3, 5, work="dictation_grammar"))
    assert codes(three) == ["P-25 refuse"]
    assert "ровно две" in three[0].sentence


def test_a_school_that_has_no_fractions_refuses_them_all():
    lesson = given_lesson("7А Русский язык", "2026-10-13")
    sheet = given_sheet(lesson, given_work(lesson, "dictation_grammar"))
    without = replace(UST_BELAYA, fractions=replace(UST_BELAYA.fractions, enabled=False))
    event = mark("Тынетегин Павел", 4, 3, work="dictation_grammar")

    found = judged(event, lesson, "2026-10-13 10:00", by="Лебедева", sheet=sheet, regulation=without)
    assert codes(found) == ["P-25 refuse"]


def test_no_unsatisfactory_marks_in_the_adaptation_period_by_the_lessons_date():
    last, after = given_lesson("7А Русский язык", "2026-09-15"), given_lesson("7А Русский язык", "2026-09-16")
    sheet = given_sheet(last, given_work(last, "dictation_grammar"), given_work(last, "independent"))

    def found(event, lesson, when, sheet=None):
        return codes(judged(event, lesson, when, by="Лебедева", sheet=sheet))

    assert found(answer(last, "Вуквукай Илья", 2), last, "2026-09-15 10:00") == ["W-12 refuse"]
    assert found(answer(last, "Вуквукай Илья", 3), last, "2026-09-15 10:00") == []
    fraction = mark("Вуквукай Илья", 4, 2, work="dictation_grammar")
    assert found(fraction, last, "2026-09-15 10:00", sheet) == ["W-12 refuse"]
    written = mark("Вуквукай Илья", 2, work="independent")
    assert found(written, last, "2026-09-16 08:00", sheet) == ["W-12 refuse"]
    assert found(answer(after, "Вуквукай Илья", 2), after, "2026-09-16 14:00") == []


def test_nobody_can_permit_or_confirm_an_unsatisfactory_mark_in_the_adaptation_period():
    lesson = given_lesson("7А Алгебра", "2026-09-02")
    found = judged(answer(lesson, "Вуквукай Илья", 1), lesson, "2026-09-02 10:00")

    assert gate(found, permitted=True, confirmed=True) is found[0]
    assert "с 01.09 по 15.09 включительно" in found[0].sentence


def test_the_adaptation_period_is_refused_before_lateness_is_even_named():
    lesson = given_lesson("7А Алгебра", "2026-09-02")
    found = judged(answer(lesson, "Вуквукай Илья", 2), lesson, "2026-09-03 10:00")
    assert codes(found) == ["W-12 refuse", "W-01 permit"]


def missed(*days: str):
    """The sheets of earlier algebra lessons, latest first; Вуквукай is absent on those marked with «н»."""
    sheets = []
    for day in days:
        lesson = given_lesson("7А Алгебра", day.rstrip("н"))
        absent = (AbsenceNoted(pupil=named("Вуквукай Илья")),) if day.endswith("н") else ()
        sheets.append(given_sheet(lesson, *absent))
    return tuple(sheets)


def test_a_two_on_the_first_lesson_after_three_missed_ones_asks_to_be_confirmed():
    event = answer(ALGEBRA, "Вуквукай Илья", 2)
    absent = missed("2026-10-09н", "2026-10-07н", "2026-10-05н")

    found = judged(event, ALGEBRA, "2026-10-12 09:30", previous=absent)
    assert codes(found) == ["W-13 confirm"]
    assert "3 уроков" in found[0].sentence
    assert gate(found, permitted=False, confirmed=True) is None
    assert gate(found, permitted=True, confirmed=False) is found[0]


def test_two_missed_lessons_or_a_lesson_since_then_or_a_three_are_no_reason_to_ask():
    event = answer(ALGEBRA, "Вуквукай Илья", 2)
    for earlier in (
        missed("2026-10-09н", "2026-10-07н", "2026-10-05"),
        missed("2026-10-09", "2026-10-07н", "2026-10-05н", "2026-10-02н"),
        (),
    ):
        assert judged(event, ALGEBRA, "2026-10-12 09:30", previous=earlier) == ()
    absent = missed("2026-10-09н", "2026-10-07н", "2026-10-05н")
    three = answer(ALGEBRA, "Вуквукай Илья", 3)
    assert judged(three, ALGEBRA, "2026-10-12 09:30", previous=absent) == ()


def test_a_longer_grace_spares_the_second_lesson_too():
    terms = replace(UST_BELAYA.soft_unsatisfactory, grace=2)
    earlier = missed("2026-10-09", "2026-10-07н", "2026-10-05н", "2026-10-02н")
    assert terms.lookback == 4

    found = judged(
        answer(ALGEBRA, "Вуквукай Илья", 2),
        ALGEBRA,
        "2026-10-12 09:30",
        previous=earlier,
        regulation=replace(UST_BELAYA, soft_unsatisfactory=terms),
    )
    assert codes(found) == ["W-13 confirm"]


def test_a_two_on_the_first_lesson_after_the_holidays_asks_and_on_the_second_does_not():
    first, second = given_lesson("7А Алгебра", "2026-11-30"), given_lesson("7А Алгебра", "2026-12-02")

    found = judged(answer(first, "Вуквукай Илья", 2), first, "2026-11-30 10:00")
    assert codes(found) == ["W-13 confirm"]
    assert "после каникул" in found[0].sentence
    assert judged(answer(second, "Вуквукай Илья", 2), second, "2026-12-02 10:00") == ()


def test_holidays_are_a_break_of_at_least_as_many_days_as_the_regulation_says():
    first = given_lesson("7А Алгебра", "2026-11-30")  # after nine days

    def found(days):
        terms = replace(UST_BELAYA.soft_unsatisfactory, holiday_days=days)
        regulation = replace(UST_BELAYA, soft_unsatisfactory=terms)
        event = answer(first, "Вуквукай Илья", 2)
        return codes(judged(event, first, "2026-11-30 10:00", regulation=regulation))

    assert found(9) == ["W-13 confirm"]
    assert found(10) == []


def test_one_free_day_is_no_holidays():
    lesson = given_lesson("7А Алгебра", "2026-11-06")
    assert judged(answer(lesson, "Вуквукай Илья", 2), lesson, "2026-11-06 10:00") == ()


def test_the_second_hour_of_a_double_lesson_after_the_holidays_is_not_the_first_lesson():
    first = given_lesson("10А Литература", "2027-01-11", 1)
    second = given_lesson("10А Литература", "2027-01-11", 2)

    def found(lesson):
        event = answer(lesson, "Омрына Анна", 2)
        return codes(judged(event, lesson, "2027-01-11 12:00", by="Лебедева"))

    assert found(first) == ["W-13 confirm"]
    assert found(second) == []


def test_there_are_no_marks_in_class_one_and_in_unmarked_subjects():
    first_grade = given_lesson("1А Математика", "2026-10-12")
    talk = given_lesson("7А Разговоры о важном", "2026-10-12")

    small = judged(
        answer(first_grade, "Рентыргин Саша", 5),
        first_grade,
        "2026-10-12 09:00",
        by="Дьячкова",
        role=Role.TEACHER,
    )
    assert codes(small) == ["P-12 refuse"]
    assert "первом классе" in small[0].sentence
    other = judged(answer(talk, "Каляна Мария", 5), talk, "2026-10-12 09:00", by="Громова")
    assert codes(other) == ["P-12 refuse"]
    assert "без отметок" in other[0].sentence
    work = given_work(first_grade, "control")
    assert codes(judged(work, first_grade, "2026-10-12 09:00", by="Дьячкова", role=Role.TEACHER)) == [
        "P-12 refuse"
    ]


def test_a_mark_and_an_absence_exclude_each_other_in_either_order():
    absence, five = AbsenceNoted(pupil=named("Каляна Мария")), answer(ALGEBRA, "Каляна Мария", 5)

    after_absence = judged(five, ALGEBRA, "2026-10-12 09:30", sheet=given_sheet(ALGEBRA, absence))
    after_mark = judged(absence, ALGEBRA, "2026-10-12 09:30", sheet=given_sheet(ALGEBRA, five))
    assert codes(after_absence) == codes(after_mark) == ["P-29 refuse"]
    other = answer(ALGEBRA, "Ященко Ольга", 5)
    assert judged(other, ALGEBRA, "2026-10-12 09:30", sheet=given_sheet(ALGEBRA, absence)) == ()


def test_a_pupil_who_came_late_is_marked_after_the_absence_is_withdrawn():
    absence = AbsenceNoted(pupil=named("Каляна Мария"))
    came = AbsenceWithdrawn(pupil=named("Каляна Мария"), came_late=True)
    five = answer(ALGEBRA, "Каляна Мария", 5)
    assert judged(came, ALGEBRA, "2026-10-12 09:35", sheet=given_sheet(ALGEBRA, absence)) == ()
    assert judged(five, ALGEBRA, "2026-10-12 09:40", sheet=given_sheet(ALGEBRA, absence, came)) == ()


def test_a_pupil_is_marked_only_where_they_were_enrolled_on_the_lessons_date():
    moved = given_school(
        (
            named("Каляна Мария"),
            PupilMoved(class_id=named("6А"), first=ALGEBRA.date.replace(day=19), order="12"),
        )
    )
    before = given_lesson("7А Алгебра", "2026-10-16", school=moved)
    after = given_lesson("7А Алгебра", "2026-10-21", school=moved)

    assert judged(answer(before, "Каляна Мария", 4), before, "2026-10-16 10:00", school=moved) == ()
    # A work held before the move is marked inside its window, though she is no longer in the class (E-06).
    sheet, written = (
        given_sheet(before, given_work(before, "control")),
        mark("Каляна Мария", 4, work="control"),
    )
    assert judged(written, before, "2026-10-19 08:00", school=moved, sheet=sheet) == ()
    found = judged(answer(after, "Каляна Мария", 4), after, "2026-10-21 10:00", school=moved)
    assert codes(found) == ["enrolled refuse"]
    assert "21.10.2026" in found[0].sentence
    stranger = judged(answer(ALGEBRA, "Омрына Анна", 4), ALGEBRA, "2026-10-12 10:00")
    assert codes(stranger) == ["enrolled refuse"]


def test_a_pupil_of_the_class_outside_the_group_is_not_on_the_groups_page():
    lesson = given_lesson("7А Иностранный язык", "2026-10-15")

    def found(pupil):
        return codes(judged(answer(lesson, pupil, 4), lesson, "2026-10-15 10:00", by="Громова"))

    assert found("Антипина Дарья") == []
    assert found("Ященко Ольга") == ["enrolled refuse"]


def test_a_mark_needs_a_work_that_stands_on_this_lesson():
    added = given_work(ALGEBRA, "control")
    event = mark("Каляна Мария", 4, work="control")

    assert codes(judged(event, ALGEBRA, "2026-10-12 10:00")) == ["work-exists refuse"]
    assert judged(event, ALGEBRA, "2026-10-12 10:00", sheet=given_sheet(ALGEBRA, added)) == ()
    withdrawn = given_sheet(ALGEBRA, added, WorkWithdrawn(work=named("control")))
    assert codes(judged(event, ALGEBRA, "2026-10-12 10:00", sheet=withdrawn)) == ["work-exists refuse"]


def test_a_soft_end_of_the_current_mark_is_late_where_a_school_has_one():
    perm = replace(UST_BELAYA, answer_terms=UST_BELAYA.homework_terms)
    event = answer(ALGEBRA, "Каляна Мария", 4)

    def found(when):
        return judged(event, ALGEBRA, when, regulation=perm)

    assert found("2026-10-12 15:05:00.9") == ()
    assert codes(found("2026-10-12 15:30")) == ["W-01 late"]
    assert found("2026-10-12 15:30")[0].finding.delay == 25 * 60
    assert codes(found("2026-10-13 00:00")) == ["W-01 permit"]


def test_the_audit_finds_in_the_written_entry_what_the_gate_found_in_the_proposed_one():
    made = stamp("Соколова", "2026-10-13 00:01")
    event, state = answer(ALGEBRA, "Ященко Ольга", 5), State(sheet=given_sheet(ALGEBRA), lesson=ALGEBRA)
    written = entry(event, ALGEBRA.id, made, number=17)

    assert judge(written, state, SCHOOL, UST_BELAYA) == judged(event, ALGEBRA, "2026-10-13 00:01")
