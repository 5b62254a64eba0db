"""Time travel (design 5): every page takes `AsOf(position, instant)`; the default is the head and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class AsOf:
    """`position`: the last entry that counts. `instant` (aware): what "now" is, so what is late or open.
    `live`: the head and the present; nothing else may be written to."""

    position: int
    instant: datetime
    live: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """When a page was last filled and by whom (R-015)."""

    at: datetime
    by: UUID
