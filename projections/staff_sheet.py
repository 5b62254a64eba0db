"""The sheet in the staff room: who stands in for whom on one day."""

from __future__ import annotations

from collections.abc import Iterator
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
class Open:
    """A lesson of an absent teacher nobody gives yet."""

    words: LessonWords
    absent: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSheet:
    """`lines` in order of time."""

    on: date
    away: tuple[UUID, ...]
    lines: tuple[Covered | Open | Changed, ...]
    as_of: AsOf


def page(reading: Reading, on: date) -> StaffSheet:
    school = reading.school
    missing = [each.person for each in school.away.values() if on in each.span]
    waiting = (Open(words=words_of(lesson, reading), absent=who) for lesson, who in uncovered(school, on, on))
    lines: list[Covered | Open | Changed] = [*covered(reading, on, on), *waiting, *_changed(reading, on)]
    return StaffSheet(
        on=on,
        away=tuple(reading.sorted(missing, reading.names(missing))),
        lines=tuple(sorted(lines, key=lambda each: (each.words.starts, each.words.class_title))),
        as_of=reading.as_of,
    )


def _changed(reading: Reading, on: date) -> Iterator[Changed]:
    school = reading.school
    for change in school.changes.values():
        lesson = lesson_of(change.lesson, school)
        if lesson is not None and lesson.planned == on:
            words = words_of(lesson, reading)
            yield Changed(words=words, to=change.date, number=change.number, reason=change.reason)
