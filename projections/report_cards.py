"""Error reports as the inbox shows them, with the clock of W-22: when each is due, and by how much it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf, opened
from ledger.windows import delay
from projections.case_place import CasePlace, places
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportCard:
    """`due` is the local end of the time to organise the correction in; `over` seconds past it of one nobody has
    answered, None in time. `note` is the deputy's to the teacher, `answer` what the reporter reads."""

    report: UUID
    place: CasePlace
    reporter: UUID
    reporter_role: str
    reported_at: datetime
    due: datetime
    over: int | None
    text: str
    status: str
    forwarded_by: UUID | None
    forwarded_at: datetime | None
    note: str
    closed_by: UUID | None
    closed_at: datetime | None
    corrected: bool | None
    answer: str


def cards(rows: list[Any], reading: Reading, key_of: KeyOf) -> tuple[ReportCard, ...]:
    """Of rows of `error_reports`, in their order."""
    return tuple(
        _card(row, place, reading, key_of) for row, place in zip(rows, places(rows, reading), strict=True)
    )


def _card(row: Any, place: CasePlace, reading: Reading, key_of: KeyOf) -> ReportCard:
    return ReportCard(
        report=row.report,
        place=place,
        reporter=row.reporter,
        reporter_role=row.reporter_role,
        reported_at=row.reported_at,
        due=row.due,
        over=over(row, reading),
        text=opened(row.reporter, row.text_nonce, row.text, key_of),
        status=row.status,
        forwarded_by=row.forwarded_by,
        forwarded_at=row.forwarded_at,
        note=opened(row.reporter, row.note_nonce, row.note, key_of),
        closed_by=row.closed_by,
        closed_at=row.closed_at,
        corrected=row.corrected,
        answer=opened(row.reporter, row.answer_nonce, row.answer, key_of),
    )


def over(row: Any, reading: Reading) -> int | None:
    """The clock stops with the answer alone: what was sent on is still nobody's answer (W-22)."""
    return delay(reading.now, row.due) if row.status != "closed" else None
