"""Teachers who are away yesterday and today, and who stands in: the methodist's evening, and work for the morning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import permutations
from uuid import UUID

from commands.by_order import OrderNamed
from commands.importing import ids
from commands.staff_absences import RecordStaffAbsence, StaffAbsenceItem
from commands.substitutions import RecordSubstitutions, SubstitutionItem
from ledger.school import School
from ledger.substitutes import taken_at
from ledger.timetable import Lesson
from web.demo.school_days import after, at, before
from web.demo.steps import Step

# The first who had a lesson of 7А yesterday; the first who has half of a class today, its other half taught beside.
YESTERDAY = ("kudryavtsev", "tsvetkov", "ettuvgi")
TODAY = ("valgirgin", "gyrgolkau")


def steps(school: School, now: datetime) -> Iterator[Step]:
    today, yesterday = now.date(), before(school, now)[-1]
    ill = next(
        person
        for person in _persons(school, YESTERDAY)
        if any(_is_of_7a(lesson, school) for lesson in _lessons(person, yesterday, school))
    )
    items = [_covered(lesson, ill, school, "independent") for lesson in _lessons(ill, yesterday, school)]
    order = OrderNamed(number="90-ОД")
    yield from _evening(school, yesterday, (yesterday, yesterday), ill, "illness", items, order)
    gone = next(p for p in _persons(school, TODAY) if any(_lessons_beside(p, today, school)))
    items = list(_partly(gone, today, school))
    until = after(school, now)[0]
    yield from _evening(school, today, (today, until), gone, "trip", items, OrderNamed())


def _evening(
    school: School,
    on: date,
    span: tuple[date, date],
    person: UUID,
    kind: str,
    items: Iterable[SubstitutionItem],
    order: OrderNamed,
) -> Iterator[Step]:
    """Said on the telephone the day before."""
    methodist = ids.person(school.id, "keulkut")
    absence = StaffAbsenceItem(person=person, kind=kind, first=span[0], until=span[1])
    command = RecordStaffAbsence(absences=(absence,))
    made = at(on, 16, 40, days_before=1)
    yield Step(at=made, person=methodist, key=f"away/{person}", command=command)
    covered = RecordSubstitutions(items=tuple(items), order=order, confirmed=True)
    made += timedelta(minutes=15)
    yield Step(at=made, person=methodist, key=f"covered/{person}", command=covered)


def _partly(person: UUID, on: date, school: School) -> Iterator[SubstitutionItem]:
    """One lesson joined, one given by a colleague, one dropped at the edge of a day; the others wait."""
    own = _lessons(person, on, school)
    lesson, colleague = max(
        _lessons_beside(person, on, school), key=lambda found: _is_of_7a(found[0], school)
    )
    yield SubstitutionItem(lesson=lesson.id, manner="joined", substitute=colleague, absent=person)
    rest = [each for each in own if each.id != lesson.id]
    pairs = ((given, dropped) for given, dropped in permutations(rest, 2) if _at_the_edge(dropped, school))
    for given, dropped in sorted(pairs, key=lambda pair: _same(pair[0], person, school) is None):
        yield _covered(given, person, school, "another_subject")
        yield SubstitutionItem(lesson=dropped.id, manner="dropped", absent=person)
        return


def _covered(lesson: Lesson, absent: UUID, school: School, otherwise: str) -> SubstitutionItem:
    """By a colleague of the subject, else in the manner `otherwise` by whoever teaches the class something else."""
    colleague = _same(lesson, absent, school)
    if colleague is not None:
        return SubstitutionItem(lesson=lesson.id, manner="same_subject", substitute=colleague, absent=absent)
    for page in school.journals.values():
        if page.class_id != school.journals[lesson.journal].class_id or page.group or page.pupil:
            continue
        for person in school.teachers_of(page.id, lesson.date):
            if person != absent and page.id != lesson.journal and taken_at(person, lesson, school) is None:
                return SubstitutionItem(
                    lesson=lesson.id,
                    manner=otherwise,
                    substitute=person,
                    absent=absent,
                    journal=page.id if otherwise == "another_subject" else None,
                )
    return SubstitutionItem(lesson=lesson.id, manner="dropped", absent=absent)


def _same(lesson: Lesson, absent: UUID, school: School) -> UUID | None:
    """A teacher of the subject who is free at that hour, of this level of school if there is one."""
    subject = school.journals[lesson.journal].subject
    level = school.klass_of(lesson.journal).level
    pages = sorted(
        (page for page in school.journals.values() if page.subject == subject),
        key=lambda page: school.klass_of(page.id).level != level,
    )
    teachers = dict.fromkeys(person for page in pages for person in school.teachers_of(page.id, lesson.date))
    free = (each for each in teachers if each != absent and taken_at(each, lesson, school) is None)
    return next(free, None)


def _lessons_beside(person: UUID, on: date, school: School) -> Iterator[tuple[Lesson, UUID]]:
    """Lessons of groups, with the teacher of the other group."""
    for lesson in _lessons(person, on, school):
        page = school.journals[lesson.journal]
        for other in school.timetable.by_day[on]:
            beside = school.journals[other.journal]
            same = (beside.class_id, beside.subject) == (page.class_id, page.subject)
            if same and other.number == lesson.number and other.id != lesson.id:
                yield lesson, school.teachers_of(beside.id, on)[0]


def _lessons(person: UUID, on: date, school: School) -> list[Lesson]:
    return [each for each in school.timetable.by_day[on] if school.teaches(person, each.journal, on)]


def _at_the_edge(lesson: Lesson, school: School) -> bool:
    """The first or last of the class that day: nobody waits in a corridor."""
    class_id, whole = school.journals[lesson.journal].class_id, school.journals[lesson.journal].group is None
    day = school.timetable.by_day[lesson.date]
    numbers = [e.number for e in day if school.journals[e.journal].class_id == class_id]
    return whole and lesson.number in (min(numbers), max(numbers))


def _is_of_7a(lesson: Lesson, school: School) -> bool:
    return school.klass_of(lesson.journal).title == "7А"


def _persons(school: School, codes: Iterable[str]) -> Iterator[UUID]:
    return (ids.person(school.id, code) for code in codes)
