"""The whole story in the order of time: ordinary lessons, and what makes a journal a journal.

Left undone on purpose: half of yesterday, today after the first lesson, columns whose deadline is still open,
a column whose deadline has passed, and two requests that wait for a deputy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ledger.regulation import Regulation
from ledger.school import School
from web.demo import chance, exceptions
from web.demo.lessons import lesson_step, work_step
from web.demo.steps import Step

YESTERDAY = 0.6  # of yesterday's lessons have records


def steps(school: School, regulation: Regulation, now: datetime) -> tuple[Step, ...]:
    """Every step up to the local time `now`."""
    cases = exceptions.choose(school, regulation, now)
    told = (*_lessons(school, regulation, now, cases), *exceptions.steps(cases, school, regulation, now))
    return tuple(step for step in told if step.at <= now)


def _lessons(
    school: School, regulation: Regulation, now: datetime, cases: exceptions.Cases
) -> Iterator[Step]:
    yesterday = max((day for day in school.timetable.by_day if day < now.date()), default=now.date())
    for lesson in school.timetable.lessons:
        if lesson.ends > now or lesson.id in cases.unfilled:
            continue
        kept = {
            now.date(): lesson.number == 1,
            yesterday: chance.of_lesson(lesson.id, "yesterday").random() < YESTERDAY,
        }
        if kept.get(lesson.date, True):
            yield lesson_step(lesson, school, regulation)
            marks = None if lesson.id in cases.unmarked else work_step(lesson, school, regulation)
            if marks is not None:
                yield marks
