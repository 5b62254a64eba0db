"""Where the entries of a stream stand: at which lesson of which page, or in which sheet of period marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events import lessons, marks
from ledger.lesson import ANSWER
from projections.case_place import period_title
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True)
class TrailPlace:
    """`lesson` is None for a sheet, whose `period_title` says which; all is empty for a stream of something else.
    `works` are (kind, deadline) of the lesson's works; cases about a lesson know no deadline of theirs."""

    lesson: UUID | None = None
    journal: UUID | None = None
    class_title: str = ""
    subject: str = ""
    date: date | None = None
    period: UUID | None = None
    period_title: str = ""
    works: Mapping[UUID, tuple[str, datetime | None]] = field(default_factory=dict)


def place_of(reading: Reading, stream: UUID, entries: Sequence[Entry]) -> TrailPlace:
    """Of the stream with these entries, as of the reading."""
    first = next(
        (e.event for e in entries if getattr(e.event, "journal", None) in reading.school.journals), None
    )
    if first is None:
        return TrailPlace()
    if isinstance(first, lessons.LessonHeld):
        works = dict(_works(stream, first, entries))
        return TrailPlace(**_page(first.journal, reading), lesson=stream, date=first.date, works=works)
    return _of_case(first, reading)


def _works(
    lesson: UUID, held: lessons.LessonHeld, entries: Sequence[Entry]
) -> Mapping[UUID, tuple[str, datetime | None]]:
    found: dict[UUID, tuple[str, datetime | None]] = {lesson: (ANSWER, held.answer_due)}
    for entry in entries:
        match entry.event:
            case marks.WorkAdded(work=work, kind=kind, due=due):
                found[work] = (kind, due)
            case marks.WorkKindChanged(work=work, kind=kind) if work in found:
                found[work] = (kind, found[work][1])
    return found


def _of_case(event: Any, reading: Reading) -> TrailPlace:
    """Of a sheet, or of the cases and reports about a lesson or a sheet."""
    page, lesson, period = _page(event.journal, reading), getattr(event, "lesson", None), event_period(event)
    if lesson is None:
        title = period_title(reading.school, event.journal, period) if period is not None else ""
        return TrailPlace(**page, period=period, period_title=title)
    planned = reading.school.timetable.by_id.get(lesson)
    kinds = reading.rows("works", "lesson = %(lesson)s", columns="work, kind", lesson=lesson)
    works: dict[UUID, tuple[str, datetime | None]] = {row.work: (row.kind, None) for row in kinds}
    return TrailPlace(
        **page,
        lesson=lesson,
        date=planned.date if planned is not None else None,
        works={lesson: (ANSWER, None)} | works,
    )


def event_period(event: object) -> UUID | None:
    found: UUID | None = getattr(event, "period", None)
    return found


def _page(journal: UUID, reading: Reading) -> dict[str, Any]:
    return {
        "journal": journal,
        "class_title": reading.school.klass_of(journal).title,
        "subject": reading.school.subject_of(journal).title,
    }
