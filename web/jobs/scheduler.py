"""Jobs by the clock: one scheduler at a time for a database, whoever holds its advisory lock.

A thread of APScheduler looks every few seconds which jobs are due. What was missed while nobody served, and what a
program that died left half done, is due still: the runs are recorded (ledger.job_runs), and a run is an answer to a
time of the timetable, not to a tick of the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from ledger import job_runs
from ledger import regulation as regulations
from ledger.school import School
from web.jobs import clock
from web.jobs.job import Due, Job
from web.premises import Premises

EVERY = 15  # seconds between two looks, and the longest nobody leads after the leader has died
TRIES = 3  # of a run that fails
PAUSE = timedelta(minutes=5)  # before it is tried again

log = structlog.get_logger(__name__)


class Leadership:
    """The advisory lock, on a connection of its own: it goes with the process that dies."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.connection: psycopg.Connection | None = None

    def hold(self) -> bool:
        """Whether this process leads; taken anew where nobody does. False while the database is away."""
        try:
            return self._led() or self._taken()
        except psycopg.Error:
            self.leave()
            return False

    def leave(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _led(self) -> bool:
        if self.connection is None:
            return False
        job_runs.clock(self.connection)  # raises when the connection, and the lock with it, is gone
        return True

    def _taken(self) -> bool:
        connection = psycopg.connect(self.dsn, autocommit=True, connect_timeout=5)
        if not job_runs.lead(connection):
            connection.close()
            return False
        self.connection = connection
        job_runs.cut_off(connection, at=job_runs.clock(connection))
        return True


def start(here: Premises, dsn: str, jobs: Iterable[Job], folder: str) -> Callable[[], None]:
    """A scheduler of this process; what is returned ends it after the run in hand."""
    leadership, table = Leadership(dsn), tuple(jobs)
    scheduler = BackgroundScheduler(timezone="UTC")

    def look() -> None:
        if leadership.hold():
            turn(here, table, folder, leads=leadership.hold)

    scheduler.add_job(
        look, "interval", seconds=EVERY, coalesce=True, max_instances=1, next_run_time=here.now()
    )
    scheduler.start()

    def stop() -> None:
        scheduler.shutdown(wait=True)
        leadership.leave()

    return stop


def turn(here: Premises, jobs: Iterable[Job], folder: str, leads: Callable[[], bool] = lambda: True) -> int:
    """Do what is due in every school, oldest first, while we lead; how many runs. One school's or job's defect stops
    no other."""
    done = 0
    for school in here.school_ids():
        for due, job in _due_of(here, school, jobs, folder):
            if not leads():
                return done
            run(here, job, due)
            done += 1
    return done


def _due_of(here: Premises, school: UUID, jobs: Iterable[Job], folder: str) -> list[tuple[Due, Job]]:
    try:
        return _due(here, here.school(school), jobs, folder)
    except Exception as error:  # noqa: BLE001  the schools after it are to be looked at too
        log.error("no job can be due", school=str(school), error=type(error).__name__)
        return []


def run(here: Premises, job: Job, due: Due) -> bool:
    """One run, recorded from its beginning; whether it did its work."""
    started = here.now()
    with here.pool.connection() as connection:
        job_runs.begin(connection, due.school, job.name, due.at, at=started)
    try:
        status, said = job_runs.DONE, job.run(due)
    except Exception as error:  # noqa: BLE001  whatever it is, it is told on the page and tried again
        status, said = job_runs.FAILED, f"{type(error).__name__}: {error}"[:500]
        log.error("job failed", job=job.name, school=str(due.school), error=type(error).__name__)
    with here.pool.connection() as connection:
        job_runs.end(
            connection,
            due.school,
            job.name,
            due.at,
            started=started,
            at=here.now(),
            status=status,
            said=said,
        )
    return status == job_runs.DONE


def _due(here: Premises, school: School, jobs: Iterable[Job], folder: str) -> list[tuple[Due, Job]]:
    now = here.now()
    adopted = regulations.in_force(school, school.local(now).date())
    if adopted is None:
        return []
    found: list[tuple[Due, Job]] = []
    with here.pool.connection() as connection:
        since = job_runs.settled(connection, school.id)
        for job in jobs:
            when = job.when(adopted[1])
            if when is None:
                continue
            if job.name not in since:
                job_runs.first_seen(connection, school.id, job.name, at=now)
                continue
            at = clock.last_due(when, school.zone, since[job.name], now)
            if at is not None and _to_be_tried(connection, school.id, job.name, at, now):
                due = Due(school=school.id, at=at, since=since[job.name], here=here, folder=folder)
                found.append((due, job))
    return sorted(found, key=lambda each: each[0].at)


def _to_be_tried(
    connection: psycopg.Connection, school: UUID, job: str, due: datetime, now: datetime
) -> bool:
    failed = job_runs.failures(connection, school, job, due)
    if not failed:
        return True
    cut_off = sum(each.said == job_runs.CUT_OFF for each in failed)
    ended = failed[0].ended_at or failed[0].started_at
    if failed[0].said == job_runs.CUT_OFF and cut_off < TRIES:
        return True  # it died with the program; one that takes the program along is not begun for ever
    return len(failed) < TRIES + cut_off and cut_off < TRIES and now >= ended + PAUSE
