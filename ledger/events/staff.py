"""Who holds which role (R-022…R-033). Stream: the person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleGranted:
    """`role` is a value of ledger.entry.Role; `competence` is УВР or УМР for a deputy (P-06), by `order`."""

    role: str
    first: date
    until: date | None
    competence: str | None
    order: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleWithdrawn:
    role: str
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ResponsibleAppointed:
    """By the director's order (R-033, R-027). `scope`: journal (the e-journal), support, working_group …; the last
    one is the role of the working group."""

    scope: str
    first: date
    until: date | None
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ResponsibleReleased:
    scope: str
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ActingDeputyAppointed:
    """By the director, for these days, both included: what waits goes to this person (E-05)."""

    competence: str | None
    first: date
    until: date
    order: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffAbsenceRecorded:
    """Away on these days, both included; `kind`: illness, trip, leave or other."""

    absence: UUID
    kind: str
    first: date
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffReturned:
    """`last` is the last day away; before the first one: was never away."""

    absence: UUID
    last: date
