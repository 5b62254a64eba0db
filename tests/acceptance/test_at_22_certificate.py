"""AT-22, the certificate of control: under Poshekhonye's act the deputy draws it up, issues it, and collects the
teachers' acquaintance (R-209, C-30; Poshekhonye 3.5); the class teacher looks at the journal every day (R-211, 3.3)."""

# ruff: noqa: F811 - `paper` is the fixture

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from commands.attendance import TakeAttendance
from commands.certificates import (
    AcknowledgeCertificate,
    DrawUpCertificate,
    IssueCertificate,
    ResolveFinding,
    SetFinding,
    WordCertificate,
)
from commands.controls import CheckDay
from commands.homework import SetNoHomework
from commands.lessons import RecordTopic
from exports import certificate as paper_of
from ledger.events import roster
from projections import certificate_page, daily_check, tasks
from projections.certificate_page import CertificatePage
from projections.control import REPORTS
from projections.control.report import Asked, Figure
from projections.daily_check import DayCheck
from projections.reading import Reading
from projections.task import Task
from tests.papers import imprint, text_of
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.under_act import under
from tests.world import SCHOOL_ID, given_lesson, named

ID, FINDING, CLASS = UUID(int=48), UUID(int=49), named("7А")
LESSON = given_lesson("7А Алгебра", "2026-10-12")
DRAWN, READ = "2026-10-28 10:00", "2026-10-28 18:00"
DUE = date(2026, 11, 3)


@pytest.fixture
def story() -> Story:
    leads = roster.ClassTeacherAppointed(person=named("Громова"), first=date(2026, 9, 1), until=None)
    return under("poshekhonye", (CLASS, leads))


def issued(story: Story) -> int:
    """The certificate, and the position its figures are those of."""
    story.do("Соколова", "2026-10-12 09:40", RecordTopic(lesson=LESSON.id, text="Степень"))
    position = story.store.head(SCHOOL_ID).position
    story.do(
        "Дьячкова",
        DRAWN,
        DrawUpCertificate(
            certificate=ID,
            number="3",
            title="Ведение журнала в октябре",
            first=date(2026, 10, 12),
            last=date(2026, 10, 12),
            position=position,
            indicators=("C-01", "C-07"),
            classes=(CLASS,),
        ),
    )
    story.do("Дьячкова", DRAWN, WordCertificate(certificate=ID, text="Домашние задания не записаны."))
    found = SetFinding(
        certificate=ID,
        finding=FINDING,
        responsible=named("Петров"),
        text="Записать задания по физике.",
        due=DUE,
    )
    story.do("Дьячкова", DRAWN, found)
    story.do("Дьячкова", DRAWN, IssueCertificate(certificate=ID, people=(named("Соколова"),)))
    return position


def told(paper: Paper, story: Story) -> None:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)


def count(reading: Reading, code: str, asked: Asked) -> tuple[Figure, ...]:
    return REPORTS[code].report(reading, asked).figures


def shown(paper: Paper, when: str) -> CertificatePage:
    """Its figures as of the certificate's own entry: nothing was written between that and `when` but about it."""
    with paper.reading(when) as reading:
        return certificate_page.page(reading, ID, KEY_OF, lambda _: reading, count)


def tasks_of(paper: Paper, who: str, role: str, when: str) -> list[Task]:
    with paper.reading(when) as reading:
        page = tasks.page(reading, named(who), {role}, KEY_OF)
    return [task for group in page.groups for task in group.tasks if task.certificate == ID]


@pytest.mark.case("AT-22")
def test_the_certificate_is_sent_and_the_acquaintance_of_the_teachers_collected(
    paper: Paper, story: Story
) -> None:
    position = issued(story)
    told(paper, story)
    page = shown(paper, "2026-10-28 10:01")
    assert (page.position, page.unread) == (position, tuple(each.person for each in page.readers))
    assert {each.person for each in page.readers} == {named("Соколова"), named("Петров")}
    asked = Asked(first=date(2026, 10, 12), last=date(2026, 10, 12), class_id=CLASS)
    with paper.reading("2026-10-28 10:01") as reading:
        assert [each.figures for each in page.indicators] == [
            count(reading, code, asked) for code in ("C-01", "C-07")
        ]
    assert [t.kind for t in tasks_of(paper, "Соколова", "teacher", "2026-10-28 10:01")] == ["certificate"]
    assert [t.kind for t in tasks_of(paper, "Петров", "teacher", "2026-10-28 10:01")] == [
        "finding",
        "certificate",
    ]
    story.do("Соколова", READ, AcknowledgeCertificate(certificate=ID))
    story.do("Петров", READ, AcknowledgeCertificate(certificate=ID))
    told(paper, story)
    page = shown(paper, "2026-10-28 18:01")
    assert page.unread == ()
    assert tasks_of(paper, "Соколова", "teacher", "2026-10-28 18:01") == []


@pytest.mark.case("AT-22")
@pytest.mark.parametrize(("when", "over"), [("2026-11-03 23:59:59", False), ("2026-11-04 00:00:00", True)])
def test_a_finding_that_is_not_put_right_by_its_day_is_the_deputys_too(
    paper: Paper, story: Story, when: str, over: bool
) -> None:
    issued(story)
    told(paper, story)
    (own,) = (t for t in tasks_of(paper, "Петров", "teacher", when) if t.kind == "finding")
    assert (own.over, own.text) == (over, "Записать задания по физике.")
    deputys = tasks_of(paper, "Дьячкова", "deputy", when)
    assert [(t.kind, t.person) for t in deputys] == ([("finding_overdue", named("Петров"))] if over else [])


@pytest.mark.case("AT-22")
def test_what_was_put_right_waits_for_nobody(paper: Paper, story: Story) -> None:
    issued(story)
    story.do("Петров", READ, ResolveFinding(certificate=ID, finding=FINDING, text="Задания записаны, 28.10."))
    told(paper, story)
    assert tasks_of(paper, "Дьячкова", "deputy", "2026-11-05 09:00") == []
    (line,) = shown(paper, "2026-11-05 09:00").findings
    assert (line.over, line.answer) == (False, "Задания записаны, 28.10.")


@pytest.mark.case("AT-22")
def test_the_paper_of_the_same_moment_is_the_same(paper: Paper, story: Story) -> None:
    issued(story)
    told(paper, story)
    with paper.reading("2026-10-28 12:00") as reading:
        page = certificate_page.page(reading, ID, KEY_OF, lambda _: reading, count)
        names = {named("Соколова"): "Соколова И. В.", named("Петров"): "Петров О. А."}
        first, again = (paper_of.pdf(page, names, imprint(reading)) for _ in range(2))
    assert first == again
    said = text_of(first)
    for words in ("СПРАВКА № 3", "Домашние задания не записаны.", "C-07", "Записать задания", "Петров О. А."):
        assert words in said


def looked(paper: Paper, story: Story, when: str) -> tuple[DayCheck, list[Task]]:
    told(paper, story)
    with paper.reading(when) as reading:
        check = daily_check.of_class(reading, CLASS)
        page = tasks.page(reading, named("Громова"), {"class_teacher"}, KEY_OF)
    assert check is not None
    return check, [task for group in page.groups for task in group.tasks if task.kind == "check_day"]


def last_bell(story: Story) -> str:
    """When the last lesson of 7А ends on 12.10."""
    school = story.house.schools.current(SCHOOL_ID)
    own = (
        each.ends
        for each in school.timetable.by_day[LESSON.date]
        if school.journals[each.journal].class_id == CLASS
    )
    return f"{max(own):%Y-%m-%d %H:%M:%S}"


def test_the_class_teacher_looks_at_the_day_once_its_lessons_are_over(paper: Paper, story: Story) -> None:
    story.do("Соколова", "2026-10-12 09:40", RecordTopic(lesson=LESSON.id, text="Степень"))
    story.do("Соколова", "2026-10-12 09:41", TakeAttendance(lesson=LESSON.id))
    ends = last_bell(story)
    check, waits = looked(paper, story, ends)
    assert [(task.over, task.class_title) for task in waits] == [(False, "7А")]
    algebra = next(each for each in check.unwritten if each.lesson == LESSON.id)
    assert (algebra.missing, algebra.teachers) == (("homework",), (named("Соколова"),))
    story.do("Соколова", "2026-10-12 15:00", SetNoHomework(lesson=LESSON.id))
    check, _ = looked(paper, story, "2026-10-12 15:01")
    assert LESSON.id not in {each.lesson for each in check.unwritten}
    missing = tuple(each.lesson for each in check.unwritten)
    said = CheckDay(class_id=CLASS, day=LESSON.date, position=check.position, missing=missing)
    story.do("Громова", "2026-10-12 15:30", said)
    check, waits = looked(paper, story, "2026-10-12 15:31")
    assert (check.checked_by, waits) == (named("Громова"), [])


def test_a_day_nobody_looked_at_is_late_the_next_morning(paper: Paper, story: Story) -> None:
    told(paper, story)
    _, waits = looked(paper, story, "2026-10-12 23:59:59")
    assert [task.over for task in waits] == [False]
    _, waits = looked(paper, story, "2026-10-13 00:00:00")
    assert [task.over for task in waits] == [True]


def test_what_is_not_counted_yet_is_told_so(paper: Paper, story: Story) -> None:
    """A page may not wait half a minute for forty classes: it says how far it has come."""
    issued(story)
    told(paper, story)
    with paper.reading("2026-10-28 12:00") as reading:
        first_only = {"C-01": ()}
        page = certificate_page.page(
            reading, ID, KEY_OF, lambda _: reading, lambda then, code, asked: first_only.get(code)
        )
    assert [each.figures for each in page.indicators] == [(), None]
    assert page.counted == 1
