"""Signed-in sessions, on the server and revocable at once (R-035, R-175).

The browser keeps a random token, this table its SHA-256. Addresses and devices stand here, where they can be
erased, and never in an entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from ledger.views_log import NO_VISIT

# A longer day than any school's: tomorrow everybody signs in anew.
LIFETIME = timedelta(hours=14)
# Not every request writes: the last activity is known to these seconds, and the idle lock may come that much
# early.
SEEN_RESOLUTION = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """An open session with what the sign-in needs of its account. Instants are aware."""

    school_id: UUID
    session_id: UUID
    account_id: UUID
    person_id: UUID
    credential_id: UUID
    login: str
    must_change: bool
    created_at: datetime
    last_seen: datetime
    idle_locked_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRow:
    """A session as the administrator sees it."""

    session_id: UUID
    created_at: datetime
    last_seen: datetime
    idle_locked_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    ip: str
    user_agent: str


def start(
    connection: Connection,
    *,
    school: UUID,
    session: UUID,
    token: str,
    account: UUID,
    credential: UUID,
    at: datetime,
    ip: str,
    user_agent: str,
) -> None:
    connection.execute(
        """INSERT INTO access.sessions (school_id, session_id, token_sha256, account_id, credential_id,
                                        created_at, last_seen, ip, user_agent)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        (school, session, _digest(token), account, credential, at, at, ip, user_agent[:300]),
    )


def find(connection: Connection, school: UUID, token: str, *, at: datetime) -> Session | None:
    """The open session of a token: not ended, not too old, its account not blocked, and signed in with the
    credential the account still has. One indexed read for each request, so that revoking acts at once."""
    with connection.cursor(row_factory=class_row(Session)) as cursor:
        return cursor.execute(_FIND, (school, _digest(token), at - LIFETIME)).fetchone()


def is_idle(session: Session, *, at: datetime, limit: timedelta) -> bool:
    """Whether the password must be asked again: locked already, or silent for `limit` or longer."""
    return session.idle_locked_at is not None or at - session.last_seen >= limit


def lock(connection: Connection, session: Session, *, at: datetime) -> None:
    """Once locked, locked until the password is given: a later request does not count as activity."""
    if session.idle_locked_at is None:
        connection.execute(
            """UPDATE access.sessions SET idle_locked_at = %s
               WHERE school_id = %s AND session_id = %s AND idle_locked_at IS NULL""",
            (at, session.school_id, session.session_id),
        )


def unlock(connection: Connection, session: Session, *, at: datetime) -> None:
    connection.execute(
        """UPDATE access.sessions SET idle_locked_at = NULL, last_seen = %s
           WHERE school_id = %s AND session_id = %s AND ended_at IS NULL""",
        (at, session.school_id, session.session_id),
    )


def seen(connection: Connection, session: Session, *, at: datetime) -> None:
    """Note activity (at most one write in SEEN_RESOLUTION). A session locked meanwhile stays locked."""
    if at - session.last_seen >= SEEN_RESOLUTION:
        connection.execute(
            """UPDATE access.sessions SET last_seen = greatest(last_seen, %s)
               WHERE school_id = %s AND session_id = %s AND idle_locked_at IS NULL""",
            (at, session.school_id, session.session_id),
        )


def renew(connection: Connection, session: Session, *, token: str, credential: UUID) -> None:
    """The same session goes on under a new token and credential: its owner changed the password."""
    connection.execute(
        """UPDATE access.sessions SET token_sha256 = %s, credential_id = %s
           WHERE school_id = %s AND session_id = %s AND ended_at IS NULL""",
        (_digest(token), credential, session.school_id, session.session_id),
    )


def end(connection: Connection, school: UUID, session: UUID, *, at: datetime, reason: str) -> None:
    connection.execute(
        """UPDATE access.sessions SET ended_at = %s, end_reason = %s
           WHERE school_id = %s AND session_id = %s AND ended_at IS NULL""",
        (at, reason, school, session),
    )


def end_all(
    connection: Connection,
    school: UUID,
    account: UUID,
    *,
    at: datetime,
    reason: str,
    but: UUID | None = None,
) -> int:
    """End every open session of an account, except `but`; how many were ended."""
    return connection.execute(
        """UPDATE access.sessions SET ended_at = %s, end_reason = %s
           WHERE school_id = %s AND account_id = %s AND ended_at IS NULL
             AND session_id IS DISTINCT FROM %s""",
        (at, reason, school, account, but),
    ).rowcount


def open_counts(connection: Connection, school: UUID, *, at: datetime) -> dict[UUID, int]:
    """How many sessions each account has open; accounts without one are absent."""
    rows = connection.execute(
        """SELECT account_id, count(*) FROM access.sessions
           WHERE school_id = %s AND ended_at IS NULL AND created_at > %s GROUP BY account_id""",
        (school, at - LIFETIME),
    )
    return dict(rows.fetchall())


def ever_signed_in(connection: Connection, school: UUID) -> frozenset[UUID]:
    """The accounts somebody ever signed in with."""
    rows = connection.execute(
        "SELECT DISTINCT account_id FROM access.sessions WHERE school_id = %s", (school,)
    )
    return frozenset(row[0] for row in rows)


def of_account(connection: Connection, school: UUID, account: UUID, *, limit: int = 50) -> list[SessionRow]:
    """The latest sessions of an account, newest first."""
    with connection.cursor(row_factory=class_row(SessionRow)) as cursor:
        return cursor.execute(
            """SELECT session_id, created_at, last_seen, idle_locked_at, ended_at, end_reason, ip, user_agent
               FROM access.sessions WHERE school_id = %s AND account_id = %s
               ORDER BY created_at DESC LIMIT %s""",
            (school, account, limit),
        ).fetchall()


def days_of_use(
    connection: Connection,
    school: UUID,
    accounts: Iterable[UUID],
    *,
    since: datetime,
    until: datetime,
    zone: str,
) -> dict[UUID, frozenset[date]]:
    """The local days (in `zone`) from `since` up to, without, `until` on which these accounts signed in or looked at
    anything; an account that did neither is absent."""
    rows = connection.execute(
        """SELECT account_id, array_agg(DISTINCT (at AT TIME ZONE %(zone)s)::date) FROM (
               SELECT account_id, created_at AS at FROM access.sessions WHERE school_id = %(school)s
                   AND account_id = ANY(%(accounts)s) AND created_at >= %(since)s AND created_at < %(until)s
               UNION ALL SELECT account_id, at FROM access.views WHERE school_id = %(school)s
                   AND account_id = ANY(%(accounts)s) AND at >= %(since)s AND at < %(until)s
                   AND page <> ALL(%(no_visit)s)) AS used
           GROUP BY account_id""",
        {
            **{"school": school, "accounts": list(accounts), "zone": zone},
            **{"since": since, "until": until, "no_visit": NO_VISIT},
        },
    )
    return {account: frozenset(days) for account, days in rows.fetchall()}


def last_use(
    connection: Connection, school: UUID, accounts: Iterable[UUID], *, until: datetime
) -> dict[UUID, datetime]:
    """When each of these accounts last signed in or looked at anything before `until`; one that never did is absent.
    Not `last_seen`: it moves on with the session, and what was printed of a moment must print the same again."""
    rows = connection.execute(
        """SELECT id, greatest(
               (SELECT max(created_at) FROM access.sessions
                WHERE school_id = %(school)s AND account_id = id AND created_at < %(until)s),
               (SELECT max(at) FROM access.views WHERE school_id = %(school)s AND account_id = id
                AND at < %(until)s AND page <> ALL(%(no_visit)s))) FROM unnest(%(accounts)s::uuid[]) AS id""",
        {"school": school, "accounts": list(accounts), "until": until, "no_visit": NO_VISIT},
    )
    return {account: last for account, last in rows if last is not None}


def during(
    connection: Connection,
    school: UUID,
    accounts: Iterable[UUID],
    credentials: Iterable[UUID],
    *,
    first: datetime,
    last: datetime,
) -> list[SessionRow]:
    """The sessions of these accounts under these credentials that were open at any moment from `first` to `last`, in
    order; what was seen of one later is not said."""
    with connection.cursor(row_factory=class_row(SessionRow)) as cursor:
        return cursor.execute(
            """SELECT session_id, created_at, least(last_seen, %(last)s) AS last_seen, idle_locked_at, ended_at,
                 end_reason, ip, user_agent
               FROM access.sessions WHERE school_id = %(school)s AND account_id = ANY(%(accounts)s)
                 AND credential_id = ANY(%(credentials)s) AND created_at <= %(last)s
                 AND last_seen >= %(first)s ORDER BY created_at""",
            {
                "school": school,
                "accounts": list(accounts),
                "credentials": list(credentials),
                "first": first,
                "last": last,
            },
        ).fetchall()


def others_from(
    connection: Connection,
    school: UUID,
    accounts: Iterable[UUID],
    addresses: Iterable[str],
    *,
    since: datetime,
    until: datetime,
) -> list[tuple[UUID, UUID, str, int, datetime]]:
    """Other accounts signed in from these addresses between the two: account, person, address, how many sessions, when
    it was last used."""
    return connection.execute(
        """SELECT s.account_id, a.person_id, s.ip, count(*), max(least(s.last_seen, %(until)s))
           FROM access.sessions s JOIN access.accounts a USING (school_id, account_id)
           WHERE s.school_id = %(school)s AND s.ip = ANY(%(addresses)s) AND s.last_seen >= %(since)s
             AND s.created_at <= %(until)s AND NOT s.account_id = ANY(%(accounts)s)
           GROUP BY s.account_id, a.person_id, s.ip ORDER BY max(least(s.last_seen, %(until)s)) DESC, s.account_id""",
        {
            "school": school,
            "addresses": list(addresses),
            "since": since,
            "until": until,
            "accounts": list(accounts),
        },
    ).fetchall()


def _digest(token: str) -> bytes:
    # The token has 256 random bits: nothing slower than one SHA-256 is needed.
    return sha256(token.encode()).digest()


_FIND = """
SELECT s.school_id, s.session_id, s.account_id, a.person_id, s.credential_id, a.login, a.must_change,
       s.created_at, s.last_seen, s.idle_locked_at
FROM access.sessions s JOIN access.accounts a USING (school_id, account_id)
WHERE s.school_id = %s AND s.token_sha256 = %s AND s.created_at > %s AND s.ended_at IS NULL
  AND a.blocked_at IS NULL AND a.credential_id = s.credential_id
"""
