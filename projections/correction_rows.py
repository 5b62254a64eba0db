"""Rows of correction cases: the inboxes, the register of corrections and the history of a cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ledger import correction
from ledger.correction import CorrectionCase, Corrections, fold_corrections
from ledger.entry import Entry
from ledger.events.corrections import CorrectionConcluded, CorrectionOrdered
from ledger.events.voids import VOIDING
from projections.sealed import by_whom, sealed

TABLES = (
    (
        "corrections",
        ("case_id",),
        (
            *("journal", "lesson", "period", "target", "work", "pupil", "kind", "old", "new", "seen"),
            *("to_date", "to_number", "ground", "rests_on_order", "bulk", "report", "act"),
            *("requester", "asked_at", "reason_nonce", "reason", "status"),
            *("concluded_by", "concluded_at", "conclusion_nonce", "conclusion"),
            *("decided_by", "decided_at", "decision_nonce", "decision", "order_id", "decided"),
        ),
    ),
)

Key = tuple[Any, ...]
UNFOUNDED = "unfounded"  # the status of a case whose request was declared void after the decision


@dataclass(kw_only=True, slots=True)
class Cases:
    """A case that was decided outlives its request (E-05), so that dead entries are kept too."""

    entries: list[Entry] = field(default_factory=list)
    folded: Corrections = field(default_factory=Corrections)


def empty(stream: UUID) -> Cases:
    return Cases()


def step(state: Cases, entry: Entry) -> None:
    state.entries.append(entry)
    if isinstance(entry.event, VOIDING):
        state.folded = fold_corrections(state.entries)
    else:
        correction.step(state.folded, entry)


def keys(state: Cases, entry: Entry) -> Iterable[Key]:
    if isinstance(entry.event, VOIDING):
        return all_keys(state)
    case = getattr(entry.event, "case", None)
    return () if case is None else (("corrections", case),)


def all_keys(state: Cases) -> Iterable[Key]:
    named = (getattr(entry.event, "case", None) for entry in state.entries)
    return (("corrections", case) for case in dict.fromkeys(named) if case is not None)


def row(state: Cases, key: Key) -> tuple[Any, ...] | None:
    case = state.folded.cases.get(key[1])
    if case is None:
        return None
    e = case.asked
    return (
        *(e.journal, e.lesson, e.period, e.target, e.work, e.pupil, e.kind, e.old, e.new, e.seen),
        *(e.to_date, e.to_number, e.ground, e.order, e.bulk, e.report, e.act),
        *(*by_whom(case.requested), *sealed(e.reason), UNFOUNDED if case.void else case.status),
        *(*by_whom(case.concluded), *_conclusion(case), *_settled(case)),
    )


def _conclusion(case: CorrectionCase) -> tuple[bytes | None, bytes | None]:
    said: CorrectionConcluded | None = case.concluded.event if case.concluded else None  # type: ignore[assignment]
    return sealed(said.conclusion if said else None)


def _settled(case: CorrectionCase) -> tuple[Any, ...]:
    """decided_by, decided_at, decision_nonce, decision, order_id, decided."""
    entry = case.settled
    if entry is None:
        return (None, None, None, None, None, None)
    order = entry.event.order if isinstance(entry.event, CorrectionOrdered) else None
    return (*by_whom(entry), *sealed(getattr(entry.event, "reason", None)), order, entry.position)
