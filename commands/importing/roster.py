"""Classes, their teachers and groups, pupils and their guardians."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from commands.files.csv_rows import SchoolBundle, SchoolClass
from commands.importing import ids
from commands.importing.terms import Fact, Terms
from ledger.events import roster
from ledger.school import Pupil, School


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedClass:
    """`teacher` leads it; None: the file does not say."""

    id: UUID
    title: str
    grade: int
    level: str
    teacher: UUID | None = None


def classes_of(bundle: SchoolBundle, school: UUID, year: int) -> dict[str, UUID]:
    """Class name → id."""
    return {row.name: ids.klass(school, year, row.name) for row in bundle.classes}


def wanted_class(row: SchoolClass, id_: UUID, school: UUID) -> WantedClass:
    leader = ids.person(school, row.class_teacher) if row.class_teacher else None
    return WantedClass(id=id_, title=row.name, grade=row.grade, level=row.level, teacher=leader)


def class_facts(wanted: Iterable[WantedClass], school: School, terms: Terms) -> Iterator[Fact]:
    for each in wanted:
        known = school.classes.get(each.id)
        same = known is not None and (known.title, known.grade, known.level) == (
            each.title,
            each.grade,
            each.level,
        )
        if not same:
            formed = roster.ClassFormed(year=terms.year, title=each.title, grade=each.grade, level=each.level)
            yield each.id, formed
        led = known.teachers if known is not None and same else ()  # forming a class anew forgets its teacher
        if each.teacher is not None and not (led and led[-1][0] == each.teacher and led[-1][1].last is None):
            first = terms.change if led else terms.first
            yield each.id, roster.ClassTeacherAppointed(person=each.teacher, first=first, until=None)


def group_facts(groups: Mapping[UUID, tuple[UUID, str]], school: School) -> Iterator[Fact]:
    """`groups`: id → class and title."""
    for id_, (class_id, title) in groups.items():
        known = school.groups.get(id_)
        if known is None or known.title != title:
            yield class_id, roster.GroupFormed(group=id_, title=title)


def pupil_facts(
    bundle: SchoolBundle, classes: Mapping[str, UUID], school: School, terms: Terms
) -> Iterator[Fact]:
    """A pupil the file no longer names stays: leaving needs an order."""
    for row in bundle.pupils:
        id_ = ids.pupil(school.id, row.id)
        known, class_id = school.pupils.get(id_, Pupil(id=id_)), classes[row.class_name]
        if not known.classes:
            yield id_, roster.PupilEnrolled(class_id=class_id, first=row.enrolled, order=None)
            continue
        place, span = known.classes[-1]
        if span.last is not None:
            if row.enrolled > span.last:  # gone, and back again
                yield id_, roster.PupilEnrolled(class_id=class_id, first=row.enrolled, order=None)
        elif place != class_id:
            first = row.enrolled if row.enrolled > span.first else max(terms.change, terms.first)
            yield id_, roster.PupilMoved(class_id=class_id, first=first, order=None)
        elif len(known.classes) == 1 and row.enrolled < span.first:  # the date was mistaken
            yield id_, roster.PupilEnrolled(class_id=class_id, first=row.enrolled, order=None)


def membership_facts(
    bundle: SchoolBundle, classes: Mapping[str, UUID], school: School, terms: Terms
) -> Iterator[Fact]:
    enrolled = {row.id: row.enrolled for row in bundle.pupils}
    for row in bundle.group_members:
        id_ = ids.pupil(school.id, row.pupil)
        group = ids.group(school.id, classes[row.class_name], row.group)
        known = school.pupils.get(id_, Pupil(id=id_))
        if not any(g == group and span.last is None for g, span in known.groups):
            first = max(enrolled[row.pupil], terms.change if known.groups else terms.first)
            yield id_, roster.PupilGrouped(group=group, first=first, until=None)


def guardian_facts(bundle: SchoolBundle, school: School) -> Iterator[Fact]:
    persons = guardians_of(bundle, school.id)
    for row in bundle.guardians:
        id_, guardian = ids.pupil(school.id, row.pupil), persons[row.id]
        if guardian not in school.pupils.get(id_, Pupil(id=id_)).guardians:
            yield id_, roster.GuardianLinked(guardian=guardian, kinship=row.kinship)


def guardians_of(bundle: SchoolBundle, school: UUID) -> dict[str, UUID]:
    """Guardian's code → person. With the code and the name of a member of staff it is that person."""
    staff = {(row.id, row.last_name, row.first_name, row.middle_name) for row in bundle.staff}
    return {
        row.id: ids.person(school, row.id)
        if (row.id, row.last_name, row.first_name, row.middle_name) in staff
        else ids.guardian(school, row.id)
        for row in bundle.guardians
    }
