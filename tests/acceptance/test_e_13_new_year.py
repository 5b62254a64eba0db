"""E-13 (windows): works whose time runs over New Year, and one the half-year cuts short. Anadyr, no daylight saving."""

from dataclasses import replace
from datetime import datetime

import pytest

from commands.deciding import Refusal
from commands.marks import AddWork, GiveMark
from ledger.lesson import Work
from ledger.windows import tzdb_version
from tests.story import Story
from tests.world import at, given_lesson, named

MONDAY = given_lesson("7А Алгебра", "2026-12-28")
AFTER = given_lesson("7А Алгебра", "2027-01-11")
ESSAY = given_lesson("10А Литература", "2026-12-21")


def added(story: Story, work: AddWork, by: str, when: str) -> Work:
    story.do(by, when, work)
    return next(known for id_, known in story.sheet(work.lesson).works.items() if id_ != work.lesson)


@pytest.mark.case("E-13")
def test_a_work_of_the_last_week_is_marked_until_the_first_lesson_of_the_new_year() -> None:
    story = Story()
    # 30.12 is a holiday in 7А, so the lesson after Monday 28.12 is that of Monday 11.01
    work = added(story, AddWork(lesson=MONDAY.id, kind="independent"), "Соколова", "2026-12-28 09:40")
    assert work.due == datetime.fromisoformat("2027-01-11 09:24:59")
    assert work.entry.event.tzdb == tzdb_version()  # type: ignore[attr-defined]
    give = GiveMark(lesson=MONDAY.id, work=work.id, pupil=named("Каляна Мария"), value="4")
    story.do("Соколова", "2027-01-11 09:24:59.900", give)
    again = GiveMark(lesson=MONDAY.id, work=work.id, pupil=named("Ященко Ольга"), value="4")
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2027-01-11 09:25:00", again)
    assert (refused.value.code, refused.value.mode) == ("W-07", "permit")
    assert at("2027-01-11 09:25:00").isoformat() == "2027-01-10T21:25:00+00:00"  # there it is still Sunday


@pytest.mark.case("E-13")
def test_the_close_of_the_half_year_cuts_the_ten_days_of_an_essay_and_the_teacher_is_told() -> None:
    story = Story()
    work = AddWork(lesson=ESSAY.id, kind="essay")
    with pytest.raises(Refusal) as asked:
        story.do("Лебедева", "2026-12-21 08:40", work)
    assert (asked.value.code, asked.value.mode) == ("W-17", "confirm")
    assert "29.12.2026 23:59:59" in asked.value.sentence
    assert "31.12.2026 23:59:59" in asked.value.sentence
    essay = added(
        story, AddWork(lesson=ESSAY.id, kind="essay", confirmed=True), "Лебедева", "2026-12-21 08:41"
    )
    assert essay.due == datetime.fromisoformat("2026-12-29 23:59:59")
    give = GiveMark(lesson=ESSAY.id, work=essay.id, pupil=named("Омрына Анна"), value="5/4")
    answer = story.do("Лебедева", "2026-12-29 23:59:59.900", give)
    late = replace(give, value="4/4", seen=answer.last or 0)
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-12-30 00:00:00", late)
    assert refused.value.mode == "permit"
