"""What is asked of the database for some days of a diary, and what the rows say of their lessons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf
from ledger.school import School
from ledger.timetable import Lesson
from projections import absence_facts, diary_corrections, diary_homework, diary_remarks, void_signs
from projections.diary_acquaintance import ReadBy
from projections.diary_corrections import DiaryCorrection
from projections.diary_homework import HomeworkDue
from projections.diary_remarks import Remark
from projections.lesson_fate import Fate, left_on
from projections.materials import Material, of_lessons
from projections.reading import Ask, Reading, standing
from projections.void_signs import NONE, Signs

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """The pupil's lessons of some days, in order of time, and those that left them."""

    by_day: Mapping[date, tuple[Lesson, ...]]
    left: Mapping[date, tuple[tuple[Lesson, Fate], ...]]

    @property
    def ids(self) -> list[UUID]:
        return [each.id for day in self.by_day.values() for each in day] + [
            each.id for day in self.left.values() for each, _ in day
        ]

    def week(self, school: School) -> tuple[datetime, datetime]:
        """The instants between which seven days pass from the first of these."""
        begin = min(self.by_day)
        first, last = (datetime.combine(day, time(), school.zone) for day in (begin, begin + WEEK))
        return first, last


def planned(school: School, pupil: UUID, days: Sequence[date]) -> Planned:
    return Planned(
        by_day={day: school.lessons_of_pupil(pupil, day) for day in days},
        left={day: _planned_away(school, pupil, day) for day in days},
    )


def asks(pupil: UUID, planned: Planned, school: School) -> dict[str, Ask]:
    """Of these lessons."""
    ids = planned.ids
    return {
        "lessons": standing("lessons", "(lesson = ANY(%(ids)s) OR due_lesson = ANY(%(ids)s))", ids=ids),
        "cells": standing("cells", "pupil = %(pupil)s AND lesson = ANY(%(ids)s)", pupil=pupil, ids=ids),
        "works": standing("works", "lesson = ANY(%(ids)s)", ids=ids),
        "own_homework": diary_homework.asked(pupil, ids),
        "remarks": diary_remarks.asked_of_week(pupil, ids, *planned.week(school)),
        "breaches": void_signs.ASKED,
    }


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Rows of the week's lessons: of the lessons, of this pupil's cells, of homework due at them; `said` is what was
    explained of absences, the latest word first; `cases` are those that brought what stands; `withdrawn` the lessons
    something of the pupil's was taken out of by whoever is contested."""

    lessons: dict[UUID, Any]
    cells: dict[UUID, list[Any]]
    said: tuple[Any, ...]
    due: dict[UUID, list[HomeworkDue]]
    works: dict[UUID, Any]
    materials: dict[UUID, tuple[Material, ...]]
    cases: dict[UUID, DiaryCorrection]
    signs: Signs = NONE
    withdrawn: frozenset[UUID] = frozenset()
    remarks: tuple[Remark, ...] = ()
    read: Mapping[int, tuple[ReadBy, ...]] = field(default_factory=dict)


def facts(
    reading: Reading,
    pupil: UUID,
    planned: Planned,
    rows: SimpleNamespace,
    key_of: KeyOf,
    read: Mapping[int, tuple[ReadBy, ...]],
) -> Facts:
    """Of the `rows` asked for by `asks`, and of what they make one ask."""
    here = frozenset(planned.ids)
    lessons = {row.lesson: row for row in rows.lessons if row.lesson in here}
    tasks = [row for row in rows.lessons if row.due_lesson in here]
    cells: dict[UUID, list[Any]] = {}
    for cell in rows.cells:
        cells.setdefault(cell.lesson, []).append(cell)
    brought = {cell.correction for cell in rows.cells}
    brought |= {row.topic_correction for row in lessons.values()} | {row.homework_correction for row in tasks}
    cases = diary_corrections.of_cases(reading, brought - {None})
    signs = void_signs.signs_of(rows.breaches, reading)
    materials = of_lessons(reading, {*here, *(row.lesson for row in tasks)})
    return Facts(
        lessons=lessons,
        cells=cells,
        said=_explained(reading, pupil, rows.cells),
        works={row.work: row for row in rows.works},
        due=diary_homework.due_at(
            reading, tasks, rows.own_homework, materials, cases, signs.contested, key_of
        ),
        materials=materials,
        cases=cases,
        signs=signs,
        withdrawn=_withdrawn(reading, pupil, planned.ids, signs),
        remarks=diary_remarks.told(rows.remarks, reading, key_of),
        read=read,
    )


def _withdrawn(reading: Reading, pupil: UUID, ids: list[UUID], signs: Signs) -> frozenset[UUID]:
    where = "pupil = %(pupil)s AND lesson = ANY(%(ids)s) AND value_kind <> 'late'"
    rows = void_signs.emptied(signs.contested, reading, where, pupil=pupil, ids=ids)
    return frozenset(row.lesson for row in rows)


def _explained(reading: Reading, pupil: UUID, cells: list[Any]) -> tuple[Any, ...]:
    missed = [cell.date for cell in cells if cell.value_kind == "absence"]
    if not missed:
        return ()
    return absence_facts.explanations(reading, [pupil], min(missed), max(missed)).get(pupil, ())


def _planned_away(school: School, pupil: UUID, day: date) -> tuple[tuple[Lesson, Fate], ...]:
    return tuple(each for each in left_on(school, day) if school.enrolled(pupil, each[0].journal, day))
