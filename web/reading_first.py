"""First pages: of all there is, the parts that are for the roles of whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from projections import first_page, pending
from projections.as_of import AsOf
from projections.daily_check import DayCheck
from projections.first_page import Appointments, Control, Cover, Numbers, OwnClass, Waits
from projections.inspection import Inspection, inspection
from projections.reading import Reading
from web import account_list, reading
from web.account_list import WithoutAccess
from web.premises import premises

WAIT_FOR = frozenset({"deputy", "director"})
COVER_FOR = frozenset({"methodist", "deputy"})
READERS = frozenset({"inspector", "working_group"})
CONTROLS = frozenset({"deputy", "director", "working_group"})


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstPage:
    """A part is None where it is not for this person. `parked`: pages that wait for `letopis rebuild`."""

    numbers: Numbers
    own: tuple[OwnClass, ...]
    days: tuple[DayCheck, ...]
    control: Control | None
    waits: Waits | None
    cover: Cover | None
    appointments: Appointments | None
    access: WithoutAccess | None
    parked: int
    reads: bool
    inspection: Inspection | None
    as_of: AsOf


def first(at: str | None) -> FirstPage:
    reading.allowed("view_first_page")
    return reading.show(at, _page, "first page", log=False)


def own_classes(at: str | None) -> tuple[OwnClass, ...]:
    """What waits in the classes this person leads; none for whoever leads none."""
    if "class_teacher" not in {str(role) for role in g.actor.roles}:
        return ()
    reading.allowed("view_first_page")
    return reading.show(
        at, lambda found: first_page.own_classes(found, g.actor.person), "own class", log=False
    )


def teaches_today() -> bool:
    school = reading.school()
    lessons = school.timetable.by_day.get(reading.now().date(), ())
    return any(school.writes(g.actor.person, lesson) for lesson in lessons)


def _page(found: Reading) -> FirstPage:
    roles = {str(role) for role in g.actor.roles}
    keeps = "administrator" in roles and found.as_of.live
    return FirstPage(
        numbers=first_page.numbers(found),
        own=first_page.own_classes(found, g.actor.person),
        days=first_page.own_days(found, g.actor.person),
        control=first_page.control(found) if roles & CONTROLS else None,
        waits=first_page.waits(found) if roles & WAIT_FOR else None,
        cover=first_page.cover(found) if roles & COVER_FOR else None,
        appointments=first_page.appointments(found) if "director" in roles else None,
        access=account_list.without_access(premises(), found.school) if keeps else None,
        parked=pending.parked(found.connection, found.school.id) if keeps else 0,
        reads=bool(roles & READERS),
        inspection=inspection(found, g.actor.person) if "inspector" in roles else None,
        as_of=found.as_of,
    )
