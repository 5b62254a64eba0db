"""The sheet in the staff room: who stands in for whom on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.substitutes import lesson_of
from projections.as_of import AsOf
from projections.morning import Covered, LessonWords, covered, uncovered, words_of
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """A lesson that is cancelled that day (`to` is None) or moved to another one; `reason` is a word of the school."""

    words: LessonWords
    to: date | None
    number: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSheet:
    """`open`: lessons of absent teachers nobody gives yet."""

    on: date
    away: tuple[UUID, ...]
    covered: tuple[Covered, ...]
    open: tuple[tuple[LessonWords, UUID], ...]
    changed: tuple[Changed, ...]
    as_of: AsOf


def page(reading: Reading, on: date) -> StaffSheet:
    school = reading.school
    missing = [each.person for each in school.away.values() if on in each.span]
    return StaffSheet(
        on=on,
        away=tuple(reading.sorted(missing, reading.names(missing))),
        covered=tuple(covered(reading, on, on)),
        open=tuple((words_of(lesson, reading), absent) for lesson, absent in uncovered(school, on, on)),
        changed=_changed(reading, on),
        as_of=reading.as_of,
    )


def _changed(reading: Reading, on: date) -> tuple[Changed, ...]:
    school = reading.school
    found = []
    for change in school.changes.values():
        lesson = lesson_of(change.lesson, school)
        if lesson is not None and lesson.planned == on:
            words = words_of(lesson, reading)
            found.append(Changed(words=words, to=change.date, number=change.number, reason=change.reason))
    return tuple(sorted(found, key=lambda each: each.words.starts))
