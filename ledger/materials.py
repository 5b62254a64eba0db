"""Bytes of files that hang on lessons, outside the ledger under the SHA-256 their entry carries."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from psycopg import Connection


def keep(connection: Connection, school: UUID, content: bytes, media: str, at: datetime) -> str:
    """The SHA-256 in hexadecimal; the same bytes are kept once."""
    digest = sha256(content).hexdigest()
    connection.execute(
        "INSERT INTO files.contents (school_id, sha256, media, bytes, added_at) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        (school, digest, media, content, at),
    )
    return digest


def content_of(connection: Connection, school: UUID, digest: str) -> bytes | None:
    """None: the bytes are not here, of an erased or a not yet restored file."""
    row = connection.execute(
        "SELECT bytes FROM files.contents WHERE school_id = %s AND sha256 = %s", (school, digest)
    ).fetchone()
    return None if row is None else bytes(row[0])
