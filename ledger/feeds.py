"""Secret calendar addresses: the browser of somebody's phone has the random token, this table its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """`person` is its owner; `credential` the one it was issued under. Instants are aware."""

    school_id: UUID
    feed_id: UUID
    account_id: UUID
    person_id: UUID
    kind: str
    about: UUID
    created_at: datetime


_FEED = "f.school_id, f.feed_id, f.account_id, a.person_id, f.kind, f.about, f.created_at"


def add(
    connection: Connection,
    school: UUID,
    feed: UUID,
    *,
    token: str,
    account: UUID,
    credential: UUID | None,
    kind: str,
    about: UUID,
    at: datetime,
) -> None:
    connection.execute(
        "INSERT INTO access.feeds"
        " (school_id, feed_id, account_id, credential_id, token_sha256, kind, about, created_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        (school, feed, account, credential, _digest(token), kind, about, at),
    )


def find(connection: Connection, school: UUID, token: str) -> Feed | None:
    """The live one of a token: not revoked, its account not blocked."""
    with connection.cursor(row_factory=class_row(Feed)) as cursor:
        return cursor.execute(
            f"SELECT {_FEED} FROM access.feeds f JOIN access.accounts a USING (school_id, account_id)"
            " WHERE f.school_id = %s AND f.token_sha256 = %s AND f.revoked_at IS NULL AND a.blocked_at IS NULL",
            (school, _digest(token)),
        ).fetchone()


def of_account(connection: Connection, school: UUID, account: UUID) -> list[Feed]:
    """Its live ones, the oldest first."""
    with connection.cursor(row_factory=class_row(Feed)) as cursor:
        return cursor.execute(
            f"SELECT {_FEED} FROM access.feeds f JOIN access.accounts a USING (school_id, account_id)"
            " WHERE f.school_id = %s AND f.account_id = %s AND f.revoked_at IS NULL ORDER BY f.created_at",
            (school, account),
        ).fetchall()


def revoke(connection: Connection, school: UUID, feed: UUID, *, at: datetime) -> None:
    connection.execute(
        "UPDATE access.feeds SET revoked_at = %s WHERE school_id = %s AND feed_id = %s AND revoked_at IS NULL",
        (at, school, feed),
    )


def revoke_all(connection: Connection, school: UUID, account: UUID, *, at: datetime) -> int:
    """With a stolen access every address made under it goes; the owner makes new ones. How many."""
    return connection.execute(
        "UPDATE access.feeds SET revoked_at = %s WHERE school_id = %s AND account_id = %s AND revoked_at IS NULL",
        (at, school, account),
    ).rowcount


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
