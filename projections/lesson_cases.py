"""Corrections about one lesson: what brought its topic and homework, what waits, what its works may be corrected to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.lesson import fold_lesson
from ledger.personal import KeyOf
from projections.correction_notes import CorrectionNote, of_lesson
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonCases:
    """`topic` and `homework` are the cases that brought what stands; `notes` all there ever were, the oldest first.
    `works`: the entry each column has its kind from, what a correction of it must say it saw."""

    topic: CorrectionNote | None
    homework: CorrectionNote | None
    notes: tuple[CorrectionNote, ...]
    works: dict[UUID, int]

    def waiting(self, target: str, work: UUID | None = None) -> CorrectionNote | None:
        """The case about this place nobody has decided yet."""
        found = (note for note in self.notes if note.waits and (note.target, note.work) == (target, work))
        return next(found, None)


def cases(reading: Reading, row: Any, lesson: UUID, key_of: KeyOf) -> LessonCases:
    """`row` of the lesson; one nothing was written in has no cases."""
    notes = of_lesson(reading, lesson, key_of)
    known = {note.case: note for note in notes}
    sheet = fold_lesson(lesson, reading.streams((lesson,)).get(lesson, ()))
    return LessonCases(
        topic=known.get(row.topic_correction),
        homework=known.get(row.homework_correction),
        notes=notes,
        works={work.id: work.kind_entry.position for work in sheet.works.values()},
    )
