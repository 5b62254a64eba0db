"""Voids everywhere: contested until the Act, struck out with its number after it, told to the family, given back by the
Act that annuls it (R-177, R-181, R-183…R-185, E-14, E-18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from commands.corrections import ApproveCorrections, CorrectionItem
from commands.deciding import Refusal
from commands.homework import SetHomework, SetIndividualHomework
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from ledger import streams
from ledger.entry import Category, Role
from ledger.events.days import SubstitutionRecorded
from ledger.late_entry import fold_late_entries
from ledger.period_sheet import PERIOD
from projections import (
    diary,
    journal,
    lesson,
    period_mark_trail,
    period_page,
    reinstatement,
    tasks,
    trail,
)
from projections.diary import DiaryWeek
from projections.journal import Cell
from projections.period_lines import PupilLine
from projections.reading import NoSuchPage
from tests.correction_cases import approves, voided, written
from tests.correction_cases import asks as asks_corrected
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.stolen_term import DARYA, LESSON, NEW, PAGE, SECOND_DEPUTY, STOLEN, Told, asks, keeps, told
from tests.told_term import FIRST_TERM, setting
from tests.world import SCHOOL_ID, given_lesson, named

ACT = "Акт № 1 от 25.11.2026"
BEFORE, AFTER, LATER, LAST = "2026-11-25 12:00", "2026-11-25 14:00", "2026-11-26 20:00", "2026-11-27 20:00"
WEEK = date(2026, 11, 16)
EARLIER = given_lesson("7А Алгебра", "2026-11-16")


@pytest.fixture
def story() -> Told:
    return told(*SECOND_DEPUTY)


def poured(paper: Paper, story: Told) -> None:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()


def cell(paper: Paper, when: str, pupil: str = DARYA) -> Cell:
    """In the grid, of the 18th."""
    with paper.reading(when) as reading:
        page = journal.page(reading, PAGE, FIRST_TERM)
    place = next(n for n, column in enumerate(page.columns) if column.work == LESSON.id)
    return next(row.cells[place] for row in page.rows if row.pupil == named(pupil))


def in_lesson(paper: Paper, when: str) -> Cell:
    with paper.reading(when) as reading:
        page = lesson.page(reading, LESSON.id, KEY_OF)
    return next(row.cells[0] for row in page.pupils if row.pupil == named(DARYA))


def history(paper: Paper, when: str) -> list[tuple[str, str, str, str]]:
    with paper.reading(when) as reading:
        lines = trail.cell(reading, paper.store, LESSON.id, LESSON.id, named(DARYA), KEY_OF).lines
    return [(line.value, line.fate, line.act_title, line.contested) for line in lines]


def week(paper: Paper, when: str, pupil: str = DARYA) -> DiaryWeek:
    with paper.reading(when) as reading:
        return diary.week(reading, named(pupil), WEEK, KEY_OF)


def line(paper: Paper, when: str) -> PupilLine:
    with paper.reading(when) as reading:
        page = period_page.page(reading, PAGE, FIRST_TERM, KEY_OF)
    return next(each for each in page.lines if each.pupil == named(DARYA))


def waiting(paper: Paper, when: str, person: str, role: str) -> list[tuple[str, bool]]:
    """What is to be rechecked: because of which Act, and whether this person's hand is waited for."""
    with paper.reading(when) as reading:
        page = tasks.page(reading, named(person), {role}, KEY_OF)
    found = [task for group in page.groups if group.role == role for task in group.tasks]
    return [(task.text, task.calls) for task in found if task.kind == "recheck"]


@pytest.mark.case("AT-19")
def test_until_the_act_what_the_stolen_access_wrote_is_contested_everywhere(
    paper: Paper, story: Told
) -> None:
    poured(paper, story)
    assert (cell(paper, BEFORE).value, cell(paper, BEFORE).contested) == ("5", True)
    assert in_lesson(paper, BEFORE).contested
    assert history(paper, BEFORE) == [("5", "stands", "", "breach")]
    marks = [mark for day in week(paper, BEFORE).days for each in day.lessons for mark in each.marks]
    assert [(mark.value, mark.contested) for mark in marks] == [("5", True)]
    assert not line(paper, BEFORE).cells[0].contested, "the mark for the period was set with the new access"


def test_a_mark_for_the_period_set_with_the_stolen_access_is_contested(paper: Paper, story: Told) -> None:
    """On its sheet, in the column of the period beside the marks, and in the diary."""
    story.credential = STOLEN
    story.do("Соколова", "2026-11-20 10:10", setting(("Каляна Мария", "н/а"), confirmed=True))
    poured(paper, story)
    with paper.reading(BEFORE) as reading:
        sheet = period_page.page(reading, PAGE, FIRST_TERM, KEY_OF)
        beside = journal.page(reading, PAGE, FIRST_TERM).sheet
    assert [each.pupil for each in sheet.lines if each.cells[0].contested] == [named("Каляна Мария")]
    assert {each.pupil: each.contested for each in beside.signs if each.value} == {
        named("Каляна Мария"): True,
        named(DARYA): False,
    }
    for pupil, contested in (("Каляна Мария", True), (DARYA, False)):
        table = week(paper, BEFORE, pupil).marks
        assert table is not None
        cells = [cell for row in table.subjects for cell in row.cells if cell.state == "set"]
        assert [cell.contested for cell in cells] == [contested]


@pytest.mark.case("AT-19")
def test_after_the_act_it_is_struck_out_with_its_number_and_the_cell_says_where_a_value_went(
    paper: Paper, story: Told
) -> None:
    story.act()
    poured(paper, story)
    shown = cell(paper, AFTER)
    assert (shown.value, shown.contested, shown.voided) == ("", False, ACT)
    assert in_lesson(paper, AFTER).voided == ACT
    assert history(paper, AFTER) == [("5", "voided", ACT, "")]
    assert cell(paper, BEFORE).value == "5", "and the page of the past says what it said"
    assert cell(paper, AFTER, "Каляна Мария").voided == ""


@pytest.mark.case("E-14")
def test_the_value_of_the_honest_colleague_resurfaces_and_stands_in_the_history(paper: Paper) -> None:
    give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named("Вуквукай Илья"), value="4")
    honest = Told(*SECOND_DEPUTY)
    honest.credential = NEW
    honest.do("Соколова", "2026-11-18 10:40", give)
    seen = honest.sheet(LESSON).marks[LESSON.id, named("Вуквукай Илья")].position
    honest.credential = STOLEN
    replace = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named("Вуквукай Илья"), value="3", seen=seen)
    honest.do("Соколова", "2026-11-18 10:58", replace)
    honest.notified()
    honest.act()
    poured(paper, honest)
    shown = cell(paper, AFTER, "Вуквукай Илья")
    assert (shown.value, shown.voided) == ("4", ACT)
    (notice,) = week(paper, AFTER, "Вуквукай Илья").voids
    assert (notice.was, notice.now) == ("3", "4")


@pytest.mark.case("AT-20")
def test_the_family_of_the_pupil_is_told_what_was_and_what_stands_and_no_other_family(
    paper: Paper, story: Told
) -> None:
    story.act()
    poured(paper, story)
    (notice,) = week(paper, AFTER).voids
    assert (notice.was, notice.now, str(notice.act)) == ("5", "", ACT)
    assert (notice.place.subject, notice.place.date) == ("Алгебра", date(2026, 11, 18))
    assert week(paper, AFTER, "Каляна Мария").voids == ()
    assert week(paper, BEFORE).voids == ()


@pytest.mark.case("AT-20")
def test_every_family_of_the_class_is_told_of_a_topic_and_homework_that_an_act_took_away(
    paper: Paper,
) -> None:
    story = Told(*SECOND_DEPUTY)
    story.credential = NEW
    story.do("Соколова", "2026-11-18 10:35", RecordTopic(lesson=LESSON.id, text="Степень с показателем"))
    story.credential = STOLEN
    seen = story.sheet(LESSON).topic
    assert seen is not None
    false = RecordTopic(lesson=LESSON.id, text="Ничего не учите", seen=seen.position)
    story.do("Соколова", "2026-11-18 10:58", false)
    story.do("Соколова", "2026-11-18 10:59", SetHomework(lesson=LESSON.id, text="стр. 1–300"))
    story.notified()
    story.act()
    poured(paper, story)
    with paper.reading(BEFORE) as reading:
        told = next(
            line for line in journal.page(reading, PAGE, FIRST_TERM).lines if line.lesson == LESSON.id
        )
    assert (told.topic_contested, told.homework_contested) == (True, True)
    seen_at_home = [each for day in week(paper, BEFORE).days for each in day.lessons]
    assert [each.topic for each in seen_at_home if each.topic_contested] == ["Ничего не учите"]
    tasks_at_home = [task for each in seen_at_home for task in each.homework if task.contested]
    assert [task.text for task in tasks_at_home] == ["стр. 1–300"]
    told_of = [
        ("topic", "Ничего не учите", "Степень с показателем", ACT),
        ("homework", "стр. 1–300", "", ACT),
    ]
    for pupil in (DARYA, "Каляна Мария"):
        voids = week(paper, AFTER, pupil).voids
        assert [(each.place.target, each.was, each.now, str(each.act)) for each in voids] == told_of
    assert week(paper, AFTER, "Рентыргин Саша").voids == (), "he is in another class"
    assert week(paper, BEFORE).voids == ()


@pytest.mark.case("AT-20")
def test_a_task_of_ones_own_that_an_act_took_away_is_told_to_that_family_alone(paper: Paper) -> None:
    story = Told(*SECOND_DEPUTY)
    story.credential = STOLEN
    own = SetIndividualHomework(lesson=LESSON.id, pupil=named(DARYA), text="Перепиши учебник")
    story.do("Соколова", "2026-11-18 10:59", own)
    story.notified()
    story.act()
    poured(paper, story)
    (notice,) = week(paper, AFTER).voids
    assert (notice.was, notice.now, str(notice.act)) == ("лично: Перепиши учебник", "", ACT)
    assert (notice.place.subject, notice.place.date) == ("Алгебра", date(2026, 11, 18))
    assert week(paper, AFTER, "Каляна Мария").voids == ()


@pytest.mark.case("AT-20")
@pytest.mark.case("E-04")
def test_the_mark_for_the_period_asks_for_a_look_with_the_act_as_its_cause(paper: Paper, story: Told) -> None:
    story.act()
    keeps(story, "Ефимова", "2026-11-27 10:00")
    poured(paper, story)
    mark = line(paper, AFTER).cells[0]
    assert (mark.value, mark.taint, mark.proposed) == ("4", ACT, "3")
    assert waiting(paper, AFTER, "Ефимова", "deputy") == [(ACT, True)]
    assert waiting(paper, AFTER, "Соколова", "teacher") == [(ACT, False)], "another looks than who set it"
    assert line(paper, LAST).cells[0].taint == "", "kept with a reason"
    assert waiting(paper, LAST, "Ефимова", "deputy") == []
    with paper.reading(LAST) as reading:
        told_of = period_mark_trail.trail(
            reading, paper.store, PAGE, FIRST_TERM, PERIOD, named(DARYA), KEY_OF
        )
    assert [each.what for each in told_of.lines] == ["period-mark-rechecked", "period-mark-given"]


@pytest.mark.case("AT-20")
def test_what_is_brought_back_says_by_which_act_it_was_void(paper: Paper, story: Told) -> None:
    act = story.act()
    ref = asks(story, act)
    story.do("Ефимова", "2026-11-27 12:00", ApproveCorrections(cases=(ref,)))
    poured(paper, story)
    assert statuses(paper, AFTER, act) == [("5", "", "open")]
    assert statuses(paper, LATER, act) == [("5", "", "asked")]
    assert statuses(paper, LAST, act) == [("5", "5", "done")]
    assert cell(paper, LAST).value == "5"
    with paper.reading(LAST) as reading:
        lines = trail.cell(reading, paper.store, LESSON.id, LESSON.id, named(DARYA), KEY_OF).lines
    brought = next(each for each in lines if each.fate == "stands")
    assert brought.correction is not None
    assert (brought.correction.ground, brought.correction.act) == ("reinstatement", ACT)


@pytest.mark.case("AT-20")
def test_a_mark_whose_column_is_void_too_is_entered_anew_and_the_page_and_the_refusal_say_so(
    paper: Paper,
) -> None:
    story = Told(*SECOND_DEPUTY)
    story.do("Соколова", "2026-11-18 10:58", AddWork(lesson=LESSON.id, kind="control", confirmed=True))
    (work,) = set(story.sheet(LESSON).works) - {LESSON.id}
    for column, at in ((work, "10:58:30"), (LESSON.id, "10:59")):
        give = GiveMark(lesson=LESSON.id, work=column, pupil=named(DARYA), value="5", confirmed=True)
        story.do("Соколова", f"2026-11-18 {at}", give)
    story.notified()
    act = story.act()
    wanted = CorrectionItem(target="mark", lesson=LESSON.id, work=work, pupil=named(DARYA), new="5", seen=0)
    with pytest.raises(Refusal, match="Добавьте столбец заново") as refused:
        asks(story, act, what=wanted)
    assert (refused.value.code, refused.value.status) == ("reinstate-column", 409)
    asks(story, act)  # the answer at the lesson has its column always
    poured(paper, story)
    assert statuses(paper, AFTER, act) == [("5", "", "column"), ("5", "", "open")]


def statuses(paper: Paper, when: str, act: UUID) -> list[tuple[str, str, str]]:
    with paper.reading(when) as reading:
        page = reinstatement.page(reading, act)
    return [(each.was, each.now, each.status) for each in page.voids]


@pytest.mark.case("E-18")
def test_an_annulled_act_gives_everything_back_and_the_family_is_told(paper: Paper, story: Told) -> None:
    first = story.act()
    story.act("2", annuls=first, hour=15)
    poured(paper, story)
    before, void, after = (line(paper, when) for when in (BEFORE, AFTER, "2026-11-25 16:00"))
    assert (before.marks, before.held, before.mean) == (8, 34, after.mean)
    assert (void.marks, void.held) == (7, 33), "the lesson has no record left, and is not counted as held"
    assert (after.marks, after.held) == (8, 34)
    shown = cell(paper, "2026-11-25 16:00")
    assert (shown.value, shown.voided, shown.contested) == ("5", "", False)
    (notice,) = week(paper, "2026-11-25 16:00").voids
    assert (notice.now, notice.act.annulled) == ("5", "2")
    with pytest.raises(NoSuchPage), paper.reading("2026-11-25 16:00") as reading:
        reinstatement.page(reading, first)


ILYA = named("Вуквукай Илья")


def of_lesson(paper: Paper, when: str, of: UUID = LESSON.id) -> list[tuple[UUID, str, str]]:
    with paper.reading(when) as reading:
        page = lesson.page(reading, of, KEY_OF)
    return [(each.pupil, each.value, each.ground) for each in page.contested]


@pytest.mark.case("E-14")
def test_an_honest_mark_in_a_work_an_act_took_away_stays_and_is_contested(paper: Paper) -> None:
    """And the page knows the lesson still, though the intruder was the first to write in it."""
    story = Told(*SECOND_DEPUTY)
    story.do("Соколова", "2026-11-18 10:58", AddWork(lesson=LESSON.id, kind="control", confirmed=True))
    story.notified()
    (work,) = set(story.sheet(LESSON).works) - {LESSON.id}
    for column in (work, LESSON.id):
        give = GiveMark(lesson=LESSON.id, work=column, pupil=ILYA, value="4", confirmed=True)
        story.do("Соколова", "2026-11-18 12:30", give)
    story.act()
    poured(paper, story)
    assert of_lesson(paper, BEFORE) == []
    assert of_lesson(paper, AFTER) == [(ILYA, "4", "work")]
    assert cell(paper, AFTER, "Вуквукай Илья").value == "4", "the answer at the lesson stands as it was"
    with paper.reading(AFTER) as reading:
        lines = trail.cell(reading, paper.store, LESSON.id, work, ILYA, KEY_OF).lines
    assert [(each.value, each.fate, each.contested) for each in lines] == [("4", "stands", "work")]


@pytest.mark.case("E-05")
def test_a_mark_recorded_under_a_permission_an_act_took_away_is_contested_and_not_void(paper: Paper) -> None:
    story = Told(*SECOND_DEPUTY)
    story.credential = NEW
    target = LateEntryItem(lesson=LESSON.id, target="mark", work=LESSON.id, pupil=ILYA)
    story.do("Соколова", "2026-11-19 08:00", RequestLateEntry(items=(target,), reason="Не было света"))
    late = streams.late_entries(SCHOOL_ID, LESSON.id)
    (case,) = fold_late_entries(story.entries(late)).cases
    permit = PermitLateEntries(cases=(CaseRef(case=case, lesson=LESSON.id),))
    story.do("Ефимова", "2026-11-19 09:00", permit)
    permitted = story.entries(late)[-1].position
    give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, value="4")
    story.do("Соколова", "2026-11-19 10:00", give)
    story.notified("2026-11-20")
    story.act()
    voided(story, "2026-11-25 13:40", Category.CASE, late, permitted)
    poured(paper, story)
    assert of_lesson(paper, BEFORE) == []
    assert of_lesson(paper, AFTER) == [(ILYA, "4", "permission")]
    assert cell(paper, AFTER, "Вуквукай Илья").value == "4"


@pytest.mark.case("E-05")
def test_what_a_deputy_approved_on_the_intruders_request_stays_and_is_contested(paper: Paper) -> None:
    """2 → 5, asked for by the intruder: the word is the honest deputy's, what it rests on is void."""
    story = Told(*SECOND_DEPUTY)
    give = GiveMark(lesson=EARLIER.id, work=EARLIER.id, pupil=ILYA, value="2", confirmed=True)
    given = story.do("Соколова", "2026-11-16 12:30", give).last
    wanted = CorrectionItem(
        target="mark", lesson=EARLIER.id, work=EARLIER.id, pupil=ILYA, new="5", seen=given or 0
    )
    refs = asks_corrected(story, "Соколова", "2026-11-18 10:58", wanted)
    approves(story, "Ефимова", "2026-11-18 11:02", *refs)
    story.notified()
    story.act()
    poured(paper, story)
    assert of_lesson(paper, BEFORE, EARLIER.id) == []
    assert of_lesson(paper, AFTER, EARLIER.id) == [(ILYA, "5", "request")]
    assert contested_tasks(paper, BEFORE) == []
    assert contested_tasks(paper, AFTER) == [(EARLIER.id, 1, ACT)]
    assert of_trail(paper, BEFORE, EARLIER.id) == [("5", "stands", ""), ("2", "replaced", "")]
    assert of_trail(paper, AFTER, EARLIER.id) == [("5", "stands", "request"), ("2", "replaced", "")]
    (ref,) = asks_corrected(
        story, "Соколова", LATER, replace(wanted, new="2", seen=story.entries(EARLIER.id)[-1].position)
    )
    approves(story, "Ефимова", LAST, ref)
    poured(paper, story)
    assert of_lesson(paper, "2026-11-27 21:00", EARLIER.id) == [], "whoever decided has corrected it"
    assert contested_tasks(paper, "2026-11-27 21:00") == []


def contested_tasks(paper: Paper, when: str) -> list[tuple[UUID | None, int, str]]:
    """Of a deputy: of which lesson, how many places, because of which Act."""
    with paper.reading(when) as reading:
        page = tasks.page(reading, named("Петров"), {"deputy"}, KEY_OF)
    found = [task for group in page.groups for task in group.tasks if task.kind == "contested"]
    return [(task.place.lesson if task.place else None, task.count, task.text) for task in found]


def of_trail(paper: Paper, when: str, lesson: UUID) -> list[tuple[str, str, str]]:
    with paper.reading(when) as reading:
        lines = trail.cell(reading, paper.store, lesson, lesson, ILYA, KEY_OF).lines
    return [(each.value, each.fate, each.contested) for each in lines if each.value]


@pytest.mark.case("E-14")
def test_a_substitutes_mark_under_a_substitution_an_act_took_away_is_contested_and_not_void(
    paper: Paper,
) -> None:
    story = Told(*SECOND_DEPUTY)
    day = streams.day(SCHOOL_ID, named("7А"), LESSON.date)
    recorded = SubstitutionRecorded(
        substitution=named("замена"),
        lesson=LESSON.id,
        absent=named("Соколова"),
        substitute=named("Лебедева"),
        manner="same_subject",
        order=None,
    )
    written(story, "Кеулькут", "2026-11-18 08:00", Category.SCHOOL, day, recorded, role=Role.METHODIST)
    give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, value="4")
    story.do("Лебедева", "2026-11-18 10:30", give)
    story.notified("2026-11-20")
    story.act()
    voided(story, "2026-11-25 13:40", Category.SCHOOL, day, story.entries(day)[-1].position)
    poured(paper, story)
    assert of_lesson(paper, BEFORE) == []
    assert of_lesson(paper, AFTER) == [(ILYA, "4", "substitution")]
    assert cell(paper, AFTER, "Вуквукай Илья").value == "4"
