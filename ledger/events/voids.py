"""Voids (UstBelaya 10.4) and what a person takes back at once. Both stand in the stream of the entries they name."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class EntriesVoided:
    """By `act`, the entries at these earlier `positions` of this stream count no more."""

    act: UUID
    positions: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EntriesTakenBack:
    """The author undid the last action within seconds: its entries of this stream count no more."""

    positions: tuple[int, ...]


VOIDING = (EntriesVoided, EntriesTakenBack)
