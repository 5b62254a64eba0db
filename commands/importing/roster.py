"""Classes, their teachers and groups, pupils and their guardians."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.files.csv_rows import GroupMember, SchoolBundle, SchoolClass
from commands.files.csv_rows import Pupil as PupilRow
from commands.importing import ids
from commands.importing.terms import Fact, Terms
from ledger.events import roster
from ledger.school import Pupil, School
from ledger.span import DAY, Span


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
    """A pupil the file no longer names stays: leaving needs a day, and an order."""
    for row in bundle.pupils:
        id_ = ids.pupil(school.id, row.id)
        known = school.pupils.get(id_, Pupil(id=id_))
        came = tuple(_came(row, known, classes[row.class_name], terms))
        yield from ((id_, event) for event in came)
        there = known.classes and known.classes[-1][1].last is None
        if row.departed is not None and (there or came):
            yield id_, roster.PupilDeparted(last=row.departed, order=row.departed_by or None)


def _came(row: PupilRow, known: Pupil, class_id: UUID, terms: Terms) -> Iterator[object]:
    if not known.classes:
        yield roster.PupilEnrolled(class_id=class_id, first=row.enrolled, order=None)
        return
    place, span = known.classes[-1]
    if span.last is not None:
        if row.enrolled > span.last:  # gone, and back again
            yield roster.PupilEnrolled(class_id=class_id, first=row.enrolled, order=None)
    elif place != class_id:
        first = row.enrolled if row.enrolled > span.first else max(terms.change, terms.first)
        if row.departed is None or first <= row.departed:
            yield roster.PupilMoved(class_id=class_id, first=first, order=None)
    elif len(known.classes) == 1 and row.enrolled < span.first:  # the date was mistaken
        yield roster.PupilEnrolled(class_id=class_id, first=row.enrolled, order=None)


def membership_facts(
    bundle: SchoolBundle, classes: Mapping[str, UUID], school: School, terms: Terms
) -> Iterator[Fact]:
    pupils = {row.id: row for row in bundle.pupils}
    for row in bundle.group_members:
        id_ = ids.pupil(school.id, row.pupil)
        group = ids.group(school.id, classes[row.class_name], row.group)
        known = school.pupils.get(id_, Pupil(id=id_))
        yield from ((id_, event) for event in _member(row, pupils[row.pupil], group, known, terms))


def _member(row: GroupMember, pupil: PupilRow, group: UUID, known: Pupil, terms: Terms) -> Iterator[object]:
    """Who departs leaves his groups with the class (ledger.school_folds.roster)."""
    last = row.last or pupil.departed
    spans = [span for g, span in known.groups if g == group]
    ends = [span.last for span in spans]
    if None in ends or (ends and last is not None and last <= max(filter(None, ends))):
        if row.last is not None:
            yield from _past(row.last, group, spans)
        return
    floors = [row.first or pupil.enrolled, terms.change if known.groups else terms.first]
    first = max([*floors, *(end + DAY for end in ends if end is not None)])
    if last is None or first <= last:
        yield roster.PupilGrouped(group=group, first=first, until=last)


def _past(last: date, group: UUID, spans: Iterable[Span]) -> Iterator[object]:
    """The end of each stretch in the group that reaches past the day."""
    for span in spans:
        if span.last is None or span.last > last:
            yield roster.PupilUngrouped(group=group, last=max(last, span.first - DAY))


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
