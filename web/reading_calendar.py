"""«Календарь» for whoever asks: everybody, a family for the classes of its children."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from flask import g

from ledger.entry import Role
from projections import calendar_page
from web import reading

FAMILY = frozenset({Role.GUARDIAN, Role.PUPIL})


def calendar(year: int | None, at: str | None) -> calendar_page.CalendarPage:
    reading.allowed("view_calendar")
    own = _own_classes()
    return reading.show(
        at, lambda found: calendar_page.page(found, year, own, cache(_may_read)), "calendar", log=own is None
    )


def _may_read(journal: UUID) -> bool:
    return reading.may("view_journal", journal=journal)


def _own_classes() -> frozenset[UUID] | None:
    """The classes of the family's children in any year; None for whoever works here."""
    known, on = reading.school(), reading.now().date()
    if not known.roles_of(g.actor.person, on) <= FAMILY:
        return None
    pupils = (known.pupils[pupil] for pupil in reading.children())
    return frozenset(class_id for pupil in pupils for class_id, _ in pupil.classes)
