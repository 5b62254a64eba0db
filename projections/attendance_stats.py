"""Attendance of a class, C-14 (R-145): by pupil, subject and day; how much was missed and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from projections import absence_facts
from projections.absence_facts import Presence
from projections.as_of import AsOf
from projections.reading import NoSuchPage, Reading

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Lessons. `categories` are the missed ones in the page's order of categories, the last of them not stated; `days`
    on which every lesson was missed; `late` lessons somebody came late to."""

    held: int
    missed: int
    categories: tuple[int, ...]
    late: int
    days: int

    @property
    def percent(self) -> str:
        return share(self.held, self.missed)


def share(held: int, missed: int) -> str:
    """1 − missed ÷ held (C-14) in per cent, «97,4»; "" where nothing was held."""
    return f"{100 * (1 - missed / held):.1f}".replace(".", ",") if held else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilAttendance:
    pupil: UUID
    name: str
    tally: Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendancePage:
    """`categories` are those of the regulation, then whatever else was ever set, then «не указана» ("")."""

    class_id: UUID
    class_title: str
    first: date
    last: date
    categories: tuple[str, ...]
    pupils: tuple[PupilAttendance, ...]
    subjects: tuple[tuple[str, Tally], ...]
    days: tuple[tuple[date, Tally], ...]
    total: Tally
    as_of: AsOf


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassLine:
    """Lessons, each counted for every pupil who was to be there; as in Tally."""

    class_id: UUID
    class_title: str
    held: int
    missed: int
    categories: tuple[int, ...]
    late: int

    @property
    def percent(self) -> str:
        return share(self.held, self.missed)


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolAttendance:
    first: date
    last: date
    categories: tuple[str, ...]
    classes: tuple[ClassLine, ...]
    as_of: AsOf


def page(reading: Reading, class_id: UUID, first: date, last: date) -> AttendancePage:
    """Raises NoSuchPage: no such class."""
    if class_id not in reading.school.classes:
        raise NoSuchPage(str(class_id))
    seen = _seen(reading, class_id, first, last)
    categories = _categories(reading, seen)
    school = reading.school

    def tally(own: Iterable[Presence]) -> Tally:
        return tally_of(own, categories)

    names = reading.names({each.pupil for each in seen})
    by_pupil = _by(seen, lambda each: each.pupil)
    by_subject = _by(seen, lambda each: school.subject_of(each.journal).title)
    return AttendancePage(
        class_id=class_id,
        class_title=school.classes[class_id].title,
        first=first,
        last=last,
        categories=categories,
        pupils=tuple(
            PupilAttendance(pupil=pupil, name=names[pupil].listed, tally=tally(by_pupil[pupil]))
            for pupil in reading.sorted(tuple(by_pupil), names)
        ),
        subjects=tuple((title, tally(own)) for title, own in sorted(by_subject.items())),
        days=tuple((day, tally(own)) for day, own in sorted(_by(seen, lambda each: each.date).items())),
        total=tally(seen),
        as_of=reading.as_of,
    )


def of_school(reading: Reading, classes: Iterable[UUID], first: date, last: date) -> SchoolAttendance:
    """One line for each of `classes` there was at the page's moment."""
    known = [class_id for class_id in classes if class_id in reading.school.classes]
    facts = {class_id: absence_facts.of_class(reading, class_id, first, last) for class_id in known}
    missed = {class_id: tuple(absence_facts.missed(own, reading)) for class_id, own in facts.items()}
    categories = _categories(reading, [each for own in missed.values() for each in own])
    return SchoolAttendance(
        first=first,
        last=last,
        categories=categories,
        classes=tuple(
            ClassLine(
                class_id=class_id,
                class_title=reading.school.classes[class_id].title,
                held=absence_facts.held(own, reading),
                missed=len(missed[class_id]),
                categories=_by_category(missed[class_id], categories),
                late=len(own.late),
            )
            for class_id, own in facts.items()
        ),
        as_of=reading.as_of,
    )


def tally_of(seen: Iterable[Presence], categories: tuple[str, ...]) -> Tally:
    held = tuple(seen)
    missed = [each for each in held if each.missed]
    return Tally(
        held=len(held),
        missed=len(missed),
        categories=_by_category(missed, categories),
        late=sum(each.late for each in held),
        days=_whole_days(held),
    )


def _by_category(missed: Iterable[Presence], categories: tuple[str, ...]) -> tuple[int, ...]:
    why = Counter(each.category for each in missed)
    return tuple(why[category] for category in categories)


def _whole_days(held: Iterable[Presence]) -> int:
    """Days of a pupil with no lesson but missed ones."""

    def day(each: Presence) -> tuple[UUID, date]:
        return each.pupil, each.date

    days = groupby(sorted(held, key=day), key=day)
    return sum(all(each.missed for each in own) for _, own in days)


def _seen(reading: Reading, class_id: UUID, first: date, last: date) -> list[Presence]:
    facts = absence_facts.of_class(reading, class_id, first, last)
    return list(absence_facts.presences(facts, reading))


def _categories(reading: Reading, seen: Iterable[Presence]) -> tuple[str, ...]:
    return categories_of(reading, (each.category for each in seen))


def categories_of(reading: Reading, said: Iterable[str]) -> tuple[str, ...]:
    """Those of the regulation, then whatever else was ever said, then «не указана» ("")."""
    known = dict.fromkeys(reading.regulation().absence_categories)
    others = dict.fromkeys(sorted({each for each in said if each} - known.keys()))
    return (*known, *others, absence_facts.NOT_STATED)


def _by(seen: Iterable[Presence], key: Callable[[Presence], Key]) -> dict[Key, list[Presence]]:
    found: dict[Key, list[Presence]] = {}
    for each in seen:
        found.setdefault(key(each), []).append(each)
    return found
