"""What a family reads beside the week: the next day, what is new, what waits for «Ознакомлен», the month, the year's
teachers; and that an act which does not name a section hides it (P-72, P-73, R-189, R-190, R-194)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from commands.absences import AbsenceStretch, ExplainAbsences
from commands.acquaintance import Acknowledge, SeenEntry
from commands.attendance import NoteAbsence
from commands.founding import AdoptRegulation
from commands.homework import SetHomework, SetIndividualHomework
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from commands.remarks import WriteRemark
from ledger.events import roster
from ledger.period_sheet import PERIOD
from projections import diary, diary_about, diary_month, family_page
from projections.diary import DiaryLesson, DiaryWeek
from projections.diary_month import DiaryMonth, MonthSubject
from projections.family_page import Child, FamilyPage
from tests.acceptance.test_e_06_moved_pupils_term import told as moved_in_mid_term
from tests.correction_cases import TRIMESTER, approves, asks, marked, of_mark
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.small_school import REGULATION
from tests.story import Story
from tests.world import at, given_lesson, named

ILYA, MARIA = named("Вуквукай Илья"), named("Каляна Мария")
MOTHER = named("мать двоих")
PAGE, LESSON, NEXT = (
    named("7А Алгебра"),
    given_lesson("7А Алгебра", "2026-10-12"),
    given_lesson("7А Алгебра", "2026-10-14"),
)
MONDAY, EVENING = date(2026, 10, 12), "2026-10-12 20:00"
KIN = [(child, roster.GuardianLinked(guardian=MOTHER, kinship="мать")) for child in (ILYA, MARIA)]


def told(*, act: str = "ust-belaya") -> Story:
    """Monday: a 2 for Илья and a 5 for Мария, a topic, homework for all and for each; physics missed."""
    story = Story(*KIN)
    if act != "ust-belaya":
        toml = Path(REGULATION.parent / f"{act}.toml").read_text(encoding="utf-8")
        story.do(
            "Носов", "2026-09-01 08:00", AdoptRegulation(title=act, toml=toml, in_force=date(2026, 9, 2))
        )
    for pupil, value in ((ILYA, "2"), (MARIA, "5")):
        give(story, "2026-10-12 09:40", pupil, value)
    for pupil, value in ((ILYA, "2"), (MARIA, "5")):
        own = SetIndividualHomework(lesson=LESSON.id, pupil=pupil, text=f"карточка для {value}")
        story.do("Соколова", "2026-10-12 10:02", own)
    story.do("Соколова", "2026-10-12 10:03", SetHomework(lesson=LESSON.id, text="§ 5, № 3"))
    story.do("Соколова", "2026-10-12 10:04", RecordTopic(lesson=LESSON.id, text="Степень"))
    physics = given_lesson("7А Физика", "2026-10-12")
    story.do("Петров", "2026-10-12 13:30", NoteAbsence(lesson=physics.id, pupil=ILYA))
    return story


def give(story: Story, when: str, pupil: UUID, value: str) -> None:
    mark = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=pupil, value=value, confirmed=True)
    story.do("Соколова", when, mark)


def position(story: Story, pupil: UUID) -> int:
    return story.sheet(LESSON).marks[LESSON.id, pupil].position


def poured(paper: Paper, story: Story) -> None:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()


def family(
    paper: Paper,
    when: str = EVENING,
    children: tuple[UUID, ...] = (ILYA, MARIA),
    visits: Mapping[UUID, datetime] | None = None,
) -> FamilyPage:
    with paper.reading(when) as reading:
        return family_page.page(reading, MOTHER, children, visits or {}, KEY_OF)


def child(paper: Paper, pupil: UUID = ILYA, **asked: object) -> Child:
    return next(each for each in family(paper, **asked).children if each.pupil == pupil)  # type: ignore[arg-type]


def week(paper: Paper, pupil: UUID = ILYA, when: str = EVENING, monday: date = MONDAY) -> DiaryWeek:
    with paper.reading(when) as reading:
        return diary.week(reading, pupil, monday, KEY_OF, MOTHER)


def month(paper: Paper, pupil: UUID, first: date, when: str) -> DiaryMonth:
    with paper.reading(when) as reading:
        return diary_month.page(reading, pupil, first)


def lessons(page: DiaryWeek) -> list[DiaryLesson]:
    return [each for day in page.days for each in day.lessons]


def subject(page: DiaryMonth, title: str) -> MonthSubject:
    return next(row for row in page.subjects if row.title == title)


# --- the first page -----------------------------------------------------------------------------------------


def test_tomorrow_has_lessons_their_teachers_and_only_the_childs_own_homework(paper: Paper) -> None:
    poured(paper, told())
    with paper.reading("2026-10-13 18:00") as reading:
        page = family_page.page(reading, MOTHER, (ILYA, MARIA), {}, KEY_OF)
    for who, own in ((ILYA, "карточка для 2"), (MARIA, "карточка для 5")):
        day = next(each.next_day for each in page.children if each.pupil == who)
        assert day is not None
        assert day.date == date(2026, 10, 14)
        algebra = next(each for each in day.lessons if each.subject == "Алгебра")
        assert algebra.teacher == named("Соколова")
        assert sorted(task.text for task in algebra.homework) == sorted(["§ 5, № 3", own])


def test_the_day_after_a_friday_is_monday_and_after_the_year_there_is_none(paper: Paper) -> None:
    poured(paper, told())
    friday = child(paper, when="2026-10-16 18:00").next_day
    assert friday is not None
    assert friday.date == date(2026, 10, 19)
    assert child(paper, when="2027-05-28 18:00").next_day is None


def test_what_is_new_is_of_this_child_and_since_the_visit(paper: Paper) -> None:
    poured(paper, told())
    news = child(paper).news
    assert not news.visited
    assert {(line.kind, line.subject, line.value) for line in news.lines} == {
        ("mark", "Алгебра", "2"),
        ("absence", "Физика", "н"),
    }
    assert (news.topics, news.homework) == (1, 1)
    later = child(paper, visits={ILYA: at("2026-10-12 12:00")}).news
    assert [(line.kind, line.value) for line in later.lines] == [("absence", "н")]
    assert (later.visited, later.topics, later.homework) == (True, 0, 0)
    assert not child(paper, visits={ILYA: at("2026-10-12 19:00")}).news


def test_a_correction_is_told_once_as_a_correction(paper: Paper) -> None:
    story = told()
    refs = asks(
        story, "Соколова", "2026-10-19 12:00", of_mark(LESSON, "Вуквукай Илья", "4", position(story, ILYA))
    )
    approves(story, "Ефимова", "2026-10-19 15:00", *refs)
    poured(paper, story)
    news = child(paper, when="2026-10-19 20:00", visits={ILYA: at("2026-10-18 12:00")}).news
    assert not news.lines
    assert [(note.old, note.new) for note in news.corrections] == [("2", "4")]


# --- «Ознакомлен» -------------------------------------------------------------------------------------------


def test_a_two_and_a_period_mark_wait_and_a_five_does_not(paper: Paper) -> None:
    story = told()
    marked(story, "Соколова", "2026-11-20 12:00", PAGE, TRIMESTER, PERIOD, "Вуквукай Илья", "н/а")
    poured(paper, story)
    waits = child(paper, when="2026-11-20 20:00").awaits
    assert [(each.place.target, each.value) for each in waits] == [("period_mark", "н/а"), ("mark", "2")]
    assert child(paper, MARIA, when="2026-11-20 20:00").awaits == ()


def test_what_was_read_waits_no_more_and_says_by_whom(paper: Paper) -> None:
    story = told()
    seen = SeenEntry(stream=LESSON.id, entry=position(story, ILYA))
    story.do("мать двоих", "2026-10-12 19:04", Acknowledge(pupil=ILYA, entries=(seen,)))
    poured(paper, story)
    assert child(paper).awaits == ()
    (mark,) = next(each.marks for each in lessons(week(paper)) if each.marks)
    assert [(said.kinship, said.person, said.at) for said in mark.read] == [
        ("мать", MOTHER, at("2026-10-12 19:04"))
    ]


def test_a_correction_of_a_two_is_asked_for_anew(paper: Paper) -> None:
    story = told()
    seen = SeenEntry(stream=LESSON.id, entry=position(story, ILYA))
    story.do("мать двоих", "2026-10-12 19:04", Acknowledge(pupil=ILYA, entries=(seen,)))
    refs = asks(
        story, "Соколова", "2026-10-19 12:00", of_mark(LESSON, "Вуквукай Илья", "4", position(story, ILYA))
    )
    approves(story, "Ефимова", "2026-10-19 15:00", *refs)
    poured(paper, story)
    (waits,) = child(paper, when="2026-10-19 20:00").awaits
    assert (waits.old, waits.value, waits.corrected) == ("2", "4", True)
    assert waits.entry == position(story, ILYA)


def test_the_entry_that_waits_is_taken_by_the_command(paper: Paper) -> None:
    story = told()
    marked(story, "Соколова", "2026-11-20 12:00", PAGE, TRIMESTER, PERIOD, "Вуквукай Илья", "н/а")
    poured(paper, story)
    waits = child(paper, when="2026-11-20 20:00").awaits
    entries = tuple(SeenEntry(stream=each.stream, entry=each.entry) for each in waits)
    assert len(entries) == 2
    story.do("мать двоих", "2026-11-20 19:04", Acknowledge(pupil=ILYA, entries=entries))


@pytest.mark.parametrize("act", ["perm", "school-37"])
def test_where_a_look_is_enough_nothing_waits(paper: Paper, act: str) -> None:
    poured(paper, told(act=act))
    page = family(paper)
    assert page.acquaintance == "view"
    assert all(each.awaits == () for each in page.children)


# --- the sections of the act --------------------------------------------------------------------------------


def test_ust_belaya_names_every_section(paper: Paper) -> None:
    poured(paper, told())
    page = week(paper)
    algebra = next(each for each in lessons(page) if each.lesson == LESSON.id)
    assert (algebra.topic, [mark.value for mark in algebra.marks]) == ("Степень", ["2"])
    assert any(each.homework for each in lessons(page))
    assert {each.subject for each in page.days[1].lessons} >= {"Русский язык", "Литература"}


def test_school_37_names_no_homework_and_no_timetable(paper: Paper) -> None:
    poured(paper, told(act="school-37"))
    page = week(paper)
    assert [(each.subject, each.absent) for each in lessons(page)] == [("Алгебра", False), ("Физика", True)]
    assert not any(each.homework or each.homework_set for each in lessons(page))
    assert lessons(page)[0].teacher is None
    assert child(paper).news.homework == 0


def test_perm_names_no_marks_for_a_period_and_poshekhonye_no_teachers(paper: Paper) -> None:
    story = told(act="perm")
    marked(story, "Соколова", "2026-11-20 12:00", PAGE, TRIMESTER, PERIOD, "Вуквукай Илья", "2")
    poured(paper, story)
    assert week(paper, when="2026-11-20 20:00").marks is None
    with paper.reading(EVENING) as reading:
        about = diary_about.page(reading, ILYA, KEY_OF)
    assert (about.subjects, about.holidays, about.class_teachers) == ((), (), ())


# --- remarks ------------------------------------------------------------------------------------------------


def test_a_comment_stands_at_its_lesson_and_a_recommendation_under_the_week(paper: Paper) -> None:
    story = told()
    formula = "=HYPERLINK(…)"
    wrote = WriteRemark(pupil=ILYA, kind="comment", journal=PAGE, lesson=LESSON.id, text=formula)
    story.do("Соколова", "2026-10-12 15:00", wrote)
    advice = WriteRemark(pupil=ILYA, kind="recommendation", journal=PAGE, text="Повторить степени.")
    story.do("Соколова", "2026-10-12 15:01", advice)
    poured(paper, story)
    page = week(paper)
    (comment,) = next(each.comments for each in lessons(page) if each.lesson == LESSON.id)
    assert (comment.text, comment.by) == (formula, named("Соколова"))
    assert [each.text for each in page.recommendations] == ["Повторить степени."]
    assert not week(paper, MARIA).recommendations
    assert not any(each.comments for each in lessons(week(paper, MARIA)))
    assert not week(paper, when="2026-10-20 12:00", monday=date(2026, 10, 19)).recommendations
    with paper.reading("2026-10-20 12:00") as reading:
        assert len(diary_about.page(reading, ILYA, KEY_OF).recommendations) == 1
        assert diary_about.page(reading, MARIA, KEY_OF).recommendations == ()


# --- the month ----------------------------------------------------------------------------------------------


def test_a_month_shows_marks_absences_with_their_reason_and_the_mean_of_the_own_marks(paper: Paper) -> None:
    story = told()
    ill = AbsenceStretch(pupil=ILYA, first=MONDAY, last=MONDAY, category="по болезни", document="")
    story.do("Громова", "2026-10-13 10:00", ExplainAbsences(stretches=(ill,)))
    mark = GiveMark(lesson=NEXT.id, work=NEXT.id, pupil=ILYA, value="5")
    story.do("Соколова", "2026-10-14 09:40", mark)
    poured(paper, story)
    page = month(paper, ILYA, date(2026, 10, 1), "2026-10-14 20:00")
    days = {day.date: day for row in page.weeks for day in row}
    assert [(one.kind, one.subject, one.value, one.detail) for one in days[MONDAY].items] == [
        ("mark", "Алгебра", "2", "Ответ на уроке"),
        ("absence", "Физика", "н", "по болезни"),
    ]
    algebra = subject(page, "Алгебра")
    assert algebra.marks == ((MONDAY, "2"), (NEXT.date, "5"))
    assert (algebra.mean, algebra.counted) == ("3,50", 2)  # Мария's 5 is not in it
    assert subject(page, "Физика").missed == (("по болезни", 1),)
    assert page.period == "I триместр"
    assert all(len(row) == 6 for row in page.weeks)


def test_a_month_says_its_holidays_and_begins_on_a_monday(paper: Paper) -> None:
    poured(paper, told())
    page = month(paper, ILYA, date(2026, 11, 1), "2026-11-05 12:00")
    assert page.weeks[0][0].date == date(2026, 10, 26)
    assert not page.weeks[0][0].inside
    unity = next(day for row in page.weeks for day in row if day.date == date(2026, 11, 4))
    assert unity.title == "День народного единства"
    assert (page.last, diary_month.last_of(date(2028, 2, 1))) == (date(2026, 11, 30), date(2028, 2, 29))


def test_who_moved_class_in_mid_term_has_both_classes_in_one_row(paper: Paper) -> None:
    story, _ = moved_in_mid_term()
    poured(paper, story)
    page = month(paper, MARIA, date(2026, 10, 1), "2026-11-20 20:00")
    old = month(paper, MARIA, date(2026, 9, 1), "2026-11-20 20:00")
    assert {value for _, value in subject(old, "Алгебра").marks} == {"3"}
    assert {value for _, value in subject(page, "Алгебра").marks} == {"5"}
    assert [row.title for row in page.subjects].count("Алгебра") == 1
    assert (old.class_title, page.class_title) == ("7А", "7Б")
    assert subject(old, "Алгебра").mean == subject(page, "Алгебра").mean == "4,00"
    with paper.reading("2026-11-20 20:00") as reading:
        about = diary_about.page(reading, MARIA, KEY_OF)
    assert {teacher for row in about.subjects if row.subject == "Алгебра" for teacher in row.teachers} == {
        named("Петров")
    }


def test_the_year_says_who_teaches_what_and_its_holidays(paper: Paper) -> None:
    poured(paper, told())
    with paper.reading("2026-11-22 12:00") as reading:
        about = diary_about.page(reading, MARIA, KEY_OF)
        with_group = diary_about.page(reading, ILYA, KEY_OF)
    assert about.class_teachers == (named("Громова"),)
    taught = {row.subject: row.teachers for row in about.subjects}
    assert taught["Алгебра"] == (named("Соколова"),)
    assert "Иностранный язык" not in taught
    assert "Иностранный язык" in {row.subject for row in with_group.subjects}
    assert [(each.title, each.state) for each in about.holidays] == [
        ("День народного единства", "past"),
        ("Осенние каникулы", "running"),
        ("Зимние каникулы", "ahead"),
        ("Весенние каникулы", "ahead"),
    ]
