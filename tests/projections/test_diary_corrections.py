"""What a family's diary says of corrections, of its own reports, of what waits for its word (R-169, R-171, R-157)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from commands.attestation_exceptions import AgreeToException, RequestException
from commands.corrections import CorrectionItem
from commands.error_reports import CloseErrorReport, ReportError
from commands.homework import SetHomework
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from ledger import streams
from ledger.error_report import fold_error_reports
from ledger.events import roster
from ledger.period_sheet import NON_ATTESTATION, fold_period_sheet
from projections import diary
from projections.diary import DiaryWeek
from tests.correction_cases import DIVIDED, TRIMESTER, approves, asks, of_mark, sheet_of
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

PAGE, LESSON = named("7А Алгебра"), given_lesson("7А Алгебра", "2026-10-12")
WHO, MARIA, ILYA = "Каляна Мария", named("Каляна Мария"), named("Вуквукай Илья")
MOTHER, FATHER = "мать Каляны", "отец Каляны"
ASKED, DECIDED, LATER = "2026-10-19 12:00", "2026-10-19 15:00", "2026-10-19 16:00"
WEEK, NEXT_WEEK, FAR_WEEK = date(2026, 10, 12), date(2026, 10, 19), date(2026, 10, 5)


@pytest.fixture
def story() -> Story:
    return told()


def told(*more: tuple[UUID, object]) -> Story:
    """Monday: a topic, homework, a 3; a mother and a father of Каляна."""
    kin = [
        (MARIA, roster.GuardianLinked(guardian=named(who), kinship=kinship))
        for who, kinship in ((MOTHER, "мать"), (FATHER, "отец"))
    ]
    made = Story(*DIVIDED, *kin, *more)
    made.do("Соколова", "2026-10-12 10:10", RecordTopic(lesson=LESSON.id, text="Степень"))
    made.do("Соколова", "2026-10-12 10:11", SetHomework(lesson=LESSON.id, text="§ 5, № 3", manner=()))
    made.do(
        "Соколова", "2026-10-12 10:30", GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA, value="3")
    )
    return made


def week(
    paper: Paper, pupil: UUID, monday: date, reader: str | None = MOTHER, when: str = LATER
) -> DiaryWeek:
    with paper.reading(when) as reading:
        return diary.week(reading, pupil, monday, KEY_OF, named(reader) if reader else None)


def poured(paper: Paper, story: Story) -> None:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()


def corrected(story: Story) -> None:
    """The mark to 4, the topic and the homework to other words."""
    sheet = story.sheet(LESSON)
    assert sheet.topic is not None
    assert sheet.homework is not None
    items = (
        of_mark(LESSON, WHO, "4", sheet.marks[LESSON.id, MARIA].position),
        CorrectionItem(target="topic", lesson=LESSON.id, new="Степень числа", seen=sheet.topic.position),
        CorrectionItem(target="homework", lesson=LESSON.id, new="§ 5, № 4", seen=sheet.homework.position),
    )
    approves(story, "Ефимова", DECIDED, *asks(story, "Соколова", ASKED, *items))


def test_a_corrected_mark_topic_and_homework_say_what_stood_there(paper: Paper, story: Story) -> None:
    corrected(story)
    poured(paper, story)
    page = week(paper, MARIA, WEEK)
    lesson = next(each for each in page.days[0].lessons if each.lesson == LESSON.id)
    (mark,) = lesson.marks
    assert mark.corrected is not None
    assert (mark.value, mark.corrected.old, mark.corrected.new) == ("4", "3", "4")
    assert mark.corrected.ground == "erroneous_entry"
    assert lesson.topic_corrected is not None
    assert (lesson.topic, lesson.topic_corrected.old) == ("Степень числа", "Степень")
    tasks = [task for day in page.days for each in day.lessons for task in each.homework]
    assert [(task.text, task.corrected and task.corrected.old) for task in tasks] == [
        ("§ 5, № 4", "§ 5, № 3")
    ]
    assert {each.place.target for each in page.corrections} == {"mark", "topic", "homework"}


def test_the_notice_stands_in_the_week_of_the_lesson_and_in_that_of_the_word(
    paper: Paper, story: Story
) -> None:
    corrected(story)
    poured(paper, story)
    assert len(week(paper, MARIA, NEXT_WEEK).corrections) == 3
    assert week(paper, MARIA, FAR_WEEK).corrections == ()
    assert week(paper, MARIA, WEEK, when="2026-10-19 13:00").corrections == ()  # asked and not agreed yet


def test_a_pupil_who_moved_to_another_class_is_told_what_was_corrected_in_the_old_one_since(
    paper: Paper,
) -> None:
    story = told((MARIA, roster.PupilMoved(class_id=named("6А"), first=date(2026, 10, 15), order="12-к")))
    corrected(story)
    poured(paper, story)
    said = {each.place.target for each in week(paper, MARIA, NEXT_WEEK).corrections}
    assert said == {"mark", "topic", "homework"}


def test_of_another_pupils_mark_nothing_is_told(paper: Paper, story: Story) -> None:
    corrected(story)
    poured(paper, story)
    assert {each.place.target for each in week(paper, ILYA, WEEK).corrections} == {"topic", "homework"}


def test_a_family_reads_no_reasons_of_the_school(paper: Paper, story: Story) -> None:
    corrected(story)
    poured(paper, story)
    assert "не той ученице" not in repr(week(paper, MARIA, WEEK))


def test_a_mark_taken_away_by_a_case_is_told_of_where_it_stood(paper: Paper, story: Story) -> None:
    seen = story.sheet(LESSON).marks[LESSON.id, MARIA].position
    approves(story, "Ефимова", DECIDED, *asks(story, "Соколова", ASKED, of_mark(LESSON, WHO, "", seen)))
    poured(paper, story)
    page = week(paper, MARIA, WEEK)
    assert [mark for each in page.days[0].lessons for mark in each.marks] == []
    assert [(each.old, each.new) for each in page.corrections] == [("3", "")]


def test_a_reader_sees_the_state_and_the_answer_of_the_own_report(paper: Paper, story: Story) -> None:
    place = {"journal": PAGE, "lesson": LESSON.id}
    said = ReportError(target="mark", work=LESSON.id, pupil=MARIA, text="В тетради стоит 5", **place)
    story.do(MOTHER, ASKED, said)
    (report,) = fold_error_reports(story.entries(streams.error_reports(SCHOOL_ID, LESSON.id))).tickets
    answer = CloseErrorReport(report=report, corrected=True, answer="Спасибо, исправим", **place)
    story.do("Ефимова", DECIDED, answer)
    poured(paper, story)
    (before,) = week(paper, MARIA, WEEK, when="2026-10-19 13:00").reports
    assert (before.status, before.answer, before.text) == ("reported", "", "В тетради стоит 5")
    (after,) = week(paper, MARIA, NEXT_WEEK).reports
    assert (after.status, after.corrected, after.answer) == ("closed", True, "Спасибо, исправим")
    assert week(paper, MARIA, WEEK, FATHER).reports == ()


def test_what_waits_for_a_parents_word_stands_in_the_diary_until_it_is_decided(
    paper: Paper, story: Story
) -> None:
    ask = RequestException(
        journal=PAGE, period=TRIMESTER, pupil=MARIA, ground=NON_ATTESTATION, reason="Лечение в Анадыре"
    )
    story.do("Соколова", ASKED, ask)
    (case,) = fold_period_sheet(story.entries(sheet_of(PAGE, TRIMESTER))).exceptions
    story.do(MOTHER, DECIDED, AgreeToException(journal=PAGE, period=TRIMESTER, case=case, pupil=MARIA))
    poured(paper, story)
    (before,) = week(paper, MARIA, WEEK, when="2026-10-19 13:00").agreements
    assert (before.case, before.agreed, before.place.period_title) == (case, False, "I триместр")
    assert [each.agreed for each in week(paper, MARIA, WEEK).agreements] == [True]
    assert week(paper, ILYA, WEEK).agreements == ()
    assert "Анадыре" not in repr(week(paper, MARIA, WEEK))
