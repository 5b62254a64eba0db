"""Whom and what an aSc file means: its teachers, classes, subjects and groups found in the school by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from commands.files.asc_rows import AscClass, AscGroup, AscSlot, AscSubject, AscTeacher, AscTimetable
from commands.files.names import class_key, match_key
from commands.importing import ids
from ledger.people import Name
from ledger.school import School


@dataclass(frozen=True, kw_only=True, slots=True)
class Matched:
    """By the file's ids, what each is in the school; what is new there already has the id it would get.

    `skipped` are no classes: pupils taught at home, exported as classes of their own. `doubtful` are teachers
    whose name two people have.
    """

    teachers: Mapping[str, UUID]
    classes: Mapping[str, UUID]
    subjects: Mapping[str, UUID]
    groups: Mapping[str, UUID]
    new_teachers: tuple[AscTeacher, ...]
    new_classes: tuple[AscClass, ...]
    new_subjects: tuple[AscSubject, ...]
    new_groups: tuple[AscGroup, ...]
    skipped: tuple[AscClass, ...]
    doubtful: tuple[AscTeacher, ...]

    @property
    def complete(self) -> bool:
        """Whether the school has everything the file names."""
        return not (self.new_teachers or self.new_classes or self.new_subjects or self.new_groups)


def match(timetable: AscTimetable, school: School, year: int, staff: Mapping[UUID, Name]) -> Matched:
    """Only what lessons of a class name is looked for. `staff`: the names of the school's people."""
    classes, new_classes, skipped = _classes(timetable, school, year)
    slots = [slot for slot in timetable.slots if any(c.id in classes for c in slot.classes)]
    teachers, new_teachers, doubtful = _teachers(slots, school, staff)
    subjects, new_subjects = _subjects(slots, school)
    groups, new_groups = _groups(slots, classes, school)
    return Matched(
        teachers=teachers,
        classes=classes,
        subjects=subjects,
        groups=groups,
        new_teachers=new_teachers,
        new_classes=new_classes,
        new_subjects=new_subjects,
        new_groups=new_groups,
        skipped=skipped,
        doubtful=doubtful,
    )


def _classes(
    timetable: AscTimetable, school: School, year: int
) -> tuple[dict[str, UUID], tuple[AscClass, ...], tuple[AscClass, ...]]:
    """A name without a grade is a class only where the school says so."""
    known = {class_key(k.title): k.id for k in school.classes.values() if k.year == year}
    unknown = (c for c in timetable.classes if c.grade is not None and class_key(c.name) not in known)
    new = {class_key(c.name): c for c in unknown}
    skipped = tuple(c for c in timetable.classes if c.grade is None and class_key(c.name) not in known)
    found = {
        c.id: known.get(class_key(c.name)) or ids.klass(school.id, year, c.name)
        for c in timetable.classes
        if c not in skipped
    }
    return found, tuple(new.values()), skipped


def _teachers(
    slots: Iterable[AscSlot], school: School, staff: Mapping[UUID, Name]
) -> tuple[dict[str, UUID], tuple[AscTeacher, ...], tuple[AscTeacher, ...]]:
    teachers = dict.fromkeys(teacher for slot in slots for teacher in slot.teachers)
    twice = Counter(_key(teacher.name) for teacher in teachers)
    found: dict[str, UUID] = {}
    new, doubtful = [], []
    for teacher in teachers:
        meant = _meant(teacher, staff)
        if len(meant) > 1 or twice[_key(teacher.name)] > 1:
            doubtful.append(teacher)
        elif not meant:
            new.append(teacher)
        found[teacher.id] = meant[0] if meant else ids.person(school.id, f"asc/{match_key(teacher.name)}")
    return found, tuple(new), tuple(doubtful)


def _meant(teacher: AscTeacher, staff: Mapping[UUID, Name]) -> list[UUID]:
    """Those of this full name, else of these words in any order (aSc 2012 files swap first and last names, and may
    leave the patronymic out), else of this surname and initials."""
    full = [person for person, name in staff.items() if _key(name.full) == _key(teacher.name)]
    words = _words(teacher.name)
    swapped = [
        person
        for person, name in staff.items()
        if words in (_words(name.full), _words(f"{name.last} {name.first}"))
    ]
    initials = {_key(teacher.name), _key(teacher.short)}
    return full or swapped or [person for person, name in staff.items() if _key(name.short) in initials]


def _words(name: str) -> list[str]:
    return sorted(match_key(name).split())


def _key(name: str) -> str:
    """«Іваськів Р.Ф.» and «Іваськів Р. Ф.» are one name."""
    return re.sub(r"[\s.]", "", match_key(name))


def _subjects(slots: Iterable[AscSlot], school: School) -> tuple[dict[str, UUID], tuple[AscSubject, ...]]:
    known = {match_key(s.short): s.id for s in school.subjects.values() if s.short}
    known |= {match_key(s.title): s.id for s in school.subjects.values()}
    subjects = dict.fromkeys(slot.subject for slot in slots)
    found = {s.id: known.get(match_key(s.name)) or ids.subject(school.id, s.name) for s in subjects}
    new = {found[s.id]: s for s in reversed(subjects) if found[s.id] not in school.subjects}
    return found, tuple(reversed(new.values()))  # one title under two ids is one subject


def _groups(
    slots: Iterable[AscSlot], classes: Mapping[str, UUID], school: School
) -> tuple[dict[str, UUID], tuple[AscGroup, ...]]:
    groups = dict.fromkeys(g for slot in slots for g in slot.groups if g.class_id in classes)
    found = {g.id: ids.group(school.id, classes[g.class_id], g.name) for g in groups}
    return found, tuple(g for g in groups if found[g.id] not in school.groups)


def name_of(teacher: AscTeacher) -> Name:
    """Surname first, as aSc's Russian and Ukrainian exports write it."""
    last, first, middle = [*teacher.name.split(maxsplit=2), "", ""][:3]
    return Name(last=last, first=first, middle=middle)


def unknown(matched: Matched) -> tuple[str, ...]:
    """What the file names and the school does not know, a Russian line for each kind."""
    kinds = (
        ("учителя", [f"{t.name} (строка {t.line})" for t in matched.new_teachers]),
        ("классы", [f"{c.name} (строка {c.line})" for c in matched.new_classes]),
        ("предметы", [f"{s.name} (строка {s.line})" for s in matched.new_subjects]),
        ("группы", sorted({g.name for g in matched.new_groups})),
    )
    return tuple(f"{kind}: {', '.join(names)}" for kind, names in kinds if names)
