"""AT-07 (7.14(b5), 7.15) and E-11: a control work is marked for everybody who was there and is liable."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from commands.attendance import NoteAbsence
from commands.deciding import Refusal
from commands.marks import AddWork, GiveMark, WithdrawWork
from ledger.events import roster
from ledger.timetable import Lesson
from projections import journal, lesson
from projections.column_status import Unfinished
from projections.columns import Column
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import PUPILS, given_lesson, named

ALGEBRA = given_lesson("7А Алгебра", "2026-10-16")
LATER = given_lesson("7А Алгебра", "2026-10-19")
SPORT = given_lesson("7А Физкультура", "2026-10-13")
PHYSICS = given_lesson("7А Физика", "2026-10-14")
AWAY = "Рультытегин Артём"


def work(story: Story, by: str, lesson: Lesson, kind: str, **more: object) -> UUID:
    command = AddWork(lesson=lesson.id, kind=kind, **more)  # type: ignore[arg-type]
    return UUID(story.do(by, lesson.starts.isoformat(), command).parts[-1]["work"])


def mark(story: Story, by: str, lesson: Lesson, column: UUID, *pupils: str) -> None:
    for pupil in pupils:
        give = GiveMark(lesson=lesson.id, work=column, pupil=named(pupil), value="4")
        story.do(by, (lesson.ends + timedelta(minutes=story.commands)).isoformat(), give)


def absent(story: Story, by: str, lesson: Lesson, *pupils: str) -> None:
    for pupil in pupils:
        story.do(by, lesson.starts.isoformat(), NoteAbsence(lesson=lesson.id, pupil=named(pupil)))


def poured(paper: Paper, story: Story) -> Paper:  # noqa: F811
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    return paper


def shown(paper: Paper, at: Lesson, when: str, column: UUID) -> tuple[Column, tuple[Unfinished, ...]]:  # noqa: F811
    """The column on the journal page, and what the lesson page calls unfinished."""
    with paper.reading(when) as reading:
        grid = journal.page(reading, at.journal)
        panel = lesson.page(reading, at.id, KEY_OF)
    (on_page,) = (each for each in grid.columns if each.work == column)
    (on_panel,) = (each for each in panel.columns if each.work == column)
    assert (on_page.marked, on_page.expected) == (on_panel.marked, on_panel.expected)
    return on_page, panel.unfinished


@pytest.fixture
def control() -> tuple[Story, UUID]:
    story = Story()
    column = work(story, "Соколова", ALGEBRA, "control")
    absent(story, "Соколова", ALGEBRA, AWAY)
    there = [pupil for pupil in PUPILS["7А"] if pupil not in (AWAY, "Ященко Ольга")]
    mark(story, "Соколова", ALGEBRA, column, *there)
    return story, column


@pytest.mark.case("AT-07")
def test_four_of_five_the_one_without_a_mark_and_the_one_to_make_it_up(
    paper: Paper,  # noqa: F811
    control: tuple[Story, UUID],
) -> None:
    story, column = control
    on_page, (unfinished,) = shown(poured(paper, story), ALGEBRA, "2026-10-19 12:00", column)
    assert (on_page.marked, on_page.expected) == (4, 5)
    assert (unfinished.work, unfinished.marked, unfinished.expected) == (column, 4, 5)
    assert (unfinished.missing, unfinished.owed) == (("Ященко Ольга",), (AWAY,))
    assert not unfinished.open  # the window ended with the next lesson (W-07)


@pytest.mark.case("AT-07")
def test_what_was_made_up_later_is_owed_no_more(paper: Paper, control: tuple[Story, UUID]) -> None:  # noqa: F811
    story, column = control
    mark(story, "Соколова", ALGEBRA, column, "Ященко Ольга")
    again = work(story, "Соколова", LATER, "control", makes_up=column, makes_up_lesson=ALGEBRA.id)
    mark(story, "Соколова", LATER, again, AWAY)
    on_page, unfinished = shown(poured(paper, story), ALGEBRA, "2026-10-19 12:00", column)
    assert (on_page.marked, on_page.expected, unfinished) == (5, 5, ())
    with paper.reading("2026-10-19 12:00") as reading:
        later = next(c for c in journal.page(reading, ALGEBRA.journal).columns if c.work == again)
    assert (later.makes_up, later.for_all) == (column, False)


@pytest.mark.case("AT-07")
def test_a_laboratory_work_assessed_individually_is_never_unfinished(paper: Paper) -> None:  # noqa: F811
    story = Story()
    column = work(story, "Петров", PHYSICS, "laboratory", assess="individual")
    mark(story, "Петров", PHYSICS, column, "Каляна Мария")
    on_page, unfinished = shown(poured(paper, story), PHYSICS, "2026-10-20 12:00", column)
    assert (on_page.for_all, unfinished) == (False, ())


def liable_school() -> Story:
    """On 13 October one is exempt from PE, one is taught at home, one comes the day after."""
    exempt = roster.ExemptionGranted(
        exemption=named("освобождение"), first=date(2026, 10, 1), until=date(2026, 10, 31), document=None
    )
    home = roster.HomeTuitionStarted(
        tuition=named("обучение на дому"), first=date(2026, 10, 5), until=None, order=None
    )
    came = roster.PupilEnrolled(class_id=named("7А"), first=date(2026, 10, 14), order=None)
    return Story(
        (named("Тынетегин Павел"), exempt), (named("Ященко Ольга"), home), (named("Новенький Иван"), came)
    )


@pytest.mark.case("E-11")
def test_only_those_liable_that_day_are_counted(paper: Paper) -> None:  # noqa: F811
    story = liable_school()
    column = work(story, "Ким", SPORT, "oral_test")
    absent(story, "Ким", SPORT, AWAY, "Каляна Мария")
    mark(story, "Ким", SPORT, column, "Антипина Дарья")
    on_page, (unfinished,) = shown(poured(paper, story), SPORT, "2026-10-15 12:00", column)
    assert (on_page.marked, on_page.expected) == (1, 2)
    assert unfinished.missing == ("Вуквукай Илья",)
    assert unfinished.owed == ("Каляна Мария", AWAY)


@pytest.mark.case("E-11")
def test_nobody_is_forced_to_a_two_and_the_column_with_marks_stays() -> None:
    story = liable_school()
    column = work(story, "Ким", SPORT, "oral_test")
    absent(story, "Ким", SPORT, AWAY)
    mark(story, "Ким", SPORT, column, "Антипина Дарья")
    with pytest.raises(Refusal) as refused:
        give = GiveMark(lesson=SPORT.id, work=column, pupil=named(AWAY), value="2")
        story.do("Ким", "2026-10-13 15:00", give)
    assert refused.value.code == "P-29"
    with pytest.raises(Refusal) as refused:
        story.do("Ким", "2026-10-13 15:01", WithdrawWork(lesson=SPORT.id, work=column))
    assert refused.value.code == "E-11"
