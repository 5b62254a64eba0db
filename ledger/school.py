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
from ledger.school_records import (
    Change,
    ClassSet,
    Distance,
    Extra,
    Group,
    Holiday,
    Journal,
    Klass,
    Mandate,
    Order,
    Outage,
    Period,
    PlanHead,
    Pupil,
    Responsible,
    StaffAbsence,
    Subject,
    Substitution,
    Term,
)
from ledger.span import Span
from ledger.timetable import Bells, Lesson, Slot, Timetable

__all__ = ["Group", "Holiday", "Journal", "Klass", "Period", "Pupil", "School", "Span", "Subject"]


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
    day_bells: dict[tuple[UUID, date], UUID] = field(default_factory=dict)
    distances: dict[UUID, Distance] = field(default_factory=dict)
    outages: dict[UUID, Outage] = field(default_factory=dict)
    class_sets: dict[UUID, ClassSet] = field(default_factory=dict)
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    orders: dict[UUID, Order] = field(default_factory=dict)
    subjects: dict[UUID, Subject] = field(default_factory=dict)
    classes: dict[UUID, Klass] = field(default_factory=dict)
    groups: dict[UUID, Group] = field(default_factory=dict)
    study_plan: dict[tuple[UUID, UUID], tuple[int, int]] = field(default_factory=dict)
    pupils: dict[UUID, Pupil] = field(default_factory=dict)
    journals: dict[UUID, Journal] = field(default_factory=dict)
    plans: dict[UUID, PlanHead] = field(default_factory=dict)
    slots: dict[UUID, Slot] = field(default_factory=dict)
    substitutions: dict[UUID, tuple[Substitution, ...]] = field(default_factory=dict)
    changes: dict[UUID, Change] = field(default_factory=dict)
    extras: dict[UUID, Extra] = field(default_factory=dict)
    roles: dict[UUID, tuple[tuple[Role, str | None, Span], ...]] = field(default_factory=dict)
    mandates: dict[UUID, tuple[Mandate, ...]] = field(default_factory=dict)
    responsible: dict[UUID, tuple[Responsible, ...]] = field(default_factory=dict)
    away: dict[UUID, StaffAbsence] = field(default_factory=dict)
    blocked: dict[UUID, str] = field(default_factory=dict)  # account → why; nobody works with it
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
        if self.inspects(person, on) is not None:
            held.add(Role.INSPECTOR)
        if self.children_of(person):
            held.add(Role.GUARDIAN)
        if person in self.pupils:
            held.add(Role.PUPIL)
        if self.classes_led(person, on):
            held.add(Role.CLASS_TEACHER)
        taught = self._taught.get(person, ())
        if any(self.teaches(person, page.id, on) for page in taught) or self.taken_over(person):
            held.add(Role.TEACHER)
        return frozenset(held)

    def inspects(self, person: UUID, on: date) -> frozenset[UUID] | None:
        """The classes an inspector may read that day: empty for the whole school, None without a mandate (R-024)."""
        granted = any(role is Role.INSPECTOR and on in span for role, _, span in self.roles.get(person, ()))
        scopes: list[frozenset[UUID]] = [frozenset()] if granted else []
        scopes += [each.classes for each in self.mandates.get(person, ()) if on in each.span]
        if not scopes:
            return None
        return frozenset() if frozenset() in scopes else frozenset().union(*scopes)

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

    def pupils_ever(self, class_id: UUID) -> tuple[UUID, ...]:
        """Pupils who were in the class on any day."""
        return self._members.get(class_id, ())

    def members_ever(self, journal: UUID) -> tuple[UUID, ...]:
        """Pupils who were in this journal's class or group on any day: the rows of its page."""
        page = self.journals[journal]
        return (page.pupil,) if page.pupil else self._members.get(page.group or page.class_id, ())

    def enrolled(self, pupil: UUID, journal: UUID, on: date) -> bool:
        """Whether the pupil was on this journal's list that day: in its class and, if it has one, its group. A page of
        home tuition lists its own pupil, on the days of the tuition (8.2)."""
        page, known = self.journals[journal], self.pupils.get(pupil)
        if known is None or known.class_on(on) != page.class_id:
            return False
        if page.pupil is not None:
            return page.pupil == pupil and known.at_home(on)
        return page.group is None or any(g == page.group and on in span for g, span in known.groups)

    def pupils_of(self, journal: UUID, on: date) -> tuple[UUID, ...]:
        return tuple(p for p in self.members_ever(journal) if self.enrolled(p, journal, on))

    def liable(self, pupil: UUID, journal: UUID, on: date) -> bool:
        """Whether a mark is expected of the pupil there that day (E-11): on the list, not taught at home instead, not
        exempt from physical education."""
        known, page = self.pupils.get(pupil), self.journals[journal]
        if known is None or not self.enrolled(pupil, journal, on):
            return False
        if page.pupil is None and known.at_home(on):
            return False
        return not (self.is_pe(journal) and known.exempt(on))

    def is_pe(self, journal: UUID) -> bool:
        return "pe" in self.subject_of(journal).attributes

    def teaches(self, person: UUID, journal: UUID, on: date) -> bool:
        """By workload, or by a long substitution, which takes it from whom it names (R-029)."""
        page = self.journals[journal]
        standing = next((each for each in reversed(page.long) if on in each.span), None)
        if standing is not None and person in (standing.absent, standing.substitute):
            return person == standing.substitute
        return any(t == person and on in span for t, span in page.teachers)

    def teachers_of(self, journal: UUID, on: date) -> tuple[UUID, ...]:
        """Who teaches the page that day, long substitutions included."""
        page = self.journals[journal]
        if not page.long:  # nearly always, and a school's year asks it 40,000 times
            return tuple(dict.fromkeys(person for person, span in page.teachers if on in span))
        known = dict.fromkeys((*(t for t, _ in page.teachers), *(each.substitute for each in page.long)))
        return tuple(person for person in known if self.teaches(person, journal, on))

    def substitution(self, lesson: UUID) -> Substitution | None:
        """The one that stands for the lesson."""
        recorded = self.substitutions.get(lesson, ())
        return recorded[-1] if recorded and not recorded[-1].cancelled else None

    def substituted_by(self, person: UUID, lesson: UUID) -> Substitution | None:
        standing = self.substitution(lesson)
        return standing if standing is not None and standing.substitute == person else None

    def writes(self, person: UUID, lesson: Lesson) -> bool:
        """Whose page the lesson is (W-19): by the workload of its day, but for whom a substitution is recorded the
        substitute's. A colleague who teaches the page as well keeps it."""
        standing = self.substitution(lesson.id)
        taken = standing is not None and standing.substitute is not None
        if standing is not None and taken and person in (standing.substitute, standing.absent):
            return person == standing.substitute
        return self.teaches(person, lesson.journal, lesson.date)

    def stood_in(self, person: UUID, lesson: Lesson) -> bool:
        """The substitute of the lesson while it ran, though the substitution was cancelled since."""
        return any(
            each.substitute == person
            and self.local(each.recorded_at) <= lesson.ends
            and (each.cancelled_at is None or self.local(each.cancelled_at) > lesson.starts)
            for each in self.substitutions.get(lesson.id, ())
        )

    @cached_property
    def _taken_over(self) -> dict[UUID, tuple[Lesson, ...]]:
        """Lessons each person stands in for."""
        taken: dict[UUID, list[Lesson]] = {}
        for lesson, recorded in self.substitutions.items():
            standing, known = recorded[-1], self.timetable.by_id.get(lesson)
            if not standing.cancelled and standing.substitute is not None and known is not None:
                taken.setdefault(standing.substitute, []).append(known)
        return {person: tuple(lessons) for person, lessons in taken.items()}

    def taken_over(self, person: UUID) -> tuple[Lesson, ...]:
        """The lessons this person stands in for, on any day (7.12)."""
        return self._taken_over.get(person, ())

    def reads_as_substitute(self, person: UUID, journal: UUID, on: date) -> bool:
        """7.12: from the record on, until the reporting period of the substituted lesson ends, with which its windows
        close (P-39)."""
        return any(
            lesson.journal == journal and on <= self.period_end(lesson) for lesson in self.taken_over(person)
        )

    def period_end(self, lesson: Lesson) -> date:
        """The last day of the lesson's reporting period; where none is defined, of its year."""
        period = self.period_on(self.klass_of(lesson.journal).level, lesson.date)
        span = period.span if period is not None else self.years[self.journals[lesson.journal].year]
        return max(span.last or lesson.date, lesson.date)

    def distance(self, class_id: UUID, on: date) -> Distance | None:
        """The activated or quarantine day the class has (8.1)."""
        return next((d for d in self.distances.values() if class_id in d.classes and on in d.span), None)

    @cached_property
    def _taught(self) -> dict[UUID, tuple[Journal, ...]]:
        """Journals a person has ever taught."""
        taught: dict[UUID, dict[UUID, Journal]] = {}
        for journal in self.journals.values():
            for teacher in (*(t for t, _ in journal.teachers), *(each.substitute for each in journal.long)):
                taught.setdefault(teacher, {})[journal.id] = journal
        return {teacher: tuple(own.values()) for teacher, own in taught.items()}

    @cached_property
    def _pages(self) -> dict[tuple[UUID, UUID, int], tuple[Journal, ...]]:
        """Journals by place (class or group), subject and year."""
        found: dict[tuple[UUID, UUID, int], list[Journal]] = {}
        for page in self.journals.values():
            found.setdefault((page.group or page.class_id, page.subject, page.year), []).append(page)
        return {key: tuple(own) for key, own in found.items()}

    @cached_property
    def _pages_of_class(self) -> dict[UUID, tuple[Journal, ...]]:
        found: dict[UUID, list[Journal]] = {}
        for page in self.journals.values():
            found.setdefault(page.class_id, []).append(page)
        return {class_id: tuple(own) for class_id, own in found.items()}

    def pages_of_class(self, class_id: UUID, year: int | None = None) -> tuple[Journal, ...]:
        """Of all, of its groups, of home tuition; of one study year, or of every one."""
        own = self._pages_of_class.get(class_id, ())
        return own if year is None else tuple(page for page in own if page.year == year)

    @cached_property
    def _lessons_of_classes(self) -> dict[date, dict[UUID, tuple[Lesson, ...]]]:
        """Filled by the day: a whole year is asked of nobody's request."""
        return {}

    def lessons_of_class(self, class_id: UUID, on: date) -> tuple[Lesson, ...]:
        """What the timetable holds that day for the class, its groups and home tuition, in order of time."""
        known = self._lessons_of_classes.get(on)
        if known is None:
            found: dict[UUID, list[Lesson]] = {}
            for lesson in self.timetable.by_day.get(on, ()):
                found.setdefault(self.journals[lesson.journal].class_id, []).append(lesson)
            known = self._lessons_of_classes[on] = {id: tuple(own) for id, own in found.items()}
        return known.get(class_id, ())

    def lessons_of_pupil(self, pupil: UUID, on: date) -> tuple[Lesson, ...]:
        """Of those the ones on whose list the pupil is."""
        class_id = self.pupils[pupil].class_on(on)
        own = self.lessons_of_class(class_id, on) if class_id is not None else ()
        return tuple(lesson for lesson in own if self.enrolled(pupil, lesson.journal, on))

    def pages_ever(self, pupil: UUID) -> list[UUID]:
        """Of every class the pupil was in, whatever the list of each."""
        classes = dict.fromkeys(class_id for class_id, _ in self.pupils[pupil].classes)
        return [page.id for class_id in classes for page in self.pages_of_class(class_id)]

    def pages_at(self, place: UUID, subject: UUID, year: int) -> tuple[Journal, ...]:
        """The pages of a class or of a group in a subject: one for all, and those of home tuition."""
        return self._pages.get((place, subject, year), ())

    def journals_of_teacher(self, person: UUID, on: date) -> tuple[Journal, ...]:
        return tuple(j for j in self._taught.get(person, ()) if self.teaches(person, j.id, on))

    def period_on(self, level: str, on: date) -> Period | None:
        return next((p for p in self.periods.values() if p.level == level and on in p.span), None)

    def klass_of(self, journal: UUID) -> Klass:
        return self.classes[self.journals[journal].class_id]

    def subject_of(self, journal: UUID) -> Subject:
        return self.subjects[self.journals[journal].subject]

    def group_title(self, journal: UUID) -> str:
        """Of the subgroup whose page it is; "" of the whole class."""
        group = self.journals[journal].group
        return self.groups[group].title if group else ""

    def year_of(self, on: date) -> int | None:
        return next((y for y, span in self.years.items() if on in span), None)
