"""One reminder to all whose pages are not ready. Stream: `ledger.streams.reminders`."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadinessReminded:
    """What is missing for the period of these pages was said to their teachers."""

    reminder: UUID
    period: UUID
    journals: tuple[UUID, ...]
    text: str
