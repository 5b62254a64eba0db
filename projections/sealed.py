"""Columns many rows have: a personal text, and who did it when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ledger.entry import Entry
from ledger.personal import PersonalText
from projections.cells import entered_at


def sealed(text: PersonalText | None) -> tuple[bytes | None, bytes | None]:
    """nonce and ciphertext."""
    return (None, None) if text is None else (text.nonce, text.sealed)


def by_whom(entry: Entry | None) -> tuple[UUID | None, datetime | None]:
    """person and instant."""
    return (None, None) if entry is None else (entry.stamp.person, entered_at(entry))
