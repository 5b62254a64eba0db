"""Attendance as C-14 counts it, the week of the class and the disputes about an «н» (R-140…R-145)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from commands.absences import (
    AbsenceStretch,
    DecideDispute,
    DisputeAbsence,
    ExplainAbsences,
    WithdrawExplanation,
)
from commands.attendance import TakeAttendance, WithdrawAbsence
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from ledger import streams
from ledger.dispute import fold_disputes
from ledger.events.attendance import AbsencesExplained
from ledger.events.calendar import DistanceDeclared
from ledger.events.days import ExtraLessonScheduled
from ledger.events.orders import OrderIssued
from ledger.events.roster import ExemptionGranted
from ledger.timetable import Lesson
from projections import attendance_stats, class_week, diary, disputes, inbox, missed_lessons, trail
from projections.attendance_stats import Tally
from projections.reading import NoSuchPage, Reading
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, given_school, named

KLASS, ARTYOM, MARIYA = named("7А"), named("Рультытегин Артём"), named("Каляна Мария")
MONDAY, FRIDAY = date(2026, 10, 12), date(2026, 10, 16)
ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")


def take(story: Story, by: str, lesson: Lesson, *absent: UUID) -> None:
    during = (lesson.starts + timedelta(minutes=5)).isoformat(" ")
    story.do(by, during, TakeAttendance(lesson=lesson.id, absent=absent))


def explain(story: Story, when: str, category: str, first: date, last: date) -> None:
    said = AbsenceStretch(pupil=ARTYOM, first=first, last=last, category=category)
    story.do("Громова", when, ExplainAbsences(stretches=(said,)))


def read(paper: Paper, story: Story, when: str | None = None) -> Iterator[Reading]:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    return paper.reading(when)


def tally_of(paper: Paper, story: Story, pupil: UUID) -> Tally:
    with read(paper, story) as reading:
        page = attendance_stats.page(reading, KLASS, MONDAY, FRIDAY)
    return next(row.tally for row in page.pupils if row.pupil == pupil)


def test_a_lesson_missed_lowers_the_share_and_lateness_does_not(paper: Paper) -> None:
    story = Story()
    take(story, "Соколова", ALGEBRA, ARTYOM, MARIYA)
    seen = story.sheet(ALGEBRA).absences[MARIYA].position
    came = WithdrawAbsence(lesson=ALGEBRA.id, pupil=MARIYA, came_late=True, seen=seen)
    story.do("Соколова", "2026-10-12 09:40", came)
    take(story, "Лебедева", given_lesson("7А Русский язык", "2026-10-12"), ARTYOM)
    take(story, "Петров", given_lesson("7А Физика", "2026-10-12"))
    his, hers = tally_of(paper, story, ARTYOM), tally_of(paper, story, MARIYA)
    assert (his.held, his.missed, his.late, his.percent, his.days) == (3, 2, 0, "33,3", 0)
    assert (hers.held, hers.missed, hers.late, hers.percent) == (3, 0, 1, "100,0")
    with paper.reading(None) as reading:
        history = trail.cell(reading, paper.store, ALGEBRA.id, ALGEBRA.id, MARIYA, KEY_OF)
        week = diary.week(reading, MARIYA, MONDAY, KEY_OF)
    assert history.lines[0].comment == "опоздал(а)"
    assert [lesson.late for lesson in week.days[0].lessons if lesson.lesson == ALGEBRA.id] == [True]


def test_the_latest_word_of_a_day_counts_and_its_withdrawal_brings_the_earlier_back(paper: Paper) -> None:
    story = Story()
    take(story, "Соколова", ALGEBRA, ARTYOM)
    explain(story, "2026-10-13 10:00", "по болезни", MONDAY, FRIDAY)
    explain(story, "2026-10-14 10:00", "без уважительной причины", MONDAY, MONDAY)
    assert tally_of(paper, story, ARTYOM).categories == (0, 0, 1, 0)
    *_, last = (e.event for e in story.entries(streams.excuses(SCHOOL_ID, ARTYOM)))
    assert isinstance(last, AbsencesExplained)
    story.do("Громова", "2026-10-14 11:00", WithdrawExplanation(pupil=ARTYOM, explanation=last.explanation))
    assert tally_of(paper, story, ARTYOM).categories == (1, 0, 0, 0)


EXEMPT = ExemptionGranted(exemption=named("осв"), first=MONDAY, until=FRIDAY, document=None)
ORDER = OrderIssued(kind="distance", number=None, date=MONDAY)
DISTANCE = DistanceDeclared(
    distance=named("актировка"),
    mode="activated",
    first=date(2026, 10, 14),
    last=date(2026, 10, 14),
    classes=(KLASS,),
    order=named("приказ"),
)
EXCURSION = ExtraLessonScheduled(
    slot=named("экскурсия"),
    journal=named("7А Геометрия"),
    date=date(2026, 10, 15),
    number=5,
    starts=time(12, 20),
    ends=time(13, 0),
    room=None,
    mode="7.13",
    form="экскурсия",
    replaces=None,
    order=None,
)
NEUTRAL = (
    (ARTYOM, EXEMPT),
    (named("приказ"), ORDER),
    (streams.calendar(SCHOOL_ID), DISTANCE),
    (streams.day(SCHOOL_ID, KLASS, date(2026, 10, 15)), EXCURSION),
)


def test_what_asks_no_presence_is_neither_held_nor_missed(paper: Paper) -> None:
    """R-140…R-142: exempt from physical education, a day at a distance, an extracurricular lesson of 7.13."""
    story, school = Story(*NEUTRAL), given_school(*NEUTRAL)
    take(story, "Соколова", ALGEBRA, ARTYOM)
    take(story, "Ким", given_lesson("7А Физкультура", "2026-10-12"))
    take(story, "Соколова", given_lesson("7А Алгебра", "2026-10-14"))
    excursion = given_lesson("7А Геометрия", "2026-10-15", 5, school)
    story.do("Ефимова", "2026-10-15 12:30", RecordTopic(lesson=excursion.id, text="Измерения на местности"))
    his, hers = tally_of(paper, story, ARTYOM), tally_of(paper, story, MARIYA)
    assert (his.held, his.missed) == (1, 1)
    assert (hers.held, hers.missed) == (2, 0)
    with paper.reading(None) as reading:
        week = class_week.page(reading, KLASS, MONDAY, KEY_OF)
        whole = attendance_stats.page(reading, KLASS, MONDAY, FRIDAY).total
        (line,) = attendance_stats.of_school(reading, [KLASS], MONDAY, FRIDAY).classes
    assert (
        (line.held, line.missed, line.percent) == (whole.held, whole.missed, whole.percent) == (11, 1, "90,9")
    )
    rows = {row.pupil: [len(day.lessons) for day in row.days] for row in week.pupils}
    assert rows[ARTYOM][2] == rows[MARIYA][2] == 0
    assert rows[ARTYOM][0] == rows[MARIYA][0] - 1
    assert rows[MARIYA][3] == 2  # Russian and geometry, without the excursion; foreign language is a group's


def test_the_week_says_what_waits_since_earlier_weeks(paper: Paper) -> None:
    story = Story()
    take(story, "Соколова", given_lesson("7А Алгебра", "2026-10-05"), ARTYOM, MARIYA)
    take(story, "Соколова", ALGEBRA, ARTYOM)
    explain(story, "2026-10-16 10:00", "по болезни", MONDAY, FRIDAY)
    with read(paper, story) as reading:
        week = class_week.page(reading, KLASS, MONDAY, KEY_OF)
        with pytest.raises(NoSuchPage):
            class_week.page(reading, named("5Г"), MONDAY, KEY_OF)
    assert (week.waiting, week.earlier) == (0, ((date(2026, 10, 5), 2),))
    assert week.fills is False


def test_a_dispute_stands_in_the_week_the_inbox_and_the_history(paper: Paper) -> None:
    story = Story()
    take(story, "Соколова", ALGEBRA, ARTYOM)
    why = "Был на олимпиаде."
    story.do("Громова", "2026-10-16 15:00", DisputeAbsence(lesson=ALGEBRA.id, pupil=ARTYOM, reason=why))
    with read(paper, story) as reading:
        (line,) = inbox.page(reading, named("Ефимова"), KEY_OF).disputes
        (own,) = disputes.of_teacher(reading, named("Соколова"), KEY_OF)
        assert disputes.of_teacher(reading, named("Петров"), KEY_OF) == ()
        week = class_week.page(reading, KLASS, MONDAY, KEY_OF)
    assert own == line
    assert (line.reason, line.asker, line.pupil, line.stands) == (why, named("Громова"), ARTYOM, True)
    assert [each.case for each in week.disputes] == [line.case]
    assert sum(day.disputed for row in week.pupils for day in row.days) == 1
    (case,) = fold_disputes(story.entries(streams.disputes(SCHOOL_ID, ALGEBRA.id)))
    decide = DecideDispute(case=case, lesson=ALGEBRA.id, upheld=True, reason="Подтверждаю.")
    story.do("Соколова", "2026-10-20 09:00", decide)
    assert tally_of(paper, story, ARTYOM).missed == 0
    with paper.reading(None) as reading:
        assert inbox.page(reading, named("Ефимова"), KEY_OF).disputes == ()
        history = trail.cell(reading, paper.store, ALGEBRA.id, ALGEBRA.id, ARTYOM, KEY_OF)
    assert {line.comment for line in history.lines} == {why, "«н» снимается: Подтверждаю.", ""}


def test_a_work_missed_is_made_up_by_its_second_writing(paper: Paper) -> None:
    story = Story()
    added = story.do("Соколова", "2026-10-12 09:26", AddWork(lesson=ALGEBRA.id, kind="independent"))
    take(story, "Соколова", ALGEBRA, ARTYOM)
    missed = UUID(added.parts[-1]["work"])
    with read(paper, story) as reading:
        page = missed_lessons.page(reading, ARTYOM, MONDAY, FRIDAY)
        school = attendance_stats.of_school(reading, [KLASS, named("6А")], MONDAY, FRIDAY)
    assert [lesson.made_up for lesson in page.lessons] == [False]
    assert page.lessons[0].category == ""
    assert [(line.class_title, line.missed) for line in school.classes] == [("7А", 1), ("6А", 0)]
    later = given_lesson("7А Алгебра", "2026-10-14")
    again = AddWork(lesson=later.id, kind="independent", makes_up=missed, makes_up_lesson=ALGEBRA.id)
    work = UUID(story.do("Соколова", "2026-10-14 09:30", again).parts[-1]["work"])
    give = GiveMark(lesson=later.id, work=work, pupil=ARTYOM, value="4")
    story.do("Соколова", "2026-10-14 10:00", give)
    with read(paper, story) as reading:
        page = missed_lessons.page(reading, ARTYOM, MONDAY, FRIDAY)
    assert [lesson.made_up for lesson in page.lessons] == [True]
