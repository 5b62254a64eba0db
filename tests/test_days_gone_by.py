"""What was is not changed by a back door: lessons, pages and distance days of days gone by (W-18, R-091, R-141)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from commands.appointments import GrantRole
from commands.deciding import Refusal
from commands.distance import DeclareDistance, EndDistance
from commands.extra_lessons import ScheduleExtraLesson, WithdrawExtraLesson
from commands.long_substitutions import EndLongSubstitution, RecordLongSubstitution
from commands.single_lessons import CancelLesson, MoveLesson, RestoreLesson
from commands.workload import AssignWorkload, EndWorkload
from ledger.entry import Role
from ledger.events.journals import WorkloadAssigned, WorkloadEnded
from ledger.lesson import Sheet
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import SCHOOL_ID, UST_BELAYA, codes, given_lesson, judged, named

PHYSICS = given_lesson("7А Физика", "2026-10-14")  # Wednesday, third: 10:25–11:05
PAGE = PHYSICS.journal
BEGUN, BEFORE_IT = "2026-10-14 10:25:01", "2026-10-14 10:25"
OVER, DURING = "2026-10-14 11:05:01", "2026-10-14 11:05"
NEXT_DAY, SAME_DAY = "2026-10-15 00:00", "2026-10-14 23:59:59"


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        story.do(by, when, command)
    return caught.value


def day(text: str) -> date:
    return date.fromisoformat(text)


def assign(first: str = "2026-10-14", teacher: str = "Соколова") -> AssignWorkload:
    return AssignWorkload(
        class_id=named("7А"),
        subject=named("Физика"),
        teacher=named(teacher),
        first=day(first),
        hours=100,
    )


def end(last: str = "2026-10-13") -> EndWorkload:
    return EndWorkload(journal=PAGE, teacher=named("Петров"), last=day(last))


@pytest.mark.parametrize("command", [assign(), end()], ids=["assigned", "ended"])
@pytest.mark.parametrize("by", ["Носов", "Орлова"])
def test_a_page_changes_hands_before_its_first_lesson_of_the_day(by: str, command: object) -> None:
    assert story_of(by, BEFORE_IT, command).findings == ()
    assert "п. 7.12" in refused(Story(), by, BEGUN, command).sentence


@pytest.mark.parametrize("command", [assign("2026-10-12"), end("2026-09-02")], ids=["assigned", "ended"])
def test_the_page_of_days_gone_by_the_deputy_alone_gives_away_and_it_is_counted(command: object) -> None:
    story = Story()
    assert refused(story, "Носов", "2026-10-14 08:00", command).code == "W-18"
    (finding,) = story.do("Дьячкова", "2026-10-14 08:00", command).findings
    assert finding["code"] == "W-18"
    assert "заместителем" in finding["sentence"]


def said(event: object, by: str, role: Role | None = None, regulation: Regulation = UST_BELAYA) -> list[str]:
    on_page = Sheet(lesson=PAGE)
    return codes(
        judged(event, None, "2026-10-13 08:00", by=by, role=role, sheet=on_page, regulation=regulation)
    )


def test_an_act_may_deny_the_deputy_too() -> None:
    strict = replace(UST_BELAYA, substitution_retro="deny")
    event = WorkloadAssigned(teacher=named("Ким"), first=day("2026-10-12"), until=None, hours=100)
    assert said(event, "Дьячкова") == ["W-18 report"]
    assert said(event, "Дьячкова", regulation=strict) == ["W-18 refuse"]


def test_what_a_file_brings_on_the_command_line_is_of_its_own_days() -> None:
    for event in (
        WorkloadAssigned(teacher=named("Ким"), first=day("2026-09-01"), until=None, hours=100),
        WorkloadEnded(teacher=named("Петров"), last=day("2026-09-01")),
    ):
        assert said(event, "Носов", Role.SYSTEM) == []
        assert said(event, "Носов") == ["W-18 refuse"]


def test_a_page_that_is_listed_only_now_has_no_days_gone_by() -> None:
    new = AssignWorkload(
        class_id=named("6А"),
        subject=named("Физика"),
        teacher=named("Петров"),
        first=day("2026-09-01"),
        hours=100,
    )
    assert story_of("Носов", "2026-10-14 08:00", new).findings == ()


@pytest.mark.parametrize("by", ["Носов", "Дьячкова"])
def test_nobody_gives_himself_a_page(by: str) -> None:
    found = refused(Story(), by, "2026-10-13 08:00", assign(teacher=by))
    assert (found.code, "самому себе" in found.sentence) == ("P-57", True)
    assert story_of("Орлова", "2026-10-13 08:00", assign(teacher=by)).findings == ()


def story_of(by: str, when: str, command: object):
    return Story().do(by, when, command)


def cancel(lesson: Lesson = PHYSICS) -> CancelLesson:
    return CancelLesson(lesson=lesson.id, reason="weather")


def move() -> MoveLesson:
    return MoveLesson(lesson=PHYSICS.id, on=day("2026-10-23"), number=4)


def in_its_place(on: str = "2026-10-23") -> ScheduleExtraLesson:
    return ScheduleExtraLesson(journal=named("7А Алгебра"), on=day(on), number=4, replaces=PHYSICS.id)


@pytest.mark.parametrize("command", [cancel(), move(), in_its_place()], ids=["cancel", "move", "replace"])
def test_a_lesson_is_taken_out_of_its_day_until_the_day_ends_and_then_by_the_deputy(command: object) -> None:
    story_of("Кеулькут", SAME_DAY, command)
    assert refused(Story(), "Кеулькут", NEXT_DAY, command).code == "timetable-past"
    story_of("Дьячкова", NEXT_DAY, command)


def extra(story: Story, command: ScheduleExtraLesson) -> UUID:
    story.do("Кеулькут", "2026-10-12 08:00", command)
    of_day = school(story).timetable.by_day[command.on]
    return next(each.id for each in of_day if each.slot in school(story).extras)


def test_an_extra_lesson_is_withdrawn_until_its_day_ends_and_then_by_the_deputy() -> None:
    plain = ScheduleExtraLesson(journal=PAGE, on=day("2026-10-14"), number=4)
    story = Story()
    withdraw = WithdrawExtraLesson(lesson=extra(story, plain))
    assert refused(story, "Кеулькут", NEXT_DAY, withdraw).code == "timetable-past"
    story.do("Дьячкова", NEXT_DAY, withdraw)
    story = Story()
    story.do("Кеулькут", SAME_DAY, WithdrawExtraLesson(lesson=extra(story, plain)))


def test_a_replaced_lesson_does_not_come_back_when_it_would_be_over() -> None:
    story = Story()
    withdraw = WithdrawExtraLesson(lesson=extra(story, in_its_place()))
    assert refused(story, "Кеулькут", OVER, withdraw).code == "timetable-past"
    story.do("Кеулькут", DURING, withdraw)
    assert PHYSICS.id in school(story).timetable.by_id


def test_a_cancelled_lesson_comes_back_until_it_would_be_over() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-12 08:00", cancel())
    restore = RestoreLesson(lesson=PHYSICS.id)
    assert refused(story, "Кеулькут", OVER, restore).code == "timetable-past"
    story.do("Кеулькут", DURING, restore)
    assert school(story).timetable.by_id[PHYSICS.id] == PHYSICS


def test_a_lesson_does_not_leave_the_past_day_it_was_moved_to() -> None:
    story = Story()
    ahead = given_lesson("7А Физика", "2026-10-16")
    story.do("Кеулькут", "2026-10-12 08:00", MoveLesson(lesson=ahead.id, on=day("2026-10-14"), number=4))
    assert refused(story, "Кеулькут", NEXT_DAY, RestoreLesson(lesson=ahead.id)).code == "timetable-past"
    story.do("Кеулькут", SAME_DAY, RestoreLesson(lesson=ahead.id))


def test_a_deputy_who_is_the_methodist_too_acts_as_the_deputy() -> None:
    story = Story()
    both = GrantRole(person=named("Дьячкова"), role="methodist", first=day("2026-10-01"))
    story.do("Носов", "2026-10-01 08:00", both)
    assert story.do("Дьячкова", NEXT_DAY, move()).stamp["role"] == Role.DEPUTY
    story.do("Дьячкова", "2026-10-15 08:00", quarantine("2026-10-14"))
    (known,) = school(story).distances
    ended = EndDistance(distance=known, last=day("2026-10-13"))
    assert story.do("Дьячкова", "2026-10-15 09:00", ended).stamp["role"] == Role.DEPUTY


def quarantine(first: str) -> DeclareDistance:
    return DeclareDistance(mode="quarantine", first=day(first), last=day("2026-10-16"), grades=(7,))


def declared(story: Story, first: str = "2026-10-12") -> UUID:
    story.do("Кеулькут", "2026-10-11 07:00", quarantine(first))
    (known,) = school(story).distances
    return known


@pytest.mark.parametrize("by", ["Кеулькут", "Носов"])
def test_todays_distance_lessons_end_before_the_first_of_them_begins(by: str) -> None:
    """7А has no first lesson on Wednesdays; the second begins at 9:25."""
    story = Story()
    command = EndDistance(distance=declared(story), last=day("2026-10-13"))
    found = refused(story, by, "2026-10-14 09:25:01", command)
    assert (found.code, "14.10.2026 09:25" in found.sentence) == ("R-141", True)
    assert story.do(by, "2026-10-14 09:25", command).findings == ()
    assert school(story).distance(named("7А"), day("2026-10-14")) is None


def test_from_tomorrow_they_end_at_any_hour() -> None:
    story = Story()
    command = EndDistance(distance=declared(story), last=day("2026-10-14"))
    assert story.do("Кеулькут", "2026-10-14 23:00", command).findings == ()


@pytest.mark.parametrize("by", ["Дьячкова", "Орлова"])
def test_a_quarantine_that_was_is_taken_back_by_the_deputy_and_it_is_counted(by: str) -> None:
    story = Story()
    command = EndDistance(distance=declared(story), last=day("2026-10-11"))
    assert refused(story, "Кеулькут", "2026-11-19 07:00", command).code == "R-141"
    (finding,) = story.do(by, "2026-11-19 07:00", command).findings
    assert finding["code"] == "R-141"
    assert school(story).distances == {}


def test_a_quarantine_that_is_still_ahead_is_taken_back_by_whoever_declared_it() -> None:
    story = Story()
    command = EndDistance(distance=declared(story, "2026-10-15"), last=day("2026-10-12"))
    assert story.do("Кеулькут", "2026-10-14 12:00", command).findings == ()


def test_a_long_substitute_keeps_the_lessons_that_have_begun() -> None:
    story = Story()
    command = RecordLongSubstitution(
        journals=(PAGE,), absent=named("Петров"), substitute=named("Ким"), first=day("2026-10-12")
    )
    story.do("Кеулькут", "2026-10-11 08:00", command)
    (long,) = school(story).journals[PAGE].long
    yesterday = EndLongSubstitution(substitution=long.id, last=day("2026-10-13"))
    assert refused(story, "Кеулькут", BEGUN, yesterday).code == "substitution-past"
    today = EndLongSubstitution(substitution=long.id, last=day("2026-10-14"))
    story.do("Кеулькут", BEGUN, today)
    assert school(story).teaches(named("Ким"), PAGE, day("2026-10-14"))
    story.do("Кеулькут", BEFORE_IT, yesterday)
    assert school(story).teaches(named("Петров"), PAGE, day("2026-10-14"))
