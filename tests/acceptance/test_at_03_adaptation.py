"""AT-03 (7.14(b6), K-43): no unsatisfactory mark for a lesson of 01.09–15.09; the lesson's date decides."""

from uuid import UUID

import pytest

from commands.deciding import Refusal
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.marks import AddWork, GiveMark
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import given_lesson, named

TUESDAY = given_lesson("7А Русский язык", "2026-09-15")
WEDNESDAY = given_lesson("7А Русский язык", "2026-09-16")


def give(lesson: Lesson, value: str, work: UUID | None = None) -> GiveMark:
    return GiveMark(lesson=lesson.id, work=work or lesson.id, pupil=named("Вуквукай Илья"), value=value)


@pytest.mark.case("AT-03")
@pytest.mark.parametrize("value", ["2", "1"])
def test_a_two_is_refused_in_the_adaptation_period(value: str) -> None:
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-09-15 10:00", give(TUESDAY, value))
    assert (refused.value.code, refused.value.mode) == ("W-12", "refuse")  # no override button


@pytest.mark.case("AT-03")
def test_either_part_of_a_fraction_counts() -> None:
    story = Story()
    added = story.do("Лебедева", "2026-09-15 10:00", AddWork(lesson=TUESDAY.id, kind="dictation_grammar"))
    work = added.parts[-1]["work"]
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-09-15 10:01", give(TUESDAY, "4/2", work=UUID(work)))
    assert refused.value.code == "W-12"


@pytest.mark.case("AT-03")
def test_the_next_day_a_two_is_accepted() -> None:
    story = Story()
    story.do("Лебедева", "2026-09-16 14:00", give(WEDNESDAY, "2"))
    assert story.sheet(WEDNESDAY).mark(WEDNESDAY.id, named("Вуквукай Илья")) == (2,)


@pytest.mark.case("AT-03")
def test_a_written_work_of_the_15th_marked_two_on_the_16th_is_refused() -> None:
    story = Story()
    added = story.do("Лебедева", "2026-09-15 10:00", AddWork(lesson=TUESDAY.id, kind="independent"))
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-09-16 09:00", give(TUESDAY, "2", work=UUID(added.parts[-1]["work"])))
    assert refused.value.code == "W-12"


def test_not_even_a_permission_of_the_deputy_helps() -> None:
    story = Story()
    item = LateEntryItem(lesson=TUESDAY.id, target="mark", work=TUESDAY.id, pupil=named("Вуквукай Илья"))
    story.do("Лебедева", "2026-09-16 08:00", RequestLateEntry(items=(item,), reason="Не успела"))
    ref = CaseRef(case=next(iter(story.late(TUESDAY).cases)), lesson=TUESDAY.id)
    story.do("Дьячкова", "2026-09-16 08:10", PermitLateEntries(cases=(ref,)))
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-09-16 08:20", give(TUESDAY, "2"))
    assert refused.value.code == "W-12"
