"""What the family of one pupil has acknowledged, and what teachers wrote to it, as a fold of its stream (R-194)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events import families


@dataclass(kw_only=True, slots=True)
class Family:
    """`acknowledged` by person: positions of entries, each with the entry that says so. `remarks` that stand. `version`
    counts the dead entries of the stream too."""

    version: int = 0
    acknowledged: dict[tuple[UUID, int], Entry] = field(default_factory=dict)
    remarks: dict[UUID, Entry] = field(default_factory=dict)


def fold_family(entries: Iterable[Entry]) -> Family:
    """After all `entries` of the stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state = Family()
    for entry in effective(sequence):
        step(state, entry)
    state.version = sequence[-1].version if sequence else 0
    return state


def step(state: Family, entry: Entry) -> None:
    """Advance by one living entry that voids nothing; who has read an entry once has read it."""
    state.version = entry.version
    match entry.event:
        case families.Acknowledged(entries=positions):
            for position in positions:
                state.acknowledged.setdefault((entry.stamp.person, position), entry)
        case families.RemarkWritten(remark=remark):
            state.remarks[remark] = entry
        case families.RemarkWithdrawn(remark=remark):
            state.remarks.pop(remark, None)
