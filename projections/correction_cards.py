"""Corrections that wait for a word, each in the context of its journal: what stands around, what rests on it, and what
this reader may do about it now (R-163…R-167)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.attestation import least_marks, marks_counted, propose
from ledger.correction import place_of
from ledger.correction_cell import holds, stands
from ledger.events import corrections as events
from ledger.period_sheet import PERIOD
from ledger.personal import KeyOf, opened
from ledger.rules.corrections import papers_for
from projections.case_place import CasePlace, period_title, places
from projections.exception_cards import evidence_by_case
from projections.reading import Reading
from projections.verdicts import Verdicts, unsaid
from projections.who_decides import waiting_for

ACTIONS = {  # of the table of rights
    "approve": "decide_correction",
    "decline": "decide_correction",
    "conclude": "conclude_final_correction",
    "order": "order_final_correction",
}
AROUND = 3  # marks before and after the one that is corrected


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """A mark or an «н» of the same pupil on the same page; `here`: the one in question, or what stands beside it."""

    date: date
    value: str
    here: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RestsOn:
    """A period mark that counted what is to be changed."""

    period_title: str
    kind: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """What the mark of a period follows from today: `proposed`, `marks` of `needed`, `missed` of `held` lessons."""

    proposed: str
    marks: int
    needed: int
    missed: int
    held: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionCard:
    """`old` → `new` as asked for (titles of kinds, not keys); `moved` what stands there now, where that is no longer
    `old`, else None. `due` of the error report it answers (local). `by_order`: it takes the director's распоряжение.
    `may` of approve, decline, conclude, order; `stopped` says why not where it is empty, and `waits_for`
    who may say the next word."""

    case: UUID
    place: CasePlace
    requester: UUID
    asked_at: datetime
    reason: str
    ground: str
    order_number: str
    bulk: UUID | None
    due: datetime | None
    old: str
    new: str
    to_date: date | None
    to_number: int
    moved: str | None
    around: tuple[Near, ...]
    rests: tuple[RestsOn, ...]
    numbers: Numbers | None
    by_order: bool
    conclusion: str
    concluded_by: UUID | None
    concluded_at: datetime | None
    may: frozenset[str]
    stopped: str
    waits_for: tuple[UUID, ...]
    status: str
    decided_by: UUID | None
    decided_at: datetime | None
    decision: str


@dataclass(frozen=True, kw_only=True)
class _Context:
    """What was read once for all cases."""

    cells: Sequence[Any]
    rests: Sequence[Any]
    due: Mapping[UUID, datetime]
    waits: Mapping[UUID, tuple[UUID, ...]]
    numbers: Mapping[UUID, Numbers]


def cards(
    rows: list[Any], reading: Reading, key_of: KeyOf, verdicts: Verdicts | None = None
) -> tuple[CorrectionCard, ...]:
    """Of rows of `corrections`, in their order; `verdicts` where somebody is to decide them."""
    context = _context(rows if verdicts is not None else [], reading)
    return tuple(
        _card(row, place, context, reading, key_of, verdicts)
        for row, place in zip(rows, places(rows, reading), strict=True)
    )


def _context(rows: list[Any], reading: Reading) -> _Context:
    if not rows:
        return _Context(cells=(), rests=(), due={}, waits={}, numbers={})
    journals, pupils = [row.journal for row in rows], [row.pupil for row in rows if row.pupil]
    where = "journal = ANY(%(journals)s) AND pupil = ANY(%(pupils)s)"
    cells = reading.rows("cells", f"{where} AND value_kind <> 'late'", journals=journals, pupils=pupils)
    marks = reading.rows("period_marks", where, journals=journals, pupils=pupils)
    reports = [row.report for row in rows if row.report]
    due = reading.rows("error_reports", "report = ANY(%(reports)s)", columns="report, due", reports=reports)
    return _Context(
        cells=sorted(cells, key=lambda cell: (cell.date, cell.entry)),
        rests=marks,
        due={row.report: row.due for row in due},
        waits=waiting_for(rows, reading),
        numbers=_numbers(rows, reading),
    )


def _numbers(rows: Sequence[Any], reading: Reading) -> dict[UUID, Numbers]:
    """By case, of marks of periods."""
    act = reading.regulation()
    found = evidence_by_case([row for row in rows if row.kind == PERIOD], reading)
    return {
        case: Numbers(
            proposed=propose(known, act).value,
            marks=marks_counted(known, act),
            needed=least_marks(known, act),
            missed=len(known.missed),
            held=known.held,
        )
        for case, known in found.items()
    }


def _card(
    row: Any, place: CasePlace, context: _Context, reading: Reading, key_of: KeyOf, verdicts: Verdicts | None
) -> CorrectionCard:
    order = reading.school.orders.get(row.order_id or row.rests_on_order)
    decisions = _decisions(row, verdicts)
    return CorrectionCard(
        case=row.case_id,
        place=place,
        requester=row.requester,
        asked_at=row.asked_at,
        reason=opened(row.requester, row.reason_nonce, row.reason, key_of),
        ground=row.ground,
        order_number=order.number or "" if order is not None else "",
        bulk=row.bulk,
        due=context.due.get(row.report),
        old=_title(row, row.old, reading),
        new=_title(row, row.new, reading),
        to_date=row.to_date,
        to_number=row.to_number,
        moved=decisions.moved,
        around=_around(row, place, context.cells),
        rests=_rests(row, context.rests, reading),
        numbers=context.numbers.get(row.case_id),
        by_order=decisions.by_order,
        conclusion=opened(row.requester, row.conclusion_nonce, row.conclusion, key_of),
        concluded_by=row.concluded_by,
        concluded_at=row.concluded_at,
        may=decisions.may,
        stopped=decisions.stopped,
        waits_for=context.waits.get(row.case_id, ()),
        status=row.status,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision=opened(row.requester, row.decision_nonce, row.decision, key_of),
    )


def _title(row: Any, value: str, reading: Reading) -> str:
    """A kind of work is stored as its key."""
    kind = reading.regulation().work_kinds.get(value) if row.target == "kind" else None
    return value if kind is None else kind.title


def _around(row: Any, place: CasePlace, cells: Sequence[Any]) -> tuple[Near, ...]:
    """The pupil's nearest marks and «н» of the page, the one in question among them."""
    if place.date is None or row.pupil is None:
        return ()
    own = [cell for cell in cells if (cell.journal, cell.pupil) == (row.journal, row.pupil)]
    before = [cell for cell in own if cell.date <= place.date]
    after = [cell for cell in own if cell.date > place.date]
    shown = before[-AROUND - 1 :] + after[:AROUND]
    return tuple(Near(date=cell.date, value=cell.value, here=_here(cell, row)) for cell in shown)


def _here(cell: Any, row: Any) -> bool:
    return bool(cell.lesson == row.lesson and (row.work is None or cell.work == row.work))


def _rests(row: Any, marks: Sequence[Any], reading: Reading) -> tuple[RestsOn, ...]:
    return tuple(
        RestsOn(
            period_title=period_title(reading.school, mark.journal, mark.period),
            kind=mark.kind,
            value=mark.value,
        )
        for mark in marks
        if row.seen and row.seen in mark.rests_on and mark.pupil == row.pupil
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Decisions:
    """What this person may do, and why not where that is nothing; what else stands in the cell by now."""

    may: frozenset[str] = frozenset()
    stopped: str = ""
    by_order: bool = False
    moved: str | None = None


def _decisions(row: Any, verdicts: Verdicts | None) -> _Decisions:
    if verdicts is None:
        return _Decisions(by_order=row.order_id is not None)
    place, reading = (row.lesson, row.journal, row.period), verdicts.reading
    state = verdicts.state(place)
    asked = state.corrections.cases[row.case_id].asked
    papers = papers_for(asked, reading.school, reading.regulation())
    marks = None if state.period is None else state.period.sheet
    words = _words(row, papers, verdicts.person)
    against = {name: verdicts.against(ACTIONS[name], event, place) for name, event in words.items()}
    may = frozenset(name for name, sentence in against.items() if sentence is None)
    return _Decisions(
        may=may,
        stopped="" if may else next((each for each in against.values() if each), ""),
        by_order="order" in papers,
        moved=None if holds(asked, state.sheet, marks) else stands(place_of(asked), state.sheet, marks)[1],
    )


def _words(row: Any, papers: frozenset[str], person: UUID) -> dict[str, object]:
    """What may be said of the case at this point of its way, the word that settles it first."""
    words: dict[str, object] = {}
    if "order" in papers:
        words["order"] = events.CorrectionOrdered(case=row.case_id, order=row.case_id)
    else:
        words["approve"] = events.CorrectionApproved(case=row.case_id)
    if "conclusion" in papers and row.concluded_by is None:
        words["conclude"] = events.CorrectionConcluded(case=row.case_id, conclusion=unsaid(person))
    words["decline"] = events.CorrectionDeclined(case=row.case_id, reason=unsaid(person))
    return words
