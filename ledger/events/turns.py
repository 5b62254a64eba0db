"""Decisions that rest on what is *not* there: a free hour, a title nobody has. Stream: one for each kind of them
(`ledger.streams.timetable`, `ledger.streams.classes`)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnTaken:
    """Says nothing of the school. What is looked for in vain has no stream whose version could be guarded (two new
    slots are two new streams), so whoever looks takes the next version of one stream, and of two at once the second
    looks again."""
