"""The figures of the menu: how many cases wait for a deputy or the director, and how many wait for this very teacher.

One statement over the partial indexes of what is open now; asked with every page, so nothing else is counted here, and
nothing is kept: a figure that is a minute old sends people to an empty page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

_OPEN = "SELECT count(*) FROM pages.{} WHERE school_id = %(school)s AND until IS NULL AND status = '{}'"
_CASES = (
    ("late_entries", "asked"),
    ("corrections", "asked"),
    ("exceptions", "asked"),
    ("disputes", "waiting"),
    ("error_reports", "reported"),
)
INBOX = "SELECT " + " + ".join(f"({_OPEN.format(*case)})" for case in _CASES)
TEACHER = (
    f"SELECT ({_OPEN.format('error_reports', 'forwarded')} AND journal = ANY(%(journals)s)) +"
    f" ({_OPEN.format('late_entries', 'permitted')} AND requester = %(person)s AND valid_until >= %(now)s"
    " AND (uses = 0 OR target NOT IN ('mark', 'topic', 'homework')))"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    inbox: int = 0
    tasks: int = 0


def of(
    connection: Connection[Any],
    school: UUID,
    person: UUID,
    *,
    decides: bool,
    journals: list[UUID],
    now: datetime,
) -> Counts:
    """`decides`: a deputy or the director; `journals` one teaches today, empty for whoever teaches none; `now` the
    school's local time."""
    parameters = {"school": school, "person": person, "journals": journals, "now": now.replace(microsecond=0)}

    def number(statement: str) -> int:
        row = connection.execute(statement, parameters, prepare=True).fetchone()
        return 0 if row is None else int(row[0])

    return Counts(inbox=number(INBOX) if decides else 0, tasks=number(TEACHER) if journals else 0)
