"""The sheet of period marks as people see it: what is proposed and why, who lacks what, what changed since."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from commands.absences import AbsenceStretch, ExplainAbsences
from commands.attendance import NoteAbsence
from commands.attestation_exceptions import GrantException, RequestException
from commands.corrections import CorrectionItem, RequestCorrections
from commands.deciding import Refusal
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from commands.period_marks import PeriodMarkItem, RecheckPeriodMark, SetPeriodMarks
from ledger.period_sheet import LEAST_MARKS, NON_ATTESTATION
from ledger.streams import year as year_of
from projections import journal, period_page
from projections.period_changes import Change
from projections.period_page import PeriodPage
from projections.reading import NoSuchPage
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

PAGE, TERM = named("7А Алгебра"), named("ООО I триместр")
DARYA, ILYA, MARIA = named("Антипина Дарья"), named("Вуквукай Илья"), named("Каляна Мария")
DAYS = ("10-12", "10-14", "10-16", "10-19", "10-21", "10-23", "10-26", "10-28")
LAST = given_lesson("7А Алгебра", "2026-11-20")
FRIDAY = "2026-11-20 12:00"  # after the term's last lesson of algebra


def told(last_lesson: bool = True) -> Story:
    """Eight lessons: Дарья has a mark at each, Илья at three; Мария was away from five. The last one is recorded."""
    story = Story()
    for n, day in enumerate(DAYS):
        lesson, at = given_lesson("7А Алгебра", f"2026-{day}"), f"2026-{day} 10:30"
        value = "5" if n % 2 else "4"
        story.do("Соколова", at, GiveMark(lesson=lesson.id, work=lesson.id, pupil=DARYA, value=value))
        if n < 3:
            story.do("Соколова", at, GiveMark(lesson=lesson.id, work=lesson.id, pupil=ILYA, value="4"))
        if n < 5:
            story.do("Соколова", at, NoteAbsence(lesson=lesson.id, pupil=MARIA))
    if last_lesson:
        story.do("Соколова", "2026-11-20 10:10", RecordTopic(lesson=LAST.id, text="Повторение"))
    return story


def shown(paper: Paper, story: Story, when: str = "2026-11-20 12:30", period: UUID = TERM) -> PeriodPage:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    with paper.reading(when) as reading:
        return period_page.page(reading, PAGE, period, KEY_OF)


def setting(*marks: tuple[UUID, str, str], seen: int = 0) -> SetPeriodMarks:
    items = tuple(PeriodMarkItem(pupil=p, value=v, reason=why, seen=seen) for p, v, why in marks)
    return SetPeriodMarks(journal=PAGE, period=TERM, kind="period", marks=items, confirmed=True)


def line(page: PeriodPage, pupil: UUID) -> period_page.PupilLine:
    return next(each for each in page.lines if each.pupil == pupil)


def test_a_mark_is_proposed_with_what_it_rests_on(paper: Paper) -> None:
    page = shown(paper, told())
    assert [each.name.split()[0] for each in page.lines][:3] == ["Антипина", "Вуквукай", "Каляна"]
    darya = line(page, DARYA)
    assert (darya.marks, darya.needed, darya.held, darya.missed) == (8, 7, 9, 0)
    assert (darya.mean, darya.cells[0].proposed, darya.cells[0].by) == ("4,50", "5", "mean")
    assert (page.terms.last_lesson, page.terms.recorded, page.terms.over) == (date(2026, 11, 20), True, False)
    assert (f"{page.terms.opens:%d.%m %H:%M}", f"{page.terms.soft:%d.%m %H:%M:%S}", page.terms.hard) == (
        "14.11 00:00",
        "20.11 23:59:59",
        page.terms.soft,
    )


def test_before_the_last_week_no_mark_is_taken_and_the_last_lesson_is_named(paper: Paper) -> None:
    story = told(last_lesson=False)
    before, week = shown(paper, story, "2026-11-13 23:59"), shown(paper, story, "2026-11-14 00:00")
    assert (before.terms.early, week.terms.early) == (True, False)
    assert (week.terms.lesson, week.terms.recorded) == (LAST.id, False)
    recorded = shown(paper, told(), "2026-11-20 12:30")
    assert (recorded.terms.early, recorded.terms.recorded) == (False, True)


def test_a_correction_that_waits_stands_in_its_cell(paper: Paper) -> None:
    """R-163; once it is decided the cell is free to be asked for again."""
    story = told()
    item = CorrectionItem(
        target="period_mark", journal=PAGE, period=TERM, pupil=DARYA, kind="period", new="5"
    )
    asking = RequestCorrections(items=(item,), ground="omitted", reason="Забыла поставить")
    story.do("Соколова", "2026-11-24 09:00", asking)
    page = shown(paper, story, "2026-11-24 10:00")
    case = line(page, DARYA).cells[0].waiting
    assert case is not None
    assert (case.old, case.new, case.requester) == ("", "5", named("Соколова"))
    assert line(page, ILYA).cells[0].waiting is None


def test_whoever_has_too_few_marks_or_missed_too_much_lacks_a_decision(paper: Paper) -> None:
    story = told(last_lesson=False)
    stretch = AbsenceStretch(
        pupil=MARIA,
        first=date(2026, 10, 12),
        last=date(2026, 10, 21),
        category="по болезни",
        document="",
    )
    story.do("Громова", "2026-10-30 09:00", ExplainAbsences(stretches=(stretch,)))
    page = shown(paper, story)
    ilya, maria = line(page, ILYA), line(page, MARIA)
    assert (ilya.marks, ilya.needed, ilya.lacks, ilya.refused) == (3, 7, LEAST_MARKS, True)
    assert (maria.missed, maria.held, maria.lacks) == (5, 8, NON_ATTESTATION)
    assert (maria.cells[0].proposed, maria.cells[0].by) == ("н/а", "missed")
    assert maria.categories == (("по болезни", 5),)


def test_an_exception_is_seen_asked_and_granted_with_its_reasons(paper: Paper) -> None:
    story = told()
    place = {"journal": PAGE, "period": TERM, "pupil": ILYA, "ground": LEAST_MARKS}
    story.do("Соколова", FRIDAY, RequestException(**place, reason="Долго болел"))
    asked = line(shown(paper, story), ILYA)
    assert [(each.status, each.reason) for each in asked.exceptions] == [("asked", "Долго болел")]
    assert asked.refused
    case = asked.exceptions[0].case
    story.do(
        "Дьячкова", "2026-11-20 13:00", GrantException(**place, reason="Работы написаны дома", case=case)
    )
    granted = line(shown(paper, story, "2026-11-20 13:30"), ILYA)
    assert [each.status for each in granted.exceptions] == ["granted"]
    assert (granted.lacks, granted.refused) == (LEAST_MARKS, False)


def test_the_gate_takes_what_the_page_says_it_takes(paper: Paper) -> None:
    """And says whose mark it refuses."""
    story = told()
    page = shown(paper, story)
    for each in page.lines[:3]:
        asked = setting((each.pupil, "4", "по итогам устных ответов"))
        if not each.refused:
            story.do("Соколова", FRIDAY, asked)
            continue
        with pytest.raises(Refusal) as refusal:
            story.do("Соколова", FRIDAY, asked)
        assert [said["pupil"] for said in refusal.value.about] == [str(each.pupil)]


def test_a_set_mark_stands_with_its_reason_and_what_changed_under_it_is_named(paper: Paper) -> None:
    story = told()
    story.do("Соколова", FRIDAY, setting((DARYA, "4", "последняя контрольная слабее")))
    cell = line(shown(paper, story), DARYA).cells[0]
    assert (cell.value, cell.proposed, cell.reason, cell.changes) == (
        "4",
        "5",
        "последняя контрольная слабее",
        (),
    )
    # Still Friday: the lesson's own column is open, and she answers again.
    story.do("Соколова", "2026-11-20 12:10", GiveMark(lesson=LAST.id, work=LAST.id, pupil=DARYA, value="3"))
    cell = line(shown(paper, story), DARYA).cells[0]
    assert (cell.value, cell.changes) == ("4", (Change(date=date(2026, 11, 20), was="", now="3"),))
    given = GiveMark(lesson=LAST.id, work=LAST.id, pupil=DARYA, value="5", seen=_seen(story))
    story.do("Соколова", "2026-11-20 12:20", given)
    looked = RecheckPeriodMark(
        journal=PAGE, period=TERM, kind="period", pupil=DARYA, reason="учтено", seen=cell.seen
    )
    story.do("Соколова", "2026-11-20 12:25", looked)
    assert line(shown(paper, story), DARYA).cells[0].changes == ()


def _seen(story: Story) -> int:
    return story.sheet(LAST).marks[LAST.id, DARYA].position


def test_a_replaced_mark_is_named_by_what_it_was_and_is(paper: Paper) -> None:
    story = told()
    story.do("Соколова", "2026-11-20 11:00", GiveMark(lesson=LAST.id, work=LAST.id, pupil=DARYA, value="3"))
    story.do("Соколова", FRIDAY, setting((DARYA, "4", "")))
    given = GiveMark(lesson=LAST.id, work=LAST.id, pupil=DARYA, value="5", seen=_seen(story))
    story.do("Соколова", "2026-11-20 12:20", given)
    cell = line(shown(paper, story), DARYA).cells[0]
    assert cell.changes == (Change(date=date(2026, 11, 20), was="3", now="5"),)


def test_the_last_control_works_stand_beside_the_proposal(paper: Paper) -> None:
    story = told(last_lesson=False)
    lesson = given_lesson("7А Алгебра", "2026-11-16")
    added = story.do("Соколова", "2026-11-16 09:30", AddWork(lesson=lesson.id, kind="control"))
    work = UUID(next(part["work"] for part in added.parts if part["event"] == "WorkAdded"))
    story.do("Соколова", "2026-11-16 15:00", GiveMark(lesson=lesson.id, work=work, pupil=DARYA, value="5"))
    darya = line(shown(paper, story), DARYA)
    assert [(each.date.day, each.value) for each in darya.trend] == [(16, "5")]
    assert (darya.mean, darya.control_mean, darya.cells[0].by) == ("4,56", "5,00", "control")


def test_the_year_shows_the_marks_of_its_periods_and_proposes_of_them(paper: Paper) -> None:
    story = told()
    story.do("Соколова", FRIDAY, setting((DARYA, "5", "")))
    page = shown(paper, story, period=year_of(SCHOOL_ID, 2026))
    assert (page.whole_year, page.kinds) == (True, ("year", "attestation"))
    assert page.titles == ("I триместр", "II триместр", "III триместр")
    darya = line(page, DARYA)
    assert (darya.periods, darya.mean, darya.cells[0].proposed) == (("5", "", ""), "5,00", "5")
    assert [each.title for each in page.sheets] == [*page.titles, ""]


def test_the_past_shows_the_sheet_as_it_was(paper: Paper) -> None:
    story = told()
    story.do("Соколова", FRIDAY, setting((DARYA, "5", "")))
    before = shown(paper, story, "2026-11-20 11:59")
    assert (line(before, DARYA).cells[0].value, before.filled) == ("", None)
    after = shown(paper, story)
    assert after.filled is not None
    assert (line(after, DARYA).cells[0].value, after.filled.by) == ("5", named("Соколова"))


def test_a_sheet_of_another_class_or_level_is_not_there(paper: Paper) -> None:
    with pytest.raises(NoSuchPage):
        shown(paper, told(), period=named("СОО I полугодие"))


def test_the_grid_has_the_mark_and_quietly_says_who_is_behind(paper: Paper) -> None:
    story = told()
    story.do("Соколова", FRIDAY, setting((DARYA, "5", "")))
    shown(paper, story)
    with paper.reading("2026-11-20 12:30") as reading:
        page = journal.page(reading, PAGE, TERM)
    signs = {each.pupil: each for each in page.sheet.signs}
    assert (page.sheet.title, page.sheet.kind, signs[DARYA].value, signs[DARYA].due) == (
        "I",
        "period",
        "5",
        0,
    )
    ilya = signs[ILYA]
    # Three marks of the first three lessons, then five lessons and the last one.
    assert (ilya.unasked, ilya.marks, ilya.needed) == (6, 3, 7)
    assert signs[MARIA].unasked == 4  # she was there at the last four
