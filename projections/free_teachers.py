"""Who could take a lesson: teachers free at that hour, the same subject first, then whoever is in the building."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.entry import Role
from ledger.school import School
from ledger.substitutes import away, givers, meet
from ledger.timetable import Lesson

RANKS = ("subject", "joined", "building", "other")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """`rank`: subject — teaches the same subject and is free; joined — gives the lesson `beside` («6А Физкультура») at
    that hour to another group of the class, or to its parallel in the same subject; building — is free between lessons
    of the day; other — has none that day. `load` is the number of lessons of the day."""

    person: UUID
    rank: str
    load: int
    beside: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DayStaff:
    """Who gives which lessons on a day, which subjects each of those present teaches."""

    on: date
    gives: Mapping[UUID, tuple[Lesson, ...]]
    subjects: Mapping[UUID, frozenset[UUID]]


def day_staff(school: School, on: date) -> DayStaff:
    gives: dict[UUID, list[Lesson]] = {}
    for lesson in school.timetable.by_day.get(on, ()):
        for person in givers(lesson, school):
            gives.setdefault(person, []).append(lesson)
    subjects: dict[UUID, set[UUID]] = {person: set() for person in _named_teachers(school, on)}
    for page in school.journals.values():
        for person in school.teachers_of(page.id, on):
            subjects.setdefault(person, set()).add(page.subject)
    present = {person: own for person, own in subjects.items() if away(person, on, school) is None}
    return DayStaff(
        on=on,
        gives={person: tuple(lessons) for person, lessons in gives.items()},
        subjects={person: frozenset(own) for person, own in present.items()},
    )


def _named_teachers(school: School, on: date) -> Iterable[UUID]:
    return (
        person
        for person, held in school.roles.items()
        if any(role is Role.TEACHER and on in span for role, _, span in held)
    )


def candidates(lesson: Lesson, absent: UUID, staff: DayStaff, school: School) -> tuple[Candidate, ...]:
    """The best first: by rank, then by the load of the day."""
    found = (
        _candidate(person, lesson, staff, school)
        for person in staff.subjects
        if person != absent and person not in school.teachers_of(lesson.journal, lesson.date)
    )
    ranked = [each for each in found if each is not None]
    return tuple(sorted(ranked, key=lambda each: (RANKS.index(each.rank), each.load, each.person.hex)))


def _candidate(person: UUID, lesson: Lesson, staff: DayStaff, school: School) -> Candidate | None:
    own = staff.gives.get(person, ())
    beside = next((each for each in own if meet(each, lesson)), None)
    if beside is not None:
        if not _may_join(beside, lesson, school):
            return None
        words = f"{school.klass_of(beside.journal).title} {school.subject_of(beside.journal).title}"
        return Candidate(person=person, rank="joined", load=len(own), beside=words)
    same = school.journals[lesson.journal].subject in staff.subjects[person]
    rank = "subject" if same else "building" if own else "other"
    return Candidate(person=person, rank=rank, load=len(own))


def _may_join(beside: Lesson, lesson: Lesson, school: School) -> bool:
    """Groups of one class, or two classes of a parallel in one subject, may sit together."""
    first, second = school.journals[beside.journal], school.journals[lesson.journal]
    of_parallel = school.classes[first.class_id].grade == school.classes[second.class_id].grade
    return first.class_id == second.class_id or (of_parallel and first.subject == second.subject)


def suggested(
    offers: Iterable[tuple[Lesson, tuple[Candidate, ...]]],
) -> dict[UUID, Candidate]:
    """By lesson, whom a methodist would take first: the same subject, else joined; nobody for two rooms at once."""
    taken: list[tuple[UUID, Lesson]] = []
    chosen: dict[UUID, Candidate] = {}
    for lesson, offered in offers:
        for each in offered:
            busy = any(person == each.person and meet(lesson, other) for person, other in taken)
            if each.rank in ("subject", "joined") and not busy:
                chosen[lesson.id] = each
                taken.append((each.person, lesson))
                break
    return chosen
