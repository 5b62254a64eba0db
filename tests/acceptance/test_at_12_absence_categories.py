"""AT-12 (9.4(b2), 9.2(b13); Perm 3.4): sixteen absences get their category; none of them is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from commands.absences import AbsenceStretch, ExplainAbsences
from commands.attendance import TakeAttendance, WithdrawAbsence
from commands.deciding import Refusal
from commands.homework import SetHomework
from commands.lessons import RecordTopic
from ledger.events.timetable import SlotScheduled
from ledger.timetable import Lesson
from projections import attendance_stats, class_week, diary, missed_lessons
from tests.databases import Database
from tests.projections.pouring import KEY_OF, Paper, caught_up, paper_over
from tests.story import Story
from tests.world import FIRST, LAST, given_school, named
from web.door import way_out

TEACHERS = {named(name): name for name in ("Соколова", "Петров", "Ефимова", "Лебедева", "Ким", "Громова")}
ARTYOM, KLASS = named("Рультытегин Артём"), named("7А")
MONDAY, WEDNESDAY, SUNDAY = date(2026, 10, 12), date(2026, 10, 14), date(2026, 10, 18)
SAID_AT = "2026-10-16 15:00"


# Three more lessons on Tuesdays: sixteen from Monday to Wednesday.
MORE = tuple(
    (
        named(f"вторник {number}"),
        SlotScheduled(
            journal=named(page), weekday=2, number=number, week="all", first=FIRST, last=LAST, room=None
        ),
    )
    for number, page in ((1, "7А Алгебра"), (4, "7А Физика"), (5, "7А Геометрия"))
)
SCHOOL = given_school(*MORE)


@pytest.fixture
def paper(database: Database) -> Iterator[Paper]:
    with paper_over(database.app_dsn) as found:
        yield found


def lessons() -> list[Lesson]:
    """Those of his class from Monday to Wednesday; he is in no group."""
    return [
        lesson
        for lesson in SCHOOL.timetable.lessons
        if MONDAY <= lesson.date <= WEDNESDAY and SCHOOL.enrolled(ARTYOM, lesson.journal, lesson.date)
    ]


def during(lesson: Lesson, minute: int) -> str:
    return (lesson.starts + timedelta(minutes=minute)).isoformat(" ")


def missed_three_days() -> Story:
    story = Story(*MORE)
    for lesson in lessons():
        (teacher,) = SCHOOL.teachers_of(lesson.journal, lesson.date)
        who = TEACHERS[teacher]
        topic = f"Тема {lesson.date:%d.%m}, урок {lesson.number}"
        story.do(who, during(lesson, 5), TakeAttendance(lesson=lesson.id, absent=(ARTYOM,)))
        story.do(who, during(lesson, 30), RecordTopic(lesson=lesson.id, text=topic))
        due = SCHOOL.timetable.next_after(lesson.journal, lesson.date)
        assert due is not None
        command = SetHomework(lesson=lesson.id, text=f"§ {lesson.number}", due_lesson=due.id)
        story.do(who, during(lesson, 35), command)
    return story


def explain(story: Story) -> None:
    stretch = AbsenceStretch(
        pupil=ARTYOM, first=MONDAY, last=WEDNESDAY, category="по болезни", document="справка № 45"
    )
    story.do("Громова", SAID_AT, ExplainAbsences(stretches=(stretch,)))


@pytest.mark.case("AT-12")
def test_one_word_on_friday_explains_all_sixteen_and_changes_no_absence(paper: Paper) -> None:
    assert len(lessons()) == 16
    story = missed_three_days()
    before = {lesson.id: story.sheet(lesson).absences[ARTYOM] for lesson in lessons()}
    explain(story)
    assert {lesson.id: story.sheet(lesson).absences[ARTYOM] for lesson in lessons()} == before
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading("2026-10-15 12:00") as reading:
        week = class_week.page(reading, KLASS, MONDAY, KEY_OF)
    assert (week.waiting, week.due) == (16, datetime.fromisoformat("2026-10-18 23:59:59"))
    with paper.reading("2026-10-18 20:00") as reading:
        week = class_week.page(reading, KLASS, MONDAY, KEY_OF)
        following = class_week.page(reading, KLASS, date(2026, 10, 19), KEY_OF)
    # nothing is left for Sunday's reminder, and next week's page has nothing to go back to
    assert (week.waiting, following.earlier) == (0, ())
    row = next(row for row in week.pupils if row.pupil == ARTYOM)
    assert [(day.missed, len(day.lessons)) for day in row.days] == [(6, 6), (6, 6), (4, 4), (0, 2), (0, 2)]
    assert {(day.said.category, day.said.document) for day in row.days[:3] if day.said} == {
        ("по болезни", "справка № 45")
    }
    assert row.days[3].said is None


@pytest.mark.case("AT-12")
def test_the_deletion_of_an_absence_is_refused_and_its_dispute_offered() -> None:
    story = missed_three_days()
    explain(story)
    for lesson in (lessons()[1], lessons()[-1]):
        seen = story.sheet(lesson).absences[ARTYOM].position
        command = WithdrawAbsence(lesson=lesson.id, pupil=ARTYOM, seen=seen)
        with pytest.raises(Refusal) as refused:
            story.do("Громова", "2026-10-16 15:05", command)
        assert refused.value.code == "P-58"
        assert way_out(refused.value, command) == "dispute_absence"
        assert ARTYOM in story.sheet(lesson).absences


@pytest.mark.case("AT-12")
def test_the_report_lists_sixteen_lines_with_topic_homework_and_category(paper: Paper) -> None:
    story = missed_three_days()
    explain(story)
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(None) as reading:
        page = missed_lessons.page(reading, ARTYOM, MONDAY, SUNDAY)
        stats = attendance_stats.page(reading, KLASS, MONDAY, SUNDAY)
    assert len(page.lessons) == 16
    assert [(each.date, each.number) for each in page.lessons] == [(e.date, e.number) for e in lessons()]
    for each in page.lessons:
        assert each.topic == f"Тема {each.date:%d.%m}, урок {each.number}"
        assert (each.homework, each.category, each.made_up) == (f"§ {each.number}", "по болезни", None)
    assert page.categories == (("по болезни", 16),)
    assert sum(count for _, count in page.subjects) == 16
    assert stats.categories == ("по болезни", "по уважительной причине", "без уважительной причины", "")
    his = next(row.tally for row in stats.pupils if row.pupil == ARTYOM)
    assert (his.held, his.missed, his.categories, his.days, his.percent) == (16, 16, (16, 0, 0, 0), 3, "0,0")
    assert (stats.total.held, stats.total.missed, stats.total.percent) == (96, 16, "83,3")
    assert [tally.missed for _, tally in stats.days] == [6, 6, 4]
    assert sum(tally.missed for _, tally in stats.subjects) == 16


@pytest.mark.case("AT-12")
def test_the_family_sees_the_category_in_the_diary(paper: Paper) -> None:
    story = missed_three_days()
    explain(story)
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    for when, category in (("2026-10-16 14:59", ""), ("2026-10-16 15:01", "по болезни")):
        with paper.reading(when) as reading:
            week = diary.week(reading, ARTYOM, MONDAY, KEY_OF)
        missed = [lesson for day in week.days for lesson in day.lessons if lesson.absent]
        assert len(missed) == 16
        assert {lesson.category for lesson in missed} == {category}
