"""A year already laid serves a changed school, and a school of an earlier moment: only other slots are laid anew."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, time

import pytest

from commands.appointments import GrantRole
from ledger import streams
from ledger.events import calendar, timetable
from ledger.school_fold import SCHOOL_CATEGORIES, fold_school
from ledger.schools import Schools
from ledger.timetable import Lesson, Timetable
from tests.breach import Breach
from tests.world import FIRST, LAST, SCHOOL, SCHOOL_ID, given_school, named

ALGEBRA = named("7А Алгебра")
A_SLOT = next(slot.id for slot in SCHOOL.slots.values() if slot.journal == ALGEBRA)
HOME = streams.calendar(SCHOOL_ID)
FRIDAY = timetable.SlotScheduled(
    journal=ALGEBRA, weekday=5, number=6, week="all", first=FIRST, last=LAST, room="7"
)
CHANGES = {
    "a slot ends": (A_SLOT, timetable.SlotEnded(last=date(2026, 11, 1))),
    "a slot is new": (named("7А пятница"), FRIDAY),
    "holidays come": (
        HOME,
        calendar.HolidayScheduled(
            holiday=named("карантин"), title="Карантин", first=date(2026, 11, 9), last=date(2026, 11, 15)
        ),
    ),
    "bells ring otherwise": (
        HOME,
        calendar.BellsSet(
            schedule=named("звонки"), title="Звонки", numbers=(1,), starts=(time(9),), ends=(time(9, 40),)
        ),
    ),
}
SLOTS_ONLY = ("a slot ends", "a slot is new")


def laid(found: Timetable) -> tuple[object, ...]:
    """With the order lessons of one moment stand in: a page printed again has the same bytes."""
    return found.lessons, list(found.by_id), list(found.by_journal.items()), list(found.by_day.items())


@pytest.mark.parametrize("change", CHANGES)
def test_laid_over_another_year_it_is_the_year_laid_anew(change: str) -> None:
    before, after = given_school(), given_school(CHANGES[change])
    assert laid(Timetable(before)) != laid(Timetable(after))
    assert laid(before.timetable.relaid(after)) == laid(Timetable(after))
    assert before.timetable.lessons
    assert laid(before.timetable.relaid(after)) == laid(Timetable(after))
    assert laid(after.timetable.relaid(before)) == laid(Timetable(before))


@pytest.mark.parametrize("change", SLOTS_ONLY)
def test_lessons_of_the_other_slots_are_the_same_objects(change: str) -> None:
    before, after = given_school(), given_school(CHANGES[change])
    known: dict[int, Lesson] = {id(lesson): lesson for lesson in before.timetable.lessons}
    changed = CHANGES[change][0]
    relaid = before.timetable.relaid(after).lessons
    assert {lesson.slot for lesson in relaid if id(lesson) not in known} == {changed}


def with_an_act() -> Breach:
    """A stolen administrator's password grants a role; an Act takes it away; before and after others work on."""
    story = Breach.of_two_administrators()
    grant = GrantRole(person=named("Петров"), role="deputy", first=date(2026, 11, 18))
    story.do("Носов", "2026-11-18 09:00", grant)
    incident = story.notice(
        "Носов", "2026-11-18 08:30", "2026-11-18 08:45", by="Тынетегина", now="2026-11-18 15:00"
    )
    story.act(incident, "2026-11-18 16:00", by="Тынетегина", members=("Громова", "Лебедева", "Ким"))
    return story


def test_the_school_of_every_moment_asked_in_any_order_is_its_entries_folded() -> None:
    store = with_an_act().store
    entries, head = store.load(SCHOOL_ID, categories=SCHOOL_CATEGORIES).news, store.head(SCHOOL_ID).position
    schools, positions = Schools(store), list(range(1, head + 1)) * 2
    random.Random(7).shuffle(positions)
    for position in positions:
        plain = fold_school(SCHOOL_ID, [e for e in entries if e.position <= position])
        found = schools.at(SCHOOL_ID, position)
        assert replace(found, timetable=plain.timetable) == plain
        assert laid(found.timetable) == laid(Timetable(plain))
