"""Error reports about one lesson or one period sheet as a fold of their stream (R-168, W-22)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events import error_reports as events


@dataclass(kw_only=True, slots=True)
class ErrorTicket:
    report: UUID
    reported: Entry
    forwarded: Entry | None = None
    closed: Entry | None = None

    @property
    def status(self) -> str:
        """reported · forwarded · closed."""
        if self.closed is not None:
            return "closed"
        return "reported" if self.forwarded is None else "forwarded"


@dataclass(kw_only=True, slots=True)
class ErrorTickets:
    """`version` counts the dead entries of the stream too."""

    version: int = 0
    tickets: dict[UUID, ErrorTicket] = field(default_factory=dict)


def fold_error_reports(entries: Iterable[Entry]) -> ErrorTickets:
    """The tickets after all `entries` of the stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state = ErrorTickets()
    for entry in effective(sequence):
        step(state, entry)
    state.version = sequence[-1].version if sequence else 0
    return state


def step(state: ErrorTickets, entry: Entry) -> None:
    """Advance by one living entry that voids nothing; an answer to a voided report changes nothing."""
    state.version = entry.version
    match entry.event:
        case events.ErrorReported(report=report):
            state.tickets[report] = ErrorTicket(report=report, reported=entry)
        case events.ErrorReportForwarded(report=report) if report in state.tickets:
            state.tickets[report].forwarded = entry
        case events.ErrorReportClosed(report=report) if report in state.tickets:
            state.tickets[report].closed = entry
