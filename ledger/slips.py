"""One week's paper slips of a class as a fold of its stream (7.2, R-197)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events import families


@dataclass(kw_only=True, slots=True)
class Slips:
    """By pupil: the entry that prepared the slip, and the one that says it was handed out."""

    version: int = 0
    prepared: dict[UUID, Entry] = field(default_factory=dict)
    handed: dict[UUID, Entry] = field(default_factory=dict)


def fold_slips(entries: Iterable[Entry]) -> Slips:
    """After all `entries` of the stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state = Slips()
    for entry in effective(sequence):
        step(state, entry)
    state.version = sequence[-1].version if sequence else 0
    return state


def step(state: Slips, entry: Entry) -> None:
    """Advance by one living entry that voids nothing; a slip that was handed out is not prepared anew."""
    state.version = entry.version
    match entry.event:
        case families.SlipsPrepared(pupils=pupils):
            state.prepared |= {pupil: entry for pupil in pupils if pupil not in state.handed}
        case families.SlipHandedOut(pupil=pupil) if pupil in state.prepared:
            state.handed.setdefault(pupil, entry)
