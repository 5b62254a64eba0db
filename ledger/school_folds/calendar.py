"""The year, its periods and days, its bells and dictionaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from ledger.entry import Entry
from ledger.events import calendar, orders
from ledger.school_folds import Apply, Tables
from ledger.school_records import ClassSet, Distance, Holiday, Order, Outage, Period, Term
from ledger.span import Span
from ledger.timetable import Bells


def _founded(tables: Tables, event: calendar.SchoolFounded, entry: Entry) -> None:
    tables["scalars"].update(title=event.title, zone_name=event.zone, demonstration=event.demonstration)


def _year(tables: Tables, event: calendar.YearSet, entry: Entry) -> None:
    tables["years"][event.year] = Span(first=event.first, last=event.last)


def _opened(tables: Tables, event: calendar.JournalOpened, entry: Entry) -> None:
    tables["scalars"]["opened"] = tables["scalars"]["opened"] | {event.year}


def _period(tables: Tables, e: calendar.ReportingPeriodDefined, entry: Entry) -> None:
    span = Span(first=e.first, last=e.last)
    tables["periods"][e.period] = Period(
        id=e.period, year=e.year, level=e.level, kind=e.kind, title=e.title, span=span
    )


def _period_withdrawn(tables: Tables, event: calendar.ReportingPeriodWithdrawn, entry: Entry) -> None:
    tables["periods"].pop(event.period, None)


def _holiday(tables: Tables, event: calendar.HolidayScheduled, entry: Entry) -> None:
    tables["holidays"][event.holiday] = Holiday(title=event.title, first=event.first, last=event.last)


def _holiday_withdrawn(tables: Tables, event: calendar.HolidayWithdrawn, entry: Entry) -> None:
    tables["holidays"].pop(event.holiday, None)


def _bells(tables: Tables, e: calendar.BellsSet, entry: Entry) -> None:
    times: dict[int, tuple[time, time]] = dict(
        zip(e.numbers, zip(e.starts, e.ends, strict=True), strict=True)
    )
    tables["bells"][e.schedule] = Bells(id=e.schedule, title=e.title, times=times)


def _rings(tables: Tables, e: calendar.BellsAssigned, entry: Entry) -> None:
    known = tables["rings"].get((e.class_id, e.weekday), ())
    tables["rings"][e.class_id, e.weekday] = tuple(
        sorted((*known, (e.first, e.schedule)), key=lambda r: r[0])
    )


def _day_bells(tables: Tables, e: calendar.DayBellsSet, entry: Entry) -> None:
    for class_id in e.classes:
        if e.schedule is None:
            tables["day_bells"].pop((class_id, e.date), None)
        else:
            tables["day_bells"][class_id, e.date] = e.schedule


def _distance(tables: Tables, e: calendar.DistanceDeclared, entry: Entry) -> None:
    tables["distances"][e.distance] = Distance(
        id=e.distance,
        mode=e.mode,
        span=Span(first=e.first, last=e.last),
        classes=frozenset(e.classes),
        order=e.order,
    )


def _distance_ended(tables: Tables, e: calendar.DistanceEnded, entry: Entry) -> None:
    known: Distance | None = tables["distances"].pop(e.distance, None)
    if known is not None and known.span.first <= e.last:
        tables["distances"][e.distance] = Distance(
            id=known.id,
            mode=known.mode,
            span=Span(first=known.span.first, last=e.last),
            classes=known.classes,
            order=known.order,
        )


def _outage(tables: Tables, e: calendar.OutageRegistered, entry: Entry) -> None:
    tables["outages"][e.outage] = Outage(
        id=e.outage, first=e.first, last=e.last, recorded_at=entry.stamp.received_at
    )


def _class_set(tables: Tables, e: calendar.ClassSetFormed, entry: Entry) -> None:
    tables["class_sets"][e.class_set] = ClassSet(id=e.class_set, title=e.title, classes=e.classes)


def _term(tables: Tables, e: calendar.TermSet, entry: Entry) -> None:
    tables["terms"][e.dictionary, e.key] = Term(
        dictionary=e.dictionary, key=e.key, title=e.title, flags=e.flags, retired=e.retired
    )


def _order(tables: Tables, e: orders.OrderIssued, entry: Entry) -> None:
    at = entry.stamp.judged_at
    issued = Order(id=entry.stream, kind=e.kind, number=e.number, date=e.date, recorded_at=at)
    tables["orders"][entry.stream] = issued


def _order_numbered(tables: Tables, e: orders.OrderNumbered, entry: Entry) -> None:
    known: Order | None = tables["orders"].get(entry.stream)
    if known is not None:
        tables["orders"][entry.stream] = replace(known, number=e.number, date=e.date)


APPLY: dict[type, Apply] = {
    calendar.SchoolFounded: _founded,
    calendar.YearSet: _year,
    calendar.JournalOpened: _opened,
    calendar.ReportingPeriodDefined: _period,
    calendar.ReportingPeriodWithdrawn: _period_withdrawn,
    calendar.HolidayScheduled: _holiday,
    calendar.HolidayWithdrawn: _holiday_withdrawn,
    calendar.BellsSet: _bells,
    calendar.BellsAssigned: _rings,
    calendar.DayBellsSet: _day_bells,
    calendar.DistanceDeclared: _distance,
    calendar.DistanceEnded: _distance_ended,
    calendar.OutageRegistered: _outage,
    calendar.ClassSetFormed: _class_set,
    calendar.TermSet: _term,
    orders.OrderIssued: _order,
    orders.OrderNumbered: _order_numbered,
}
