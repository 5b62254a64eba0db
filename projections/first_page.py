"""First pages: what waits for whom, counted from the school and the pages (nothing is folded for it)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger import windows
from ledger.school import School
from ledger.school_records import Order
from ledger.span import monday_of
from projections import absence_facts, certificate_list, class_contacts, counts, daily_check, director_control
from projections.as_of import AsOf
from projections.counts import Inbox
from projections.daily_check import DayCheck
from projections.morning import uncovered
from projections.reading import Reading
from projections.staff_list import pages_by_teacher
from projections.waiting_orders import WaitingOrder, waiting_orders
from projections.years import year_now

LOOKS_BACK = 31  # days in which the last school day is looked for
WEEK = timedelta(days=6)
RECENT = timedelta(days=30)  # orders of these days are shown to the director


@dataclass(frozen=True, kw_only=True, slots=True)
class Waits:
    """What waits for a deputy. `unfilled`: lessons of `school_day` without a topic, by teacher, the most first."""

    inbox: Inbox
    orders: tuple[WaitingOrder, ...]
    school_day: date | None
    unfilled: tuple[tuple[UUID, int], ...]

    @property
    def unfilled_total(self) -> int:
        return sum(count for _, count in self.unfilled)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """The methodist's day: who is away and until when, lessons nobody gives today and in the six days after
    it (`ahead`), lessons covered, classes at a distance;
    `orders` are those without a number."""

    away: tuple[tuple[UUID, date | None], ...]
    uncovered: int
    ahead: int
    covered: int
    distance: tuple[str, ...]
    orders: tuple[WaitingOrder, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnClass:
    """`unexplained`: missed lessons without a category since `since`; `due` of the running week (W-06)."""

    class_id: UUID
    title: str
    pupils: int
    school_day: date | None
    unfilled: tuple[str, ...]
    since: date
    unexplained: int
    due: datetime
    unverified: int
    checked_by: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """How the journal is controlled. `months`: the director's that are missing (their first days); `unread`: people who
    have not read an issued certificate; findings nobody has reported on, and those past their day."""

    months: tuple[date, ...]
    certificates: int
    unread: int
    findings: int
    overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointments:
    """`acting`: deputies by an order that ends; `responsible`: person and scope; `orders` of the last month."""

    acting: tuple[tuple[UUID, str | None, date], ...]
    responsible: tuple[tuple[UUID, str], ...]
    orders: tuple[Order, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """The school of the running year in figures."""

    year: int | None
    years: tuple[int, ...]
    classes: int
    pupils: int
    teachers: int
    journals: int
    as_of: AsOf


def waits(reading: Reading) -> Waits:
    school, day = reading.school, last_school_day(reading.school, reading.today)
    empty = Counter(teacher for teacher, _ in _unfilled(reading, day)) if day else Counter[UUID]()
    return Waits(
        inbox=counts.inbox(reading.connection, school.id, reading.as_of.position),
        orders=waiting_orders(school),
        school_day=day,
        unfilled=tuple(empty.most_common()),
    )


def last_school_day(school: School, today: date) -> date | None:
    """The day before today with lessons; None when a month has none."""
    days = (today - timedelta(days=n) for n in range(1, LOOKS_BACK))
    return next((day for day in days if school.timetable.by_day.get(day)), None)


def _unfilled(reading: Reading, day: date, class_id: UUID | None = None) -> Iterable[tuple[UUID, str]]:
    """Of each lesson of the day without a topic: who was to write it, and its words."""
    school = reading.school
    planned = school.lessons_of_class(class_id, day) if class_id else school.timetable.by_day.get(day, ())
    where, ids = "lesson = ANY(%(ids)s) AND topic IS NOT NULL", [each.id for each in planned]
    written = {row.lesson for row in reading.rows("lessons", where, columns="lesson", ids=ids)}
    for lesson in planned:
        page = school.journals[lesson.journal]
        standing = school.substitution(lesson.id)
        if lesson.id in written or (standing is not None and standing.drops):
            continue
        substitute = standing.substitute if standing is not None else None
        teachers = (substitute,) if substitute else school.teachers_of(lesson.journal, day)
        if teachers:
            yield teachers[0], f"{lesson.number}. {school.subjects[page.subject].title}"


def cover(reading: Reading) -> Cover:
    school, today = reading.school, reading.today
    here = {id for id in school.substitutions if _is_today(id, school, today)}
    return Cover(
        away=tuple((each.person, each.span.last) for each in school.away.values() if today in each.span),
        uncovered=sum(1 for _ in uncovered(school, today, today)),
        ahead=sum(1 for _ in uncovered(school, today + timedelta(days=1), today + WEEK)),
        covered=sum(school.substitution(id) is not None for id in here),
        distance=tuple(
            sorted(k.title for k in school.classes.values() if school.distance(k.id, today) is not None)
        ),
        orders=waiting_orders(school),
    )


def _is_today(lesson: UUID, school: School, today: date) -> bool:
    planned = school.timetable.by_id.get(lesson)
    return planned is not None and planned.date == today


def own_classes(reading: Reading, person: UUID) -> tuple[OwnClass, ...]:
    """The classes the person leads today."""
    led = reading.school.classes_led(person, reading.today)
    return tuple(_own_class(reading, klass.id) for klass in led)


def own_days(reading: Reading, person: UUID) -> tuple[DayCheck, ...]:
    """What of the day is not written down in the classes the person leads today."""
    led = reading.school.classes_led(person, reading.today)
    found = (daily_check.of_class(reading, klass.id) for klass in led)
    return tuple(each for each in found if each is not None)


def control(reading: Reading) -> Control:
    issued = certificate_list.listed(reading, drafts=False, person=None).lines
    return Control(
        months=tuple(director_control.missing(reading)),
        certificates=len(issued),
        unread=sum(line.people - line.acquainted for line in issued),
        findings=sum(line.open for line in issued),
        overdue=sum(line.overdue for line in issued),
    )


def _own_class(reading: Reading, class_id: UUID) -> OwnClass:
    school, today = reading.school, reading.today
    since = monday_of(today) - timedelta(days=7)
    day, year = last_school_day(school, today), school.year_of(today)
    pupils = school.pupils_of_class(class_id, today)
    return OwnClass(
        class_id=class_id,
        title=school.classes[class_id].title,
        pupils=len(pupils),
        school_day=day,
        unfilled=tuple(words for _, words in _unfilled(reading, day, class_id)) if day else (),
        since=since,
        unexplained=_unexplained(reading, class_id, since),
        due=windows.category_due(today, school, reading.regulation()),
        unverified=sum(year is None or school.pupils[pupil].verified != year for pupil in pupils),
        checked_by=None if year is None else date(year, *class_contacts.CHECKED_BY),
    )


def _unexplained(reading: Reading, class_id: UUID, since: date) -> int:
    facts = absence_facts.of_class(reading, class_id, since, reading.today)
    rows, regulation = {row.lesson: row for row in facts.lessons}, reading.regulation()
    return sum(
        facts.explained(pupil, row.date) is None
        and absence_facts.counts(pupil, row, reading.school, regulation)
        for lesson, pupil in facts.absent
        if (row := rows.get(lesson)) is not None
    )


def appointments(reading: Reading) -> Appointments:
    school, today = reading.school, reading.today
    orders = (o for o in school.orders.values() if today - RECENT <= o.date <= today)
    return Appointments(
        acting=tuple(
            (person, competence, span.last)
            for person, held in school.roles.items()
            for role, competence, span in held
            if role.value == "deputy" and span.last is not None and today in span
        ),
        responsible=tuple(
            (person, each.scope)
            for person, own in school.responsible.items()
            for each in own
            if today in each.span
        ),
        orders=tuple(sorted(orders, key=lambda order: order.date, reverse=True)),
    )


def numbers(reading: Reading) -> Numbers:
    school, today = reading.school, reading.today
    year = year_now(school, today)
    classes = [klass for klass in school.classes.values() if klass.year == year]
    return Numbers(
        year=year,
        years=tuple(sorted(school.years, reverse=True)),
        classes=len(classes),
        pupils=sum(len(school.pupils_of_class(klass.id, today)) for klass in classes),
        teachers=len(pages_by_teacher(school, today)),
        journals=sum(journal.year == year for journal in school.journals.values()),
        as_of=reading.as_of,
    )
