"""«Обзор»: where lessons are not filled, the class of a class teacher, the control of the school; and the figure of the
menu for what a certificate asks."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from commands.attendance import TakeAttendance
from commands.certificates import (
    AcknowledgeCertificate,
    DrawUpCertificate,
    IssueCertificate,
    SetFinding,
    WordCertificate,
)
from commands.homework import SetNoHomework
from commands.lessons import RecordTopic
from projections import counts, dashboard_class, dashboard_filling, first_page
from projections.control import timeliness
from projections.control.late import late
from projections.control.report import Asked
from projections.dashboard_filling import Filling
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.term import KLASS, told
from tests.under_act import under
from tests.world import SCHOOL_ID, at, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
EVENING = "2026-10-12 18:00"


def filling(paper: Paper, story: Story, when: str) -> Filling:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(when) as reading:
        found = dashboard_filling.filling(reading)
    assert found is not None
    return found


def filled(story: Story) -> None:
    story.do("Соколова", "2026-10-12 09:40", RecordTopic(lesson=LESSON.id, text="Степень"))
    story.do("Соколова", "2026-10-12 09:41", TakeAttendance(lesson=LESSON.id))
    story.do("Соколова", "2026-10-12 09:42", SetNoHomework(lesson=LESSON.id))


def test_a_filled_lesson_is_counted_with_its_day_and_its_teacher(paper: Paper) -> None:
    story = Story()
    before = filling(paper, story, EVENING)
    filled(story)
    after = filling(paper, story, EVENING)
    assert (before.full, after.full, after.held) == (0, 1, before.held)
    assert before.last == date(2026, 10, 12)
    values = after.chart.series[0][1]
    assert values[-1] is not None
    assert values[-1] > 0
    assert set(values[:-1]) == {0.0}
    (full,) = {each.held - each.unfilled for each in after.classes if each.id == KLASS}
    assert full == 1


def test_the_worst_come_first_and_come_to_what_c07_says(paper: Paper) -> None:
    story, _ = told(5, date(2026, 10, 16))
    found = filling(paper, story, "2026-10-16 18:00")
    assert len(found.teachers) == dashboard_filling.WORST
    assert [each.unfilled for each in found.teachers] == sorted(
        (each.unfilled for each in found.teachers), reverse=True
    )
    with paper.reading("2026-10-16 18:00") as reading:
        asked = Asked(first=found.first, last=found.last)
        report = timeliness.report(reading, asked)
        lessons = timeliness.filled(reading, asked, late(reading, asked.first))
    by_teacher = {line.key: line.values for line in report.lines}
    for gap in found.teachers:
        assert by_teacher[str(gap.id)][1] == gap.held
        assert by_teacher[str(gap.id)][5] == gap.completeness
        own = [each for each in lessons if gap.id in each.teachers]
        assert gap.late == sum(bool(each.late) and not each.missing for each in own)
    assert [(f.part, f.whole) for f in report.figures] == [
        (found.full, found.held),
        (found.in_time, found.full),
    ]


@pytest.mark.parametrize(("when", "runs"), [("2026-11-20 18:00", True), ("2026-11-21 00:00", False)])
def test_how_a_class_learns_is_said_once_its_period_is_over(paper: Paper, when: str, runs: bool) -> None:
    story, _ = told(5, date(2026, 11, 20))
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(when) as reading:
        found = dashboard_class.of_class(reading, KLASS)
    assert found.monday == date(2026, 11, 16)
    assert [day.day for day in found.week] == sorted(day.day for day in found.week)
    (term,) = (each for each in found.terms if each.title == "I триместр")
    assert term.runs is runs
    if runs:
        assert (term.quality, term.success) == (None, None)


CERTIFICATE, FINDING = UUID(int=50), UUID(int=51)


def certified(story: Story) -> None:
    drawn = DrawUpCertificate(
        certificate=CERTIFICATE,
        number="3",
        title="Октябрь",
        first=date(2026, 10, 1),
        last=date(2026, 10, 27),
        position=40,
        indicators=("C-01",),
    )
    story.do("Дьячкова", "2026-10-28 10:00", drawn)
    story.do("Дьячкова", "2026-10-28 10:00", WordCertificate(certificate=CERTIFICATE, text="Проверено."))
    found = SetFinding(
        certificate=CERTIFICATE,
        finding=FINDING,
        responsible=named("Петров"),
        text="Внести темы.",
        due=date(2026, 11, 3),
    )
    story.do("Дьячкова", "2026-10-28 10:00", found)
    issue = IssueCertificate(certificate=CERTIFICATE, people=(named("Соколова"),))
    story.do("Дьячкова", "2026-10-28 10:00", issue)
    story.do("Соколова", "2026-10-28 18:00", AcknowledgeCertificate(certificate=CERTIFICATE))


def test_the_overview_says_what_of_the_control_is_open(paper: Paper) -> None:
    story = under("perm")
    certified(story)
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-10-28 12:00") as reading:
        early = first_page.control(reading)
    with paper.reading("2026-11-04 00:00") as reading:
        later = first_page.control(reading)
    assert (early.certificates, early.unread, early.findings, early.overdue) == (1, 2, 1, 0)
    assert (later.unread, later.findings, later.overdue) == (1, 1, 1)
    assert early.months == (date(2026, 9, 1), date(2026, 10, 1))


@pytest.mark.parametrize(("who", "waits"), [("Петров", 2), ("Соколова", 0), ("Ким", 0)])
def test_what_a_certificate_asks_is_counted_in_the_menu(paper: Paper, who: str, waits: int) -> None:
    """Петров is to read it and to put the finding right; Соколова has read it."""
    story = Story()
    certified(story)
    paper.pour(story.store)
    caught_up(paper)
    with paper.pool.connection() as connection:
        found = counts.of(
            connection,
            SCHOOL_ID,
            named(who),
            decides=False,
            teaches=None,
            now=at("2026-10-28 19:00").replace(tzinfo=None),
            staff=True,
        )
    assert found.tasks == waits


def test_a_day_counts_once_one_of_its_lessons_is_over(paper: Paper) -> None:
    story = Story()
    bell = min(each.ends for each in story.house.schools.current(SCHOOL_ID).timetable.by_day[LESSON.date])
    assert filling(paper, story, f"{bell:%Y-%m-%d %H:%M:%S}").last == LESSON.date
    before = bell - timedelta(seconds=1)
    assert filling(paper, story, f"{before:%Y-%m-%d %H:%M:%S}").last < LESSON.date
