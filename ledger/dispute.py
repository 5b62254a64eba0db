"""Disputes about the absences of one lesson as a fold of their stream (R-144)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events.attendance import AbsenceDisputed, AbsenceDisputeDecided


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """`asked` is the class teacher's word, `decided` the teacher's or the deputy's, None while it waits."""

    pupil: UUID
    asked: Entry
    decided: Entry | None = None

    @property
    def upheld(self) -> bool:
        """Whether it was decided that the pupil was there."""
        return self.decided is not None and self.decided.event.upheld  # type: ignore[attr-defined]


Disputes = dict[UUID, Dispute]  # by case


def fold_disputes(entries: Iterable[Entry]) -> Disputes:
    """The disputes after all `entries` of the stream (ascending, voids among them)."""
    state: Disputes = {}
    for entry in effective(tuple(entries)):
        step(state, entry)
    return state


def step(state: Disputes, entry: Entry) -> None:
    """Advance by one living entry that voids nothing; a decision whose dispute was voided changes nothing."""
    match entry.event:
        case AbsenceDisputed(case=case, pupil=pupil):
            state[case] = Dispute(pupil=pupil, asked=entry)
        case AbsenceDisputeDecided(case=case) if case in state:
            state[case] = replace(state[case], decided=entry)
