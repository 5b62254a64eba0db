"""A certificate of control (справка, C-30) as a fold of its stream (R-209)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events import control as events


@dataclass(kw_only=True, slots=True)
class Certificate:
    """`drawn_up` None: there is none. `findings` in the order they were first set; `acquainted` by person."""

    id: UUID
    version: int = 0
    drawn_up: Entry | None = None
    worded: Entry | None = None
    findings: dict[UUID, Entry] = field(default_factory=dict)
    issued: Entry | None = None
    acquainted: dict[UUID, Entry] = field(default_factory=dict)
    resolved: dict[UUID, Entry] = field(default_factory=dict)


def fold_certificate(id: UUID, entries: Iterable[Entry]) -> Certificate:
    """After all `entries` of the stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state = Certificate(id=id)
    for entry in effective(sequence):
        step(state, entry)
    state.version = sequence[-1].version if sequence else 0
    return state


def step(state: Certificate, entry: Entry) -> None:
    """Advance by one living entry that voids nothing."""
    state.version = entry.version
    match entry.event:
        case events.CertificateDrawnUp():
            state.drawn_up = entry
        case events.CertificateWorded():
            state.worded = entry
        case events.CertificateFindingSet(finding=finding):
            state.findings[finding] = entry
        case events.CertificateFindingDropped(finding=finding):
            state.findings.pop(finding, None)
        case events.CertificateIssued():
            state.issued = entry
        case events.CertificateAcknowledged():
            state.acquainted.setdefault(entry.stamp.person, entry)
        case events.CertificateFindingResolved(finding=finding):
            state.resolved[finding] = entry
