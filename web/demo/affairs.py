"""What happens to the school beside its lessons, up to now."""

from __future__ import annotations

from datetime import datetime

from ledger.school import School
from web.demo import away, changed_days, pupils, staff, thematic_plan
from web.demo.steps import Step


def of_the_year(founded: School, now: datetime) -> tuple[Step, ...]:
    """Laid on the school as its files found it."""
    told = (
        *staff.steps(founded),
        *thematic_plan.steps(founded),
        *pupils.steps(founded, now),
        *changed_days.steps(founded, now),
    )
    return tuple(step for step in told if step.at <= now)


def of_these_days(settled: School, now: datetime) -> tuple[Step, ...]:
    """Laid on what the year's affairs made of it: pages there were not, days that are otherwise."""
    told = (*pupils.lessons_at_home(settled, now), *away.steps(settled, now))
    return tuple(step for step in told if step.at <= now)
