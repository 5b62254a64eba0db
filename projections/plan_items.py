"""Plans as they stood, and how far each page of the journal has come by its plan (R-011, R-080)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from ledger.plan import Plan, PlanItem, fold_plan
from ledger.school import Journal, School
from ledger.timetable import Lesson
from projections.reading import Reading

COLUMNS = "lesson, journal, date, number, starts, ends, topic, plan, plan_item, deviation, mode"
EMPTY = fold_plan(())


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A line and the end of the lesson it falls on, None beyond the last lesson of the year (local)."""

    item: PlanItem
    at: datetime | None


def plans_of(reading: Reading, plans: Iterable[UUID]) -> dict[UUID, Plan]:
    """As of the page's moment; EMPTY for one without lines."""
    wanted = set(plans)
    found = reading.streams(wanted) if wanted else {}
    return {plan: fold_plan(found[plan]) if plan in found else EMPTY for plan in wanted}


def part_of(page: Journal, reading: Reading) -> str:
    """What stands beside the class: the group's title, whose page of home tuition it is; "" of the whole class."""
    if page.pupil is not None:
        return f"на дому, {reading.names([page.pupil])[page.pupil].short}"
    return reading.school.group_title(page.id)


def recorded(reading: Reading, journals: Iterable[UUID]) -> dict[UUID, list[Any]]:
    """Rows of the pages' lessons that have a topic, in order of time."""
    pages = list(journals)
    rows = reading.rows(
        "lessons", "journal = ANY(%(pages)s) AND topic IS NOT NULL", columns=COLUMNS, pages=pages
    )
    found: dict[UUID, list[Any]] = {page: [] for page in pages}
    for row in sorted(rows, key=lambda row: row.starts):
        found[row.journal].append(row)
    return found


def passed(rows: Iterable[Any], plan: UUID | None) -> Counter[int]:
    """How many lessons took each line of this plan."""
    return Counter(row.plan_item for row in rows if plan is not None and row.plan == plan and row.plan_item)


def left(plan: Plan, taken: Mapping[int, int]) -> list[PlanItem]:
    """The lines still to come, in their order: one that wants two lessons stands twice until the first is given."""
    return [item for item in plan.items for _ in range(item.lessons - taken.get(item.number, 0))]


def planned_lessons(school: School, journal: UUID) -> list[Lesson]:
    """The page's lessons as the timetable planned them at first: the dropped among them, none that was added."""
    was = {id_: lesson for id_, lesson in school.timetable.left.items() if lesson.journal == journal}
    standing = (each for each in school.timetable.by_journal.get(journal, ()) if each.id not in was)
    planned = (lesson for lesson in (*standing, *was.values()) if lesson.slot not in school.extras)
    return sorted(planned, key=lambda lesson: lesson.starts)


def due(plan: Plan, lessons: list[Lesson]) -> Iterator[Due]:
    """When each line was to be given: on its own day where it names one, else at the page's next lesson."""
    at = 0
    for item in plan.items:
        if item.date is not None:
            at = bisect_left(lessons, item.date, key=lambda lesson: lesson.date)
        last = at + item.lessons - 1
        ends = lessons[last].ends if last < len(lessons) else None
        if item.date is not None and (at == len(lessons) or lessons[at].date != item.date):
            ends = datetime.combine(item.date, time.max)  # no lesson that day: due when the day is over
        yield Due(item=item, at=ends)
        at = last + 1
