"""Ending one stretch of days leaves the later ones: workload, groups, responsibilities (R-061, R-063, R-064)."""

from __future__ import annotations

from datetime import date

import pytest

from commands.by_order import OrderNamed
from commands.importing.pages import workload_facts
from commands.importing.terms import Terms
from commands.movement import MovePupil
from commands.roster import FormClass, GroupPupils, UngroupPupil
from commands.workload import AssignWorkload, EndWorkload
from ledger.entry import Role
from ledger.events.journals import WorkloadAssigned
from ledger.events.staff import ResponsibleAppointed, ResponsibleReleased
from ledger.school import School, Span
from ledger.school_folds.staff import WORKING_GROUP
from ledger.span import ended
from tests.story import Story
from tests.world import FIRST, SCHOOL_ID, given_school, named

AUTUMN = Span(first=date(2026, 9, 1), last=date(2026, 10, 31))
WINTER = Span(first=date(2026, 12, 1))
CUT = date(2026, 10, 15)
PAGE, GROUP, MARIA = named("7А Физика"), named("группа"), named("Каляна Мария")


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 10, 15), [("2026-09-01", "2026-10-15"), ("2026-12-01", None)]),
        (date(2026, 9, 1), [("2026-09-01", "2026-09-01"), ("2026-12-01", None)]),
        (date(2026, 8, 31), [("2026-12-01", None)]),  # ended before it began
        (date(2026, 11, 29), [("2026-09-01", "2026-10-31"), ("2026-12-01", None)]),
        (date(2026, 11, 30), [("2026-09-01", "2026-10-31")]),
        (date(2026, 12, 1), [("2026-09-01", "2026-10-31"), ("2026-12-01", "2026-12-01")]),
        (date.max, [("2026-09-01", "2026-10-31"), ("2026-12-01", "9999-12-31")]),
    ],
)
def test_the_stretch_the_day_lies_in_is_cut_and_no_other(
    last: date, expected: list[tuple[str, str | None]]
) -> None:
    left = ended((("7А", AUTUMN), ("7А", WINTER)), last)
    assert [(str(span.first), span.last and str(span.last)) for _, span in left] == expected


def test_a_workload_ended_in_autumn_leaves_that_of_december() -> None:
    story = Story()
    for span in (AUTUMN, WINTER):
        assigned = AssignWorkload(
            class_id=named("7А"),
            subject=named("Физика"),
            teacher=named("Ким"),
            first=span.first,
            until=span.last,
            hours=100,
        )
        story.do("Носов", "2026-09-01 08:00", assigned)
    story.do("Носов", "2026-09-02 08:00", EndWorkload(journal=PAGE, teacher=named("Ким"), last=CUT))
    days = (CUT, date(2026, 10, 16), date(2026, 11, 30), WINTER.first)
    assert [school(story).teaches(named("Ким"), PAGE, on) for on in days] == [True, False, False, True]


def grouped() -> Story:
    story = Story()
    for span in (AUTUMN, WINTER):
        put = GroupPupils(
            class_id=named("7А"), group=GROUP, pupils=(MARIA,), first=span.first, until=span.last
        )
        story.do("Громова", "2026-09-01 08:00", put)
    return story


def groups(story: Story) -> list[tuple[date, date | None]]:
    return [(span.first, span.last) for _, span in school(story).pupils[MARIA].groups]


def test_a_group_left_in_autumn_is_entered_again_in_december() -> None:
    story = grouped()
    story.do("Громова", "2026-09-02 08:00", UngroupPupil(pupil=MARIA, group=GROUP, last=CUT))
    assert groups(story) == [(AUTUMN.first, CUT), (WINTER.first, None)]


def test_who_moves_to_another_class_leaves_the_groups_of_every_later_stretch() -> None:
    story, other = grouped(), named("7Б")
    story.do("Носов", "2026-09-01 09:00", FormClass(class_id=other, year=2026, title="7Б", grade=7))
    moved = MovePupil(pupil=MARIA, class_id=other, first=date(2026, 10, 16), order=OrderNamed(number="91"))
    story.do("Носов", "2026-09-02 08:00", moved)
    assert groups(story) == [(AUTUMN.first, CUT)]


def test_a_responsibility_laid_down_in_autumn_is_taken_again_in_december() -> None:
    who = named("Ким")
    appointed = (
        ResponsibleAppointed(scope=WORKING_GROUP, first=span.first, until=span.last, order=named("приказ"))
        for span in (AUTUMN, WINTER)
    )
    released = ResponsibleReleased(scope=WORKING_GROUP, last=CUT)
    known = given_school(*((who, event) for event in (*appointed, released)))
    held = [each.span for each in known.responsible[who]]
    assert held == [Span(first=AUTUMN.first, last=CUT), WINTER]
    days = (CUT, date(2026, 10, 16), WINTER.first)
    assert [Role.WORKING_GROUP in known.roles_of(who, on) for on in days] == [True, False, True]


TERMS = Terms(
    year=2026,
    first=FIRST,
    last=date(2027, 5, 28),
    today=CUT,
    change=date(2026, 10, 16),
    stands=True,
    fresh=False,
)


def test_a_file_that_names_no_teacher_ends_every_later_stretch_too() -> None:
    assigned = tuple(
        (PAGE, WorkloadAssigned(teacher=named("Ким"), first=span.first, until=span.last, hours=100))
        for span in (AUTUMN, WINTER)
    )
    after = given_school(*assigned, *workload_facts(PAGE, (), given_school(*assigned), TERMS))
    spans = [span for who, span in after.journals[PAGE].teachers if who == named("Ким")]
    assert spans == [Span(first=AUTUMN.first, last=CUT)]
    assert tuple(workload_facts(PAGE, (), after, TERMS)) == ()
