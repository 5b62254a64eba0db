"""Entries of the school's categories folded into `School` (design 3): one small function an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Category, Entry, Role
from ledger.events import calendar, journals, roster, staff, timetable
from ledger.events.voids import EntriesVoided
from ledger.school import Group, Holiday, Journal, Klass, Period, Pupil, School, Span, Subject
from ledger.timetable import Bells, Slot, Timetable

SCHOOL_CATEGORIES = (Category.SCHOOL, Category.ACCOUNT, Category.REGULATION)


def fold_school(school: UUID, entries: Iterable[Entry]) -> School:
    """The school as all `entries` of its categories (ascending, voids among them) leave it."""
    return advance(School(id=school), effective(entries))


def advance(school: School, news: Iterable[Entry]) -> School:
    """`school` after `news`. ValueError when they void something: then fold again from the beginning."""
    sequence = tuple(news)
    if not sequence:
        return school
    if any(isinstance(e.event, EntriesVoided) for e in sequence) and school.position:
        raise ValueError("a void among the news: fold_school again")
    tables = {name: dict(getattr(school, name)) for name in _TABLES}
    scalars: dict[str, Any] = {}
    for entry in sequence:
        apply = _APPLY.get(type(entry.event))
        if apply is not None:
            apply(tables, scalars, entry)
        tables["versions"][entry.stream] = max(entry.version, tables["versions"].get(entry.stream, 0))
    changed: dict[str, Any] = {
        name: table for name, table in tables.items() if table != getattr(school, name)
    }
    regulations = tuple(e for e in sequence if e.category is Category.REGULATION)
    after = replace(
        school,
        position=max(school.position, sequence[-1].position),
        regulations=school.regulations + regulations,
        opened=school.opened | frozenset(scalars.pop("opened", ())),
        **changed,
        **scalars,
    )
    return replace(after, timetable=Timetable.of(after)) if changed.keys() & _TIMETABLE_TABLES else after


Tables = dict[str, dict[Any, Any]]
Scalars = dict[str, Any]


def _founded(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    event: calendar.SchoolFounded = entry.event  # type: ignore[assignment]
    scalars.update(title=event.title, zone_name=event.zone, demonstration=event.demonstration)


def _year(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    event: calendar.YearSet = entry.event  # type: ignore[assignment]
    tables["years"][event.year] = Span(first=event.first, last=event.last)


def _opened(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    event: calendar.JournalOpened = entry.event  # type: ignore[assignment]
    scalars["opened"] = {*scalars.get("opened", ()), event.year}


def _period(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: calendar.ReportingPeriodDefined = entry.event  # type: ignore[assignment]
    span = Span(first=e.first, last=e.last)
    tables["periods"][e.period] = Period(
        id=e.period, year=e.year, level=e.level, kind=e.kind, title=e.title, span=span
    )


def _holiday(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    event: calendar.HolidayScheduled = entry.event  # type: ignore[assignment]
    tables["holidays"][event.holiday] = Holiday(title=event.title, first=event.first, last=event.last)


def _bells(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: calendar.BellsSet = entry.event  # type: ignore[assignment]
    times: dict[int, tuple[time, time]] = dict(
        zip(e.numbers, zip(e.starts, e.ends, strict=True), strict=True)
    )
    tables["bells"][e.schedule] = Bells(id=e.schedule, title=e.title, times=times)


def _rings(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: calendar.BellsAssigned = entry.event  # type: ignore[assignment]
    known = tables["rings"].get((e.class_id, e.weekday), ())
    tables["rings"][e.class_id, e.weekday] = tuple(
        sorted((*known, (e.first, e.schedule)), key=lambda r: r[0])
    )


def _subject(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: journals.SubjectAdded = entry.event  # type: ignore[assignment]
    tables["subjects"][e.subject] = Subject(
        id=e.subject, title=e.title, short=e.short, attributes=frozenset(e.attributes)
    )


def _class(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: roster.ClassFormed = entry.event  # type: ignore[assignment]
    tables["classes"][entry.stream] = Klass(
        id=entry.stream, year=e.year, title=e.title, grade=e.grade, level=e.level
    )


def _closed(stretches: tuple[tuple[UUID, Span], ...], last: date) -> tuple[tuple[UUID, Span], ...]:
    """The stretches, none of them reaching past `last`."""
    return tuple(
        (place, span if span.last is not None and span.last <= last else replace(span, last=last))
        for place, span in stretches
        if span.first <= last
    )


def _class_teacher(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: roster.ClassTeacherAppointed = entry.event  # type: ignore[assignment]
    known: Klass = tables["classes"][entry.stream]
    earlier = _closed(known.teachers, date.fromordinal(e.first.toordinal() - 1))
    teachers = (*earlier, (e.person, Span(first=e.first, last=e.until)))
    tables["classes"][entry.stream] = replace(known, teachers=teachers)


def _group(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: roster.GroupFormed = entry.event  # type: ignore[assignment]
    tables["groups"][e.group] = Group(id=e.group, class_id=entry.stream, title=e.title)


def _placed(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: roster.PupilEnrolled | roster.PupilMoved = entry.event  # type: ignore[assignment]
    known = tables["pupils"].get(entry.stream, Pupil(id=entry.stream))
    earlier = _closed(known.classes, date.fromordinal(e.first.toordinal() - 1))
    classes = (*earlier, (e.class_id, Span(first=e.first)))
    tables["pupils"][entry.stream] = replace(known, classes=classes)


def _departed(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: roster.PupilDeparted = entry.event  # type: ignore[assignment]
    known: Pupil = tables["pupils"][entry.stream]
    tables["pupils"][entry.stream] = replace(
        known, classes=_closed(known.classes, e.last), groups=_closed(known.groups, e.last)
    )


def _grouped(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: roster.PupilGrouped = entry.event  # type: ignore[assignment]
    known: Pupil = tables["pupils"][entry.stream]
    groups = (*known.groups, (e.group, Span(first=e.first, last=e.until)))
    tables["pupils"][entry.stream] = replace(known, groups=groups)


def _guardian(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: roster.GuardianLinked = entry.event  # type: ignore[assignment]
    known = tables["pupils"].get(entry.stream, Pupil(id=entry.stream))
    tables["pupils"][entry.stream] = replace(known, guardians=(*known.guardians, e.guardian))


def _journal(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: journals.JournalListed = entry.event  # type: ignore[assignment]
    tables["journals"][entry.stream] = Journal(
        id=entry.stream, class_id=e.class_id, group=e.group, subject=e.subject, year=e.year
    )


def _workload(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: journals.WorkloadAssigned = entry.event  # type: ignore[assignment]
    known: Journal = tables["journals"][entry.stream]
    teachers = (*known.teachers, (e.teacher, Span(first=e.first, last=e.until)))
    tables["journals"][entry.stream] = replace(known, teachers=teachers)


def _workload_ended(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: journals.WorkloadEnded = entry.event  # type: ignore[assignment]
    known: Journal = tables["journals"][entry.stream]
    kept = tuple(t for t in known.teachers if t[0] != e.teacher)
    ended = _closed(tuple(t for t in known.teachers if t[0] == e.teacher), e.last)
    tables["journals"][entry.stream] = replace(known, teachers=kept + ended)


def _slot(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: timetable.SlotScheduled = entry.event  # type: ignore[assignment]
    tables["slots"][entry.stream] = Slot(
        id=entry.stream,
        journal=e.journal,
        weekday=e.weekday,
        number=e.number,
        week=e.week,
        first=e.first,
        last=e.last,
        room=e.room,
    )


def _slot_ended(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: timetable.SlotEnded = entry.event  # type: ignore[assignment]
    known: Slot = tables["slots"][entry.stream]
    tables["slots"][entry.stream] = replace(known, last=min(known.last, e.last))


def _role(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: staff.RoleGranted = entry.event  # type: ignore[assignment]
    held = (Role(e.role), e.competence, Span(first=e.first, last=e.until))
    tables["roles"][entry.stream] = (*tables["roles"].get(entry.stream, ()), held)


def _role_withdrawn(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: staff.RoleWithdrawn = entry.event  # type: ignore[assignment]
    held = tables["roles"].get(entry.stream, ())
    tables["roles"][entry.stream] = tuple(
        (role, competence, replace(span, last=e.last))
        if role == e.role and (span.last is None or span.last > e.last)
        else (role, competence, span)
        for role, competence, span in held
    )


_APPLY = {
    calendar.SchoolFounded: _founded,
    calendar.YearSet: _year,
    calendar.JournalOpened: _opened,
    calendar.ReportingPeriodDefined: _period,
    calendar.HolidayScheduled: _holiday,
    calendar.BellsSet: _bells,
    calendar.BellsAssigned: _rings,
    journals.SubjectAdded: _subject,
    journals.JournalListed: _journal,
    journals.WorkloadAssigned: _workload,
    journals.WorkloadEnded: _workload_ended,
    roster.ClassFormed: _class,
    roster.ClassTeacherAppointed: _class_teacher,
    roster.GroupFormed: _group,
    roster.PupilEnrolled: _placed,
    roster.PupilMoved: _placed,
    roster.PupilDeparted: _departed,
    roster.PupilGrouped: _grouped,
    roster.GuardianLinked: _guardian,
    timetable.SlotScheduled: _slot,
    timetable.SlotEnded: _slot_ended,
    staff.RoleGranted: _role,
    staff.RoleWithdrawn: _role_withdrawn,
}

_TABLES = (
    "years",
    "periods",
    "holidays",
    "bells",
    "rings",
    "subjects",
    "classes",
    "groups",
    "pupils",
    "journals",
    "slots",
    "roles",
    "versions",
)
_TIMETABLE_TABLES = {"years", "holidays", "bells", "rings", "slots"}
