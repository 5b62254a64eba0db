"""Failed sign-ins of one login, and how long the next one must wait (Padun 1: protection of access).

A login that does not exist is counted like one that does: the answer tells nobody which logins there are.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from psycopg import Connection

FREE_FAILURES = 5
WINDOW = timedelta(hours=1)
FIRST_WAIT = timedelta(seconds=15)
# Short enough that whoever guesses at a teacher's login cannot keep her out of her lesson.
LONGEST_WAIT = timedelta(minutes=4)


def wait(failures: int, last: datetime | None, *, at: datetime) -> timedelta:
    """How long the login has still to wait: nothing for five failures, then 15 s, doubling up to 4 min."""
    if failures < FREE_FAILURES or last is None:
        return timedelta()
    doublings = min(failures - FREE_FAILURES, 10)
    pause = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
    return max(last + pause - at, timedelta())


def note_failure(connection: Connection, school: UUID, login_hmac: bytes, *, at: datetime) -> None:
    connection.execute(
        "INSERT INTO access.sign_in_attempts (school_id, login_hmac, at) VALUES (%s, %s, %s)",
        (school, login_hmac, at),
    )


def failures(
    connection: Connection, school: UUID, login_hmac: bytes, *, at: datetime
) -> tuple[int, datetime | None]:
    """Failures within the last hour and the latest of them."""
    row = connection.execute(
        """SELECT count(*), max(at) FROM access.sign_in_attempts
           WHERE school_id = %s AND login_hmac = %s AND at > %s""",
        (school, login_hmac, at - WINDOW),
    ).fetchone()
    return (0, None) if row is None else (row[0], row[1])


def forget(connection: Connection, school: UUID, login_hmac: bytes, *, at: datetime) -> None:
    """After a success: this login's failures, and everybody's that no longer count."""
    connection.execute(
        "DELETE FROM access.sign_in_attempts WHERE school_id = %s AND (login_hmac = %s OR at <= %s)",
        (school, login_hmac, at - WINDOW),
    )
