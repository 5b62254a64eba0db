"""Columns of a page whose marks are given on another: literacy marks of literature on the page of Russian (R-126)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.school import School
from projections.columns import Column
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignColumn:
    """A column whose marks are given on the page of `subject`, by `teachers`, at `lesson` (R-126)."""

    lesson: UUID
    kind_title: str
    subject: str
    teachers: tuple[UUID, ...]


def lessons_elsewhere(works: Iterable[Any], reading: Reading) -> dict[UUID, Any]:
    """Rows of the lessons of literature whose literacy marks stand on this page of Russian."""
    ids = [work.lesson for work in works if work.source is not None]
    rows = reading.rows("lessons", "lesson = ANY(%(ids)s)", ids=ids) if ids else []
    return {row.lesson: row for row in rows}


def foreign_columns(
    columns: Iterable[Column], lessons: Mapping[UUID, Any], school: School
) -> tuple[ForeignColumn, ...]:
    return tuple(
        ForeignColumn(
            lesson=column.lesson,
            kind_title=column.kind_title,
            subject=school.subject_of(lessons[column.lesson].journal).title,
            teachers=school.teachers_of(lessons[column.lesson].journal, column.date),
        )
        for column in columns
        if column.source is not None
    )
