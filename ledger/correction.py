"""Correction cases about one lesson or one period sheet as a fold of their stream (R-163…R-167)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from ledger.effective import dead_positions
from ledger.entry import Entry
from ledger.events import corrections as events

OPEN = "asked"
Place = tuple[str, UUID | None, UUID | None, str]  # target, work, pupil, kind: what one case opens


@dataclass(kw_only=True, slots=True)
class CorrectionCase:
    """`settled` is the entry that approved, declined, withdrew or ordered it; `concluded` the deputy's conclusion;
    `void`: the request was declared void, what was decided on it stands (E-05)."""

    case: UUID
    requested: Entry
    concluded: Entry | None = None
    settled: Entry | None = None
    void: bool = False

    @property
    def asked(self) -> events.CorrectionRequested:
        return self.requested.event  # type: ignore[return-value]

    @property
    def status(self) -> str:
        """asked · approved · declined · withdrawn; one that was ordered is approved."""
        if self.settled is None:
            return OPEN
        return _STATUS[type(self.settled.event)]

    @property
    def place(self) -> Place:
        return place_of(self.asked)


@dataclass(kw_only=True, slots=True)
class Corrections:
    """`version` counts the dead entries of the stream too."""

    version: int = 0
    cases: dict[UUID, CorrectionCase] = field(default_factory=dict)

    def open_on(self, place: Place) -> CorrectionCase | None:
        """The case about this place that waits: there is one at a time."""
        waiting = (each for each in self.cases.values() if each.status == OPEN)
        return next((each for each in waiting if each.place == place), None)


def place_of(asked: events.CorrectionRequested) -> Place:
    return asked.target, asked.work, asked.pupil, asked.kind


def fold_corrections(entries: Iterable[Entry]) -> Corrections:
    """The cases after all `entries` of the stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state, dead = Corrections(), dead_positions(sequence)
    decided = {e.event.case for e in sequence if type(e.event) in _STATUS and e.position not in dead}  # type: ignore[attr-defined]
    for entry in sequence:
        if entry.position not in dead:
            step(state, entry)
        elif isinstance(entry.event, events.CorrectionRequested) and entry.event.case in decided:
            case = entry.event.case
            state.cases[case] = CorrectionCase(case=case, requested=entry, void=True)
    state.version = sequence[-1].version if sequence else 0
    return state


def step(state: Corrections, entry: Entry) -> None:
    """Advance by one living entry that voids nothing."""
    state.version = entry.version
    event = entry.event
    if isinstance(event, events.CorrectionRequested):
        state.cases[event.case] = CorrectionCase(case=event.case, requested=entry)
        return
    case = state.cases.get(getattr(event, "case", None))  # type: ignore[arg-type]
    if case is None:
        return
    if isinstance(event, events.CorrectionConcluded):
        case.concluded = entry
    elif type(event) in _STATUS:
        case.settled = entry


_STATUS: dict[type, str] = {
    events.CorrectionApproved: "approved",
    events.CorrectionOrdered: "approved",
    events.CorrectionDeclined: "declined",
    events.CorrectionWithdrawn: "withdrawn",
}
