"""The rule on error reports: the correction is organised in the hours the act gives (W-22, P-59)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.error_reports import ErrorReportClosed, ErrorReported, ErrorReportForwarded
from ledger.regulation import Regulation
from ledger.rules.lessons import local, past
from ledger.rules.state import State
from ledger.school import School


def report_is_acted_on_in_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """By `due`, which the report fixed. It is organised once: an answer after the forwarding is not late."""
    event = cast(ErrorReportForwarded | ErrorReportClosed, entry.event)
    ticket = state.tickets.tickets.get(event.report)
    if ticket is None or ticket.forwarded is not None:
        return None
    due = cast(ErrorReported, ticket.reported.event).due
    return past("W-22", local(entry, school), due)
