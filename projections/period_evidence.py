"""The evidence of period marks from the rows of the pages: what ledger.evidence makes of entries at the gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from ledger.attestation import Counted, Evidence, Missed, Proposal, propose
from ledger.evidence import Facts, HeldLesson, evidences_of, pages_of
from ledger.span import Span
from projections.absence_facts import category_on, explanations
from projections.reading import Reading

CELLS = "entry, lesson, journal, work, date, pupil, value_kind, value"


def of_page(
    reading: Reading, journal: UUID, pupils: Iterable[UUID], span: Span
) -> dict[UUID, tuple[Evidence, Proposal]]:
    """What the mark of each pupil in the subject of this page rests on over `span`, and what is proposed."""
    regulation, found = reading.regulation(), evidences(reading, journal, pupils, span)
    return {pupil: (evidence, propose(evidence, regulation)) for pupil, evidence in found.items()}


def evidences(reading: Reading, journal: UUID, pupils: Iterable[UUID], span: Span) -> dict[UUID, Evidence]:
    """Without a proposal, which an exception may change."""
    wanted, school, regulation = tuple(pupils), reading.school, reading.regulation()
    pages = dict.fromkeys(page for pupil in wanted for page in pages_of(school, journal, pupil))
    facts = facts_of(reading, tuple(pages), span)
    return evidences_of(wanted, journal, span, facts, school, regulation)


def facts_of(
    reading: Reading, journals: Iterable[UUID], span: Span, pupils: Iterable[UUID] | None = None
) -> Facts:
    """Of all pupils of these pages, or of those named only: a page of one need not read thirty."""
    between: dict[str, Any] = {"journals": list(journals), "first": span.first, "last": span.last}
    where = "journal = ANY(%(journals)s) AND date BETWEEN %(first)s AND %(last)s"
    lessons: dict[UUID, list[HeldLesson]] = {}
    for row in reading.rows("lessons", where, columns="lesson, journal, date, mode", **between):
        held = HeldLesson(lesson=row.lesson, journal=row.journal, date=row.date, mode=row.mode)
        lessons.setdefault(row.journal, []).append(held)
    whose = "" if pupils is None else " AND pupil = ANY(%(pupils)s)"
    cells = reading.rows("cells", where + whose, columns=CELLS, pupils=list(pupils or ()), **between)
    works = reading.rows("works", where, columns="work, kind", **between)
    return Facts(
        lessons={page: tuple(own) for page, own in lessons.items()},
        marks=_marks(cells, {row.work: row.kind for row in works}),
        missed=_missed(cells, reading, span),
    )


def _marks(cells: Iterable[Any], kinds: Mapping[UUID, str]) -> dict[UUID, tuple[Counted, ...]]:
    found: dict[UUID, list[Counted]] = {}
    for cell in cells:
        if cell.value_kind == "mark":
            mark = Counted(
                entry=cell.entry,
                lesson=cell.lesson,
                journal=cell.journal,
                work=cell.work,
                date=cell.date,
                kind=kinds.get(cell.work, ""),
                value=_parts(cell.value),
            )
            found.setdefault(cell.pupil, []).append(mark)
    return {pupil: tuple(own) for pupil, own in found.items()}


@lru_cache(maxsize=1000)
def _parts(value: str) -> tuple[int, ...]:
    return tuple(int(part) for part in value.split("/"))


def _missed(cells: Iterable[Any], reading: Reading, span: Span) -> dict[UUID, tuple[Missed, ...]]:
    absent = [cell for cell in cells if cell.value_kind == "absence"]
    last = span.last or reading.today
    said = explanations(reading, {cell.pupil for cell in absent}, span.first, last)
    found: dict[UUID, list[Missed]] = {}
    for cell in absent:
        category = category_on(said.get(cell.pupil, ()), cell.date)
        missed = Missed(entry=cell.entry, lesson=cell.lesson, date=cell.date, category=category)
        found.setdefault(cell.pupil, []).append(missed)
    return {pupil: tuple(own) for pupil, own in found.items()}
