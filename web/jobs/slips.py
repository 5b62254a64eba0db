"""The weekly slips of families on paper (7.2, W-23), made on the day and hour of P-67 for the week that runs, and for
each week whose run was missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from commands.slips import PrepareSlips
from ledger.school import School
from ledger.span import monday_of
from projections.reading import Reading
from projections.slip_register import taught
from web.jobs.by_job import carry_out
from web.jobs.job import Due
from web.jobs.live import live

WEEK = timedelta(days=7)


def run(due: Due) -> str:
    """What was handed out already, or prepared in time or by a run that died, is left as it is."""
    made = sum(_week(due, at) for at in _missed(due, due.here.school(due.school)))
    return f"Распечаток: {made}." if made else "Готовить нечего."


def _missed(due: Due, school: School) -> Iterator[datetime]:
    """The time of each week (local), the earliest first: the slip of a week tells what came after the one before."""
    at, since = school.local(due.at), school.local(due.since)
    yield from (at - n * WEEK for n in range((at - since) // WEEK, 0, -1) if at - n * WEEK > since)
    yield at


def _week(due: Due, at: datetime) -> int:
    """Each week is read anew: its slips have to know those of the week before (projections.slip_news)."""
    with live(due.here, due.school) as found:
        school, position, today = found.school, found.as_of.position, found.today
        day, monday = at.date(), monday_of(at.date())
        ready = _ready(found, monday, at)
        own = taught(school, monday)
    made = 0
    for class_id in sorted(own):
        pupils = tuple(
            pupil
            for pupil in school.pupils_of_class(class_id, day)
            if pupil not in ready and all(school.pupils[pupil].on_paper(each) for each in (day, today))
        )
        if pupils:
            carry_out(PrepareSlips(class_id=class_id, week=monday, position=position, pupils=pupils), due)
            made += len(pupils)
    return made


def _ready(found: Reading, monday: date, at: datetime) -> frozenset[UUID]:
    rows = found.rows("slips", "week = %(week)s", columns="pupil, prepared_at, handed_at", week=monday)
    return frozenset(
        row.pupil for row in rows if row.handed_at is not None or found.school.local(row.prepared_at) >= at
    )
