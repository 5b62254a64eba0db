"""Who is asking: set on `flask.g.actor` for every request of somebody signed in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.entry import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """`roles` are those of the school's today; the one acted in follows from the door (design 4)."""

    school: UUID
    account: UUID
    person: UUID
    session: UUID
    credential: UUID
    roles: frozenset[Role]
