"""The weekly slips of families on paper (7.2, W-23), made on the day and hour of P-67 for the week that runs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from commands.slips import PrepareSlips
from ledger.span import monday_of
from projections.emergency import classes
from projections.reading import Reading
from web.jobs.by_job import carry_out
from web.jobs.job import Due
from web.jobs.live import live


def run(due: Due) -> str:
    """What was handed out already, or prepared by a run that died, is left as it is."""
    with live(due.here, due.school) as found:
        school, position, today = found.school, found.as_of.position, found.today
        day = school.local(due.at).date()
        ready = _ready(found, due, monday_of(day))
        own = classes(found)
    made = 0
    for class_id in own:
        pupils = tuple(
            pupil
            for pupil in school.pupils_of_class(class_id, day)
            if pupil not in ready and all(school.pupils[pupil].on_paper(each) for each in (day, today))
        )
        if pupils:
            command = PrepareSlips(class_id=class_id, week=monday_of(day), position=position, pupils=pupils)
            carry_out(command, due)
            made += len(pupils)
    return f"Распечаток: {made}." if made else "Готовить нечего."


def _ready(found: Reading, due: Due, monday: date) -> frozenset[UUID]:
    rows = found.rows("slips", "week = %(week)s", columns="pupil, prepared_at, handed_at", week=monday)
    return frozenset(row.pupil for row in rows if row.handed_at is not None or row.prepared_at >= due.at)
