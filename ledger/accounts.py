"""Accounts as the sign-in needs them: login, password hash, whether blocked (R-042, R-045).

What must never be forgotten (created, credential issued, blocked) are entries of the account's stream; this
table is its erasable and fast other half, written in the same action.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRow:
    """`must_change`: the password serves for the first sign-in only. Instants are aware."""

    school_id: UUID
    account_id: UUID
    person_id: UUID
    login: str
    password_hash: str
    credential_id: UUID
    must_change: bool
    obliged_at: datetime | None
    blocked_at: datetime | None
    created_at: datetime


class LoginTaken(Exception):
    """Another account of the school has this login, or the person has an account already."""


def fold_login(login: str) -> str:
    """The form in which a login is kept and compared."""
    return login.strip().casefold()


def add(connection: Connection, row: AccountRow) -> None:
    """A new account. Raises LoginTaken."""
    added = connection.execute(
        """INSERT INTO access.accounts (school_id, account_id, person_id, login, password_hash, credential_id,
                                        must_change, obliged_at, blocked_at, created_at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
        (
            row.school_id,
            row.account_id,
            row.person_id,
            fold_login(row.login),
            row.password_hash,
            row.credential_id,
            row.must_change,
            row.obliged_at,
            row.blocked_at,
            row.created_at,
        ),
    )
    if added.rowcount == 0:
        raise LoginTaken(row.login)


def by_login(connection: Connection, school: UUID, login: str) -> AccountRow | None:
    return _one(connection, "login = %s", school, fold_login(login))


def by_id(connection: Connection, school: UUID, account: UUID) -> AccountRow | None:
    return _one(connection, "account_id = %s", school, account)


def of_persons(connection: Connection, school: UUID, persons: Iterable[UUID]) -> dict[UUID, AccountRow]:
    """Accounts by person; persons without one are absent."""
    with connection.cursor(row_factory=class_row(AccountRow)) as cursor:
        cursor.execute(
            "SELECT * FROM access.accounts WHERE school_id = %s AND person_id = ANY(%s)",
            (school, list(persons)),
        )
        return {row.person_id: row for row in cursor}


def logins(connection: Connection, school: UUID) -> frozenset[str]:
    rows = connection.execute("SELECT login FROM access.accounts WHERE school_id = %s", (school,))
    return frozenset(login for (login,) in rows)


def set_credential(
    connection: Connection,
    school: UUID,
    account: UUID,
    *,
    password_hash: str,
    credential: UUID,
    must_change: bool,
    obliged_at: datetime | None = None,
) -> None:
    """Replace the password; `obliged_at` is kept when not given."""
    connection.execute(
        """UPDATE access.accounts SET password_hash = %s, credential_id = %s, must_change = %s,
                  obliged_at = coalesce(%s, obliged_at)
           WHERE school_id = %s AND account_id = %s""",
        (password_hash, credential, must_change, obliged_at, school, account),
    )


def set_blocked(connection: Connection, school: UUID, account: UUID, at: datetime | None) -> None:
    """Block from `at`, or unblock (None). Open sessions are ended by ledger.sessions.end_all."""
    connection.execute(
        "UPDATE access.accounts SET blocked_at = %s WHERE school_id = %s AND account_id = %s",
        (at, school, account),
    )


def _one(connection: Connection, where: str, school: UUID, value: object) -> AccountRow | None:
    with connection.cursor(row_factory=class_row(AccountRow)) as cursor:
        query = f"SELECT * FROM access.accounts WHERE school_id = %s AND {where}"
        return cursor.execute(query.encode(), (school, value)).fetchone()
