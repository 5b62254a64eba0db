"""Rows of what the class teacher says of absences: explanations (one stream a pupil) and disputes (one a lesson)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events import attendance
from ledger.events.attendance import (
    AbsenceDisputed,
    AbsenceDisputeDecided,
    AbsencesExplained,
    ExplanationWithdrawn,
)
from projections.cells import entered_at
from projections.sealed import sealed

TABLES = (
    (
        "explanations",
        ("explanation",),
        (
            *("pupil", "first", "last", "category", "document_nonce", "document"),
            *("entry", "entered_at", "entered_by"),
        ),
    ),
    (
        "disputes",
        ("case_id",),
        (
            *("lesson", "journal", "pupil", "status", "asked_at", "asked_by", "reason_nonce", "reason"),
            *("decided_at", "decided_by", "decision_nonce", "decision"),
        ),
    ),
)

Key = tuple[Any, ...]


@dataclass(kw_only=True)
class Said:
    """`explanations` by id; `disputes`: case → (asked, decided or None)."""

    explanations: dict[UUID, Entry] = field(default_factory=dict)
    disputes: dict[UUID, tuple[Entry, Entry | None]] = field(default_factory=dict)


def empty(stream: UUID) -> Said:
    return Said()


def step(said: Said, entry: Entry) -> None:
    match entry.event:
        case AbsencesExplained(explanation=id):
            said.explanations[id] = entry
        case ExplanationWithdrawn(explanation=id):
            said.explanations.pop(id, None)
        case AbsenceDisputed(case=id):
            said.disputes[id] = (entry, None)
        case AbsenceDisputeDecided(case=id) if id in said.disputes:
            said.disputes[id] = (said.disputes[id][0], entry)


def keys(said: Said, entry: Entry) -> Iterable[Key]:
    match entry.event:
        case AbsencesExplained(explanation=id) | ExplanationWithdrawn(explanation=id):
            return [("explanations", id)]
        case AbsenceDisputed(case=id) | AbsenceDisputeDecided(case=id):
            return [("disputes", id)]
    return []


def all_keys(said: Said) -> Iterable[Key]:
    yield from (("explanations", id) for id in said.explanations)
    yield from (("disputes", id) for id in said.disputes)


def row(said: Said, key: Key) -> tuple[Any, ...] | None:
    match key:
        case ("explanations", id):
            return _explanation(said.explanations.get(id))
        case ("disputes", id):
            return _dispute(*said.disputes[id]) if id in said.disputes else None
    raise KeyError(key)


def _explanation(entry: Entry | None) -> tuple[Any, ...] | None:
    if entry is None:
        return None
    e: attendance.AbsencesExplained = entry.event  # type: ignore[assignment]
    return (
        *(e.pupil, e.first, e.last, e.category, *sealed(e.document)),
        *(entry.position, entered_at(entry), entry.stamp.person),
    )


def _dispute(asked: Entry, decided: Entry | None) -> tuple[Any, ...]:
    e: attendance.AbsenceDisputed = asked.event  # type: ignore[assignment]
    said: attendance.AbsenceDisputeDecided | None = decided.event if decided else None  # type: ignore[assignment]
    status = "waiting" if said is None else "upheld" if said.upheld else "declined"
    return (
        *(e.lesson, e.journal, e.pupil, status, entered_at(asked), asked.stamp.person, *sealed(e.reason)),
        *((entered_at(decided), decided.stamp.person) if decided else (None, None)),
        *sealed(said.reason if said else None),
    )
