"""One request reads in one REPEATABLE READ transaction, at the least position of the pages (design 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from psycopg import Connection, Cursor, IsolationLevel
from psycopg.rows import namedtuple_row, tuple_row

from ledger import people
from ledger import regulation as regulations
from ledger.arrays import packed
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
    " AND credential_id = ANY(%(credentials)s) AND received_at >= %(since)s"
    " AND coalesce(declared_at, received_at) >= %(since)s AND position <= %(position)s"
)
ISSUED_BY = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %s AND account = ANY(%s) AND received_at >= %s"
    " AND position <= %s AND topic = 'credential-issued' ORDER BY position"
)
BLOCKED_BY = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %s AND command_id = ANY(%s) AND position <= %s"
    " AND topic = 'account-blocked' ORDER BY position"
)
CAUSED_BY = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %s AND causation = ANY(%s) AND position <= %s"
    " ORDER BY position"
)
OF_PAGES = "(%(journals)s::uuid[] IS NULL OR journal = ANY(%(journals)s))"
OF_SCOPE = f"{OF_PAGES} AND (%(pupil)s::uuid IS NULL OR pupil = %(pupil)s)"
STAMPS = (
    "SELECT e.position, e.topic, e.person, coalesce(e.declared_at, e.received_at) AS at,"
    " (convert_from(e.state, 'UTF8')::jsonb ->> 'correction')::uuid AS case_id,"
    " (convert_from(e.state, 'UTF8')::jsonb ->> 'act')::uuid AS act,"
    " p.person AS permitted_by"
    " FROM ledger.entries e LEFT JOIN ledger.entries p ON p.school_id = e.school_id AND p.position = e.causation"
    " AND p.topic = 'late-entry-permitted'"
    " WHERE e.school_id = %(school)s AND e.position = ANY(%(positions)s)"
)
# Where pages moved: every position at which one of their rows began or ended, whatever moment is shown.
_OF_LESSON = "(%(lesson)s::uuid IS NULL OR lesson = %(lesson)s)"
_MOVING = f"""
    SELECT since, until FROM pages.cells WHERE school_id = %(school)s AND {_OF_LESSON} AND {OF_SCOPE}
    UNION ALL SELECT since, until FROM pages.works
    WHERE school_id = %(school)s AND {_OF_LESSON} AND {OF_PAGES} AND %(pupil)s::uuid IS NULL
    UNION ALL SELECT since, until FROM pages.fillings
    WHERE school_id = %(school)s AND {_OF_LESSON} AND {OF_PAGES} AND %(pupil)s::uuid IS NULL
    UNION ALL SELECT since, until FROM pages.period_marks
    WHERE school_id = %(school)s AND %(lesson)s::uuid IS NULL AND {OF_SCOPE}"""
STEPS = f"""
    WITH own AS MATERIALIZED ({_MOVING}),
    moved AS MATERIALIZED (SELECT since AS p FROM own UNION ALL SELECT until FROM own WHERE until IS NOT NULL)
    SELECT max(p) FILTER (WHERE p <= %(position)s) AS here, min(p) FILTER (WHERE p > %(position)s) AS after,
        (SELECT max(p) FROM moved WHERE p < (SELECT max(p) FROM moved WHERE p <= %(position)s)) AS before FROM moved"""
INSTANT_OF = (
    "SELECT coalesce(declared_at, recorded_at) FROM ledger.entries WHERE school_id = %s AND position = %s"
)
HEAD = "SELECT max(position) AS head FROM ledger.entries WHERE school_id = %(school)s"
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A query of Reading.query, to be sent with others."""

    sql: str
    parameters: Mapping[str, Any]


def standing(table: str, where: str, *, columns: str = "*", grouped: str = "", **parameters: Any) -> Ask:
    """Rows of a read model that hold at the position, `grouped` by these columns."""
    groups = f" GROUP BY {grouped}" if grouped else ""
    sql = f"SELECT {columns} FROM pages.{table} WHERE school_id = %(school)s AND {where} AND {HOLDS}{groups}"
    return Ask(sql=sql, parameters=parameters)


class NoSuchPage(Exception):
    """There is nothing to show: no such journal, lesson or pupil at that moment."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a page reads from: the rows and the school as of one position."""

    connection: Connection[Any]
    school: School
    as_of: AsOf

    @cached_property
    def now(self) -> datetime:
        """The school's local time (naive) at the page's instant."""
        return self.school.local(self.as_of.instant)

    @property
    def today(self) -> date:
        return self.now.date()

    def regulation(self) -> Regulation:
        """The one in force that day. Raises NoSuchPage before any was adopted."""
        return self._in_force[1]

    def regulation_position(self) -> int:
        """The entry that adopted it. Raises NoSuchPage before any was adopted."""
        return self._in_force[0]

    @cached_property
    def _in_force(self) -> tuple[int, Regulation]:
        found = regulations.in_force(self.school, self.today)
        if found is None:
            raise NoSuchPage("no regulation was in force")
        return found

    def rows(
        self, table: str, where: str, *, columns: str = "*", grouped: str = "", **parameters: Any
    ) -> list[Any]:
        """The rows of `standing`, as named tuples."""
        return self.asked(standing(table, where, columns=columns, grouped=grouped, **parameters))

    def asked(self, ask: Ask) -> list[Any]:
        return self.query(ask.sql, **ask.parameters)

    def together(self, **asks: Ask) -> SimpleNamespace:
        """The rows of each query by its name; all go out at once, and the page waits for them once."""
        with self.connection.pipeline():
            sent = {name: self._sent(ask.sql, ask.parameters) for name, ask in asks.items()}
        # Fetched outside: leaving the pipeline is the one round trip, a fetch within would be another.
        return SimpleNamespace(**{name: cursor.fetchall() for name, cursor in sent.items()})

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
        return self._sent(sql, parameters).fetchall()

    def _sent(self, sql: str, parameters: Mapping[str, Any]) -> Cursor[Any]:
        given = {name: packed(value) for name, value in parameters.items()}
        given |= {"school": self.school.id, "position": self.as_of.position}
        return self.connection.cursor(row_factory=namedtuple_row, binary=True).execute(
            sql, given, prepare=True
        )

    @contextmanager
    def planned_anew(self) -> Iterator[None]:
        """What reads much of a school is planned for the span it asks of: a plan kept for any span may take twenty
        times as long (C-10 over a year of a million entries: 20 s for 0.5 s). A small page is quicker with one. An
        error ends the transaction, and the setting with it."""
        self.connection.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        yield
        self.connection.execute("SET LOCAL plan_cache_mode TO DEFAULT")

    def streams(self, streams: Iterable[UUID]) -> dict[UUID, tuple[Entry, ...]]:
        """Every entry of these streams up to the position, dead ones among them; a stream without any is not there."""
        found = self._entries(STREAMS, list(streams))
        return {stream: tuple(own) for stream, own in groupby(found, key=lambda entry: entry.stream)}

    def entries(self, positions: Iterable[int]) -> dict[int, Entry]:
        """The entries at these positions, dead ones among them."""
        return {entry.position: entry for entry in self._entries(ENTRIES, list(positions))}

    def position_at(self, instant: datetime) -> int:
        """The last entry not after the aware instant; 0 for none."""
        row = self.connection.execute(AT_INSTANT, (self.school.id, instant)).fetchone()
        return 0 if row is None else int(row[0])

    def head(self) -> int:
        """The last entry there is, whatever moment is shown."""
        return int(self.query(HEAD)[0].head)

    def steps(self, *, journals: Sequence[UUID] | None, lesson: UUID | None, pupil: UUID | None) -> Any:
        """Positions at which pages moved: `here` the last up to the reading's own, `before` and `after` it; None for
        none."""
        pages = None if journals is None else list(journals)
        return self.query(STEPS, journals=pages, lesson=lesson, pupil=pupil)[0]

    def standing(self, table: str, where: str) -> list[Any]:
        """Rows of a read model as they are now, whatever moment is shown."""
        return self.query(
            f"SELECT * FROM pages.{table} WHERE school_id = %(school)s AND until IS NULL AND {where}"
        )

    def stamps(self, positions: Sequence[int]) -> dict[int, Any]:
        """Who, when and by which event of these entries; with the correction or the Act they name."""
        return {row.position: row for row in self.query(STAMPS, positions=list(positions))}

    def written_with(
        self, accounts: Iterable[UUID], credentials: Iterable[UUID], since: datetime
    ) -> list[int]:
        """Positions of what was written with these credentials, received at `since` (aware) or later."""
        wanted = {"accounts": list(accounts), "credentials": list(credentials), "since": since}
        return [row.position for row in self.query(WRITTEN_WITH, **wanted)]

    def issued_by(self, accounts: Iterable[UUID], since: datetime) -> list[Entry]:
        """The passwords these accounts issued or changed, received at `since` (aware) or later."""
        return self._entries(ISSUED_BY, list(accounts), since)

    def caused_by(self, positions: Iterable[int]) -> list[Entry]:
        """What names one of these entries as its cause, dead ones among them."""
        return self._entries(CAUSED_BY, list(positions))

    def blocked_by(self, commands: Iterable[UUID]) -> list[Entry]:
        """The accounts these commands closed."""
        return self._entries(BLOCKED_BY, list(commands))

    def _entries(self, sql: str, *parameters: Any) -> list[Entry]:
        given = [self.school.id, *parameters, self.as_of.position]
        with self.connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            return list(entries_of(self.school.id, cursor.execute(sql, given, prepare=True).fetchall()))

    def names(self, persons: Iterable[UUID]) -> dict[UUID, Name]:
        """Names as they were at the page's instant."""
        at = None if self.as_of.live else self.as_of.instant
        return people.names_at(self.connection, self.school.id, persons, at=at)

    def sorted(self, persons: Sequence[UUID], names: dict[UUID, Name]) -> list[UUID]:
        return sorted(persons, key=lambda p: people.sort_key(names.get(p, NO_NAME)))


@contextmanager
def reading(
    pool: Pool,
    schools: Schools,
    runner: Runner,
    school: UUID,
    *,
    now: datetime,
    at: datetime | None = None,
    entry: int | None = None,
) -> Iterator[Reading]:
    """A transaction to read pages from: at the head and `now`, or at the instant `at` (both aware), or right after the
    `entry` at that position, whose instant `at` then is."""
    with pool.connection() as connection, _repeatable_read(connection):
        position = runner.position(connection, school)
        if entry is not None:
            position = min(position, entry)
        elif at is not None:
            row = connection.execute(AT_INSTANT, (school, at)).fetchone()
            position = min(position, 0 if row is None else int(row[0]))
        as_of = AsOf(position=position, instant=at or now, live=at is None)
        # The roster of the same position: pages that lag behind show no pupil who came after them.
        known = schools.at(school, position)
        yield Reading(connection=connection, school=known, as_of=as_of)


def instant_of(connection: Connection[Any], school: UUID, entry: int) -> datetime | None:
    """When the entry at this position was made, or says it was (aware); None when there is none."""
    row = connection.execute(INSTANT_OF, (school, entry)).fetchone()
    return None if row is None else row[0]


@contextmanager
def _repeatable_read(connection: Connection[Any]) -> Iterator[None]:
    connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    try:
        with connection.transaction():
            yield
    finally:
        connection.set_isolation_level(None)
