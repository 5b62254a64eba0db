"""Period marks whose ground has moved since somebody last looked (R-172): what projections.period_changes names on the
sheet, found for many pages at once. Nothing changes them but a person; until then they ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from ledger.evidence import evidences_of, pages_of, periods_of
from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from ledger.span import Span
from projections import void_signs
from projections.period_changes import changes
from projections.period_evidence import facts_of
from projections.period_taint import behind
from projections.period_year import sheet_span
from projections.reading import Reading
from projections.task import Task, sheet_place

Standing = Mapping[tuple[UUID, UUID, str, UUID], Any]  # page, period, kind, pupil
MARKS = "journal, period, kind, pupil, value, rests_on, checked, entry"
MOVED = (
    "SELECT c.pupil, c.entry, (c.until IS NULL OR c.until > %(position)s) AS stands"
    " FROM pages.cells c WHERE c.school_id = %(school)s AND c.pupil = ANY(%(pupils)s)"
    " AND c.date BETWEEN %(first)s AND %(last)s AND c.value_kind <> 'late' AND c.since <= %(position)s"
    " AND (c.since > %(least)s OR c.until > %(least)s)"
)


def rechecks(reading: Reading, journals: Collection[UUID] | None = None) -> list[Task]:
    """Of these pages, or of the whole school, the longest unseen first; `count` says how many things changed,
    `text` names the Act where it made void what a mark rests on (R-183)."""
    where = "TRUE" if journals is None else "journal = ANY(%(journals)s)"
    marks = reading.rows("period_marks", where, columns=MARKS, journals=list(journals or ()))
    spans: dict[Span, list[Any]] = {}
    for mark in marks:
        if mark.kind == PERIOD:
            spans.setdefault(sheet_span(reading.school, mark.journal, mark.period), []).append(mark)
    changed = {key: n for span, own in spans.items() for key, n in _of_periods(span, own, reading)}
    changed.update(_of_years([mark for mark in marks if mark.kind in (YEAR, FINAL)], reading))
    tainted = behind(marks, void_signs.acts(reading), reading)
    return [
        Task(
            kind="recheck",
            place=sheet_place(reading.school, mark.journal, mark.period, mark.pupil, mark.kind),
            count=changed.get(mark.entry) or 1,
            new=mark.value,
            text=str(tainted.get(mark.entry, "")),
            calls=True,
        )
        for mark in sorted(marks, key=lambda mark: int(mark.checked))
        if changed.get(mark.entry) or mark.entry in tainted
    ]


def _of_periods(span: Span, marks: list[Any], reading: Reading) -> Iterable[tuple[int, int]]:
    """By the mark's entry. Evidence is gathered only where a cell of the pupil has moved since."""
    rows = reading.query(
        MOVED,
        pupils=list({mark.pupil for mark in marks}),
        first=span.first,
        last=span.last or date.max,
        least=min(mark.checked for mark in marks),
    )
    moved: dict[UUID, list[Any]] = {}
    for row in rows:
        moved.setdefault(row.pupil, []).append(row)
    pages: dict[UUID, list[Any]] = {}
    for mark in marks:
        if _may_have_moved(mark, moved.get(mark.pupil, ())):
            pages.setdefault(mark.journal, []).append(mark)
    for journal, own in pages.items():
        yield from _of_page(journal, span, own, reading)


def _may_have_moved(mark: Any, rows: Iterable[Any]) -> bool:
    rested = set(mark.rests_on)
    return any(row.entry not in rested if row.stands else row.entry in rested for row in rows)


def _of_page(journal: UUID, span: Span, marks: list[Any], reading: Reading) -> Iterable[tuple[int, int]]:
    school, regulation = reading.school, reading.regulation()
    pupils = [mark.pupil for mark in marks]
    pages = dict.fromkeys(page for pupil in pupils for page in pages_of(school, journal, pupil))
    facts = facts_of(reading, pages, span, pupils)
    evidence = evidences_of(pupils, journal, span, facts, school, regulation)
    found = changes(reading, {mark.pupil: mark.rests_on for mark in marks}, evidence)
    return [(mark.entry, len(found.get(mark.pupil, ()))) for mark in marks]


def _of_years(marks: list[Any], reading: Reading) -> dict[int, int]:
    """The year's rests on the marks of its periods, on whichever page of the subject they were set (E-06), a final one
    on the year's, either on the attestation."""
    if not marks:
        return {}
    pages = {page for mark in marks for page in pages_of(reading.school, mark.journal, mark.pupil)}
    rows = reading.rows(
        "period_marks",
        "journal = ANY(%(journals)s) AND pupil = ANY(%(pupils)s)",
        columns="journal, period, kind, pupil, entry",
        journals=list(pages),
        pupils=list({mark.pupil for mark in marks}),
    )
    standing = {(row.journal, row.period, row.kind, row.pupil): row for row in rows}
    return {
        mark.entry: sum(row is not None and row.entry not in mark.rests_on for row in beneath)
        for mark in marks
        for beneath in [_beneath(mark, standing, reading)]
    }


def _beneath(mark: Any, standing: Standing, reading: Reading) -> tuple[Any | None, ...]:
    own = {kind: standing.get((mark.journal, mark.period, kind, mark.pupil)) for kind in (YEAR, ATTESTATION)}
    if mark.kind == FINAL:
        return own[YEAR], own[ATTESTATION]
    pages = pages_of(reading.school, mark.journal, mark.pupil)
    of_periods = (
        next((row for page in pages if (row := standing.get((page, each.id, PERIOD, mark.pupil)))), None)
        for each in periods_of(reading.school, mark.journal)
    )
    return *of_periods, own[ATTESTATION]
