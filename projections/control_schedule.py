"""C-20, the schedule of control works: class by day, from the plans and from what stands on lessons, and where it is
too much (R-081). Families see that of their class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ledger.plan import Plan
from ledger.regulation import Regulation
from ledger.school import Journal, School
from ledger.span import monday_of
from projections.as_of import AsOf
from projections.plan_items import due, passed, planned_lessons, plans_of, recorded
from projections.plan_page import kind_title
from projections.reading import Reading

Day = date
WEEK = timedelta(days=7)
MOST_A_DAY, MOST_A_WEEK = 1, 3  # requirements C-20: a judgement of the schools', not a norm of an act


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlWork:
    """`lesson` of a work that stands in the journal, None of one that is only planned; `topic` is the plan's line."""

    subject: str
    group_title: str
    kind_title: str
    topic: str
    lesson: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayWorks:
    date: Day
    works: tuple[ControlWork, ...]

    @property
    def too_many(self) -> bool:
        """Groups of one subject write at once: they are one work to each pupil."""
        return load(self.works) > MOST_A_DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekWorks:
    monday: Day
    days: tuple[DayWorks, ...]

    @property
    def count(self) -> int:
        return sum(load(day.works) for day in self.days)

    @property
    def too_many(self) -> bool:
        return self.count > MOST_A_WEEK


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassSchedule:
    """Weeks without a work are left out."""

    class_id: UUID
    class_title: str
    weeks: tuple[WeekWorks, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlSchedule:
    first: Day
    last: Day
    classes: tuple[ClassSchedule, ...]
    as_of: AsOf


def load(works: Iterable[ControlWork]) -> int:
    return len({work.subject for work in works})


def page(
    reading: Reading, classes: Iterable[UUID], first: date, last: date, children: Iterable[UUID] = ()
) -> ControlSchedule:
    """Of the classes there were at the page's moment, on days from `first` to `last`. What is written at home by one
    pupil (8.2) is no load of the class: it stands only where that pupil is one of `children`."""
    school, own = reading.school, {None, *children}
    known = [school.classes[each] for each in classes if each in school.classes]
    shown = {klass.id for klass in known}
    pages = [page for page in school.journals.values() if page.class_id in shown and page.pupil in own]
    found: dict[UUID, dict[date, list[ControlWork]]] = {klass.id: {} for klass in known}
    for class_id, on, work in (*_standing(reading, pages, first, last), *_planned(reading, pages)):
        if first <= on <= last:
            found[class_id].setdefault(on, []).append(work)
    return ControlSchedule(
        first=first,
        last=last,
        classes=tuple(
            ClassSchedule(class_id=klass.id, class_title=klass.title, weeks=_weeks(found[klass.id]))
            for klass in sorted(known, key=lambda klass: (klass.grade, klass.title))
        ),
        as_of=reading.as_of,
    )


Placed = tuple[UUID, date, ControlWork]  # class, day, work


def _standing(reading: Reading, pages: list[Journal], first: date, last: date) -> Iterator[Placed]:
    """Columns for everybody; one that is written later by those who missed it is no load of the class."""
    regulation, by_id = reading.regulation(), {page.id: page for page in pages}
    kinds = [key for key, kind in regulation.work_kinds.items() if kind.control]
    rows = reading.rows(
        "works",
        "journal = ANY(%(pages)s) AND kind = ANY(%(kinds)s) AND date BETWEEN %(first)s AND %(last)s"
        " AND makes_up IS NULL",
        columns="lesson, journal, date, kind, title",
        pages=list(by_id),
        kinds=kinds,
        first=first,
        last=last,
    )
    for row in rows:
        page, title = by_id[row.journal], kind_title(row.kind, regulation)
        work = _work(page, title, row.title, row.lesson, reading.school)
        yield page.class_id, row.date, work


def _planned(reading: Reading, pages: list[Journal]) -> Iterator[Placed]:
    """Control lines no lesson has taken yet, from today on: on their day, or that of the lesson they fall on."""
    school, regulation = reading.school, reading.regulation()
    bound = [(page, page.plan) for page in pages if page.plan is not None]
    plans = plans_of(reading, (plan for _, plan in bound))
    rows = recorded(reading, (page.id for page, _ in bound)) if bound else {}
    for page, plan_id in bound:
        taken = passed(rows[page.id], plan_id)
        for on, topic, kind in _control_lines(plans[plan_id], page.id, set(taken), school, regulation):
            if on >= reading.today:
                yield page.class_id, on, _work(page, kind, topic, None, school)


def _control_lines(
    plan: Plan, journal: UUID, taken: set[int], school: School, regulation: Regulation
) -> Iterator[tuple[date, str, str]]:
    if not any(item.control for item in plan.items):
        return  # the timetable of the page need not be laid beside it
    for each in due(plan, planned_lessons(school, journal)):
        if each.item.control and each.item.number not in taken and each.at is not None:
            yield each.at.date(), each.item.topic, kind_title(each.item.kind, regulation)


def _work(page: Journal, kind: str, topic: str, lesson: UUID | None, school: School) -> ControlWork:
    return ControlWork(
        subject=school.subjects[page.subject].title,
        group_title=school.group_title(page.id),
        kind_title=kind,
        topic=topic,
        lesson=lesson,
    )


def _weeks(days: dict[date, list[ControlWork]]) -> tuple[WeekWorks, ...]:
    weeks: dict[date, list[DayWorks]] = {}
    for on in sorted(days):
        works = sorted(days[on], key=lambda work: (work.subject, work.group_title))
        monday = monday_of(on)
        weeks.setdefault(monday, []).append(DayWorks(date=on, works=tuple(works)))
    return tuple(WeekWorks(monday=monday, days=tuple(own)) for monday, own in weeks.items())
