"""AT-04, first edges (9.5(b5, b6)): a written work to the next lesson, a creative one a week, monitoring three days."""

from datetime import datetime
from uuid import UUID

import pytest

from commands.deciding import Refusal
from commands.marks import AddWork, GiveMark, WithdrawMark, WithdrawWork
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import given_lesson, named

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
RUSSIAN = given_lesson("6А Русский язык", "2026-10-05")

WORKS = [
    (ALGEBRA, "independent", "Соколова", "Каляна Мария", "2026-10-14 09:20", "2026-10-14 09:26", "W-07"),
    (RUSSIAN, "exposition", "Лебедева", "Эттувги Роман", "2026-10-12 23:50", "2026-10-13 00:05", "W-08"),
    (ALGEBRA, "monitoring", "Соколова", "Каляна Мария", "2026-10-15 23:59", "2026-10-16 00:00", "W-10"),
]


def added(story: Story, lesson: Lesson, kind: str, by: str) -> UUID:
    when = lesson.starts.isoformat()
    return UUID(story.do(by, when, AddWork(lesson=lesson.id, kind=kind)).parts[-1]["work"])


@pytest.mark.case("AT-04")
@pytest.mark.parametrize(("lesson", "kind", "by", "pupil", "last", "first_refused", "code"), WORKS)
def test_marks_for_written_works_have_the_windows_of_the_act(
    lesson: Lesson, kind: str, by: str, pupil: str, last: str, first_refused: str, code: str
) -> None:
    story = Story()
    work = added(story, lesson, kind, by)
    give = GiveMark(lesson=lesson.id, work=work, pupil=named(pupil), value="4")
    assert story.do(by, last, give).findings == ()
    late = Story()
    work = added(late, lesson, kind, by)
    give = GiveMark(lesson=lesson.id, work=work, pupil=named(pupil), value="4")
    with pytest.raises(Refusal) as refused:
        late.do(by, first_refused, give)
    assert (refused.value.code, refused.value.mode) == (code, "permit")


@pytest.mark.case("AT-04")
def test_the_deadline_stands_in_the_column_from_its_creation() -> None:
    story = Story()
    work = added(story, ALGEBRA, "independent", "Соколова")
    column = story.sheet(ALGEBRA).works[work]
    assert (column.due, column.window) == (datetime.fromisoformat("2026-10-14T09:24:59"), "W-07")


def test_next_lesson_after_the_new_year_break() -> None:
    """Mon 28.12.2026 with the next lesson Mon 11.01.2027: the window runs over New Year."""
    story = Story()
    lesson = given_lesson("7А Алгебра", "2026-12-28")
    work = added(story, lesson, "independent", "Соколова")
    following = story.house.schools.known(
        story.asking("Соколова", story.clock, "").school
    ).timetable.next_after(lesson.journal, lesson.date)
    assert following is not None
    assert story.sheet(lesson).works[work].due.date() == following.date


def test_a_column_with_marks_is_not_withdrawn() -> None:
    """E-11: a column cannot be deleted when it has marks."""
    story = Story()
    work = added(story, ALGEBRA, "independent", "Соколова")
    pupil = named("Каляна Мария")
    story.do("Соколова", "2026-10-12 10:00", GiveMark(lesson=ALGEBRA.id, work=work, pupil=pupil, value="4"))
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-10-12 10:01", WithdrawWork(lesson=ALGEBRA.id, work=work))
    seen = story.sheet(ALGEBRA).marks[work, pupil].position
    story.do(
        "Соколова", "2026-10-12 10:02", WithdrawMark(lesson=ALGEBRA.id, work=work, pupil=pupil, seen=seen)
    )
    story.do("Соколова", "2026-10-12 10:03", WithdrawWork(lesson=ALGEBRA.id, work=work))
    assert work not in story.sheet(ALGEBRA).works
