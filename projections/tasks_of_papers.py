"""Papers that wait: class reports to hand over and to accept (W-24), and the year's sheets to print (W-31)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from ledger.papers import reports_wanted
from ledger.school_records import Klass
from ledger.windows import day_end
from projections import archive_page
from projections.handed import HandedLine, lines_of
from projections.reading import Reading
from projections.task import Task

ASKED_FOR = timedelta(days=120)  # what ended so long ago is no longer a task of the day


def to_hand_over(reading: Reading, klass: Klass) -> Iterator[Task]:
    """A class teacher's own, where the act wants them (P-85)."""
    if not reports_wanted(reading.regulation()):
        return
    for line in lines_of(reading, [klass]):
        if line.handed_at is None and reading.now - line.due < ASKED_FOR:
            yield _task("hand_over", line)


def of_deputy(reading: Reading) -> Iterator[Task]:
    """Reports nobody handed over in time, those that wait to be accepted, and the papers of the year."""
    wanted, current = reports_wanted(reading.regulation()), set(_years(reading))
    for line in lines_of(reading, [k for k in reading.school.classes.values() if k.year in current]):
        if line.handed_at is not None and line.accepted_at is None:
            yield _task("accept_reports", line)
        elif wanted and line.over and reading.now - line.due < ASKED_FOR:
            yield _task("reports_missing", line)
    yield from year_papers(reading)


def year_papers(reading: Reading) -> Iterator[Task]:
    """From 1 June what is not in the register yet, a task a kind; from 20 June it says that the term ends."""
    for year in _years(reading):
        waiting = [each for each in archive_page.due_papers(reading, year) if not each.number]
        for kind in dict.fromkeys(each.kind for each in waiting):
            own = [each for each in waiting if each.kind == kind]
            if reading.today - own[0].due < ASKED_FOR:
                yield Task(
                    kind=f"print_{kind}",
                    since=datetime.combine(own[0].due.replace(day=1), time()),
                    until=day_end(own[0].due),
                    over=own[0].over,
                    status="soon" if own[0].soon else "",
                    count=len(own),
                    text=str(year),
                )


def _years(reading: Reading) -> list[int]:
    """Study years that have begun and are not long over."""
    return [
        year
        for year, span in reading.school.years.items()
        if span.first <= reading.today and (span.last is None or reading.today - span.last < ASKED_FOR)
    ]


def _task(kind: str, line: HandedLine) -> Task:
    return Task(
        kind=kind,
        class_id=line.class_id,
        class_title=line.class_title,
        since=line.handed_at or line.opens,
        until=line.due,
        over=line.over,
        text=line.period_title,
        person=line.handed_by,
    )
