"""C-05, plan against fact of a page of the journal: hours due to a day, hours held and how, what is owed (R-080)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from ledger.plan import HOUR, Plan
from ledger.school import School
from projections.as_of import AsOf
from projections.plan_items import EMPTY, due, part_of, passed, planned_lessons, plans_of, recorded
from projections.reading import NoSuchPage, Reading

Day = date
OUTSIDE = "7.13"  # an extracurricular lesson of this mode is no part of the programme


@dataclass(frozen=True, kw_only=True, slots=True)
class Departure:
    """A lesson whose topic is not the plan's; `marked` when the teacher said so (R-079)."""

    lesson: UUID
    date: Day
    number: int
    topic: str
    marked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """A line that was due and no lesson took."""

    place: int
    topic: str
    due: Day


@dataclass(frozen=True, kw_only=True, slots=True)
class Fulfilment:
    """Of one page up to a day. Hours in hundredths: `curriculum` of the year by the study plan, `whole` by the plan,
    `planned` due to the day, `held` (a lesson with a topic is an hour). The counts are lessons among the held ones."""

    journal: UUID
    class_title: str
    group_title: str
    subject: str
    teachers: tuple[UUID, ...]
    plan: UUID | None
    curriculum: int
    whole: int
    planned: int
    held: int
    substituted: int
    moved: int
    extracurricular: int
    distance: int
    owed: tuple[Owed, ...]
    departures: tuple[Departure, ...]

    @property
    def lag(self) -> int:
        return self.planned - self.held

    @property
    def percent(self) -> float | None:
        """F ÷ P × 100; None while nothing was due."""
        return round(100 * self.held / self.planned, 1) if self.planned else None


@dataclass(frozen=True, kw_only=True, slots=True)
class FulfilmentPage:
    to: date
    rows: tuple[Fulfilment, ...]
    as_of: AsOf


def page(reading: Reading, journals: Iterable[UUID], to: date) -> FulfilmentPage:
    """NoSuchPage for a page of the journal there was not at that moment."""
    school, wanted = reading.school, list(journals)
    if any(journal not in school.journals for journal in wanted):
        raise NoSuchPage(str(wanted))
    cut = min(reading.now, datetime.combine(to, time.max))
    bound = {journal: school.journals[journal].plan for journal in wanted}
    plans = plans_of(reading, (plan for plan in bound.values() if plan is not None))
    rows = recorded(reading, wanted)
    found = []
    for journal in wanted:
        plan = plans.get(bound[journal], EMPTY) if bound[journal] else EMPTY  # type: ignore[arg-type]
        own = [row for row in rows[journal] if row.starts <= cut and _held(row, school)]
        row = fulfilment(journal, plan, own, cut, school)
        found.append(replace(row, group_title=part_of(school.journals[journal], reading)))
    return FulfilmentPage(to=cut.date(), rows=tuple(found), as_of=reading.as_of)


def fulfilment(journal: UUID, plan: Plan, rows: list[Any], cut: datetime, school: School) -> Fulfilment:
    """`rows` are the lessons with a topic that have begun by `cut` (local). The page adds `group_title`."""
    known, klass = school.journals[journal], school.klass_of(journal)
    dues = list(due(plan, planned_lessons(school, journal)))
    places = {item.number: place for place, item in enumerate(plan.items, start=1)}
    over = [(each.item, each.at) for each in dues if each.at is not None and each.at <= cut]
    taken = passed(rows, known.plan)
    return Fulfilment(
        journal=journal,
        class_title=klass.title,
        group_title="",
        subject=school.subject_of(journal).title,
        teachers=school.teachers_of(journal, cut.date()),
        plan=known.plan,
        curriculum=school.study_plan.get((klass.id, known.subject), (0, 0))[1] * HOUR,
        whole=plan.hours,
        planned=sum(item.hours for item, _ in over),
        held=HOUR * len(rows),
        substituted=sum(school.substitution(row.lesson) is not None for row in rows),
        moved=sum(_was_moved(row, school) for row in rows),
        extracurricular=sum(bool(row.mode) for row in rows),
        distance=sum(school.distance(klass.id, row.date) is not None for row in rows),
        owed=tuple(
            Owed(place=places[item.number], topic=item.topic, due=at.date())
            for item, at in over
            if not taken[item.number]
        ),
        departures=tuple(_departure(row) for row in rows if _departs(row, known.plan)),
    )


def _held(row: Any, school: School) -> bool:
    """What was written of a lesson that was cancelled afterwards is no hour of the programme (1.U)."""
    return row.mode != OUTSIDE and row.lesson not in school.timetable.dropped


def _was_moved(row: Any, school: School) -> bool:
    planned = school.timetable.by_id.get(row.lesson)
    return planned is not None and planned.moved_from is not None


def _departs(row: Any, plan: UUID | None) -> bool:
    """On a page without a plan there is nothing to depart from but in the teacher's own word."""
    return bool(row.deviation) or (plan is not None and row.plan_item is None)


def _departure(row: Any) -> Departure:
    return Departure(
        lesson=row.lesson, date=row.date, number=row.number, topic=row.topic, marked=row.deviation
    )
