"""Entries of the school's categories folded into `School` (design 3); one small function an event stands in
`ledger.school_folds`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Category, Entry
from ledger.events.voids import VOIDING
from ledger.school import School
from ledger.school_folds import Apply, Tables, accounts, calendar, journals, roster, staff, timetable
from ledger.timetable import CALENDAR

SCHOOL_CATEGORIES = (Category.SCHOOL, Category.ACCOUNT, Category.REGULATION)


def fold_school(school: UUID, entries: Iterable[Entry]) -> School:
    """The school as all `entries` of its categories (ascending, voids among them) leave it."""
    return advance(School(id=school), effective(entries))


def advance(school: School, news: Iterable[Entry]) -> School:
    """`school` after `news`. ValueError when they void something: then fold again from the beginning."""
    sequence = tuple(news)
    if not sequence:
        return school
    if any(isinstance(e.event, VOIDING) for e in sequence) and school.position:
        raise ValueError("a void among the news: fold_school again")
    tables: Tables = {name: dict(getattr(school, name)) for name in _TABLES}
    tables["scalars"] = {"opened": school.opened}
    versions = tables["versions"]
    for entry in sequence:
        apply = _APPLY.get(type(entry.event))
        if apply is not None:
            apply(tables, entry.event, entry)
        versions[entry.stream] = max(entry.version, versions.get(entry.stream, 0))
    return _after(school, tables, sequence)


def _after(school: School, tables: Tables, sequence: tuple[Entry, ...]) -> School:
    scalars: dict[str, Any] = tables.pop("scalars")
    changed: dict[str, Any] = {
        name: table for name, table in tables.items() if table != getattr(school, name)
    }
    regulations = tuple(e for e in sequence if e.category is Category.REGULATION)
    after = replace(
        school,
        position=max(school.position, sequence[-1].position),
        regulations=school.regulations + regulations,
        **changed,
        **scalars,
    )
    if changed.keys() & _WEEKLY:
        return replace(after, timetable=school.timetable.relaid(after))
    return replace(after, timetable=school.timetable.changed(after)) if changed.keys() & _DAILY else after


_APPLY: dict[type, Apply] = {
    **calendar.APPLY,
    **roster.APPLY,
    **journals.APPLY,
    **staff.APPLY,
    **timetable.APPLY,
    **accounts.APPLY,
}
_TABLES = (
    *("years", "periods", "holidays", "bells", "rings", "day_bells", "distances", "outages"),
    *("class_sets", "terms", "orders", "subjects", "classes", "groups", "study_plan", "pupils"),
    *("journals", "plans", "slots", "substitutions", "changes", "extras"),
    *("roles", "mandates", "responsible", "away", "blocked", "versions"),
)
_WEEKLY = {*CALENDAR, "slots"}  # lay the year anew, or the slots that changed
_DAILY = {"substitutions", "changes", "extras"}  # single lessons only
