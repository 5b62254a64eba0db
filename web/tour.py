"""What the tour of a demonstration points at (web/templates/parts/tour.html)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import g

from projections import reading as pages
from web.premises import premises
from web.time_bar import ENTRY


@dataclass(frozen=True, kw_only=True, slots=True)
class ActPointed:
    """The latest Act that voids; `before` and `after` are moments of an address, right before it and with all it made
    void."""

    incident: UUID
    act: UUID
    date: date
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tour:
    act: ActPointed | None


def tour() -> Tour | None:
    """None in a school that is no demonstration."""
    here = premises()
    if not here.school(g.actor.school).demonstration:
        return None
    with pages.reading(here.pool, here.schools, here.runner, g.actor.school, now=here.now(), at=None) as found:
        rows = found.standing("acts", "finalised IS NOT NULL AND annuls IS NULL")
    last = max(rows, key=lambda row: row.finalised, default=None)
    if last is None:
        return Tour(act=None)
    pointed = ActPointed(
        incident=last.incident,
        act=last.act,
        date=last.date,
        before=f"{ENTRY}{last.finalised - 1}",
        after=last.finalised_at.isoformat(),
    )
    return Tour(act=pointed)
