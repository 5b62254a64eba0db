"""The trail of one mark of a period sheet: its values, rechecks and exceptions, its cases and error reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from ledger.appending import Store
from ledger.entry import Entry
from ledger.personal import KeyOf
from ledger.streams import corrections, error_reports, period_sheet
from projections import correction_notes
from projections.reading import Reading
from projections.trail_lines import TrailPage, lines_of
from projections.trail_things import case_of

CELL = "journal = %(journal)s AND period = %(period)s AND pupil = %(pupil)s"


def trail(
    reading: Reading, store: Store, journal: UUID, period: UUID, kind: str, pupil: UUID, key_of: KeyOf
) -> TrailPage:
    """`kind` as in PeriodMarkGiven; of a year's marks `period` is the year's own id."""
    sheet = period_sheet(reading.school.id, journal, period)
    about = (sheet, corrections(reading.school.id, sheet), error_reports(reading.school.id, sheet))
    where: dict[str, Any] = {"journal": journal, "period": period, "kind": kind, "pupil": pupil}
    cases = correction_notes.notes(reading, f"{CELL} AND kind = %(kind)s", key_of, **where)
    said = {note.case for note in cases if note.status != "approved"}
    said |= {row.report for row in reading.rows("error_reports", f"{CELL} AND kind = %(kind)s", **where)}
    said |= {row.case_id for row in reading.rows("exceptions", CELL, columns="case_id", **where)}
    return TrailPage(
        subject_of="period mark",
        lines=lines_of(reading, store, about, _of_the_mark(kind, pupil, said), key_of),
        waiting=tuple(note for note in cases if note.waits),
        as_of=reading.as_of,
    )


def _of_the_mark(kind: str, pupil: UUID, said: set[UUID]) -> Callable[[Entry], bool]:
    """What a case has brought tells of it itself, so of the words in cases only those that brought nothing."""

    def wanted(entry: Entry) -> bool:
        case, event = case_of(entry.event), entry.event
        if case is not None:
            return case in said
        return (getattr(event, "kind", ""), getattr(event, "pupil", None)) == (kind, pupil)

    return wanted
