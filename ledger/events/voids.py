"""Voids (UstBelaya 10.4). Stands in the stream of the entries it names."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class EntriesVoided:
    """By `act`, the entries at these earlier `positions` of this stream count no more."""

    act: UUID
    positions: tuple[int, ...]
