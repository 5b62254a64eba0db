"""Rows of a period sheet: its marks, its closing, and the attestations against the rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger import period_sheet
from ledger.entry import Entry
from ledger.events import period_marks as events
from ledger.period_sheet import ExceptionCase, PeriodSheet
from projections.cells import delay, entered_at
from projections.sealed import by_whom, sealed

TABLES = (
    (
        "period_marks",
        ("journal", "period", "kind", "pupil"),
        (
            *("value", "proposed", "rests_on", "checked", "reason_nonce", "reason"),
            *("entry", "entered_at", "entered_by", "delay", "rewritten", "correction"),
        ),
    ),
    ("period_closings", ("journal", "period"), ("closed_at", "closed_by", "entry")),
    (
        "exceptions",
        ("case_id",),
        (
            *(
                "journal",
                "period",
                "pupil",
                "ground",
                "status",
                "asked_by",
                "asked_at",
                "reason_nonce",
                "reason",
            ),
            *("agreed_by", "agreed_at", "agreed_on", "document_nonce", "document"),
            *("decided_by", "decided_at", "decision_nonce", "decision"),
        ),
    ),
)

Key = tuple[Any, ...]


def empty(stream: UUID) -> PeriodSheet:
    return PeriodSheet()


step = period_sheet.step


def keys(sheet: PeriodSheet, entry: Entry) -> Iterable[Key]:
    match entry.event:
        case (
            events.PeriodMarkGiven(journal=journal, period=period, kind=kind, pupil=pupil)
            | events.PeriodMarkWithdrawn(journal=journal, period=period, kind=kind, pupil=pupil)
            | events.PeriodMarkRechecked(journal=journal, period=period, kind=kind, pupil=pupil)
        ):
            return [("period_marks", journal, period, kind, pupil)]
        case events.PeriodClosed(journal=journal, period=period):
            return [("period_closings", journal, period)]
    case = getattr(entry.event, "case", None)
    return [] if case is None else [("exceptions", case)]


def all_keys(sheet: PeriodSheet) -> Iterable[Key]:
    for (kind, pupil), entry in sheet.marks.items():
        event: events.PeriodMarkGiven = entry.event  # type: ignore[assignment]
        yield ("period_marks", event.journal, event.period, kind, pupil)
    if sheet.closed is not None:
        closed: events.PeriodClosed = sheet.closed.event  # type: ignore[assignment]
        yield ("period_closings", closed.journal, closed.period)
    for case in sheet.exceptions:
        yield ("exceptions", case)


def row(sheet: PeriodSheet, key: Key) -> tuple[Any, ...] | None:
    match key:
        case ("period_marks", _, _, kind, pupil):
            return _mark(sheet, (kind, pupil))
        case ("period_closings", _, _):
            closed = sheet.closed
            return None if closed is None else (entered_at(closed), closed.stamp.person, closed.position)
        case ("exceptions", case):
            known = sheet.exceptions.get(case)
            return None if known is None else _exception(known)
    raise KeyError(key)


def _mark(sheet: PeriodSheet, cell: period_sheet.Cell) -> tuple[Any, ...] | None:
    entry = sheet.marks.get(cell)
    if entry is None:
        return None
    e: events.PeriodMarkGiven = entry.event  # type: ignore[assignment]
    checked = sheet.rechecked.get(cell, entry)
    rests_on = checked.event.rests_on  # type: ignore[attr-defined]
    return (
        *(e.value, e.proposed, list(rests_on), checked.position, *sealed(e.reason)),
        *(entry.position, entered_at(entry), entry.stamp.person, delay(entry)),
        *(sheet.rewritten.get(cell, 0), e.correction),
    )


def _exception(case: ExceptionCase) -> tuple[Any, ...]:
    first = case.asked or case.decided
    assert first is not None
    e: events.ExceptionRequested | events.ExceptionGranted = first.event  # type: ignore[assignment]
    asked = (*by_whom(case.asked), *sealed(e.reason)) if case.asked else (None, None, None, None)
    granted = case.decided.event if case.decided and case.status == "granted" else None
    paper = (granted.agreed_on, *sealed(granted.document)) if granted else (None, None, None)  # type: ignore[attr-defined]
    said = case.decided.event.reason if case.decided else None  # type: ignore[attr-defined]
    return (
        *(e.journal, e.period, case.pupil, case.ground, case.status, *asked),
        *(*by_whom(case.agreed), *paper, *by_whom(case.decided), *sealed(said)),
    )
