"""Histories at their doors: right first, then one reading transaction (web/reading.py)."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g

from ledger.lesson import fold_lesson
from ledger.timetable import Lesson
from projections import period_mark_trail, trail
from projections.trail_lines import TrailPage
from web import reading
from web.premises import premises


def cell(lesson: UUID, work: UUID, pupil: UUID, at: str | None) -> TrailPage:
    planned = reading.lesson_of(lesson)
    page = _page_of_column(planned, work)
    reading.allowed("view_cell_trail", on=planned.date, lesson=planned, journal=page, pupil=pupil)
    keys, store = reading.person_keys(), premises().store
    return reading.show(
        at,
        lambda r: trail.cell(r, store, lesson, work, pupil, keys),
        "cell trail",
        pupil_id=pupil,
        journal_id=page,
    )


def _page_of_column(lesson: Lesson, work: UUID) -> UUID:
    """The page a column stands on: that of Russian for the literacy marks of a lesson of literature (R-126)."""
    if reading.may("view_cell_trail", on=lesson.date, lesson=lesson, journal=lesson.journal):
        return lesson.journal
    entries = premises().store.load(g.actor.school, streams=[lesson.id]).streams[lesson.id]
    marks = fold_lesson(lesson.id, entries).literacy
    given = (entry.event.journal for (column, _pupil), entry in marks.items() if column == work)  # type: ignore[attr-defined]
    return next(given, lesson.journal)


def period_mark(journal: UUID, period: UUID, kind: str, pupil: UUID, at: str | None) -> TrailPage:
    known = reading.school().journals.get(journal) or abort(404)
    reading.allowed("view_cell_trail", on=reading.own_day(known), journal=journal)
    keys, store = reading.person_keys(), premises().store
    return reading.show(
        at,
        lambda r: period_mark_trail.trail(r, store, journal, period, kind, pupil, keys),
        "period mark trail",
        pupil_id=pupil,
        journal_id=journal,
    )


def of_pupil(pupil: UUID, at: str | None) -> TrailPage:
    reading.allowed("view_pupil_trail", pupil=pupil)
    keys, store = reading.person_keys(), premises().store
    return reading.show(at, lambda r: trail.of_pupil(r, store, pupil, keys), "pupil trail", pupil_id=pupil)


def of_account(account: UUID, at: str | None) -> TrailPage:
    owner = reading.person_of(account)
    reading.allowed("view_account_trail", person=owner)
    keys, store = reading.person_keys(), premises().store
    return reading.show(
        at,
        lambda r: trail.of_account(r, store, account, keys),
        "account trail",
        person_id=owner,
    )
