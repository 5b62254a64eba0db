"""«Календарь» for whoever asks: everybody, a family for the classes of its children."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from flask import g

from ledger.access import Target, acting_role
from ledger.entry import Role
from projections import calendar_page
from web import reading

FAMILY = frozenset({Role.GUARDIAN, Role.PUPIL})


def calendar(year: int | None, at: str | None) -> calendar_page.CalendarPage:
    reading.allowed("view_calendar", Target(today=reading.now().date()))
    own = _own_classes()
    return reading.show(
        at, lambda found: calendar_page.page(found, year, own, cache(_may_read)), "calendar", log=own is None
    )


def may(action: str) -> bool:
    """Whether this person may give the commands of the page; then in that role."""
    role = acting_role(g.actor.person, action, Target(today=reading.now().date()), reading.school())
    if role is not None:
        g.acting_role = role
    return role is not None


def _may_read(journal: UUID) -> bool:
    target = Target(today=reading.now().date(), journal=journal)
    return acting_role(g.actor.person, "view_journal", target, reading.school()) is not None


def _own_classes() -> frozenset[UUID] | None:
    """The classes of the family's children in any year; None for whoever works here."""
    known, on = reading.school(), reading.now().date()
    if not known.roles_of(g.actor.person, on) <= FAMILY:
        return None
    pupils = (known.pupils[pupil] for pupil in reading.children())
    return frozenset(class_id for pupil in pupils for class_id, _ in pupil.classes)
