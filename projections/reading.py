"""One request reads in one REPEATABLE READ transaction, at the least position of the pages (design 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from psycopg import Connection, IsolationLevel
from psycopg.rows import namedtuple_row, tuple_row

from ledger import people
from ledger import regulation as regulations
from ledger.entry import Entry
from ledger.people import NO_NAME, Name
from ledger.regulation import Regulation
from ledger.rows import ENTRY_COLUMNS, entries_of
from ledger.school import School
from ledger.schools import Schools
from ledger.store import Pool
from projections.as_of import AsOf
from projections.runner import Runner

HOLDS = "since <= %(position)s AND (until IS NULL OR until > %(position)s)"
STREAMS = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %s AND stream_id = ANY(%s) AND position <= %s"
    " ORDER BY stream_id, stream_version"
)
ENTRIES = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %s AND position = ANY(%s) AND position <= %s"
    " ORDER BY position"
)
WRITTEN_WITH = (
    "SELECT position FROM ledger.entries WHERE school_id = %(school)s AND account = ANY(%(accounts)s)"
    " AND credential_id = ANY(%(credentials)s) AND received_at >= %(since)s AND position <= %(position)s"
)
_MOVED = "(since > %(earlier)s AND since <= %(position)s OR until > %(earlier)s AND until <= %(position)s)"
_OF_PAGES = "(%(journals)s::uuid[] IS NULL OR journal = ANY(%(journals)s))"
_OF_SCOPE = f"{_OF_PAGES} AND (%(pupil)s::uuid IS NULL OR pupil = %(pupil)s)"
CHANGED_SINCE = f"""
    SELECT value_kind AS kind, journal, lesson, NULL::uuid AS period, work, pupil, date, value, since, until
    FROM pages.cells WHERE school_id = %(school)s AND {_MOVED} AND {_OF_SCOPE}
    UNION ALL
    SELECT 'period', journal, NULL, period, NULL, pupil, NULL, kind || ' ' || value, since, until
    FROM pages.period_marks WHERE school_id = %(school)s AND {_MOVED} AND {_OF_SCOPE}
    UNION ALL
    SELECT said.kind, journal, lesson, NULL, NULL, NULL, date, said.value, since, until
    FROM pages.lessons, LATERAL (VALUES ('topic', coalesce(topic, '')),
        ('homework', CASE WHEN not_set THEN 'не задано' ELSE coalesce(homework, '') END)) AS said (kind, value)
    WHERE school_id = %(school)s AND {_MOVED} AND %(pupil)s::uuid IS NULL AND {_OF_PAGES}"""
STAMPS = (
    "SELECT position, topic, person, coalesce(declared_at, received_at) AS at,"
    " (convert_from(state, 'UTF8')::jsonb ->> 'correction')::uuid AS case_id,"
    " (convert_from(state, 'UTF8')::jsonb ->> 'act')::uuid AS act"
    " FROM ledger.entries WHERE school_id = %(school)s AND position = ANY(%(positions)s)"
)
EMPTIED = (
    "SELECT work::text AS work, pupil::text AS pupil, 'mark' AS value_kind, '' AS value, 0::bigint AS entry,"
    " NULL::int AS delay, false AS permitted, count(*)::int AS rewritten, false AS imported, '' AS manner,"
    " NULL::uuid AS correction"
    " FROM pages.cells WHERE school_id = %(school)s AND value_kind = 'mark' AND until <= %(position)s"
)
ENDED = (
    "SELECT DISTINCT ON (entry) entry, lesson, work, pupil, date, value_kind, value FROM pages.cells"
    " WHERE school_id = %(school)s AND pupil = ANY(%(pupils)s) AND entry = ANY(%(entries)s)"
    " AND since <= %(position)s ORDER BY entry, since DESC"
)
AT_INSTANT = (
    "SELECT position FROM ledger.entries WHERE school_id = %s AND coalesce(declared_at, recorded_at) <= %s"
    " ORDER BY coalesce(declared_at, recorded_at) DESC, position DESC LIMIT 1"
)


class NoSuchPage(Exception):
    """There is nothing to show: no such journal, lesson or pupil at that moment."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a page reads from: the rows and the school as of one position."""

    connection: Connection[Any]
    school: School
    as_of: AsOf

    @property
    def now(self) -> datetime:
        """The school's local time (naive) at the page's instant."""
        return self.school.local(self.as_of.instant)

    @property
    def today(self) -> date:
        return self.now.date()

    def regulation(self) -> Regulation:
        """The one in force that day. Raises NoSuchPage before any was adopted."""
        found = regulations.in_force(self.school, self.today)
        if found is None:
            raise NoSuchPage("no regulation was in force")
        return found[1]

    def rows(
        self, table: str, where: str, *, columns: str = "*", grouped: str = "", **parameters: Any
    ) -> list[Any]:
        """Rows of a read model that hold at the position, as named tuples; `grouped` by these columns."""
        groups = f" GROUP BY {grouped}" if grouped else ""
        return self.query(
            f"SELECT {columns} FROM pages.{table} WHERE school_id = %(school)s AND {where} AND {HOLDS}{groups}",
            **parameters,
        )

    def ever(self, table: str, where: str, *, columns: str, **parameters: Any) -> list[Any]:
        """Rows that held at any time up to the position, in the order they came; one that ended later says so."""
        return self.query(
            f"SELECT {columns} FROM pages.{table} WHERE school_id = %(school)s AND {where}"
            " AND since <= %(position)s ORDER BY since",
            **parameters,
        )

    def emptied(self, standing: Iterable[Any], where: str, **parameters: Any) -> list[Any]:
        """Every cell whose mark was taken away, like a row of cells with no value and entry 0: its history stays in
        reach. `rewritten` counts the values it had; `standing` are the rows of the cells that have one."""
        full = {(str(row.work), str(row.pupil)) for row in standing if row.value_kind == "mark"}
        ended = self.query(f"{EMPTIED} AND {where} GROUP BY work, pupil", **parameters)
        return [row for row in ended if (row.work, row.pupil) not in full]

    def ended(self, pupils: Iterable[UUID], entries: Iterable[int]) -> list[Any]:
        """The cells of these pupils that these entries wrote, as they last were, whether they still stand or not."""
        return self.query(ENDED, pupils=list(pupils), entries=list(entries))

    def query(self, sql: str, **parameters: Any) -> list[Any]:
        """`%(school)s` and `%(position)s` are always there."""
        parameters |= {"school": self.school.id, "position": self.as_of.position}
        with self.connection.cursor(row_factory=namedtuple_row, binary=True) as cursor:
            return cursor.execute(sql, parameters, prepare=True).fetchall()

    def streams(self, streams: Iterable[UUID]) -> dict[UUID, tuple[Entry, ...]]:
        """Every entry of these streams up to the position, dead ones among them; a stream without any is not there."""
        parameters = [self.school.id, list(streams), self.as_of.position]
        with self.connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            found = entries_of(self.school.id, cursor.execute(STREAMS, parameters, prepare=True).fetchall())
        return {stream: tuple(own) for stream, own in groupby(found, key=lambda entry: entry.stream)}

    def entries(self, positions: Iterable[int]) -> dict[int, Entry]:
        """The entries at these positions, dead ones among them."""
        parameters = [self.school.id, list(positions), self.as_of.position]
        with self.connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            found = entries_of(self.school.id, cursor.execute(ENTRIES, parameters, prepare=True).fetchall())
        return {entry.position: entry for entry in found}

    def changed_since(self, earlier: int, journals: Sequence[UUID] | None, pupil: UUID | None) -> list[Any]:
        """Rows of cells, period marks, topics and homework that began or ended after the position `earlier`."""
        pages = None if journals is None else list(journals)
        return self.query(CHANGED_SINCE, earlier=earlier, journals=pages, pupil=pupil)

    def stamps(self, positions: Sequence[int]) -> dict[int, Any]:
        """Who, when and by which event of these entries; with the correction or the Act they name."""
        return {row.position: row for row in self.query(STAMPS, positions=list(positions))}

    def written_with(
        self, accounts: Iterable[UUID], credentials: Iterable[UUID], since: datetime
    ) -> list[int]:
        """Positions of what was written with these credentials, received at `since` (aware) or later."""
        wanted = {"accounts": list(accounts), "credentials": list(credentials), "since": since}
        return [row.position for row in self.query(WRITTEN_WITH, **wanted)]

    def names(self, persons: Iterable[UUID]) -> dict[UUID, Name]:
        """Names as they were at the page's instant."""
        at = None if self.as_of.live else self.as_of.instant
        return people.names_at(self.connection, self.school.id, persons, at=at)

    def sorted(self, persons: Sequence[UUID], names: dict[UUID, Name]) -> list[UUID]:
        return sorted(persons, key=lambda p: people.sort_key(names.get(p, NO_NAME)))


@contextmanager
def reading(
    pool: Pool, schools: Schools, runner: Runner, school: UUID, *, now: datetime, at: datetime | None = None
) -> Iterator[Reading]:
    """A transaction to read pages from: at the head and `now`, or at the instant `at` (both aware)."""
    with pool.connection() as connection, _repeatable_read(connection):
        position = runner.position(connection, school)
        if at is not None:
            row = connection.execute(AT_INSTANT, (school, at)).fetchone()
            position = min(position, 0 if row is None else int(row[0]))
        as_of = AsOf(position=position, instant=at or now, live=at is None)
        # The roster of the same position: pages that lag behind show no pupil who came after them.
        known = schools.at(school, position)
        yield Reading(connection=connection, school=known, as_of=as_of)


@contextmanager
def _repeatable_read(connection: Connection[Any]) -> Iterator[None]:
    connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    try:
        with connection.transaction():
            yield
    finally:
        connection.set_isolation_level(None)
