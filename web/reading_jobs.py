"""The jobs for whoever keeps the school: what ran, what failed, when the next is due (design 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from flask import abort, current_app, g

from ledger import job_runs
from ledger import regulation as regulations
from ledger.job_runs import Run
from projections import emergency as pack
from web import reading
from web.jobs import clock, emergency, scheduler
from web.jobs.emergency import Packs
from web.jobs.job import Due, Job
from web.jobs.table import JOBS
from web.premises import premises


@dataclass(frozen=True, kw_only=True, slots=True)
class JobLine:
    """`next` is None for a job this school's regulation does not have; `last` the last run that did its work, `failed`
    the run after it that did not."""

    job: Job
    next: datetime | None
    last: Run | None
    failed: Run | None


@dataclass(frozen=True, kw_only=True, slots=True)
class JobsPage:
    """`led`: some program runs the jobs now. `packs` what lies in the folder for outages; `classes` those whose pack
    this person may read."""

    lines: tuple[JobLine, ...]
    runs: tuple[Run, ...]
    packs: Packs
    folder: str
    led: bool
    classes: tuple[tuple[UUID, str], ...]


def page() -> JobsPage:
    reading.allowed("view_jobs")
    here, school, now = premises(), reading.school(), premises().now()
    adopted = regulations.in_force(school, school.local(now).date())
    with here.pool.connection() as connection:
        runs = job_runs.latest(connection, school.id)
        done = job_runs.last_done(connection, school.id, [job.name for job in JOBS])
        led = job_runs.somebody_leads(connection)
    lines = []
    for job in JOBS:
        when = job.when(adopted[1]) if adopted is not None else None
        lines.append(
            JobLine(
                job=job,
                next=clock.next_due(when, school.zone, now) if when is not None else None,
                last=done.get(job.name),
                failed=_failed(runs, job.name),
            )
        )
    folder = packs_folder()
    return JobsPage(
        lines=tuple(lines),
        runs=tuple(runs),
        packs=emergency.look(folder),
        folder=str(folder),
        led=led,
        classes=_readable(),
    )


def run_now(name: str) -> bool:
    """By the administrator's hand, for this minute; whether it did its work. KeyError: no such job."""
    reading.allowed("run_job")
    job = {each.name: each for each in JOBS}[name]
    here, now = premises(), premises().now()
    with here.pool.connection() as connection:
        done = job_runs.last_done(connection, g.actor.school, [name]).get(name)
    due = Due(
        school=g.actor.school,
        at=now,
        since=done.due_at if done is not None else now,
        here=here,
        folder=packs_home(),
    )
    return scheduler.run(here, job, due)


def pack_of(class_id: UUID) -> tuple[str, bytes]:
    """The paper pack of one class as it would be now, and the name of its file; for the readers of its pages. 404 for
    no class."""
    if class_id not in reading.school().classes:
        abort(404)
    reading.allowed("view_register", class_id=class_id)
    return reading.show(
        None,
        lambda found: (emergency.file_name(found, class_id), emergency.printed(found, class_id)),
        "emergency",
        class_id=class_id,
    )


def _readable() -> tuple[tuple[UUID, str], ...]:
    with reading.opened(None) as found:
        own = [(class_id, found.school.classes[class_id].title) for class_id in pack.classes(found)]
    return tuple(each for each in own if reading.may("view_register", class_id=each[0]))


def packs_home() -> str:
    folder: str = current_app.config["EMERGENCY_DIR"]
    return folder


def packs_folder() -> Path:
    return emergency.folder_of(packs_home(), g.actor.school)


def _failed(runs: list[Run], name: str) -> Run | None:
    latest = next((run for run in runs if run.job == name), None)
    return latest if latest is not None and latest.status == job_runs.FAILED else None
