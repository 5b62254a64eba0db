"""Every view of pupils' data, export and print, kept outside the ledger (R-053, R-186; design 5).

Append-only for the application. Acquaintance, the Act's annex and the control of access read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

REFUSED = "refused"  # the page of a view that was not given: somebody else's child was asked for (AT-24)
FEED = "calendar_feed"  # asked for by a telephone every hour, whether or not anybody looks
NO_VISIT = [REFUSED, FEED]


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """`page` is the short name of a page, export or print; `as_of` a position looked at (None: the head);
    `person_id` is whose account or day was looked at, when that is no pupil."""

    at: datetime
    account_id: UUID
    session_id: UUID | None
    credential_id: UUID | None
    ip: str
    page: str
    class_id: UUID | None = None
    pupil_id: UUID | None = None
    journal_id: UUID | None = None
    person_id: UUID | None = None
    as_of: int | None = None


def record(connection: Connection, school: UUID, view: View) -> None:
    connection.execute(
        """INSERT INTO access.views (school_id, at, account_id, session_id, credential_id, ip, page, class_id,
                                     pupil_id, journal_id, person_id, as_of)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        (
            school,
            view.at,
            view.account_id,
            view.session_id,
            view.credential_id,
            view.ip,
            view.page,
            view.class_id,
            view.pupil_id,
            view.journal_id,
            view.person_id,
            view.as_of,
        ),
    )


def of_account(
    connection: Connection, school: UUID, account: UUID, *, first: datetime, last: datetime
) -> list[View]:
    """What an account looked at from `first` to `last`, both included, in order."""
    return _views(connection, "account_id = %s", (school, account, first, last))


def of_pupil(
    connection: Connection, school: UUID, pupil: UUID, *, first: datetime, last: datetime
) -> list[View]:
    """Who looked at a pupil's own pages from `first` to `last`, both included, in order."""
    return _views(connection, "pupil_id = %s AND page <> 'refused'", (school, pupil, first, last))


def _views(connection: Connection, where: str, values: tuple[object, ...]) -> list[View]:
    with connection.cursor(row_factory=class_row(View)) as cursor:
        query = f"""SELECT at, account_id, session_id, credential_id, ip, page, class_id, pupil_id,
                           journal_id, person_id, as_of
                    FROM access.views WHERE school_id = %s AND {where} AND at BETWEEN %s AND %s
                    ORDER BY at, view_id"""
        return cursor.execute(query.encode(), values).fetchall()


def days(
    connection: Connection, school: UUID, account: UUID, *, first: datetime, last: datetime, zone: str
) -> list[tuple[date, int]]:
    """On which days of the zone an account looked at anything from `first` on and before `last`, and how often; the
    latest first."""
    return connection.execute(
        "SELECT (at AT TIME ZONE %s)::date AS day, count(*) FROM access.views"
        " WHERE school_id = %s AND account_id = %s AND at >= %s AND at < %s GROUP BY day ORDER BY day DESC",
        (zone, school, account, first, last),
    ).fetchall()


def looked(
    connection: Connection, school: UUID, accounts: Iterable[UUID]
) -> dict[UUID, tuple[int, datetime]]:
    """Of these accounts that looked at anything: how many views, and when the last one was."""
    rows = connection.execute(
        "SELECT account_id, count(*), max(at) FROM access.views WHERE school_id = %s AND account_id = ANY(%s)"
        " GROUP BY account_id",
        (school, list(accounts)),
    ).fetchall()
    return {account: (count, last) for account, count, last in rows}


def last_visits(
    connection: Connection,
    school: UUID,
    account: UUID,
    *,
    pupils: Iterable[UUID],
    session: UUID | None,
    before: datetime,
) -> dict[UUID, datetime]:
    """When an account last looked at each of these pupils in another session than this one, before the aware instant:
    what is new since a visit stays new while one reads it."""
    rows = connection.execute(
        "SELECT pupil_id, max(at) FROM access.views WHERE school_id = %s AND account_id = %s AND pupil_id = ANY(%s)"
        " AND session_id IS DISTINCT FROM %s AND at < %s AND page <> ALL(%s) GROUP BY pupil_id",
        (school, account, list(pupils), session, before, NO_VISIT),
    ).fetchall()
    return dict(rows)


def last_looks(
    connection: Connection, school: UUID, pairs: Iterable[tuple[UUID, UUID]], *, until: datetime
) -> dict[tuple[UUID, UUID], datetime]:
    """When each account last looked at its pupil, `until` included; `pairs` are of a pupil and an account. Each pair is
    asked from its latest view back: a year of a school's views is not read for its last ones."""
    pairs = list(pairs)
    rows = connection.execute(
        """SELECT pupil, account, (SELECT max(at) FROM access.views WHERE school_id = %s AND pupil_id = pupil
                                   AND account_id = account AND at <= %s AND page <> ALL(%s))
           FROM unnest(%s::uuid[], %s::uuid[]) AS pairs (pupil, account)""",
        (school, until, NO_VISIT, [pupil for pupil, _ in pairs], [account for _, account in pairs]),
    )
    return {(pupil, account): last for pupil, account, last in rows if last is not None}
