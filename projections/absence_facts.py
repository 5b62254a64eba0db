"""What is known of a class's presence between two days: lessons held, «н», who came late, what the class teacher says.

A lesson counts for a pupil who was liable to be there (E-11). Days at a distance (R-141), lessons of modes where no
presence is kept (P-21) and physical education of the exempt (P-94) count for nobody: neither held nor missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.evidence import steady
from ledger.regulation import Mode, Regulation
from ledger.school import School
from projections.reading import Reading

LESSONS = "lesson, journal, date, number, mode"
CELLS = "lesson, pupil, value_kind, entry"
NOT_STATED = ""  # the category of an absence nobody has explained yet


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """One pupil at one lesson held. `missed` an «н» stands; `category` of it, NOT_STATED for none; `late` came during
    the lesson. `seen` is the entry of the «н», 0 for none."""

    pupil: UUID
    lesson: UUID
    journal: UUID
    date: date
    number: int
    missed: bool
    category: str
    late: bool
    seen: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """`lessons` are rows of lessons held, by day and number; `absent` the entry of each «н» by (lesson, pupil);
    `said` what was explained of each pupil, the latest word first."""

    lessons: tuple[Any, ...]
    absent: Mapping[tuple[UUID, UUID], int]
    late: frozenset[tuple[UUID, UUID]]
    said: Mapping[UUID, tuple[Any, ...]]

    def explained(self, pupil: UUID, on: date) -> Any | None:
        """The row of the explanation that holds for that day, None for none."""
        return said_on(self.said.get(pupil, ()), on)

    def category(self, pupil: UUID, on: date) -> str:
        return category_on(self.said.get(pupil, ()), on)


def said_on(said: Iterable[Any], on: date) -> Any | None:
    """Of a pupil's rows of `explanations`, the one that holds for that day; None for none."""
    return next((row for row in said if row.first <= on <= row.last), None)


def category_on(said: Iterable[Any], on: date) -> str:
    row = said_on(said, on)
    return NOT_STATED if row is None else str(row.category)


def of_class(reading: Reading, class_id: UUID, first: date, last: date) -> Facts:
    """Of every page of the class; what a pupil missed in another class before a move belongs there."""
    journals = [page.id for page in reading.school.pages_of_class(class_id)]
    return of_pages(reading, journals, first, last)


def of_pages(reading: Reading, journals: Iterable[UUID], first: date, last: date) -> Facts:
    """Of these pages of the journal."""
    where = "journal = ANY(%(journals)s) AND date BETWEEN %(first)s AND %(last)s"
    asked: dict[str, Any] = {"journals": list(journals), "first": first, "last": last}
    lessons = reading.rows("lessons", where, columns=LESSONS, **asked)
    cells = reading.rows("cells", f"{where} AND value_kind <> 'mark'", columns=CELLS, **asked)
    return _facts(lessons, cells, explanations(reading, {cell.pupil for cell in cells}, first, last))


def explanations(
    reading: Reading, pupils: Iterable[UUID], first: date, last: date
) -> Mapping[UUID, tuple[Any, ...]]:
    """Rows of what was explained of these pupils for any of the days, the latest word first."""
    rows = reading.rows(
        "explanations",
        "pupil = ANY(%(pupils)s) AND first <= %(last)s AND last >= %(first)s",
        pupils=list(pupils),
        first=first,
        last=last,
    )
    said: dict[UUID, list[Any]] = {}
    for row in sorted(rows, key=lambda row: -row.entry):
        said.setdefault(row.pupil, []).append(row)
    return {pupil: tuple(own) for pupil, own in said.items()}


def _facts(lessons: Iterable[Any], cells: Iterable[Any], said: Mapping[UUID, tuple[Any, ...]]) -> Facts:
    kinds: dict[str, dict[tuple[UUID, UUID], int]] = {"absence": {}, "late": {}}
    for cell in cells:
        kinds[cell.value_kind][cell.lesson, cell.pupil] = cell.entry
    ordered = tuple(sorted(lessons, key=lambda row: (row.date, row.number)))
    return Facts(lessons=ordered, absent=kinds["absence"], late=frozenset(kinds["late"]), said=said)


def counts(pupil: UUID, lesson: Any, school: School, regulation: Regulation) -> bool:
    """Whether presence at the lesson (planned, or a row of one held) is asked of the pupil."""
    return kept(lesson, school, regulation) and school.liable(pupil, lesson.journal, lesson.date)


def kept(lesson: Any, school: School, regulation: Regulation) -> bool:
    """Whether presence at the lesson (planned, or a row of one held) is kept at all."""
    terms = regulation.extracurricular.get(lesson.mode)
    if terms is not None and not terms.attendance:
        return False
    away = school.distance(school.journals[lesson.journal].class_id, lesson.date)
    return away is None or regulation.mode("R-141") is Mode.OFF


def presences(facts: Facts, reading: Reading) -> Iterator[Presence]:
    """Every pupil at every lesson that counts for them, in order of the lessons."""
    school, regulation = reading.school, reading.regulation()
    for row in facts.lessons:
        if not kept(row, school, regulation):
            continue
        for pupil in school.members_ever(row.journal):
            if school.liable(pupil, row.journal, row.date):
                yield _presence(pupil, row, facts)


def held(facts: Facts, reading: Reading) -> int:
    """How many `presences` there are, without making them: a school's year has a million."""
    school, regulation = reading.school, reading.regulation()
    pages: dict[UUID, list[Any]] = {}
    for row in facts.lessons:
        if kept(row, school, regulation):
            pages.setdefault(row.journal, []).append(row)
    return sum(
        len(rows)
        if steady(pupil, journal, rows[0].date, rows[-1].date, school)
        else _liable_times(pupil, rows, school)
        for journal, rows in pages.items()
        for pupil in school.members_ever(journal)
    )


def _liable_times(pupil: UUID, rows: list[Any], school: School) -> int:
    return sum(school.liable(pupil, row.journal, row.date) for row in rows)


def missed(facts: Facts, reading: Reading) -> Iterator[Presence]:
    """The missed ones of `presences`, in order of the lessons."""
    school, regulation = reading.school, reading.regulation()
    absentees: dict[UUID, list[UUID]] = {}
    for lesson, pupil in facts.absent:
        absentees.setdefault(lesson, []).append(pupil)
    for row in facts.lessons:
        for pupil in absentees.get(row.lesson, ()):
            if counts(pupil, row, school, regulation):
                yield _presence(pupil, row, facts)


def _presence(pupil: UUID, row: Any, facts: Facts) -> Presence:
    cell = (row.lesson, pupil)
    missed = cell in facts.absent
    return Presence(
        pupil=pupil,
        lesson=row.lesson,
        journal=row.journal,
        date=row.date,
        number=row.number,
        missed=missed,
        category=facts.category(pupil, row.date) if missed else NOT_STATED,
        late=cell in facts.late,
        seen=facts.absent.get(cell, 0),
    )
