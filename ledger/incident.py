"""One breach of access as a fold of its stream: notices, commission, Acts (R-173…R-188)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events import compromise as events
from ledger.parameter_keeping import BreachNotice, VoidFrom


@dataclass(kw_only=True, slots=True)
class Act:
    """`signed` are the members whose signature stands; `finalised` its entry, None while it is a draft."""

    id: UUID
    drawn_up: Entry
    signed: dict[UUID, Entry] = field(default_factory=dict)
    finalised: Entry | None = None

    @property
    def words(self) -> events.ActDrawnUp:
        return self.drawn_up.event  # type: ignore[return-value]


@dataclass(kw_only=True, slots=True)
class Incident:
    """`received` by role (director, administrator): the first word of each counts. `suspended` by Act: whoever
    finalised it did so with a compromised access. `version` counts dead entries too."""

    id: UUID
    version: int = 0
    reported: Entry | None = None
    received: dict[str, Entry] = field(default_factory=dict)
    rejected: Entry | None = None
    members: tuple[UUID, ...] = ()
    appointed: Entry | None = None
    acts: dict[UUID, Act] = field(default_factory=dict)
    suspended: dict[UUID, Entry] = field(default_factory=dict)

    @property
    def report(self) -> events.CompromiseReported:
        assert self.reported is not None
        return self.reported.event  # type: ignore[return-value]

    @property
    def status(self) -> str:
        """reported · rejected · received · voided · suspended · annulled: what has come of it."""
        if self.in_force is not None:
            return "voided"
        if self.suspended:
            return "suspended"
        if any(act.finalised for act in self.acts.values()):
            return "annulled"
        if self.received:
            return "received"
        return "reported" if self.rejected is None else "rejected"

    @property
    def in_force(self) -> Act | None:
        """The finalised Act that voids and was not annulled by another."""
        annulled = {act.words.annuls for act in self.acts.values() if act.finalised is not None}
        acts = (act for act in self.acts.values() if act.finalised and act.words.annuls is None)
        return next((act for act in acts if act.id not in annulled), None)

    def stands(self, act: Act) -> bool:
        """A draft stands until another is drawn up after it: with a wrong date it is made, and signed, anew."""
        newest = next(reversed(self.acts.values()))
        return act is newest or act.finalised is not None or act.id in self.suspended

    def moments(self) -> dict[str, datetime]:
        """When each receiver had the notice, local."""
        return {role: entry.event.received_at for role, entry in self.received.items()}  # type: ignore[attr-defined]

    def void_from(self, terms: VoidFrom) -> datetime | None:
        """The local moment from which an Act voids (K-20, P-61): the first receipt, or the last of both; None while it
        has not come. Where the act extends it (K-23), the breach itself, once it is received."""
        times, both = self.moments(), terms.moment == "both_received"
        if not times or (both and {"director", "administrator"} - times.keys()):
            return None
        if terms.extend_to_breach:
            return self.report.detected_at
        return max(times.values()) if both else min(times.values())


def told_at(reported_at: datetime, *received: datetime | None) -> datetime:
    """When somebody was told: as the report declares, or when the notice was received where that was sooner, for
    whoever has it was told of it (E-16)."""
    return min((reported_at, *(moment for moment in received if moment is not None)))


def minutes_late(detected_at: datetime, told: datetime, terms: BreachNotice) -> int:
    """Minutes begun after the term of P-60; 0: in time, or there is no such term."""
    late = told.replace(microsecond=0) - detected_at - timedelta(minutes=terms.notify_within_min)
    return max(0, -(-late // timedelta(minutes=1))) if terms.enabled else 0


def fold_incident(id: UUID, entries: Iterable[Entry]) -> Incident:
    """The incident after all `entries` of its stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state = Incident(id=id)
    for entry in effective(sequence):
        step(state, entry)
    state.version = sequence[-1].version if sequence else 0
    return state


def step(state: Incident, entry: Entry) -> None:
    """Advance by one living entry that voids nothing; a word about an Act that was voided changes nothing."""
    state.version = entry.version
    event = entry.event
    match event:
        case events.CompromiseReported():
            state.reported = entry
        case events.NoticeReceived(role=role):
            state.received.setdefault(role, entry)
        case events.NoticeRejected():
            state.rejected = entry
        case events.CommissionAppointed(members=members):
            _appointed(state, members, entry)
        case events.ActDrawnUp(act=act):
            state.acts[act] = Act(id=act, drawn_up=entry)
        case events.ActSigned(act=act) if act in state.acts:
            if entry.stamp.person in state.members:
                state.acts[act].signed.setdefault(entry.stamp.person, entry)
        case events.ActFinalised(act=act) if act in state.acts:
            state.acts[act].finalised = entry
            state.suspended.clear()
        case events.ActSuspended(act=act):
            state.suspended[act] = entry


def _appointed(state: Incident, members: tuple[UUID, ...], entry: Entry) -> None:
    """Whoever is no member any more has signed no Act that is not final."""
    state.members, state.appointed = members, entry
    for act in state.acts.values():
        if act.finalised is None:
            act.signed = {member: word for member, word in act.signed.items() if member in members}
