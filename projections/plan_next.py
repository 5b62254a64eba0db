"""What the plan has for a lesson: the line whose turn it is, and all that may be chosen instead (R-079)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from ledger.plan import Plan, PlanItem
from ledger.timetable import Lesson
from projections.plan_items import left, passed, plans_of, recorded
from projections.reading import Reading

SHOWN_AHEAD = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanChoice:
    """`place` is the line's number on paper; `taken`: some lesson took it already."""

    number: int
    place: int
    topic: str
    homework: str
    taken: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanOffer:
    """`next` is None when the plan is at its end. `choices` are all lines, in order."""

    plan: UUID
    title: str
    next: PlanChoice | None
    choices: tuple[PlanChoice, ...]


def offer(reading: Reading, lesson: Lesson) -> PlanOffer | None:
    """None for a page that goes by no plan."""
    page = reading.school.journals[lesson.journal]
    if page.plan is None:
        return None
    plan = plans_of(reading, [page.plan])[page.plan]
    rows = recorded(reading, [page.id])[page.id]
    taken = passed(rows, page.plan)
    places = {item.number: place for place, item in enumerate(plan.items, start=1)}

    def choice(item: PlanItem) -> PlanChoice:
        return PlanChoice(
            number=item.number,
            place=places[item.number],
            topic=item.topic,
            homework=item.homework,
            taken=bool(taken[item.number]),
        )

    turn = next_item(plan, rows, lesson, reading)
    return PlanOffer(
        plan=page.plan,
        title=reading.school.plans[page.plan].title,
        next=choice(turn) if turn is not None else None,
        choices=tuple(map(choice, plan.items)),
    )


def next_items(reading: Reading, lessons: Iterable[Lesson]) -> dict[UUID, PlanItem]:
    """The line whose turn it is at each of these lessons; none for a page without a plan."""
    wanted = [lesson for lesson in lessons if reading.school.journals[lesson.journal].plan is not None]
    pages = {lesson.journal: reading.school.journals[lesson.journal].plan for lesson in wanted}
    plans = plans_of(reading, (plan for plan in pages.values() if plan is not None))
    rows = recorded(reading, pages) if pages else {}
    found = {}
    for lesson in wanted:
        plan = pages[lesson.journal]
        assert plan is not None
        item = next_item(plans[plan], rows[lesson.journal], lesson, reading)
        if item is not None:
            found[lesson.id] = item
    return found


def topics_ahead(reading: Reading, lessons: Iterable[Lesson]) -> dict[UUID, str]:
    """What the next few of a page's lessons that have not begun will be about, as the spread shows it."""
    ahead = sorted((each for each in lessons if each.starts > reading.now), key=lambda each: each.starts)
    return {lesson: item.topic for lesson, item in next_items(reading, ahead[:SHOWN_AHEAD]).items()}


def next_item(plan: Plan, rows: list[Any], lesson: Lesson, reading: Reading) -> PlanItem | None:
    """Topics go in their order: a lesson that is not the next one without a topic gets a later line."""
    page = reading.school.journals[lesson.journal]
    coming = left(plan, passed(rows, page.plan))
    before = _without_topic(rows, lesson, reading)
    return coming[before] if before < len(coming) else None


def _without_topic(rows: list[Any], lesson: Lesson, reading: Reading) -> int:
    """Lessons of the page before this one that will want a line of their own: those after the last that has a topic; on
    a page where none has, those of today and later, for a plan may come long after the first lesson."""
    written = {row.lesson for row in rows}
    last = max((row.starts for row in rows if row.starts < lesson.starts), default=None)
    since = last or datetime.combine(min(reading.today, lesson.date), time.min)
    return sum(
        since <= each.starts < lesson.starts and each.id not in written
        for each in reading.school.timetable.by_journal.get(lesson.journal, ())
    )
