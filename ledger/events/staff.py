"""Who holds which role (R-022…R-033). Stream: the person."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleGranted:
    """`role` is a value of ledger.entry.Role; `competence` is УВР or УМР for a deputy (P-06)."""

    role: str
    first: date
    until: date | None
    competence: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleWithdrawn:
    role: str
    last: date
