"""PostgreSQL arrays in their binary form, packed by hand.

psycopg looks for the type of each element anew; thirty entries in one append (a whole column of marks, an
import) would spend more time there than in the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import Struct
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

BYTEA, BIGINT, TEXT, UUID_OID = 17, 20, 25, 2950  # pg_type.oid, the same in every PostgreSQL
HEADER = Struct("!iiiii")  # dimensions, has nulls, element type, length, lower bound
EMPTY = Struct("!iii")
QUAD = Struct("!q")
LENGTH = Struct("!i")
NULL = LENGTH.pack(-1)


class PackedArray:
    """An array on its way to a parameter with a cast; the cast names its type."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data


class PackedArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: PackedArray) -> Buffer | None:
        return obj.data


def register(connection: Connection[tuple[object, ...]]) -> None:
    """Let `connection` take PackedArray as a parameter."""
    connection.adapters.register_dumper(PackedArray, PackedArrayDumper)


def texts(values: Iterable[str | None]) -> PackedArray:
    return _packed(TEXT, [None if value is None else value.encode() for value in values])


def bigints(values: Iterable[int | None]) -> PackedArray:
    return _packed(BIGINT, [None if value is None else QUAD.pack(value) for value in values])


def uuids(values: Iterable[UUID | None]) -> PackedArray:
    return _packed(UUID_OID, [None if value is None else value.bytes for value in values])


def byteas(values: Iterable[bytes]) -> PackedArray:
    return _packed(BYTEA, list(values))


def packed(value: Any) -> Any:
    """A list of UUIDs packed; anything else as it is."""
    return uuids(value) if type(value) is list and value and type(value[0]) is UUID else value


def _packed(element: int, items: Sequence[bytes | None]) -> PackedArray:
    if not items:
        return PackedArray(EMPTY.pack(0, 0, element))
    header = HEADER.pack(1, int(None in items), element, len(items), 1)
    body = [NULL if item is None else LENGTH.pack(len(item)) + item for item in items]
    return PackedArray(header + b"".join(body))
