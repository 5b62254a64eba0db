"""What the tour of a demonstration points at (web/templates/parts/tour.html)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import g

from projections import reading as pages
from projections.void_rows import finalised
from web import reading, reading_class
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
    """`own_class` is the class whoever looks leads; `slips` the latest week of it whose slips wait to be handed out."""

    act: ActPointed | None
    own_class: UUID | None
    slips: date | None


def tour() -> Tour | None:
    """None in a school that is no demonstration."""
    here = premises()
    if not reading.demonstration():
        return None
    with pages.reading(
        here.pool, here.schools, here.runner, g.actor.school, now=here.now(), at=None
    ) as found:
        rows = [row for row in finalised(found) if row.annuls is None]
        waiting = found.standing("slips", "handed_at IS NULL")
    own = next((klass.id for klass in reading_class.led()), None)
    weeks = [row.week for row in waiting if row.class_id == own]
    return Tour(act=_pointed(rows), own_class=own, slips=max(weeks, default=None))


def _pointed(acts: Sequence[Any]) -> ActPointed | None:
    last = max(acts, key=lambda row: row.finalised, default=None)
    if last is None:
        return None
    return ActPointed(
        incident=last.incident,
        act=last.act,
        date=last.date,
        before=f"{ENTRY}{last.finalised - 1}",
        after=f"{ENTRY}{last.last}",
    )
