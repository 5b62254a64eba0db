"""The whole story in the order of time: ordinary lessons, and what makes a journal a journal.

Left undone on purpose: half of yesterday, today after the first lesson, columns whose deadline is still open,
a column whose deadline has passed, and two requests that wait for a deputy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ledger.regulation import Regulation
from ledger.school import School
from ledger.substitutes import away
from ledger.timetable import Lesson
from web.demo import (
    absent_pupils,
    chance,
    compromise,
    control,
    corrections,
    exceptions,
    families,
    period_marks,
    period_matters,
    theft,
    thematic_plan,
)
from web.demo.lessons import lesson_step, teacher_of, work_step
from web.demo.steps import Step

YESTERDAY = 0.6  # of yesterday's lessons have records, and whatever a substitute gave


def steps(school: School, regulation: Regulation, now: datetime) -> tuple[Step, ...]:
    """Every step up to the local time `now`, of the school as its affairs leave it (web/demo/foreseen.py)."""
    cases = exceptions.choose(school, regulation, now)
    kept = tuple(_kept(school, now, cases))
    marked = period_marks.pages(school, regulation, now, frozenset(lesson.id for lesson in kept))
    told = (
        *_lessons(kept, school, regulation, cases),
        *exceptions.steps(cases, school, regulation, now),
        *thematic_plan.departure(school),
        *absent_pupils.explanations(school, regulation, now),
        *absent_pupils.dispute(school, now, cases.unfilled),
        *period_marks.steps(marked, school),
        *period_matters.steps(marked, school, now),
        *corrections.steps(marked, school, now),
        *compromise.steps(theft.choose(school, regulation, now), school),
        *families.steps(school, regulation, now),
        *control.steps(school, now),
    )
    return tuple(step for step in told if step.at <= now)


def _kept(school: School, now: datetime, cases: exceptions.Cases) -> Iterator[Lesson]:
    """Lessons that have records."""
    yesterday = max((day for day in school.timetable.by_day if day < now.date()), default=now.date())
    for lesson in school.timetable.lessons:
        if lesson.ends > now or lesson.id in cases.unfilled or _nobody_there(lesson, school):
            continue
        kept = {
            now.date(): lesson.number == 1,
            yesterday: school.substitution(lesson.id) is not None
            or chance.of_lesson(lesson.id, "yesterday").random() < YESTERDAY,
        }
        if kept.get(lesson.date, True):
            yield lesson


def _lessons(
    kept: Iterable[Lesson], school: School, regulation: Regulation, cases: exceptions.Cases
) -> Iterator[Step]:
    for lesson in kept:
        yield lesson_step(lesson, school, regulation)
        marks = None if lesson.id in cases.unmarked else work_step(lesson, school, regulation)
        if marks is not None:
            yield marks


def _nobody_there(lesson: Lesson, school: School) -> bool:
    """The teacher is away and it is not covered yet."""
    return away(teacher_of(lesson, school), lesson.date, school) is not None
