"""The school as its entries tell it: who, in which class, taught by whom, on any day (design 3).

`School` is immutable; ledger.school_fold makes it of entries. It answers for any day; for any `at`, fold the
entries up to that position.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from ledger.entry import Entry, Role
from ledger.timetable import Bells, Slot, Timetable


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From `first` to `last`, both included; no `last`: still so."""

    first: date
    last: date | None = None

    def __contains__(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holiday:
    """Days without lessons, both included."""

    title: str
    first: date
    last: date

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last


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
    holidays: dict[UUID, Holiday] = field(default_factory=dict)
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
