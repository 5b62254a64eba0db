"""What an inspector may look at, from one day to another (R-024). Stream: the inspector's person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateGranted:
    """`classes` whose pages may be read; none: the whole school. Both days are included."""

    mandate: UUID
    classes: tuple[UUID, ...]
    first: date
    last: date
    order: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateEnded:
    """`last` is its last day now."""

    mandate: UUID
    last: date
