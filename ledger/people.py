"""Names of pupils, guardians and staff, with the time each name held (design 5; R-058).

Names never stand in entries: they are erasable. A reprint shows that day's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection

from ledger.alphabet import plain
from ledger.personal import ERASED


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """Фамилия, имя, отчество; `middle` may be empty."""

    last: str
    first: str
    middle: str = ""

    @property
    def short(self) -> str:
        """«Иванов И. И.»"""
        return " ".join([self.last, *(f"{part[0]}." for part in (self.first, self.middle) if part)])

    @property
    def full(self) -> str:
        """«Иванов Иван Иванович»"""
        return " ".join(part for part in (self.last, self.first, self.middle) if part)

    @property
    def listed(self) -> str:
        """«Иванов Иван», as in the list of a class."""
        return " ".join(part for part in (self.last, self.first) if part)


# What a name erased by law is shown and reprinted as.
NO_NAME = Name(last=ERASED, first="")


def sort_key(name: Name) -> tuple[str, str, str]:
    """Order of a Russian class list: ё as е, case aside (the embedded PostgreSQL has no ICU)."""
    return plain(name.last), plain(name.first), plain(name.middle)


def put(connection: Connection, school: UUID, person: UUID, name: Name, *, since: datetime) -> None:
    """From `since` (aware) on the person is called so; the very first name holds from the beginning."""
    put_many(connection, school, {person: name}, since=since)


def put_many(connection: Connection, school: UUID, names: Mapping[UUID, Name], *, since: datetime) -> None:
    """`put` for many persons, all or none. The name already in force changes nothing."""
    rows = [
        {"school": school, "person": p, "since": since, "last": n.last, "first": n.first, "middle": n.middle}
        for p, n in names.items()
    ]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(_END, rows)
        cursor.executemany(_BEGIN, rows)


def names_at(
    connection: Connection, school: UUID, persons: Iterable[UUID], *, at: datetime | None = None
) -> dict[UUID, Name]:
    """What each of `persons` was called at the instant `at` (None: now); NO_NAME for an erased one."""
    wanted = list(set(persons))
    found = dict.fromkeys(wanted, NO_NAME)
    rows = connection.execute(_NOW if at is None else _AT, {"school": school, "persons": wanted, "at": at})
    for person, last, first, middle in rows:
        found[person] = Name(last=last, first=first, middle=middle)
    return found


def erase(connection: Connection, school: UUID, person: UUID) -> None:
    """Forget every name the person ever had (152-ФЗ; R-058)."""
    connection.execute("DELETE FROM people.names WHERE school_id = %s AND person_id = %s", (school, person))


# The row that holds at `since` ends there, unless it already is this name or begins at that very instant.
_END = """
UPDATE people.names SET until = %(since)s
WHERE school_id = %(school)s AND person_id = %(person)s AND since < %(since)s
  AND (until IS NULL OR until > %(since)s)
  AND (last, first, middle) IS DISTINCT FROM (%(last)s, %(first)s, %(middle)s)
"""

# Nothing holds at `since` any more, so a row is added up to the next change; else the row that begins there
# is put right.
_BEGIN = """
INSERT INTO people.names (school_id, person_id, since, until, last, first, middle)
SELECT %(school)s, %(person)s,
       CASE WHEN EXISTS (SELECT FROM people.names WHERE school_id = %(school)s AND person_id = %(person)s)
            THEN %(since)s::timestamptz ELSE '-infinity' END,
       (SELECT min(n.since) FROM people.names n
        WHERE n.school_id = %(school)s AND n.person_id = %(person)s AND n.since > %(since)s),
       %(last)s, %(first)s, %(middle)s
WHERE NOT EXISTS (
    SELECT FROM people.names n
    WHERE n.school_id = %(school)s AND n.person_id = %(person)s AND n.since < %(since)s
      AND (n.until IS NULL OR n.until > %(since)s))
ON CONFLICT (school_id, person_id, since)
DO UPDATE SET last = excluded.last, first = excluded.first, middle = excluded.middle
"""

_NOW = """
SELECT person_id, last, first, middle FROM people.names
WHERE school_id = %(school)s AND person_id = ANY(%(persons)s) AND until IS NULL
"""

_AT = """
SELECT person_id, last, first, middle FROM people.names
WHERE school_id = %(school)s AND person_id = ANY(%(persons)s)
  AND since <= %(at)s AND (until IS NULL OR until > %(at)s)
"""
