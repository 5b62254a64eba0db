"""Accounts as the sign-in needs them: login, password hash, whether blocked (R-042, R-045).

What must never be forgotten (created, credential issued, blocked) are entries of the account's stream; this
table is its erasable and fast other half, written in the same action (web/account_desk.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from ledger.account import Account


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


@contextmanager
def alone(connection: Connection, school: UUID) -> Iterator[None]:
    """One change of a school's accounts after another, although each is more than one transaction: row and
    entry never come from two different ones. Ends with the connection at the latest."""
    lock = (f"accounts of {school}",)
    connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", lock)
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", lock)


def check_free(connection: Connection, row: AccountRow) -> None:
    """Raises LoginTaken when `row` could not be added."""
    taken = connection.execute(
        "SELECT FROM access.accounts WHERE school_id = %s AND (login = %s OR person_id = %s)",
        (row.school_id, fold_login(row.login), row.person_id),
    ).fetchone()
    if taken is not None:
        raise LoginTaken(row.login)


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


def person_of(connection: Connection, school: UUID, account: UUID) -> UUID | None:
    """Whose the account is; None for none of this school."""
    row = by_id(connection, school, account)
    return None if row is None else row.person_id


def of_school(connection: Connection, school: UUID) -> list[AccountRow]:
    """Every account, by login."""
    with connection.cursor(row_factory=class_row(AccountRow)) as cursor:
        cursor.execute("SELECT * FROM access.accounts WHERE school_id = %s ORDER BY login", (school,))
        return cursor.fetchall()


def agrees(row: AccountRow, account: Account | None) -> bool:
    """Whether the row says what the account's entries say. Of an account whose making is void (E-15) the row is
    nobody's, and shut."""
    if account is not None and account.person is None:
        return row.blocked_at is not None and row.person_id == row.account_id
    said = (row.person_id, row.credential_id, row.blocked_at is not None)
    return account is not None and said == (account.person, account.credential, account.blocked)


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


def signed_in_from(connection: Connection, school: UUID, login: str, ip: str, *, since: datetime) -> bool:
    """Whether a session of this login began at this address after `since`."""
    row = connection.execute(
        """SELECT EXISTS (SELECT FROM access.accounts JOIN access.sessions USING (school_id, account_id)
                          WHERE school_id = %s AND login = %s AND ip = %s AND sessions.created_at > %s)""",
        (school, fold_login(login), ip, since),
    ).fetchone()
    return row is not None and bool(row[0])


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


NO_PASSWORD = ""  # no password has this hash


def follow(connection: Connection, row: AccountRow, account: Account, *, at: datetime) -> None:
    """Make the row say what the account's entries say, after an Act that voids some of them (E-15). The password of a
    void credential is known to nobody honest, and that of the one before is kept nowhere: a new one must be issued. An
    account whose making is void gives its login and its person free, and takes them back with an annulled Act if they
    still are."""
    if agrees(row, account):
        return
    _owned(connection, row, account.person)
    if account.credential is not None and account.credential != row.credential_id:
        set_credential(
            connection,
            row.school_id,
            row.account_id,
            password_hash=NO_PASSWORD,
            credential=account.credential,
            must_change=True,
        )
    shut = account.blocked or account.person is None
    set_blocked(connection, row.school_id, row.account_id, (row.blocked_at or at) if shut else None)


def _owned(connection: Connection, row: AccountRow, person: UUID | None) -> None:
    """By `person`, None: by nobody, which is written as the account itself."""
    if row.person_id == person:
        return
    login = row.login.removesuffix(f"~{row.account_id}")
    owner = person or row.account_id
    connection.execute(
        """UPDATE access.accounts SET person_id = %s, login = %s WHERE school_id = %s AND account_id = %s
           AND NOT EXISTS (SELECT FROM access.accounts other WHERE other.school_id = %s AND other.account_id <> %s
                           AND (other.person_id = %s OR other.login = %s))""",
        (
            owner,
            login if person else f"{login}~{row.account_id}",
            *(row.school_id, row.account_id, row.school_id, row.account_id),
            *(owner, login if person else ""),
        ),
    )


def put_back(connection: Connection, row: AccountRow) -> None:
    """Password and access as they were before a change that was refused."""
    connection.execute(
        """UPDATE access.accounts SET password_hash = %s, credential_id = %s, must_change = %s, blocked_at = %s
           WHERE school_id = %s AND account_id = %s""",
        (
            row.password_hash,
            row.credential_id,
            row.must_change,
            row.blocked_at,
            row.school_id,
            row.account_id,
        ),
    )


def _one(connection: Connection, where: str, school: UUID, value: object) -> AccountRow | None:
    with connection.cursor(row_factory=class_row(AccountRow)) as cursor:
        query = f"SELECT * FROM access.accounts WHERE school_id = %s AND {where}"
        return cursor.execute(query.encode(), (school, value)).fetchone()
