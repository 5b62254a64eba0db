"""Period marks whose ground has moved since somebody last looked (R-172): a mark they were decided on was changed or
voided, or another was given after. Nothing changes them but a person; until then they ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from ledger.evidence import pages_of
from ledger.period_sheet import PERIOD
from ledger.span import Span
from projections.case_place import span_of
from projections.reading import Reading
from projections.task import Task, sheet_place

MARKS = "journal, period, kind, pupil, value, rests_on, checked, entry"
MOVED = (
    "SELECT c.pupil, c.journal, c.date, c.entry, c.since, (c.until IS NULL OR c.until > %(position)s) AS stands"
    " FROM pages.cells c WHERE c.school_id = %(school)s AND c.pupil = ANY(%(pupils)s)"
    " AND c.date BETWEEN %(first)s AND %(last)s AND c.value_kind <> 'late' AND c.since <= %(position)s"
    " AND (c.since > %(least)s OR c.until > %(least)s)"
)


def rechecks(reading: Reading, journals: Collection[UUID] | None = None) -> list[Task]:
    """Of these pages, or of the whole school, by page; one query for the marks and one for each period's days."""
    where = "TRUE" if journals is None else "journal = ANY(%(journals)s)"
    marks = reading.rows("period_marks", where, columns=MARKS, journals=list(journals or ()))
    spans: dict[Span, list[Any]] = {}
    for mark in marks:
        spans.setdefault(span_of(reading.school, mark.journal, mark.period), []).append(mark)
    return [task for span, own in spans.items() for task in _of_span(span, own, reading, marks)]


def _of_span(span: Span, marks: list[Any], reading: Reading, others: list[Any]) -> Iterable[Task]:
    rows = reading.query(
        MOVED,
        pupils=list({mark.pupil for mark in marks}),
        first=span.first,
        last=span.last or date.max,
        least=min(mark.checked for mark in marks),
    )
    by_pupil: dict[UUID, list[Any]] = {}
    for row in rows:
        by_pupil.setdefault(row.pupil, []).append(row)
    for mark in sorted(marks, key=lambda mark: mark.checked):
        changed = _changed(mark, by_pupil.get(mark.pupil, ()), reading, others)
        if changed:
            place = sheet_place(reading.school, mark.journal, mark.period, mark.pupil, mark.kind)
            yield Task(kind="recheck", place=place, count=changed, new=mark.value, calls=True)


def _changed(mark: Any, rows: Iterable[Any], reading: Reading, others: list[Any]) -> int:
    """How many of the things the mark rests on are no longer what they were, with those that came after."""
    rested = set(mark.rests_on)
    if mark.kind != PERIOD:
        return _years(mark, rested, others)
    own = list(rows)
    standing = {row.entry for row in own if row.stands}
    gone = {row.entry for row in own if row.entry in rested and not row.stands} - standing
    after = {row.entry for row in own if row.stands and row.entry > mark.checked} - rested
    if after:
        pages = set(pages_of(reading.school, mark.journal, mark.pupil))
        after = {row.entry for row in own if row.entry in after and row.journal in pages}
    return max(len(gone), len(after))


def _years(mark: Any, rested: set[int], others: list[Any]) -> int:
    """A mark of the year rests on those of its periods."""
    stands = {(each.journal, each.period): each for each in others if each.pupil == mark.pupil}
    changed = (
        each for (journal, _), each in stands.items() if journal == mark.journal and each.kind == PERIOD
    )
    return sum(1 for each in changed if _entry(each) > mark.checked and _entry(each) not in rested)


def _entry(mark: Any) -> int:
    return int(mark.entry)
