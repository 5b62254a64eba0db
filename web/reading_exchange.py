"""What was given away, for the administrator and the deputy (matrix row 53)."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import g

from commands.handle import handle
from exports import one_roster as paper
from projections import one_roster as roster
from web import account_desk, exchange_desk, reading
from web.premises import premises


def batches() -> list[Any]:
    """The newest first."""
    reading.allowed("export_portal")
    rows = reading.show(None, lambda found: found.rows("batches", "TRUE"), "exchange", log=False)
    return sorted(rows, key=lambda row: row.number, reverse=True)


def make() -> int:
    """Raises Refusal."""
    reading.allowed("export_portal")
    here = premises()
    ask = partial(handle, asking=account_desk.asked_by(g.actor), house=here.house(g.actor.school))
    return exchange_desk.make(here, g.actor.school, ask)


def content(number: int) -> bytes:
    """Raises NoSuchBatch, BatchDiffers."""
    reading.allowed("export_portal")
    reading.show(None, lambda found: found.as_of.position, "exchange batch")
    return exchange_desk.content(premises(), g.actor.school, number)


def one_roster() -> bytes:
    reading.allowed("export_portal")
    return reading.show(None, lambda found: paper.packed(roster.tables(found)), "one roster")
