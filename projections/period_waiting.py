"""Corrections of a sheet's marks that somebody asked for and nobody has decided (R-163)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """`old` and `new` are «» where nothing stands."""

    old: str
    new: str
    asked_at: datetime
    requester: UUID


def waiting(reading: Reading, journal: UUID, period: UUID) -> dict[UUID, dict[str, Waiting]]:
    """By pupil and kind of the mark."""
    found: dict[UUID, dict[str, Waiting]] = {}
    where = "journal = %(journal)s AND period = %(period)s AND status = 'asked' AND target = 'period_mark'"
    for row in reading.rows("corrections", where, journal=journal, period=period):
        case = Waiting(old=row.old, new=row.new, asked_at=row.asked_at, requester=row.requester)
        found.setdefault(row.pupil, {})[row.kind] = case
    return found
