"""Runs of jobs: when each was due, when it began and ended, what it said (R-218). Outside the ledger: they are of the
machine, not of the school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

RUNNING, DONE, FAILED, BEGUN = "running", "done", "failed", "begun"
CUT_OFF = "прервано: программа остановилась"
LOCK = 0x1E70B1D  # an arbitrary number of ours: who holds it runs the jobs of this database


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """`due_at` is the time of the timetable it was for. `status`: running, done, failed; begun: the job was first seen
    then, and nothing before is made up for."""

    job: str
    due_at: datetime
    started_at: datetime
    ended_at: datetime | None
    status: str
    said: str


_COLUMNS = "job, due_at, started_at, ended_at, status, said"


def lead(connection: Connection) -> bool:
    """Whether this connection now holds the lock, which goes with it."""
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    return row is not None and bool(row[0])


def somebody_leads(connection: Connection) -> bool:
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND ((classid::bigint << 32) | objid::bigint) = %s)",
        (LOCK,),
    ).fetchone()
    return row is not None and bool(row[0])


def clock(connection: Connection) -> datetime:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None  # one row of one clock
    now: datetime = row[0]
    return now


def settled(connection: Connection, school: UUID) -> dict[str, datetime]:
    """Of each job the latest due time whose work was done, or the moment it was first seen."""
    rows = connection.execute(
        "SELECT job, max(due_at) FROM jobs.runs WHERE school_id = %s AND status IN ('done', 'begun') GROUP BY job",
        (school,),
    )
    return dict(rows.fetchall())


def failures(connection: Connection, school: UUID, job: str, due: datetime) -> list[Run]:
    """How often this very run has failed, the latest first."""
    with connection.cursor(row_factory=class_row(Run)) as cursor:
        return cursor.execute(
            f"SELECT {_COLUMNS} FROM jobs.runs WHERE school_id = %s AND job = %s AND due_at = %s"
            " AND status = 'failed' ORDER BY started_at DESC",
            (school, job, due),
        ).fetchall()


def begin(connection: Connection, school: UUID, job: str, due: datetime, *, at: datetime) -> None:
    connection.execute(
        "INSERT INTO jobs.runs (school_id, job, due_at, started_at, status) VALUES (%s, %s, %s, %s, 'running')",
        (school, job, due, at),
    )


def first_seen(connection: Connection, school: UUID, job: str, *, at: datetime) -> None:
    connection.execute(
        "INSERT INTO jobs.runs (school_id, job, due_at, started_at, ended_at, status)"
        " VALUES (%s, %s, %s, %s, %s, 'begun') ON CONFLICT DO NOTHING",
        (school, job, at, at, at),
    )


def end(
    connection: Connection,
    school: UUID,
    job: str,
    due: datetime,
    *,
    started: datetime,
    at: datetime,
    status: str,
    said: str,
) -> None:
    """`status` done or failed."""
    connection.execute(
        "UPDATE jobs.runs SET ended_at = %s, status = %s, said = %s"
        " WHERE school_id = %s AND job = %s AND due_at = %s AND started_at = %s",
        (at, status, said, school, job, due, started),
    )


def cut_off(connection: Connection, *, at: datetime) -> int:
    """Whoever takes over finds runs nobody runs any more: they failed; how many."""
    return connection.execute(
        "UPDATE jobs.runs SET status = 'failed', ended_at = %s, said = %s WHERE status = 'running'",
        (at, CUT_OFF),
    ).rowcount


def latest(connection: Connection, school: UUID, limit: int = 100) -> list[Run]:
    """The last runs, the newest first."""
    with connection.cursor(row_factory=class_row(Run)) as cursor:
        return cursor.execute(
            f"SELECT {_COLUMNS} FROM jobs.runs WHERE school_id = %s AND status <> 'begun'"
            " ORDER BY started_at DESC, job LIMIT %s",
            (school, limit),
        ).fetchall()


def last_done(connection: Connection, school: UUID, jobs: Iterable[str]) -> dict[str, Run]:
    """The last run of each that did its work."""
    with connection.cursor(row_factory=class_row(Run)) as cursor:
        rows = cursor.execute(
            f"SELECT DISTINCT ON (job) {_COLUMNS} FROM jobs.runs WHERE school_id = %s AND job = ANY(%s)"
            " AND status = 'done' ORDER BY job, due_at DESC, started_at DESC",
            (school, list(jobs)),
        ).fetchall()
    return {run.job: run for run in rows}
