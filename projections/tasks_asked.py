"""What a person has asked for and still waits for, or may use, or was told lately: late entries, corrections,
attestations against the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from ledger.late_entry import in_time
from ledger.personal import KeyOf, opened
from projections import reinstatement, void_signs
from projections.case_place import places
from projections.late_entry_cards import open_until
from projections.reading import Reading
from projections.task import Task

REFUSED = timedelta(days=1)  # a declined late entry is shown so long
TOLD = timedelta(days=7)  # and the outcome of a case


def late_entries(reading: Reading, person: UUID) -> list[Task]:
    """Cases that wait or may still be used, and those declined since yesterday."""
    rows = reading.rows("late_entries", "requester = %(person)s", person=person)
    shown = sorted((row for row in rows if _usable(row, reading)), key=lambda row: row.asked_at)
    return [
        Task(
            kind="late_entry",
            place=place,
            since=reading.school.local(row.asked_at),
            until=open_until(row, reading),
            calls=row.status == "permitted",
            status=row.status,
        )
        for row, place in zip(shown, places(shown, reading), strict=True)
        if place.date is not None
    ]


def _usable(row: Any, reading: Reading) -> bool:
    if row.status == "asked":
        return True
    if row.status == "permitted":
        usable = row.uses == 0 or row.target not in ("mark", "topic", "homework")
        until = open_until(row, reading)
        return bool(usable and until is not None and in_time(reading.now, until))
    return bool(row.status == "declined" and _lately(row, REFUSED, reading))


def _waiting_or_told(rows: Iterable[Any], reading: Reading) -> list[Any]:
    """What waits and what was decided in the last days, the oldest first."""
    shown = (row for row in rows if row.status == "asked" or _lately(row, TOLD, reading))
    return sorted(shown, key=lambda row: row.asked_at)


def corrections(reading: Reading, person: UUID, key_of: KeyOf) -> list[Task]:
    """Those that wait, and what became of the others in the last days."""
    rows = reading.rows("corrections", "requester = %(person)s", person=person)
    shown = _waiting_or_told(rows, reading)
    return [
        Task(
            kind="correction",
            place=place,
            since=reading.school.local(row.asked_at),
            status="concluded" if row.status == "asked" and row.concluded_by else row.status,
            old=row.old,
            new=row.new,
            text=opened(person, row.decision_nonce, row.decision, key_of),
            person=row.decided_by,
        )
        for row, place in zip(shown, places(shown, reading), strict=True)
        if row.status != "withdrawn"
    ]


def exceptions(reading: Reading, person: UUID, key_of: KeyOf) -> list[Task]:
    """The same of attestations against the rule; granted ones tell that the mark may be set."""
    rows = reading.rows("exceptions", "asked_by = %(person)s", person=person)
    shown = _waiting_or_told(rows, reading)
    return [
        Task(
            kind="exception",
            place=place,
            since=reading.school.local(row.asked_at),
            status=row.status,
            text=opened(row.pupil, row.decision_nonce, row.decision, key_of),
            person=row.decided_by,
        )
        for row, place in zip(shown, places(shown, reading), strict=True)
    ]


def reinstatements(reading: Reading, person: UUID) -> list[Task]:
    """Acts that made entries of one's own void, while they may be asked for again (P-66)."""
    rows = reading.rows(
        "incidents", "owner = %(person)s AND status = 'voided'", columns="incident", person=person
    )
    return [task for row in rows for task in _of_incident(row.incident, reading)]


def _of_incident(incident: UUID, reading: Reading) -> Iterator[Task]:
    named = void_signs.acts(reading)
    for row in reading.rows("acts", "incident = %(incident)s", columns="act", incident=incident):
        if row.act in named and not named[row.act].annulled:
            until = reinstatement.until_of(reading, row.act)
            if reading.now <= until:
                yield Task(kind="reinstatement", act=row.act, until=until, text=str(named[row.act]))


def _lately(row: Any, days: timedelta, reading: Reading) -> bool:
    return row.decided_at is not None and reading.as_of.instant - row.decided_at < days
