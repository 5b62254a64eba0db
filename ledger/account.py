"""An account as a fold of its stream: whose, under which credential, whether blocked (R-175)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events.accounts import AccountBlocked, AccountCreated, AccountUnblocked, CredentialIssued

OWN = "own"
BY_ADMINISTRATOR = "administrator"
BY_CLASS_TEACHER = "class_teacher"
FOUNDING = "founding"


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """`lineage` are the credentials the present one descends from by changes of its own owner, oldest first
    and itself last: what happens to the first happens to all (design 3, void selection). `breached` is the one that
    the latest block because of a breach closed."""

    id: UUID
    version: int = 0
    person: UUID | None = None
    credential: UUID | None = None
    lineage: tuple[UUID, ...] = ()
    blocked: bool = False
    breached: UUID | None = None

    @property
    def stolen(self) -> bool:
        """Whether no other credential was issued since a breach closed the account."""
        return self.credential is not None and self.credential == self.breached


def fold_account(account: UUID, entries: Iterable[Entry]) -> Account:
    """The account after all `entries` of its stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state = Account(id=account, version=sequence[-1].version if sequence else 0)
    for entry in effective(sequence):
        state = _after(state, entry.event)
    return state


def _after(state: Account, event: object) -> Account:
    match event:
        case AccountCreated(person=person):
            return replace(state, person=person)
        case CredentialIssued(credential=credential, procedure=procedure):
            earlier = state.lineage if procedure == OWN else ()
            return replace(state, credential=credential, lineage=(*earlier, credential))
        case AccountBlocked(reason=reason):
            breached = state.credential if reason == "compromise" else state.breached
            return replace(state, blocked=True, breached=breached)
        case AccountUnblocked():
            return replace(state, blocked=False)
    return state
