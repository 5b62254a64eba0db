"""Edge cases E-01, E-03, E-09 of the requirements."""

from datetime import UTC, datetime, timedelta

import pytest

from commands.attendance import NoteAbsence, WithdrawAbsence
from commands.deciding import Conflict, Refusal
from commands.handle import handle
from commands.marks import GiveMark
from ledger.appending import ClockSkew
from tests.story import Story
from tests.world import at, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
PUPIL = named("Каляна Мария")


def give(value: str = "5", seen: int = 0) -> GiveMark:
    return GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=PUPIL, value=value, seen=seen)


@pytest.mark.case("E-01")
@pytest.mark.parametrize(
    ("when", "accepted"),
    [("2026-10-12 23:59:59.900", True), ("2026-10-13 00:00:00.000", False), ("2026-10-13 00:01", False)],
)
def test_the_last_second_of_the_day_is_in_time(when: str, accepted: bool) -> None:
    story = Story()
    if accepted:
        story.do("Соколова", when, give())
    else:
        with pytest.raises(Refusal):
            story.do("Соколова", when, give())


@pytest.mark.case("E-01")
def test_a_request_complete_at_23_59_59_that_waited_two_seconds_is_in_time() -> None:
    story = Story()
    command = give()
    asking = story.asking("Соколова", "2026-10-12 23:59:59", command)
    story.clock = asking.received_at + timedelta(seconds=2)
    handle(command, asking, story.house)
    (mark,) = story.sheet(LESSON).marks.values()
    assert mark.recorded_at > asking.received_at
    assert story.house.schools.known(asking.school).local(mark.recorded_at).day == 13


@pytest.mark.case("E-01")
def test_a_request_whose_clock_is_off_is_refused() -> None:
    story = Story()
    command = give()
    asking = story.asking("Соколова", "2026-10-12 10:00:00", command)
    story.clock = asking.received_at + timedelta(seconds=3)
    with pytest.raises(ClockSkew):
        handle(command, asking, story.house)


@pytest.mark.case("E-03")
def test_a_mark_for_an_absent_pupil_is_refused() -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 09:30", NoteAbsence(lesson=LESSON.id, pupil=PUPIL))
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-12 09:40", give())
    assert refused.value.code == "P-29"


@pytest.mark.case("E-03")
def test_an_absence_of_a_marked_pupil_is_refused_too() -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 09:30", give())
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-12 09:40", NoteAbsence(lesson=LESSON.id, pupil=PUPIL))
    assert refused.value.code == "P-29"


@pytest.mark.case("E-03")
def test_a_pupil_who_came_late_gets_the_mark_after_the_absence_is_withdrawn() -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 09:30", NoteAbsence(lesson=LESSON.id, pupil=PUPIL))
    seen = story.sheet(LESSON).absences[PUPIL].position
    back = WithdrawAbsence(lesson=LESSON.id, pupil=PUPIL, came_late=True, seen=seen)
    story.do("Соколова", "2026-10-12 09:45", back)
    story.do("Соколова", "2026-10-12 09:50", give())
    sheet = story.sheet(LESSON)
    assert (sheet.mark(LESSON.id, PUPIL), sheet.absences) == ((5,), {})


@pytest.mark.case("E-03")
def test_of_two_tabs_the_second_is_shown_the_first() -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 09:30", give("5"))
    with pytest.raises(Conflict) as conflict:
        story.do("Соколова", "2026-10-12 09:30:01", give("3"))
    assert conflict.value.theirs is not None
    assert conflict.value.theirs.event.value == (5,)  # type: ignore[attr-defined]
    assert story.sheet(LESSON).mark(LESSON.id, PUPIL) == (5,)


@pytest.mark.case("E-09")
def test_the_school_day_of_anadyr_decides_and_not_that_of_utc_or_moscow() -> None:
    story = Story()
    instant = at("2026-10-13 00:01")
    assert instant == datetime(2026, 10, 12, 12, 1, tzinfo=UTC)  # still the 12th in UTC and in Moscow
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", instant, give())
    assert "12.10.2026 23:59:59" in refused.value.sentence


def test_a_double_click_writes_once() -> None:
    story = Story()
    first = story.do("Соколова", "2026-10-12 09:30", give())
    again = story.do("Соколова", "2026-10-12 09:30:01", give())
    assert first.first is not None
    assert (again.first, again.last) == (None, None)


def test_the_future_is_refused() -> None:
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-12 09:24:59", give())
    assert refused.value.code == "W-20"
    story.do("Соколова", "2026-10-12 09:25:00", give())


def test_a_pupil_of_another_class_is_refused() -> None:
    story = Story()
    command = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named("Эттувги Роман"), value="5")
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-12 09:30", command)
    assert refused.value.code == "enrolled"


def test_a_lesson_that_does_not_exist_is_refused() -> None:
    story = Story()
    command = GiveMark(lesson=named("нет"), work=named("нет"), pupil=PUPIL, value="5")
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-12 09:30", command)
    assert (refused.value.code, refused.value.status) == ("lesson-exists", 404)


def test_a_retry_gets_the_first_answer_and_a_refusal_stays_a_refusal() -> None:
    story = Story()
    id = named("одно действие")
    first = story.do("Соколова", "2026-10-12 09:30", give(), id)
    again = story.do("Соколова", "2026-10-12 09:31", give(), id)
    assert (again.first, again.last, again.repeated) == (first.first, first.last, True)
    refused_id = named("другое действие")
    for when in ("2026-10-13 00:01", "2026-10-13 00:02"):
        with pytest.raises(Refusal):
            story.do("Соколова", when, give("4", seen=first.last or 0), refused_id)
    assert len(story.store.refusals(story.asking("Соколова", story.clock, "").school)) == 1
