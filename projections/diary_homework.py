"""Homework of a diary: what is due at a lesson, general and the pupil's own, with when it was entered against its
deadline (UstBelaya 7.3, 7.7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger import windows
from ledger.personal import KeyOf, opened
from projections.diary_corrections import DiaryCorrection
from projections.journal_lines import manner_of
from projections.materials import Material
from projections.reading import Ask, Reading, standing


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeworkDue:
    """Homework due at this lesson: set at which lesson, when it was entered, and its deadline (both local)."""

    text: str
    manner: tuple[str, ...]
    personal: bool
    set_on: date
    entered_at: datetime
    deadline: datetime
    late: bool
    materials: tuple[Material, ...] = ()
    corrected: DiaryCorrection | None = None
    contested: bool = False


def asked(pupil: UUID, ids: list[UUID]) -> Ask:
    """His own, due at these lessons."""
    return standing(
        "personal_homework", "pupil = %(pupil)s AND due_lesson = ANY(%(ids)s)", pupil=pupil, ids=ids
    )


def due_at(
    reading: Reading,
    rows: list[Any],
    own: list[Any],
    materials: Mapping[UUID, tuple[Material, ...]],
    cases: dict[UUID, DiaryCorrection],
    contested: Collection[int],
    key_of: KeyOf,
) -> dict[UUID, list[HomeworkDue]]:
    """General (of lessons' `rows`) and personal homework (rows of `asked`) by the lesson it is due at."""
    found: dict[UUID, list[HomeworkDue]] = {}
    for row in rows:
        if row.homework is not None:
            hung = tuple(each for each in materials.get(row.lesson, ()) if each.to == "homework")
            said = row.homework_entry in contested
            brought = cases.get(row.homework_correction)
            task = replace(_general(reading, row, hung), corrected=brought, contested=said)
            found.setdefault(row.due_lesson, []).append(task)
    for row in own:
        task = replace(_personal(reading, row, key_of), contested=row.entry in contested)
        found.setdefault(row.due_lesson, []).append(task)
    return found


def _general(reading: Reading, row: Any, materials: tuple[Material, ...]) -> HomeworkDue:
    return HomeworkDue(
        text=row.homework,
        manner=manner_of(row.manner, reading.regulation()),
        personal=False,
        set_on=row.date,
        entered_at=reading.school.local(row.homework_at),
        deadline=_deadline(reading, row.lesson, row.ends),
        late=row.homework_delay is not None,
        materials=materials,
    )


def _personal(reading: Reading, row: Any, key_of: KeyOf) -> HomeworkDue:
    entered = reading.school.local(row.entered_at)
    return HomeworkDue(
        text=opened(row.pupil, row.nonce, row.sealed, key_of),
        manner=(),
        personal=True,
        set_on=row.date,
        entered_at=entered,
        deadline=_deadline(reading, row.lesson, entered),
        late=row.delay is not None,
    )


def _deadline(reading: Reading, lesson: UUID, otherwise: datetime) -> datetime:
    planned = reading.school.timetable.by_id.get(lesson)
    if planned is None:
        return otherwise
    return windows.homework_window(planned, reading.school, reading.regulation()).soft
