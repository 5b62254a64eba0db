"""«Ваши сообщения»: what one reader has said of a pupil's records, and what the school answered (R-169)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf, opened
from projections.case_place import CasePlace, places
from projections.reading import Ask, Reading, standing

SHOWN = 20  # the newest
FRESH = timedelta(days=7)  # an answer stands above the week so long


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnReport:
    """`status`: reported, forwarded, closed. `answer` is what the school said, "" before; `corrected` whether it mends
    the record. Times are aware; `due` is local: by then the school has begun to mend it (W-22).
    `fresh`: not answered yet, or lately."""

    report: UUID
    place: CasePlace
    text: str
    reported_at: datetime
    due: datetime
    status: str
    corrected: bool | None
    answer: str
    answered_at: datetime | None
    fresh: bool


def asked(reader: UUID | None, pupil: UUID) -> Ask:
    """Those this reader made about the pupil; another reader's are not told."""
    where = "reporter = %(reader)s AND pupil = %(pupil)s"
    return standing("error_reports", where, reader=reader, pupil=pupil)


def told(found: list[Any], reading: Reading, key_of: KeyOf) -> tuple[OwnReport, ...]:
    """The newest first."""
    rows = sorted(found, key=lambda row: row.reported_at, reverse=True)[:SHOWN]
    return tuple(
        _report(row, place, reading, key_of) for row, place in zip(rows, places(rows, reading), strict=True)
    )


def _report(row: Any, place: CasePlace, reading: Reading, key_of: KeyOf) -> OwnReport:
    return OwnReport(
        report=row.report,
        place=place,
        text=opened(row.reporter, row.text_nonce, row.text, key_of),
        reported_at=row.reported_at,
        due=row.due,
        status=row.status,
        corrected=row.corrected,
        answer=opened(row.reporter, row.answer_nonce, row.answer, key_of),
        answered_at=row.closed_at,
        fresh=row.closed_at is None or reading.as_of.instant - row.closed_at < FRESH,
    )
