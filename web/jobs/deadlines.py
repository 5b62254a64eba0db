"""Each morning: what ran out since yesterday and what is due."""

from __future__ import annotations

from projections import deadlines
from web.jobs.job import Due
from web.jobs.live import live


def run(due: Due) -> str:
    with live(due.here, due.school) as found:
        since = found.school.local(due.since).date()
        told = deadlines.found(found, since)
    return "; ".join(f"{each.title}: {each.count}" for each in told) or "Ничего не истекло и не подошло."
