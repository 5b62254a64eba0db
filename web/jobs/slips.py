"""The weekly slips of families on paper (7.2, W-23), made on the day and hour of P-67 for the week that runs."""

from __future__ import annotations

from commands.slips import PrepareSlips
from ledger.span import monday_of
from projections.emergency import classes
from web.jobs.by_job import carry_out
from web.jobs.emergency import live
from web.jobs.job import Due


def run(due: Due) -> str:
    """Prepared twice they are the same: the command id follows from the due time."""
    with live(due.here, due.school) as found:
        school, position = found.school, found.as_of.position
        own = classes(found)
    day = school.local(due.at).date()
    made = 0
    for class_id in own:
        pupils = tuple(
            pupil for pupil in school.pupils_of_class(class_id, day) if school.pupils[pupil].on_paper(day)
        )
        if pupils:
            command = PrepareSlips(class_id=class_id, week=monday_of(day), position=position, pupils=pupils)
            carry_out(command, due)
            made += len(pupils)
    return f"Распечаток: {made}." if made else "Семей на бумаге нет."
