"""The trail: all entries, dead or alive, of a cell, a pupil or an account (design 1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from ledger.appending import Store
from ledger.entry import Entry
from ledger.events.promotion import PromotionDecided, PromotionProposed
from ledger.personal import KeyOf
from ledger.streams import corrections, disputes, error_reports, literacy, period_sheet
from projections import correction_notes, diary_remarks
from projections.cell_standing import standing
from projections.reading import Reading
from projections.trail_lines import TrailPage, lines_of
from projections.trail_things import Thing, case_of, thing_of

SHOWN = 100  # entries of a pupil or an account on one page, the newest
OF_CELL = (
    "(pupil = %(pupil)s AND (target = 'absence' OR work = %(work)s) OR target = 'kind' AND work = %(work)s)"
)


def cell(reading: Reading, store: Store, lesson: UUID, work: UUID, pupil: UUID, key_of: KeyOf) -> TrailPage:
    """History of one cell: its marks, the pupil's «н» at that lesson, the literacy mark of the same work, and of its
    cases and error reports those that brought nothing into it: what was brought tells of its case itself."""
    school = reading.school.id
    where: dict[str, Any] = {"lesson": lesson, "work": work, "pupil": pupil}
    wanted: set[Thing] = {
        ("mark", work, pupil),
        ("mark", literacy(work), pupil),
        ("absence", pupil),
        ("kind", work),
    }
    disputed = {row.case_id for row in _disputes(reading, lesson, pupil)}
    cases = correction_notes.notes(reading, f"lesson = %(lesson)s AND {OF_CELL}", key_of, **where)
    said = disputed | {note.case for note in cases if note.status != "approved"} | _reports(reading, **where)
    about = (lesson, disputes(school, lesson), corrections(school, lesson), error_reports(school, lesson))
    lines = lines_of(
        reading, store, about, lambda e: thing_of(e.event) in wanted or case_of(e.event) in said, key_of
    )
    return TrailPage(
        subject_of="cell",
        lines=lines,
        standing=standing(reading, lines),
        waiting=tuple(note for note in cases if note.waits),
        remarks=diary_remarks.of_cell(reading, pupil, lesson, work, key_of),
        as_of=reading.as_of,
    )


def _disputes(reading: Reading, lesson: UUID, pupil: UUID) -> Sequence[Any]:
    """Every dispute about the pupil's «н» there ever was at that lesson (R-144)."""
    return reading.query(
        "SELECT DISTINCT case_id FROM pages.disputes WHERE school_id = %(school)s AND lesson = %(lesson)s"
        " AND pupil = %(pupil)s AND since <= %(position)s",
        lesson=lesson,
        pupil=pupil,
    )


def _reports(reading: Reading, **where: Any) -> set[UUID]:
    found = reading.rows("error_reports", f"lesson = %(lesson)s AND {OF_CELL}", columns="report", **where)
    return {row.report for row in found}


def of_pupil(reading: Reading, store: Store, pupil: UUID, key_of: KeyOf) -> TrailPage:
    """What was written of the pupil in lessons and sheets, the cases about it, and what became of each year."""
    rows, cases, school = _mentions(reading, pupil), _cases(reading, pupil), reading.school.id
    sheets = {period_sheet(school, row.journal, row.period) for row in cases if row.period is not None}
    places = sheets | {row.lesson for row in cases if row.lesson is not None}
    spoken = [of(school, place) for place in places for of in (corrections, error_reports)]
    streams = tuple(dict.fromkeys((*(row.lesson for row in rows), *sheets, *spoken, pupil)))
    wanted = _of_the_pupil(
        pupil, {row.entry for row in rows}, {row.case_id for row in cases if row.case_id is not None}, sheets
    )
    lines = lines_of(reading, store, streams, wanted, key_of)[:SHOWN]
    return TrailPage(subject_of="pupil", lines=lines, as_of=reading.as_of)


def _of_the_pupil(
    pupil: UUID, mentioned: set[int], said: set[UUID], sheets: set[UUID]
) -> Callable[[Entry], bool]:
    def wanted(entry: Entry) -> bool:
        if entry.position in mentioned or case_of(entry.event) in said:
            return True
        if entry.stream in sheets:
            return getattr(entry.event, "pupil", None) == pupil
        return entry.stream == pupil and isinstance(entry.event, PromotionProposed | PromotionDecided)

    return wanted


def _mentions(reading: Reading, pupil: UUID) -> Sequence[Any]:
    return reading.query(
        "SELECT lesson, entry FROM pages.mentions WHERE school_id = %(school)s AND pupil = %(pupil)s"
        " AND entry <= %(position)s ORDER BY entry DESC LIMIT %(shown)s",
        pupil=pupil,
        shown=SHOWN,
    )


def _cases(reading: Reading, pupil: UUID) -> Sequence[Any]:
    """The sheets with marks and the cases there ever were about the pupil."""
    return reading.query(
        "SELECT DISTINCT NULL::uuid AS case_id, NULL::uuid AS lesson, journal, period FROM pages.period_marks"
        " WHERE school_id = %(school)s AND pupil = %(pupil)s AND since <= %(position)s"
        " UNION SELECT case_id, NULL, journal, period FROM pages.exceptions"
        " WHERE school_id = %(school)s AND pupil = %(pupil)s AND since <= %(position)s"
        " UNION SELECT case_id, lesson, journal, period FROM pages.corrections"
        " WHERE school_id = %(school)s AND pupil = %(pupil)s AND since <= %(position)s"
        " UNION SELECT report, lesson, journal, period FROM pages.error_reports"
        " WHERE school_id = %(school)s AND pupil = %(pupil)s AND since <= %(position)s",
        pupil=pupil,
    )


def of_account(reading: Reading, store: Store, account: UUID, key_of: KeyOf) -> TrailPage:
    rows = reading.query(
        "SELECT stream_id, position FROM ledger.entries WHERE school_id = %(school)s AND account = %(account)s"
        " AND position <= %(position)s ORDER BY received_at DESC, position DESC LIMIT %(shown)s",
        account=account,
        shown=SHOWN,
    )
    wanted = {row.position for row in rows}
    streams = tuple(dict.fromkeys(row.stream_id for row in rows))
    lines = lines_of(reading, store, streams, lambda entry: entry.position in wanted, key_of)
    return TrailPage(subject_of="account", lines=lines, as_of=reading.as_of)
