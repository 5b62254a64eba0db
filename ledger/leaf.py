"""The bytes of an entry that are hashed, in plain Python (docs/entry-format.md).

The database computes every leaf inside the append; this is the same a second time, for verifiers and tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

Value = bool | int | str | bytes | UUID | datetime | None

# Every column of ledger.entries but `leaf`, in table order.
COLUMNS = (
    "format",
    "school_id",
    "position",
    "category",
    "stream_id",
    "stream_version",
    "topic",
    "state",
    "account",
    "person",
    "acting_role",
    "on_behalf_of",
    "session",
    "credential_id",
    "command_id",
    "command_part",
    "causation",
    "origin",
    "declared_at",
    "regulation",
    "findings",
    "received_at",
    "recorded_at",
    "nonce",
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def packed(value: Value) -> bytes:
    """0x00 for None; else 0x01, the length in 4 bytes, the bytes."""
    if value is None:
        return b"\x00"
    raw = _raw(value)
    return b"\x01" + len(raw).to_bytes(4, "big") + raw


def preimage(row: Sequence[Value]) -> bytes:
    """What is hashed: 0x00 (an RFC 6962 leaf) and the packed values of COLUMNS. ValueError: not 24 values."""
    if len(row) != len(COLUMNS):
        raise ValueError(f"an entry has {len(COLUMNS)} hashed columns, not {len(row)}")
    return b"\x00" + b"".join(map(packed, row))


def leaf(row: Sequence[Value]) -> bytes:
    """The 32 bytes of column `leaf` for the values of COLUMNS."""
    return sha256(preimage(row)).digest()


def _raw(value: Value) -> bytes:
    match value:
        case bytes():
            return value
        case str():
            return value.encode()
        case UUID():
            return value.bytes
        case datetime():
            return ((value - EPOCH) // timedelta(microseconds=1)).to_bytes(8, "big", signed=True)
        case bool():  # bool is an int, and no column is one
            raise TypeError("no column of an entry is a bool")
        case int():
            return value.to_bytes(8, "big", signed=True)
    raise TypeError(f"no column of an entry is a {type(value).__name__}")
