"""«Календарь»: the study year with its periods, holidays, bells, distance days and outages (R-065…R-068)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from ledger.regulation import Regulation
from ledger.school import Klass, School, Span
from ledger.school_records import Distance
from ledger.windows import period_mark_window
from projections.as_of import AsOf
from projections.calendar_months import Month, months_of, reach
from projections.reading import NoSuchPage, Reading

LEVELS = ("НОО", "ООО", "СОО")
Day = date  # for fields after one that is called date


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodRow:
    """`state`: ahead, running or closed, after which it does not change."""

    id: UUID
    level: str
    kind: str
    title: str
    first: date
    last: date
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HolidayRow:
    id: UUID
    title: str
    first: date
    last: date
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftAbsence:
    """An «н» that was noted before its day was declared (E-12): nothing is erased, somebody looks at it."""

    lesson: UUID
    pupil: UUID
    name: str
    class_title: str
    subject: str
    date: date


@dataclass(frozen=True, kw_only=True, slots=True)
class DistanceRow:
    """`number` is "" while the order's number is to come."""

    id: UUID
    mode: str
    first: date
    last: date
    reach: str
    order: UUID
    number: str
    ordered_on: date | None
    state: str
    absences: tuple[LeftAbsence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortDay:
    """Classes that ring by another schedule that day."""

    date: date
    schedule: UUID
    title: str
    reach: str
    classes: tuple[UUID, ...]
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """A schedule of bells: (number, start, end) of its lessons, and who rings by it now, by the week."""

    id: UUID
    title: str
    bells: tuple[tuple[int, time, time], ...]
    reach: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OutageRow:
    """Local times, `recorded` too."""

    first: datetime
    last: datetime
    recorded: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassChoice:
    id: UUID
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPage:
    """`grades` are the classes of the page by grade; `kinds` the kind of period of each level by the act (P-07)."""

    year: int
    years: tuple[int, ...]
    first: date
    last: date
    today: date
    levels: tuple[tuple[str, str, tuple[PeriodRow, ...]], ...]
    holidays: tuple[HolidayRow, ...]
    distances: tuple[DistanceRow, ...]
    short_days: tuple[ShortDay, ...]
    schedules: tuple[Rung, ...]
    outages: tuple[OutageRow, ...]
    grades: tuple[tuple[int, tuple[ClassChoice, ...]], ...]
    months: tuple[Month, ...]
    as_of: AsOf

    @property
    def unnumbered(self) -> tuple[DistanceRow, ...]:
        """Distance days whose order has no number yet."""
        return tuple(each for each in self.distances if not each.number)


def page(
    reading: Reading, year: int | None, own: Collection[UUID] | None, shows: Callable[[UUID], bool]
) -> CalendarPage:
    """The year asked for, else today's, else the latest. `own` are the classes it is shown for, None for all; `shows`
    says of which journals pupils may be named. Raises NoSuchPage."""
    school, today = reading.school, reading.today
    wanted = year if year is not None else school.year_of(today) or max(school.years, default=0)
    span = school.years.get(wanted)
    if span is None or span.last is None:
        raise NoSuchPage(str(year))
    classes = [k for k in school.classes.values() if k.year == wanted and (own is None or k.id in own)]
    seen = frozenset(klass.id for klass in classes)
    return CalendarPage(
        year=wanted,
        years=tuple(sorted(school.years)),
        first=span.first,
        last=span.last,
        today=today,
        levels=_levels(wanted, {k.level for k in classes} if own else set(LEVELS), reading),
        holidays=_holidays(span, school, today),
        distances=_distances(span, seen, reading, shows),
        short_days=_short_days(span, seen, school, today),
        schedules=_schedules(seen, school, today),
        outages=_outages(span, school),
        grades=_grades(classes),
        months=months_of(span, school, seen, today),
        as_of=reading.as_of,
    )


def _state(first: date, last: date, today: date) -> str:
    if today < first:
        return "ahead"
    return "running" if today <= last else "past"


def _levels(
    year: int, wanted: set[str], reading: Reading
) -> tuple[tuple[str, str, tuple[PeriodRow, ...]], ...]:
    regulation = reading.regulation()
    return tuple(
        (level, regulation.period_kinds[level], _periods(year, level, reading, regulation))
        for level in LEVELS
        if level in wanted
    )


def _periods(year: int, level: str, reading: Reading, regulation: Regulation) -> tuple[PeriodRow, ...]:
    found = [p for p in reading.school.periods.values() if p.level == level and p.year == year]
    rows = []
    for period in sorted(found, key=lambda each: each.span.first):
        last = period.span.last or period.span.first
        closed = reading.now > period_mark_window(last, regulation).soft
        rows.append(
            PeriodRow(
                id=period.id,
                level=level,
                kind=period.kind,
                title=period.title,
                first=period.span.first,
                last=last,
                state="closed" if closed else _state(period.span.first, last, reading.today),
            )
        )
    return tuple(rows)


def _holidays(year: Span, school: School, today: date) -> tuple[HolidayRow, ...]:
    rows = (
        HolidayRow(
            id=id_,
            title=each.title,
            first=each.first,
            last=each.last,
            state=_state(each.first, each.last, today),
        )
        for id_, each in school.holidays.items()
        if each.first in year
    )
    return tuple(sorted(rows, key=lambda row: row.first))


def _distances(
    year: Span, seen: frozenset[UUID], reading: Reading, shows: Callable[[UUID], bool]
) -> tuple[DistanceRow, ...]:
    school = reading.school
    found = [d for d in school.distances.values() if d.span.first in year and d.classes & seen]
    rows = (_distance(each, seen, reading, shows) for each in found)
    return tuple(sorted(rows, key=lambda row: (row.first, row.reach), reverse=True))


def _distance(
    known: Distance, seen: frozenset[UUID], reading: Reading, shows: Callable[[UUID], bool]
) -> DistanceRow:
    school, last = reading.school, known.span.last or known.span.first
    order = school.orders.get(known.order)
    return DistanceRow(
        id=known.id,
        mode=known.mode,
        first=known.span.first,
        last=last,
        reach=reach(known.classes & seen, school, seen),
        order=known.order,
        number=(order.number or "") if order is not None else "",
        ordered_on=order.date if order is not None else None,
        state=_state(known.span.first, last, reading.today),
        absences=_absences(known, reading, shows),
    )


def _absences(known: Distance, reading: Reading, shows: Callable[[UUID], bool]) -> tuple[LeftAbsence, ...]:
    school = reading.school
    journals = [j.id for j in school.journals.values() if j.class_id in known.classes and shows(j.id)]
    if not journals or known.span.first > reading.today:
        return ()
    rows = reading.rows(
        "cells",
        "value_kind = 'absence' AND journal = ANY(%(journals)s) AND date BETWEEN %(first)s AND %(last)s",
        journals=journals,
        first=known.span.first,
        last=known.span.last,
    )
    names = reading.names({row.pupil for row in rows})
    found = (_left(row, names[row.pupil].listed if row.pupil in names else "", school) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.date, each.class_title, each.name)))


def _left(row: Any, name: str, school: School) -> LeftAbsence:
    return LeftAbsence(
        lesson=row.lesson,
        pupil=row.pupil,
        name=name,
        class_title=school.klass_of(row.journal).title,
        subject=school.subject_of(row.journal).title,
        date=row.date,
    )


def _short_days(year: Span, seen: frozenset[UUID], school: School, today: date) -> tuple[ShortDay, ...]:
    days: dict[tuple[date, UUID], list[UUID]] = {}
    for (class_id, on), schedule in school.day_bells.items():
        if class_id in seen and on in year:
            days.setdefault((on, schedule), []).append(class_id)
    return tuple(
        ShortDay(
            date=on,
            schedule=schedule,
            title=school.bells[schedule].title if schedule in school.bells else "",
            reach=reach(classes, school, seen),
            classes=tuple(classes),
            state=_state(on, on, today),
        )
        for (on, schedule), classes in sorted(days.items(), key=lambda item: item[0][0])
    )


def _schedules(seen: frozenset[UUID], school: School, today: date) -> tuple[Rung, ...]:
    by_schedule: dict[UUID, set[UUID]] = {}
    for (class_id, _), rung in school.rings.items():
        standing = [schedule for first, schedule in rung if first <= today] or [rung[0][1]]
        if class_id in seen:
            by_schedule.setdefault(standing[-1], set()).add(class_id)
    rows = (
        Rung(
            id=bells.id,
            title=bells.title,
            bells=tuple((number, *hours) for number, hours in sorted(bells.times.items())),
            reach=reach(by_schedule.get(bells.id, ()), school, seen),
        )
        for bells in school.bells.values()
    )
    return tuple(sorted(rows, key=lambda row: (not row.reach, row.title)))


def _outages(year: Span, school: School) -> tuple[OutageRow, ...]:
    rows = (
        OutageRow(first=o.first, last=o.last, recorded=school.local(o.recorded_at))
        for o in school.outages.values()
        if o.first.date() in year
    )
    return tuple(sorted(rows, key=lambda row: row.first, reverse=True))


def _grades(classes: Iterable[Klass]) -> tuple[tuple[int, tuple[ClassChoice, ...]], ...]:
    by_grade: dict[int, list[ClassChoice]] = {}
    for klass in sorted(classes, key=lambda each: (each.grade, each.title)):
        by_grade.setdefault(klass.grade, []).append(ClassChoice(id=klass.id, title=klass.title))
    return tuple((grade, tuple(own)) for grade, own in by_grade.items())
