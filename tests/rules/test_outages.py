"""W-39, P-48: an outage holds the windows it touches open; both edges of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from commands.appointments import GrantRole
from commands.deciding import Refusal
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.marks import GiveMark
from commands.outages import RegisterOutage
from ledger import streams
from ledger.entry import Role
from ledger.events.calendar import OutageRegistered
from ledger.school import School
from ledger.windows import absence_window, answer_window, extended, homework_window
from tests.story import Story
from tests.world import (
    FIRST,
    SCHOOL_ID,
    UST_BELAYA,
    answer,
    codes,
    given_lesson,
    given_school,
    given_sheet,
    given_work,
    homework_for,
    judged,
    mark,
    named,
)

MONDAY = given_lesson("7А Алгебра", "2026-10-12")
FRIDAY = given_lesson("7А Алгебра", "2026-10-16")
PUPIL = "Каляна Мария"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def school_with(*outages: tuple[str, str]) -> School:
    return given_school(
        *(
            (
                streams.calendar(SCHOOL_ID),
                OutageRegistered(outage=named(f"сбой {first}"), first=local(first), last=local(last)),
            )
            for first, last in outages
        )
    )


@pytest.mark.parametrize(
    ("first", "last", "deadline"),
    [
        ("2026-10-12 07:00", "2026-10-12 09:25", "2026-10-12 23:59:59"),  # over when the lesson begins
        ("2026-10-12 09:24", "2026-10-12 09:26", "2026-10-13 00:01:59"),  # by its whole duration
        ("2026-10-12 12:00", "2026-10-12 14:30", "2026-10-13 02:29:59"),
        ("2026-10-12 20:00", "2026-10-12 23:59:58", "2026-10-13 03:59:57"),  # one second is left
        ("2026-10-12 20:00", "2026-10-12 23:59:59", "2026-10-13 23:59:59"),  # none is: the next working day
        ("2026-10-12 23:59:59", "2026-10-13 02:00", "2026-10-13 23:59:59"),
        ("2026-10-13 00:00", "2026-10-13 02:00", "2026-10-12 23:59:59"),  # the window had ended
        ("2026-10-12 20:00", "2026-10-14 11:00", "2026-10-14 23:59:59"),  # still out on the 13th
    ],
)
def test_the_window_of_a_current_mark_is_extended_by_the_outage_it_meets(first, last, deadline):
    school = school_with((first, last))
    assert answer_window(MONDAY, school, UST_BELAYA).hard == local(deadline)


def test_the_end_of_the_next_working_day_skips_the_weekend():
    school = school_with(("2026-10-16 21:00", "2026-10-17 06:00"))
    assert answer_window(FRIDAY, school, UST_BELAYA).hard == local("2026-10-19 23:59:59")


def test_two_outages_of_one_day_are_added_up():
    school = school_with(("2026-10-12 12:00", "2026-10-12 13:00"), ("2026-10-12 15:00", "2026-10-12 15:30"))
    assert answer_window(MONDAY, school, UST_BELAYA).hard == local("2026-10-13 01:29:59")


def test_an_outage_that_meets_only_the_extension_counts_too():
    school = school_with(("2026-10-12 12:00", "2026-10-12 14:00"), ("2026-10-13 01:00", "2026-10-13 06:00"))
    assert answer_window(MONDAY, school, UST_BELAYA).hard == local("2026-10-14 23:59:59")


def test_a_mark_is_in_time_to_the_last_second_of_the_extension_and_not_after_it():
    school = school_with(("2026-10-12 12:00", "2026-10-12 14:30"))
    given = answer(MONDAY, PUPIL, 5)
    assert codes(judged(given, MONDAY, "2026-10-12 23:59:59.900", school=school)) == []
    assert codes(judged(given, MONDAY, "2026-10-13 02:29:59.900", school=school)) == ["W-39 report"]
    (late,) = judged(given, MONDAY, "2026-10-13 02:30:00", school=school)
    assert codes([late]) == ["W-01 permit"]
    assert "13.10.2026 02:29:59" in late.sentence


def test_the_deadline_of_a_work_stays_as_it_was_fixed_and_is_extended_when_a_mark_is_judged():
    """Самостоятельная 12.10: before the next lesson, 14.10 09:25; the outage was known only afterwards."""
    school = school_with(("2026-10-14 08:00", "2026-10-14 12:00"))
    work = given_work(MONDAY, "independent", school=school)
    assert work.due == local("2026-10-14 09:24:59")
    sheet, given = given_sheet(MONDAY, work), mark(PUPIL, 5, work="independent")
    for when, found in (
        ("2026-10-14 09:24:59.900", []),
        ("2026-10-14 09:25:00", ["W-39 report"]),
        ("2026-10-15 23:59:59.900", ["W-39 report"]),
        ("2026-10-16 00:00:00", ["W-07 permit"]),
    ):
        assert codes(judged(given, MONDAY, when, sheet=sheet, school=school)) == found


def test_homework_and_presence_have_their_windows_extended_and_soft_never_passes_hard():
    school = school_with(("2026-10-12 14:30", "2026-10-12 16:00"))
    window = homework_window(MONDAY, school, UST_BELAYA)  # 15:05 lies in the outage
    assert (window.soft, window.hard) == (local("2026-10-13 23:59:59"), local("2026-10-13 23:59:59"))
    presence = absence_window(MONDAY, school, UST_BELAYA)  # the lesson had ended
    assert (presence.soft, presence.hard) == (local("2026-10-12 10:05"), local("2026-10-13 01:29:59"))
    task = homework_for(MONDAY, "§ 7, № 121", "written")
    assert codes(judged(task, MONDAY, "2026-10-13 23:59:59", school=school)) == ["W-39 report"]
    assert codes(judged(task, MONDAY, "2026-10-14 00:00:00", school=school)) == ["W-04 permit"]


def test_where_the_act_does_not_extend_windows_an_outage_changes_nothing():
    silent = replace(UST_BELAYA, outage_extends=False)
    school = school_with(("2026-10-12 20:00", "2026-10-13 02:00"))
    assert answer_window(MONDAY, school, silent).hard == local("2026-10-12 23:59:59")
    assert extended(local("2026-10-12 23:59:59"), MONDAY.starts, school, silent) == local(
        "2026-10-12 23:59:59"
    )


def test_a_late_entry_permission_lasts_over_an_outage():
    """Permitted 13.10 08:55, to the end of the 14th; on the evening of the 14th the journal was out."""
    story, give = Story(), GiveMark(lesson=MONDAY.id, work=MONDAY.id, pupil=named(PUPIL), value="5")
    item = LateEntryItem(lesson=MONDAY.id, target="mark", work=MONDAY.id, pupil=named(PUPIL))
    story.do("Соколова", "2026-10-13 08:00", RequestLateEntry(items=(item,), reason="болела"))
    (case,) = story.late(MONDAY).cases
    permit = PermitLateEntries(cases=(CaseRef(case=case, lesson=MONDAY.id),))
    story.do("Дьячкова", "2026-10-13 08:55", permit)
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-10-15 00:00", give)
    down = RegisterOutage(first=local("2026-10-14 20:00"), last=local("2026-10-15 02:00"))
    story.do("Носов", "2026-10-15 07:00", down)
    story.do("Соколова", "2026-10-15 23:59:59", give)
    assert story.sheet(MONDAY).mark(MONDAY.id, named(PUPIL)) == (5,)


GIVE = GiveMark(lesson=MONDAY.id, work=MONDAY.id, pupil=named(PUPIL), value="5")


def outage(first: str, last: str) -> RegisterOutage:
    return RegisterOutage(first=local(first), last=local(last))


def test_one_administrator_does_not_open_two_months_again():
    """The gravest of the review: 01.10–20.11, written down on 20.11."""
    story, months = Story(), outage("2026-10-01 00:00", "2026-11-20 10:00")
    with pytest.raises(Refusal) as alone:
        story.do("Носов", "2026-11-20 10:01", months)
    assert (alone.value.code, alone.value.status) == ("W-39", 403)
    with pytest.raises(Refusal) as late:
        story.do("Соколова", "2026-11-20 10:05", GIVE)
    assert late.value.code == "W-01"


def test_what_the_deputys_outage_opens_again_is_written_and_says_so_for_ever():
    story = Story()
    story.do("Дьячкова", "2026-11-20 10:01", outage("2026-10-01 00:00", "2026-11-20 10:00"))
    (told,) = story.do("Соколова", "2026-11-20 10:05", GIVE).findings
    assert (told["code"], told["delay"]) == ("W-39", None)
    assert "12.10.2026 23:59:59" in told["sentence"]
    (kept,) = story.entries(MONDAY.id)[-1].findings
    assert kept.code == "W-39"


@pytest.mark.parametrize(
    ("first", "last", "when", "alone"),
    [
        ("2026-10-14 10:00", "2026-10-15 10:00", "2026-10-15 10:00", True),  # a day
        ("2026-10-14 10:00", "2026-10-15 10:00:01", "2026-10-15 10:01", False),  # and a second
        (
            "2026-10-16 20:00",
            "2026-10-16 22:00",
            "2026-10-19 23:59:59",
            True,
        ),  # Friday's, to the end of Monday
        ("2026-10-16 20:00", "2026-10-16 22:00", "2026-10-20 00:00:00", False),
    ],
)
def test_a_short_outage_is_the_administrators_to_the_end_of_the_next_working_day(first, last, when, alone):
    story, down = Story(), outage(first, last)
    if not alone:
        with pytest.raises(Refusal) as refused:
            story.do("Носов", when, down)
        assert refused.value.code == "W-39"
        story.do("Дьячкова", when, down)
    else:
        story.do("Носов", when, down)
    (known,) = story.house.schools.current(SCHOOL_ID).outages.values()
    assert known.recorded_at == story.clock


def test_who_is_deputy_and_administrator_registers_as_the_deputy():
    story = Story()
    both = GrantRole(person=named("Дьячкова"), role="administrator", first=FIRST)
    story.do("Носов", "2026-10-01 08:00", both)
    story.do("Дьячкова", "2026-11-20 10:01", outage("2026-10-01 00:00", "2026-11-20 10:00"))
    (entry,) = (
        e for e in story.entries(streams.calendar(SCHOOL_ID)) if isinstance(e.event, OutageRegistered)
    )
    assert entry.stamp.role is Role.DEPUTY


def test_an_outage_of_the_time_ahead_is_nobodys_to_register():
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do("Дьячкова", "2026-10-12 12:00", outage("2026-10-12 11:00", "2026-10-12 12:01"))
    assert refused.value.code == "outage"
    story.do("Дьячкова", "2026-10-12 12:00", outage("2026-10-12 11:00", "2026-10-12 12:00"))
