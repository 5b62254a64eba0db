"""«Кто отсутствует»: the methodist's morning — who is away, what is to be covered, what is recorded (7.12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger.school import School
from ledger.school_records import Order, StaffAbsence, Substitution
from ledger.substitutes import away, lesson_of, replacement
from ledger.timetable import Lesson
from projections.as_of import AsOf
from projections.free_teachers import Candidate, DayStaff, candidates, day_staff, suggested
from projections.reading import Reading
from projections.waiting_orders import WaitingOrder, waiting_orders

Day = date
AHEAD = timedelta(days=13)  # two weeks are shown; a longer absence is a long substitution


@dataclass(frozen=True, kw_only=True, slots=True)
class Away:
    """`ahead`: substitutions of lessons that have not begun, which a return would undo."""

    absence: UUID
    person: UUID
    kind: str
    first: date
    until: date
    ahead: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonWords:
    """What every list says of a lesson; `over`: it has ended at the page's instant."""

    lesson: UUID
    date: Day
    number: int
    starts: datetime
    ends: datetime
    class_title: str
    group_title: str
    subject: str
    room: str
    over: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PageChoice:
    """A page of the same class: what may be taught instead, and by whom."""

    journal: UUID
    subject: str
    teachers: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ToCover:
    """A lesson nobody gives yet. `suggested` is the candidate a methodist would take first."""

    words: LessonWords
    absent: UUID
    candidates: tuple[Candidate, ...]
    suggested: Candidate | None
    pages: tuple[PageChoice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Covered:
    """`instead` is the subject taught in its place, "" for the own one; `order` the words of the order."""

    words: LessonWords
    substitution: UUID
    absent: UUID
    substitute: UUID | None
    manner: str
    instead: str
    order: Order | None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MorningPage:
    on: date
    last: date
    away: tuple[Away, ...]
    staff: tuple[UUID, ...]
    to_cover: tuple[ToCover, ...]
    covered: tuple[Covered, ...]
    orders: tuple[WaitingOrder, ...]
    as_of: AsOf


def page(reading: Reading, on: date) -> MorningPage:
    """From `on` on, two weeks."""
    school, last = reading.school, on + AHEAD
    absences = sorted(
        (each for each in school.away.values() if each.span.last is None or each.span.last >= on),
        key=lambda each: (each.span.first, each.person.hex),
    )
    staff = tuple(dict.fromkeys(t for page in school.journals.values() for t, _ in page.teachers))
    return MorningPage(
        on=on,
        last=last,
        away=tuple(_away(each, reading) for each in absences),
        staff=tuple(reading.sorted(staff, reading.names(staff))),
        to_cover=_to_cover(reading, on, last),
        covered=tuple(covered(reading, on, last)),
        orders=waiting_orders(school),
        as_of=reading.as_of,
    )


def _away(absence: StaffAbsence, reading: Reading) -> Away:
    of_person = (each for each in _standing(reading.school) if each[1].absent == absence.person)
    return Away(
        absence=absence.id,
        person=absence.person,
        kind=absence.kind,
        first=absence.span.first,
        until=absence.span.last or absence.span.first,
        ahead=sum(lesson.date in absence.span and lesson.starts > reading.now for lesson, _ in of_person),
    )


def words_of(lesson: Lesson, reading: Reading) -> LessonWords:
    school = reading.school
    return LessonWords(
        lesson=lesson.id,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts,
        ends=lesson.ends,
        class_title=school.klass_of(lesson.journal).title,
        group_title=school.group_title(lesson.journal),
        subject=school.subject_of(lesson.journal).title,
        room=lesson.room or "",
        over=lesson.ends < reading.now,
    )


def _to_cover(reading: Reading, on: date, last: date) -> tuple[ToCover, ...]:
    school = reading.school
    staff: dict[date, DayStaff] = {}
    found = []
    for lesson, absent in uncovered(school, on, last):
        if lesson.date not in staff:
            staff[lesson.date] = day_staff(school, lesson.date)
        found.append((lesson, absent, candidates(lesson, absent, staff[lesson.date], school)))
    best = suggested((lesson, offered) for lesson, _, offered in found)
    return tuple(
        ToCover(
            words=words_of(lesson, reading),
            absent=absent,
            candidates=offered,
            suggested=best.get(lesson.id),
            pages=_pages(lesson, school),
        )
        for lesson, absent, offered in found
    )


def uncovered(school: School, on: date, last: date) -> Iterator[tuple[Lesson, UUID]]:
    """Lessons of those days whose every teacher is away and nobody stands in, with whom they miss."""
    spans = [each.span for each in school.away.values()]
    for n in range((last - on).days + 1):
        day = on + timedelta(days=n)
        if not any(day in span for span in spans):
            continue
        for lesson in school.timetable.by_day.get(day, ()):
            if school.substitution(lesson.id) is not None:
                continue
            teachers = school.teachers_of(lesson.journal, day)
            if teachers and all(away(person, day, school) is not None for person in teachers):
                yield lesson, teachers[0]


def _pages(lesson: Lesson, school: School) -> tuple[PageChoice, ...]:
    class_id = school.journals[lesson.journal].class_id
    own = [
        page
        for page in school.journals.values()
        if page.class_id == class_id and page.id != lesson.journal and page.pupil is None
    ]
    choices = [
        PageChoice(
            journal=page.id,
            subject=_title(page.id, school),
            teachers=school.teachers_of(page.id, lesson.date),
        )
        for page in own
    ]
    return tuple(sorted((each for each in choices if each.teachers), key=lambda each: each.subject))


def _title(journal: UUID, school: School) -> str:
    page = school.journals[journal]
    group = f", {school.groups[page.group].title}" if page.group else ""
    return school.subject_of(journal).title + group


def covered(reading: Reading, first: date, last: date) -> Iterator[Covered]:
    """Substitutions that stand for lessons of those days, in order of time."""
    school = reading.school
    standing = [each for each in _standing(school) if first <= each[0].date <= last]
    for lesson, substitution in sorted(standing, key=lambda each: (each[0].starts, each[0].id.hex)):
        put = replacement(lesson.id, school)
        yield Covered(
            words=words_of(lesson, reading),
            substitution=substitution.id,
            absent=substitution.absent,
            substitute=substitution.substitute,
            manner=substitution.manner,
            instead=_title(put.journal, school) if put is not None else "",
            order=school.orders.get(substitution.order) if substitution.order else None,
            recorded_at=substitution.recorded_at,
        )


def _standing(school: School) -> Iterator[tuple[Lesson, Substitution]]:
    for id in school.substitutions:
        standing, lesson = school.substitution(id), lesson_of(id, school)
        if standing is not None and lesson is not None:
            yield lesson, standing
