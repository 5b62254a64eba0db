"""The raw entries of a position, those that count, told by plain loops. Nothing of projections/ is used, and of the
ledger only the dataclasses, with one exception: which lessons there are is asked of `School.timetable`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from ledger.entry import Category, Entry
from ledger.events import (
    attendance,
    calendar,
    days,
    homework,
    journals,
    lessons,
    marks,
    roster,
    staff,
    voids,
)
from ledger.school import School
from ledger.school_fold import fold_school
from ledger.timetable import Lesson
from tests.world import SCHOOL_ID, ZONE

SCHOOLS = (Category.SCHOOL, Category.REGULATION, Category.ACCOUNT)
VOIDS = (voids.EntriesVoided, voids.EntriesTakenBack)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a report is asked about, both days included."""

    first: date
    last: date
    level: str | None = None
    class_id: UUID | None = None
    subject: UUID | None = None
    teacher: UUID | None = None


@dataclass(kw_only=True)
class Sheet:
    """What stands in one lesson: `marks` by work and pupil, `absent` and `late` by pupil, `works` by id."""

    topic: Entry | None = None
    homework: Entry | None = None
    taken: Entry | None = None
    briefing: Entry | None = None
    marks: dict[tuple[UUID, UUID], Entry] = field(default_factory=dict)
    literacy: dict[tuple[UUID, UUID], Entry] = field(default_factory=dict)
    absent: dict[UUID, Entry] = field(default_factory=dict)
    late: dict[UUID, Entry] = field(default_factory=dict)
    works: dict[UUID, marks.WorkAdded] = field(default_factory=dict)
    held: lessons.LessonHeld | None = None


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """An attempt that was refused, which stands beside the ledger."""

    id: int
    person: UUID
    lesson: UUID
    at: datetime


@dataclass(kw_only=True)
class Facts:
    """`everything` are the entries up to the position, dead ones too; `now` is local."""

    everything: tuple[Entry, ...]
    now: datetime
    refused: tuple[Refusal, ...] = ()
    visits: tuple[tuple[UUID, datetime], ...] = ()  # who signed in or looked at anything, when
    looks: tuple[tuple[UUID, UUID, datetime], ...] = ()  # who looked at which pupil, when
    accounts: tuple[tuple[UUID, datetime], ...] = ()  # whose, since when

    @cached_property
    def dead(self) -> set[int]:
        """A void that is void itself takes nothing away, so they are read from the last one back."""
        gone: set[int] = set()
        for entry in reversed(self.everything):
            if isinstance(entry.event, VOIDS) and entry.position not in gone:
                gone.update(entry.event.positions)
        return gone

    @cached_property
    def living(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.everything if entry.position not in self.dead)

    def of(self, *kinds: type) -> Iterator[tuple[Entry, Any]]:
        """Living entries of these events, in order."""
        for kind in kinds if len(kinds) == 1 else ():
            yield from ((entry, entry.event) for entry in self._by_kind[kind])
        if len(kinds) != 1:
            yield from ((entry, entry.event) for entry in self.living if isinstance(entry.event, kinds))

    @cached_property
    def _by_kind(self) -> dict[type, list[Entry]]:
        found: dict[type, list[Entry]] = defaultdict(list)
        for entry in self.living:
            found[type(entry.event)].append(entry)
        return found

    @cached_property
    def school(self) -> School:
        """For its timetable only."""
        return fold_school(SCHOOL_ID, [each for each in self.everything if each.category in SCHOOLS])

    # -- the lists ---------------------------------------------------------------------------------------------

    @cached_property
    def classes(self) -> dict[UUID, roster.ClassFormed]:
        return {entry.stream: event for entry, event in self.of(roster.ClassFormed)}

    @cached_property
    def subjects(self) -> dict[UUID, journals.SubjectAdded]:
        return {event.subject: event for _, event in self.of(journals.SubjectAdded)}

    @cached_property
    def pages(self) -> dict[UUID, journals.JournalListed | journals.HomeJournalListed]:
        return {
            entry.stream: event
            for kind in (journals.JournalListed, journals.HomeJournalListed)
            for entry, event in self.of(kind)
        }

    @cached_property
    def periods(self) -> dict[UUID, calendar.ReportingPeriodDefined]:
        return {event.period: event for _, event in self.of(calendar.ReportingPeriodDefined)}

    @cached_property
    def places(self) -> dict[UUID, list[tuple[date, UUID | None]]]:
        """Where a pupil sits from which day on; None: nowhere any more."""
        found: dict[UUID, list[tuple[date, UUID | None]]] = defaultdict(list)
        for entry, event in self.of(roster.PupilEnrolled, roster.PupilMoved, roster.PupilDeparted):
            if isinstance(event, roster.PupilDeparted):
                found[entry.stream].append((date.fromordinal(event.last.toordinal() + 1), None))
            else:
                found[entry.stream].append((event.first, event.class_id))
        return found

    def class_on(self, pupil: UUID, on: date) -> UUID | None:
        here = None
        for first, place in self.places.get(pupil, ()):
            if first <= on:
                here = place
        return here

    def pupils_in(self, class_id: UUID, on: date) -> list[UUID]:
        return [pupil for pupil in self.places if self.class_on(pupil, on) == class_id]

    @cached_property
    def groups(self) -> dict[UUID, list[roster.PupilGrouped]]:
        found: dict[UUID, list[roster.PupilGrouped]] = defaultdict(list)
        for entry, event in self.of(roster.PupilGrouped):
            found[entry.stream].append(event)
        return found

    @cached_property
    def home(self) -> dict[UUID, list[roster.HomeTuitionStarted]]:
        found: dict[UUID, list[roster.HomeTuitionStarted]] = defaultdict(list)
        for entry, event in self.of(roster.HomeTuitionStarted):
            found[entry.stream].append(event)
        return found

    @cached_property
    def free(self) -> dict[UUID, list[roster.ExemptionGranted]]:
        found: dict[UUID, list[roster.ExemptionGranted]] = defaultdict(list)
        for entry, event in self.of(roster.ExemptionGranted):
            found[entry.stream].append(event)
        return found

    def at_home(self, pupil: UUID, on: date) -> bool:
        return any(each.first <= on <= (each.until or on) for each in self.home.get(pupil, ()))

    def exempt(self, pupil: UUID, on: date) -> bool:
        return any(each.first <= on <= each.until for each in self.free.get(pupil, ()))

    def listed(self, pupil: UUID, journal: UUID, on: date) -> bool:
        """On the list of the page that day."""
        page = self.pages[journal]
        if self.class_on(pupil, on) != page.class_id:
            return False
        if isinstance(page, journals.HomeJournalListed):
            return page.pupil == pupil and self.at_home(pupil, on)
        return page.group is None or any(
            each.group == page.group and each.first <= on <= (each.until or on)
            for each in self.groups.get(pupil, ())
        )

    def liable(self, pupil: UUID, journal: UUID, on: date) -> bool:
        """To be there and to be marked: not «осв», not taught at home instead."""
        if not self.listed(pupil, journal, on):
            return False
        own = isinstance(self.pages[journal], journals.HomeJournalListed)
        if not own and self.at_home(pupil, on):
            return False
        pe = "pe" in self.subjects[self.pages[journal].subject].attributes
        return not (pe and self.exempt(pupil, on))

    def marked(self, journal: UUID) -> bool:
        """P-12 of the act: the first grade and some subjects have no marks."""
        page = self.pages[journal]
        return (
            self.classes[page.class_id].grade != 1
            and "unmarked" not in self.subjects[page.subject].attributes
        )

    def page_of(self, lesson: UUID) -> UUID:
        """Of a lesson of the timetable, or one that has left it."""
        timetable = self.school.timetable
        found = timetable.by_id.get(lesson) or timetable.left.get(lesson)
        return self.sheets[lesson].held.journal if found is None else found.journal  # type: ignore[union-attr]

    # -- lessons -----------------------------------------------------------------------------------------------

    @cached_property
    def teachers(self) -> dict[UUID, list[journals.WorkloadAssigned]]:
        found: dict[UUID, list[journals.WorkloadAssigned]] = defaultdict(list)
        for entry, event in self.of(journals.WorkloadAssigned):
            found[entry.stream].append(event)
        return found

    @cached_property
    def substitutions(self) -> dict[UUID, days.SubstitutionRecorded]:
        return {event.lesson: event for _, event in self.of(days.SubstitutionRecorded)}

    def teach(self, journal: UUID, on: date) -> list[UUID]:
        own = self.teachers.get(journal, ())
        return [each.teacher for each in own if each.first <= on <= (each.until or on)]

    def gave(self, lesson: Lesson) -> list[UUID]:
        """The substitute where somebody stands in, nobody where the class works alone, else whoever teaches."""
        recorded = self.substitutions.get(lesson.id)
        if recorded is None:
            return self.teach(lesson.journal, lesson.date)
        return [] if recorded.substitute is None else [recorded.substitute]

    def asked(self, journal: UUID, about: Filter) -> bool:
        """Whether the page is of the level, class and subject."""
        page = self.pages[journal]
        return (
            about.class_id in (None, page.class_id)
            and about.subject in (None, page.subject)
            and about.level in (None, self.classes[page.class_id].level)
        )

    def held(self, about: Filter, *, by_teacher: bool = True) -> list[Lesson]:
        """Held lessons as 1.U says: in the actual timetable, over by now."""
        return [
            lesson
            for lesson in self.school.timetable.lessons
            if about.first <= lesson.date <= about.last
            and lesson.ends <= self.now
            and self.asked(lesson.journal, about)
            and (not by_teacher or about.teacher is None or about.teacher in self.gave(lesson))
        ]

    @cached_property
    def sheets(self) -> dict[UUID, Sheet]:
        found: dict[UUID, Sheet] = defaultdict(Sheet)
        for entry in self.everything:
            if isinstance(entry.event, lessons.LessonHeld):
                found[entry.stream].held = entry.event
        for entry in self.living:
            if entry.category is Category.LESSON:
                _say(found[entry.stream], entry)
        return found

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(ZONE).replace(tzinfo=None)

    @cached_property
    def ill(self) -> list[tuple[UUID, staff.StaffAbsenceRecorded]]:
        return [(entry.stream, event) for entry, event in self.of(staff.StaffAbsenceRecorded)]


def _say(sheet: Sheet, entry: Entry) -> None:
    match entry.event:
        case lessons.TopicRecorded():
            sheet.topic = entry
        case homework.HomeworkSet() | homework.HomeworkNotSet():
            sheet.homework = entry
        case attendance.AttendanceTaken():
            sheet.taken = entry
        case lessons.BriefingRecorded():
            sheet.briefing = entry
        case marks.MarkGiven(work=work, pupil=pupil):
            sheet.marks[work, pupil] = entry
        case marks.MarkWithdrawn(work=work, pupil=pupil):
            sheet.marks.pop((work, pupil), None)
        case marks.LiteracyMarkGiven(work=work, pupil=pupil):
            sheet.literacy[work, pupil] = entry
        case marks.WorkAdded(work=work) as added:
            sheet.works[work] = added
        case attendance.AbsenceNoted(pupil=pupil):
            sheet.absent[pupil] = entry
            sheet.late.pop(pupil, None)
        case attendance.AbsenceWithdrawn(pupil=pupil, came_late=late):
            sheet.absent.pop(pupil, None)
            if late:
                sheet.late[pupil] = entry


def percent(part: int, whole: int) -> float | None:
    """1.U gives every share in per cent; one decimal, None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def found_late(entry: Entry) -> bool:
    """A term had passed when it was written: one of the rules W-01…W-17 said so."""
    return any(each.delay is not None for each in entry.findings)


def corrects(entry: Entry) -> bool:
    """Brought by a case of correction: who approved it has written no lesson."""
    return getattr(entry.event, "correction", None) is not None
