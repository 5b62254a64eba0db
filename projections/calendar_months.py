"""The year as a sheet of months: what each day is, in a sign and in words (R-066)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ledger.school import School, Span
from ledger.school_records import Distance
from ledger.span import monday_of

SUNDAY = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarDay:
    """`kind`: holiday, distance, short, free (no lessons), lessons or outside (of the year); `closes` are periods that
    end that day; `said` are the words for all of it."""

    date: date
    kind: str
    today: bool
    closes: bool
    said: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """`weeks` of seven days from Monday on, None for those of another month."""

    first: date
    weeks: tuple[tuple[CalendarDay | None, ...], ...]


def months_of(year: Span, school: School, classes: Collection[UUID], today: date) -> tuple[Month, ...]:
    """The months of the study year, as these classes have them."""
    sheet = _Sheet(year=year, school=school, classes=frozenset(classes), today=today)
    return tuple(_month(first, sheet) for first in _firsts(year))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sheet:
    year: Span
    school: School
    classes: frozenset[UUID]
    today: date

    def distances(self) -> Iterable[Distance]:
        return (each for each in self.school.distances.values() if each.classes & self.classes)


def _firsts(year: Span) -> Iterator[date]:
    month = year.first.replace(day=1)
    while month <= (year.last or year.first):
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _month(first: date, sheet: _Sheet) -> Month:
    monday = monday_of(first)
    weeks = []
    while monday.month == first.month or monday < first:
        week = (monday + timedelta(days=n) for n in range(SUNDAY))
        weeks.append(tuple(_day(on, sheet) if on.month == first.month else None for on in week))
        monday += timedelta(days=SUNDAY)
    return Month(first=first, weeks=tuple(weeks))


def _day(on: date, sheet: _Sheet) -> CalendarDay:
    kind, said = _kind(on, sheet)
    closing = _closing(on, sheet)
    return CalendarDay(
        date=on, kind=kind, today=on == sheet.today, closes=bool(closing), said=(*said, *closing)
    )


def _kind(on: date, sheet: _Sheet) -> tuple[str, tuple[str, ...]]:
    school = sheet.school
    if on not in sheet.year:
        return "outside", ()
    holiday = next((each.title for each in school.holidays.values() if on in each), None)
    if holiday is not None:
        return "holiday", (holiday,)
    away = {klass for each in sheet.distances() if on in each.span for klass in each.classes & sheet.classes}
    if away:
        return "distance", (f"дистанционно: {reach(away, school, sheet.classes)}",)
    short = {klass for klass in sheet.classes if (klass, on) in school.day_bells}
    if short:
        return "short", (f"другие звонки: {reach(short, school, sheet.classes)}",)
    held = any(school.lessons_of_class(klass, on) for klass in sheet.classes)
    return ("lessons" if held else "free"), ()


def _closing(on: date, sheet: _Sheet) -> tuple[str, ...]:
    levels = {sheet.school.classes[each].level for each in sheet.classes}
    ending = (p for p in sheet.school.periods.values() if p.level in levels and p.span.last == on)
    return tuple(f"кончается {each.title} ({each.level})" for each in ending)


def reach(classes: Collection[UUID], school: School, everybody: Collection[UUID]) -> str:
    """«вся школа», «7-е классы», «6А, 7-е классы» of classes among `everybody`."""
    if len(everybody) > 1 and set(classes) >= set(everybody):
        return "вся школа"
    known = [school.classes[each] for each in classes]
    words = []
    for grade in sorted({klass.grade for klass in known}):
        own = {klass.id for klass in known if klass.grade == grade}
        parallel = {each for each in everybody if school.classes[each].grade == grade}
        whole = len(parallel) > 1 and own >= parallel
        titles = sorted(school.classes[each].title for each in own)
        words += [f"{grade}-е классы"] if whole else titles
    return ", ".join(words)
