"""Rows of late-entry cases: the deputy's inbox and the teacher's «Ждут»."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger import late_entry
from ledger.entry import Entry
from ledger.events.late_entries import BlockedWindowPermitted, LateEntryRequested
from ledger.late_entry import LateEntries, LateEntryCase
from projections.cells import entered_at

TABLES = (
    (
        "late_entries",
        ("case_id",),
        (
            "lesson",
            "journal",
            "target",
            "work",
            "pupil",
            "requester",
            "asked_at",
            "reason_nonce",
            "reason",
            "status",
            "decided_by",
            "decided_at",
            "decision_nonce",
            "decision",
            "valid_until",
            "uses",
        ),
    ),
)


def empty(stream: UUID) -> LateEntries:
    return LateEntries()


step = late_entry.step


def keys(state: LateEntries, entry: Entry) -> Iterable[tuple[Any, ...]]:
    case = getattr(entry.event, "case", None)
    return () if case is None else (("late_entries", case),)


def all_keys(state: LateEntries) -> Iterable[tuple[Any, ...]]:
    return (("late_entries", case) for case in state.cases)


def row(state: LateEntries, key: tuple[Any, ...]) -> tuple[Any, ...] | None:
    case = state.cases.get(key[1])
    return None if case is None else (*_asked(case), case.status, *_decided(case), len(case.uses))


def _asked(case: LateEntryCase) -> tuple[Any, ...]:
    e: LateEntryRequested | BlockedWindowPermitted = case.requested.event  # type: ignore[assignment]
    return (
        e.lesson,
        e.journal,
        e.target,
        e.work,
        e.pupil,
        case.person,
        entered_at(case.requested),
        e.reason.nonce,
        e.reason.sealed,
    )


def _decided(case: LateEntryCase) -> tuple[Any, ...]:
    """decided_by, decided_at, decision_nonce, decision, valid_until; of the withdrawal when there is one."""
    last = case.withdrawn or case.decided
    if last is None:
        return (None, None, None, None, None)
    reason = last.event.reason  # type: ignore[attr-defined]
    sealed = (None, None) if reason is None else (reason.nonce, reason.sealed)
    return (last.stamp.person, entered_at(last), *sealed, case.open_until())
