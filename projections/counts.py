"""The figures of the menu: how many cases wait for a deputy or the director, and how many wait for this very teacher.

One statement over the partial indexes of what is open now; asked with every page, so nothing else is counted here, and
nothing is kept: a figure that is a minute old sends people to an empty page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import namedtuple_row

from projections.who_decides import Own

_STANDS, _STOOD = "until IS NULL", "since <= %(position)s AND (until IS NULL OR until > %(position)s)"
_OPEN = "SELECT count(*) FROM pages.{} WHERE school_id = %(school)s AND {} AND status = '{}'"
_CASES = {
    "late_entries": "asked",
    "corrections": "asked",
    "exceptions": "asked",
    "disputes": "waiting",
    "error_reports": "reported",
}
CORRECTIONS = (
    "SELECT target, kind, journal, requester, concluded_by, ground FROM pages.corrections"
    f" WHERE school_id = %(school)s AND {_STANDS} AND status = 'asked'"
)
TEACHER = (
    f"SELECT ({_OPEN.format('late_entries', _STANDS, 'permitted')} AND requester = %(person)s"
    " AND valid_until >= %(now)s AND (uses = 0 OR target NOT IN ('mark', 'topic', 'homework'))),"
    " ARRAY(SELECT journal FROM pages.error_reports"
    f" WHERE school_id = %(school)s AND {_STANDS} AND status = 'forwarded')"
)
BREACHES = (
    f"SELECT ({_OPEN.format('incidents', _STANDS, 'reported')}),"
    " (SELECT count(*) FROM pages.acts a JOIN pages.incidents i USING (school_id, incident)"
    " WHERE a.school_id = %(school)s AND a.until IS NULL AND i.until IS NULL AND a.finalised IS NULL"
    " AND %(person)s = ANY(i.members) AND NOT %(person)s = ANY(a.signed)),"
    " (SELECT count(*) FROM pages.certificates"
    f" WHERE school_id = %(school)s AND {_STANDS} AND issued_at IS NOT NULL"
    " AND %(person)s = ANY(people) AND NOT %(person)s = ANY(acquainted)),"
    " (SELECT count(*) FROM pages.certificate_findings f JOIN pages.certificates c USING (school_id, certificate)"
    " WHERE f.school_id = %(school)s AND f.until IS NULL AND c.until IS NULL AND c.issued_at IS NOT NULL"
    " AND f.responsible = %(person)s AND f.resolved_at IS NULL)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """`breaches` are notices of a breach of access nobody has confirmed or rejected yet."""

    inbox: int = 0
    tasks: int = 0
    breaches: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Inbox:
    """Cases that wait for a deputy or the director, by kind."""

    late_entries: int
    corrections: int
    exceptions: int
    disputes: int
    error_reports: int

    @property
    def total(self) -> int:
        return sum(getattr(self, kind) for kind in _CASES)


def inbox(
    connection: Connection[Any], school: UUID, position: int | None = None, own: Own | None = None
) -> Inbox:
    """As it is, or was at this position; of `own` only what that person may decide."""
    holds = _STANDS if position is None else _STOOD
    numbers = ", ".join(f"({_OPEN.format(kind, holds, status)}) AS {kind}" for kind, status in _CASES.items())
    parameters = {"school": school, "position": position}
    row = connection.execute(f"SELECT {numbers}", parameters, prepare=True).fetchone()
    assert row is not None  # one row of counts
    found = dict(zip(_CASES, map(int, row), strict=True))
    if own is not None:
        found = {kind: many if kind in own.kinds else 0 for kind, many in found.items()} | {
            "corrections": len(_own_corrections(connection, school, own)) if found["corrections"] else 0
        }
    return Inbox(**found)


def _own_corrections(connection: Connection[Any], school: UUID, own: Own) -> list[Any]:
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        rows = cursor.execute(CORRECTIONS, {"school": school}, prepare=True).fetchall()
    return [row for row in rows if own.may(row)]


def of(
    connection: Connection[Any],
    school: UUID,
    person: UUID,
    *,
    decides: bool,
    teaches: Callable[[UUID], bool] | None,
    now: datetime,
    staff: bool = False,
    own: Own | None = None,
) -> Counts:
    """`decides`: a deputy or the director, who counts what is their `own` to decide; `staff` may be asked to sign
    an Act or to read a certificate; `teaches` says of a page whether it is one's own today, None for whoever is no
    teacher; `now` the school's local time."""
    parameters = {"school": school, "person": person, "now": now.replace(microsecond=0)}
    row = connection.execute(TEACHER, parameters, prepare=True).fetchone() if teaches is not None else None
    permitted, reported = row or (0, ())
    breaches, asked = _asked(connection, parameters) if staff else (0, 0)
    return Counts(
        inbox=inbox(connection, school, own=own).total if decides else 0,
        tasks=asked + (permitted + sum(teaches(page) for page in reported) if teaches is not None else 0),
        breaches=breaches,
    )


def _asked(connection: Connection[Any], parameters: dict[str, Any]) -> tuple[int, int]:
    """Notices that wait for a word; Acts that wait for this person's signature, certificates to be read, findings to be
    put right."""
    row = connection.execute(BREACHES, parameters, prepare=True).fetchone()
    assert row is not None  # one row of counts
    return int(row[0]), sum(map(int, row[1:]))
