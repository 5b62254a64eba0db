"""Attempts to sign in with one login, and how long the next one must wait (Padun 1: protection of access).

An attempt is counted before its password is checked and forgotten when it was right: of forty at once no more
are checked than of forty in a row. A login that does not exist is counted like one that does: the answer tells
nobody which logins there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg import Connection

WINDOW = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Backoff:
    """After `free` failures each next attempt waits: `first`, doubling up to `longest`."""

    free: int
    first: timedelta
    longest: timedelta


# By login and address: whoever guesses from elsewhere keeps nobody out of her lesson.
BY_ADDRESS = Backoff(free=5, first=timedelta(seconds=15), longest=timedelta(minutes=4))
# By login alone, for guesses from many addresses at once. Its owner, too, may come from an address we do not
# know: hence short waits.
BY_LOGIN = Backoff(free=50, first=timedelta(seconds=5), longest=timedelta(seconds=30))


def wait(backoff: Backoff, failures: int, last: datetime | None, *, at: datetime) -> timedelta:
    """How long to wait still after `failures`, the latest of them at `last`."""
    if failures < backoff.free or last is None:
        return timedelta()
    doublings = min(failures - backoff.free, 10)
    pause = min(backoff.first * (1 << doublings), backoff.longest)
    return max(last + pause - at, timedelta())


def begin(
    connection: Connection, school: UUID, login_hmac: bytes, address: str, *, at: datetime, known: bool
) -> timedelta:
    """Count an attempt from `address`. When it must wait instead, how long; then it is not counted.

    `known`: the login's owner was here lately, so guesses from elsewhere do not hold this address up.
    """
    with connection.transaction():
        # One attempt of a login after another, so that each sees those before it.
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (login_hmac.hex(),))
        here, anywhere = _failures(connection, school, login_hmac, address, at=at)
        held = wait(BY_ADDRESS, *here, at=at)
        if not known:
            held = max(held, wait(BY_LOGIN, *anywhere, at=at))
        if not held:
            connection.execute(
                "INSERT INTO access.sign_in_attempts (school_id, login_hmac, address, at) VALUES (%s, %s, %s, %s)",
                (school, login_hmac, address, at),
            )
    return held


def forget(connection: Connection, school: UUID, login_hmac: bytes, address: str, *, at: datetime) -> None:
    """After a success: this login's attempts from here, and everybody's that no longer count."""
    connection.execute(
        """DELETE FROM access.sign_in_attempts
           WHERE school_id = %s AND (login_hmac = %s AND address = %s OR at <= %s)""",
        (school, login_hmac, address, at - WINDOW),
    )


Failures = tuple[int, datetime | None]


def _failures(
    connection: Connection, school: UUID, login_hmac: bytes, address: str, *, at: datetime
) -> tuple[Failures, Failures]:
    """Number and latest within the last hour: from `address`, and from anywhere."""
    row = connection.execute(
        """SELECT count(*) FILTER (WHERE address = %(address)s), max(at) FILTER (WHERE address = %(address)s),
                  count(*), max(at)
           FROM access.sign_in_attempts WHERE school_id = %(school)s AND login_hmac = %(login)s AND at > %(since)s""",
        {"address": address, "school": school, "login": login_hmac, "since": at - WINDOW},
    ).fetchone()
    assert row is not None  # an aggregate without GROUP BY is always one row
    return (row[0], row[1]), (row[2], row[3])
