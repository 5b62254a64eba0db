"""The log of refused attempts, append-only, for the control reports (R-120, AT-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.appending import Refused
from ledger.entry import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedAttempt:
    """Who was refused what and when; `position` is the head the refusal was judged at."""

    command_id: UUID
    account: UUID
    person: UUID
    role: Role
    refused: Refused
    received_at: datetime
    recorded_at: datetime
    position: int
