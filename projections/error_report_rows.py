"""Rows of error reports: the deputy's and the director's clocks, and the answer the reporter reads (W-22)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger import error_report
from ledger.entry import Entry
from ledger.error_report import ErrorTicket, ErrorTickets
from ledger.events import error_reports as events
from projections.sealed import by_whom, sealed

TABLES = (
    (
        "error_reports",
        ("report",),
        (
            *("journal", "lesson", "period", "target", "work", "pupil", "kind"),
            *("reporter", "reporter_role", "reported_at", "due", "text_nonce", "text", "status"),
            *("forwarded_by", "forwarded_at", "note_nonce", "note"),
            *("closed_by", "closed_at", "corrected", "answer_nonce", "answer"),
        ),
    ),
)

Key = tuple[Any, ...]


def empty(stream: UUID) -> ErrorTickets:
    return ErrorTickets()


step = error_report.step


def keys(state: ErrorTickets, entry: Entry) -> Iterable[Key]:
    report = getattr(entry.event, "report", None)
    ours = isinstance(entry.event, _EVENTS) and report is not None
    return (("error_reports", report),) if ours else ()


def all_keys(state: ErrorTickets) -> Iterable[Key]:
    return (("error_reports", report) for report in state.tickets)


def row(state: ErrorTickets, key: Key) -> tuple[Any, ...] | None:
    ticket = state.tickets.get(key[1])
    if ticket is None:
        return None
    e: events.ErrorReported = ticket.reported.event  # type: ignore[assignment]
    person, at = by_whom(ticket.reported)
    return (
        *(e.journal, e.lesson, e.period, e.target, e.work, e.pupil, e.kind),
        *(person, ticket.reported.stamp.role.value, at, e.due, *sealed(e.text), ticket.status),
        *_forwarded(ticket),
        *_closed(ticket),
    )


def _forwarded(ticket: ErrorTicket) -> tuple[Any, ...]:
    said: events.ErrorReportForwarded | None = ticket.forwarded.event if ticket.forwarded else None  # type: ignore[assignment]
    return (*by_whom(ticket.forwarded), *sealed(said.reason if said else None))


def _closed(ticket: ErrorTicket) -> tuple[Any, ...]:
    said: events.ErrorReportClosed | None = ticket.closed.event if ticket.closed else None  # type: ignore[assignment]
    return (*by_whom(ticket.closed), said.corrected if said else None, *sealed(said.answer if said else None))


_EVENTS = (events.ErrorReported, events.ErrorReportForwarded, events.ErrorReportClosed)
