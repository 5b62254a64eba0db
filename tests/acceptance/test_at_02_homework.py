"""AT-02 (9.5(b7)): homework within an hour after the class's last lesson; later the same day late; then the deputy."""

import pytest

from commands.deciding import Refusal
from commands.homework import SetHomework, SetNoHomework
from tests.story import Story
from tests.world import given_lesson

LESSON = given_lesson("7А Алгебра", "2026-10-12")
HOMEWORK = SetHomework(lesson=LESSON.id, text="§ 7, № 121–124", manner=("written",))


@pytest.mark.case("AT-02")
def test_homework_at_15_04_is_in_time() -> None:
    story = Story()
    assert story.do("Соколова", "2026-10-12 15:04", HOMEWORK).findings == ()


@pytest.mark.case("AT-02")
def test_the_whole_second_of_the_deadline_is_in_time() -> None:
    story = Story()
    assert story.do("Соколова", "2026-10-12 15:05:00.900000", HOMEWORK).findings == ()


@pytest.mark.case("AT-02")
def test_homework_at_15_30_is_accepted_25_minutes_late() -> None:
    story = Story()
    (finding,) = story.do("Соколова", "2026-10-12 15:30", HOMEWORK).findings
    assert (finding["code"], finding["delay"]) == ("W-04", 25 * 60)
    assert story.sheet(LESSON).homework.findings[0].delay == 25 * 60  # type: ignore[union-attr]


@pytest.mark.case("AT-02")
def test_homework_the_next_morning_needs_the_deputy() -> None:
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-13 08:00", HOMEWORK)
    assert (refused.value.code, refused.value.mode) == ("W-04", "permit")
    assert "9.5" in refused.value.clause


@pytest.mark.case("AT-02")
@pytest.mark.parametrize(("when", "late"), [("2026-10-12 23:59:59", True), ("2026-10-13 00:00:00", False)])
def test_the_day_of_the_lesson_is_the_last(when: str, late: bool) -> None:
    story = Story()
    if late:
        assert story.do("Соколова", when, HOMEWORK).findings
    else:
        with pytest.raises(Refusal):
            story.do("Соколова", when, HOMEWORK)


def test_homework_is_due_at_the_next_lesson_unless_another_is_named() -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 10:10", HOMEWORK)
    said = story.sheet(LESSON).homework.event  # type: ignore[union-attr]
    following = given_lesson("7А Алгебра", "2026-10-14")
    assert (said.due, said.due_lesson) == (following.date, following.id)


def test_homework_for_an_earlier_lesson_is_refused() -> None:
    story = Story()
    earlier = given_lesson("7А Алгебра", "2026-10-09")
    command = SetHomework(lesson=LESSON.id, text="§ 7", due_lesson=earlier.id)
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-12 10:10", command)
    assert "урок" in refused.value.sentence


def test_not_set_is_a_value() -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 10:10", SetNoHomework(lesson=LESSON.id))
    assert type(story.sheet(LESSON).homework.event).__name__ == "HomeworkNotSet"  # type: ignore[union-attr]
