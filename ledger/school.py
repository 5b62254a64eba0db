"""The school as a fold of its entries: who, in which class, taught by whom, on any day (design 3).

`School` is immutable; `advance` gives the next one from the entries after its position. It answers for any day;
for any `at`, fold the entries up to that position.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ledger.effective import effective
from ledger.entry import Category, Entry, Role
from ledger.events import calendar, journals, roster, staff, timetable
from ledger.events.voids import EntriesVoided
from ledger.timetable import Bells, Slot, Timetable

SCHOOL_CATEGORIES = (Category.SCHOOL, Category.ACCOUNT, Category.REGULATION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From `first` to `last`, both included; no `last`: still so."""

    first: date
    last: date | None = None

    def __contains__(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, kw_only=True, slots=True)
class Klass:
    id: UUID
    year: int
    title: str
    grade: int
    level: str
    teachers: tuple[tuple[UUID, Span], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    id: UUID
    class_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pupil:
    """`classes` and `groups` are stretches in time; a pupil is in one class on one day."""

    id: UUID
    classes: tuple[tuple[UUID, Span], ...] = ()
    groups: tuple[tuple[UUID, Span], ...] = ()
    guardians: tuple[UUID, ...] = ()

    def class_on(self, on: date) -> UUID | None:
        return next((c for c, span in reversed(self.classes) if on in span), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    id: UUID
    title: str
    short: str
    attributes: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Journal:
    """A page of the journal (класс или группа × предмет × учебный год) and who has taught it when."""

    id: UUID
    class_id: UUID
    group: UUID | None
    subject: UUID
    year: int
    teachers: tuple[tuple[UUID, Span], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A reporting period (P-07)."""

    id: UUID
    year: int
    level: str
    kind: str
    title: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class School:
    """Every table is keyed by id and never changed in place."""

    id: UUID
    position: int = 0
    title: str = ""
    zone_name: str = "Europe/Moscow"
    demonstration: bool = False
    years: dict[int, Span] = field(default_factory=dict)
    opened: frozenset[int] = frozenset()
    periods: dict[UUID, Period] = field(default_factory=dict)
    holidays: dict[UUID, Span] = field(default_factory=dict)
    bells: dict[UUID, Bells] = field(default_factory=dict)
    rings: dict[tuple[UUID, int], tuple[tuple[date, UUID], ...]] = field(default_factory=dict)
    subjects: dict[UUID, Subject] = field(default_factory=dict)
    classes: dict[UUID, Klass] = field(default_factory=dict)
    groups: dict[UUID, Group] = field(default_factory=dict)
    pupils: dict[UUID, Pupil] = field(default_factory=dict)
    journals: dict[UUID, Journal] = field(default_factory=dict)
    slots: dict[UUID, Slot] = field(default_factory=dict)
    roles: dict[UUID, tuple[tuple[Role, str | None, Span], ...]] = field(default_factory=dict)
    regulations: tuple[Entry, ...] = ()
    versions: dict[UUID, int] = field(default_factory=dict)
    timetable: Timetable = field(default_factory=Timetable)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    def local(self, instant: datetime) -> datetime:
        """The school's own wall clock (naive) at an aware instant."""
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def version(self, stream: UUID) -> int:
        """Version of a stream of the school's categories; 0 when it is empty."""
        return self.versions.get(stream, 0)

    def roles_of(self, person: UUID, on: date) -> frozenset[Role]:
        """Granted roles, and those that follow from workload, a led class, children, being enrolled."""
        held = {role for role, _, span in self.roles.get(person, ()) if on in span}
        if self.children_of(person):
            held.add(Role.GUARDIAN)
        if person in self.pupils:
            held.add(Role.PUPIL)
        if self.classes_led(person, on):
            held.add(Role.CLASS_TEACHER)
        if self.journals_of_teacher(person, on):
            held.add(Role.TEACHER)
        return frozenset(held)

    @cached_property
    def _children(self) -> dict[UUID, tuple[Pupil, ...]]:
        children: dict[UUID, tuple[Pupil, ...]] = {}
        for pupil in self.pupils.values():
            for guardian in pupil.guardians:
                children[guardian] = (*children.get(guardian, ()), pupil)
        return children

    @cached_property
    def _members(self) -> dict[UUID, tuple[UUID, ...]]:
        """Pupils who were ever in a class or group."""
        members: dict[UUID, list[UUID]] = {}
        for pupil in self.pupils.values():
            for place in {c for c, _ in pupil.classes} | {g for g, _ in pupil.groups}:
                members.setdefault(place, []).append(pupil.id)
        return {place: tuple(ids) for place, ids in members.items()}

    def children_of(self, guardian: UUID) -> tuple[Pupil, ...]:
        return self._children.get(guardian, ())

    def classes_led(self, person: UUID, on: date) -> tuple[Klass, ...]:
        return tuple(k for k in self.classes.values() if any(p == person and on in s for p, s in k.teachers))

    def pupils_of_class(self, class_id: UUID, on: date) -> tuple[UUID, ...]:
        members = self._members.get(class_id, ())
        return tuple(p for p in members if self.pupils[p].class_on(on) == class_id)

    def members_ever(self, journal: UUID) -> tuple[UUID, ...]:
        """Pupils who were in this journal's class or group on any day: the rows of its page."""
        page = self.journals[journal]
        return self._members.get(page.group or page.class_id, ())

    def enrolled(self, pupil: UUID, journal: UUID, on: date) -> bool:
        """Whether the pupil was on this journal's list that day: in its class and, if it has one, its group."""
        page, known = self.journals[journal], self.pupils.get(pupil)
        if known is None or known.class_on(on) != page.class_id:
            return False
        return page.group is None or any(g == page.group and on in span for g, span in known.groups)

    def pupils_of(self, journal: UUID, on: date) -> tuple[UUID, ...]:
        return tuple(p for p in self.members_ever(journal) if self.enrolled(p, journal, on))

    def teaches(self, person: UUID, journal: UUID, on: date) -> bool:
        return any(t == person and on in span for t, span in self.journals[journal].teachers)

    @cached_property
    def _taught(self) -> dict[UUID, tuple[Journal, ...]]:
        """Journals a person has ever taught."""
        taught: dict[UUID, dict[UUID, Journal]] = {}
        for journal in self.journals.values():
            for teacher, _ in journal.teachers:
                taught.setdefault(teacher, {})[journal.id] = journal
        return {teacher: tuple(own.values()) for teacher, own in taught.items()}

    def journals_of_teacher(self, person: UUID, on: date) -> tuple[Journal, ...]:
        return tuple(j for j in self._taught.get(person, ()) if self.teaches(person, j.id, on))

    def period_on(self, level: str, on: date) -> Period | None:
        return next((p for p in self.periods.values() if p.level == level and on in p.span), None)

    def klass_of(self, journal: UUID) -> Klass:
        return self.classes[self.journals[journal].class_id]

    def subject_of(self, journal: UUID) -> Subject:
        return self.subjects[self.journals[journal].subject]

    def year_of(self, on: date) -> int | None:
        return next((y for y, span in self.years.items() if on in span), None)


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
    changed: dict[str, Any] = {name: table for name, table in tables.items() if table != getattr(school, name)}
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
    tables["holidays"][event.holiday] = Span(first=event.first, last=event.last)


def _bells(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: calendar.BellsSet = entry.event  # type: ignore[assignment]
    times: dict[int, tuple[time, time]] = dict(zip(e.numbers, zip(e.starts, e.ends, strict=True), strict=True))
    tables["bells"][e.schedule] = Bells(id=e.schedule, title=e.title, times=times)


def _rings(tables: Tables, scalars: Scalars, entry: Entry) -> None:
    e: calendar.BellsAssigned = entry.event  # type: ignore[assignment]
    known = tables["rings"].get((e.class_id, e.weekday), ())
    tables["rings"][e.class_id, e.weekday] = tuple(sorted((*known, (e.first, e.schedule)), key=lambda r: r[0]))


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
