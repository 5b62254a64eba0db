"""Imports at work: read and compared in a thread of their own, looked at, then applied as they were looked at.

One for each school, kept in memory only: nothing of a file is applied before somebody has said so, and what is applied
is one append. After a restart the ledger itself says whether it was (`Job.id` is the command's id).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from threading import Lock, Thread
from typing import Any
from uuid import UUID, uuid4

import structlog

from commands.deciding import Refusal
from commands.files.asc_rows import AscTimetable
from commands.files.csv_rows import SchoolBundle
from commands.files.reading import Problem
from commands.files.upload import read_upload
from commands.founding import OpenJournal
from commands.handle import Asking, handle, no_role, rehearse
from commands.importing.agreement import CHANGED, digest
from commands.importing.leftovers import leftovers
from commands.importing.school import ImportSchool
from commands.importing.school import names_of as names_of_bundle
from commands.importing.timetable import ImportTimetable
from commands.importing.timetable import names_of as names_of_timetable
from ledger import people
from ledger.appending import ClockAhead, ClockSkew, Moved
from ledger.entry import Draft
from ledger.people import NO_NAME, Name
from ledger.school import School
from projections import import_preview
from projections.import_preview import Group, NameChange
from projections.import_touches import touches
from web import import_desk, issuing
from web.premises import Premises

log = structlog.get_logger(__name__)
READING, COMPARING, READY, APPLYING, DONE, REFUSED = (
    "reading",
    "comparing",
    "ready",
    "applying",
    "done",
    "refused",
)
BUSY = frozenset({READING, COMPARING, APPLYING})
_BUSY_LEDGER = "Журнал сейчас меняют другие. Ничего не применено: повторите через минуту."
_BROKEN = "При загрузке случилась ошибка программы. Ничего не применено; она записана в журнал сервера."


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """`since`: first day of the changes (None: as soon as may be); `create` what an aSc file names and the school does
    not know; `open_year`: the journals of the year open with it, and nothing can be carried over into them any more."""

    since: date | None = None
    create: bool = False
    open_year: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """`agreed` is the digest of the changes shown; `touches` those of them that need a second word, for they change
    days gone by or undo what somebody arranged."""

    agreed: str
    touches: tuple[Group, ...]
    groups: tuple[Group, ...]
    total: int
    renamed: tuple[NameChange, ...]
    newcomers: int
    leftovers: tuple[str, ...]
    year: int
    opens: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """Where one import stands. `value` is what was read; `sentence` why it was refused."""

    id: UUID
    school: UUID
    sha256: str
    files: tuple[str, ...]
    options: Options
    term: int = 0
    state: str = READING
    since: float = field(default_factory=time.monotonic)
    value: SchoolBundle | AscTimetable | None = None
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    unshown: int = 0
    sentence: str = ""
    changed: bool = False
    preview: Preview | None = None
    applied: int = 0

    @property
    def busy(self) -> bool:
        return self.state in BUSY

    @property
    def is_timetable(self) -> bool:
        return isinstance(self.value, AscTimetable)


class ImportDesk:
    """The imports of this process, one a school."""

    def __init__(self) -> None:
        self._jobs: dict[UUID, Job] = {}
        self._lock = Lock()

    def of(self, school: UUID) -> Job | None:
        return self._jobs.get(school)

    def begin(self, job: Job) -> bool:
        """False while another one of the school is at work."""
        with self._lock:
            standing = self._jobs.get(job.school)
            if standing is not None and standing.busy:
                return False
            self._jobs[job.school] = job
            return True

    def note(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.school] = job

    def discard(self, school: UUID) -> None:
        with self._lock:
            standing = self._jobs.get(school)
            if standing is not None and not standing.busy:
                del self._jobs[school]


def start(
    desk: ImportDesk,
    here: Premises,
    by: Asking,
    files: tuple[tuple[str, bytes], ...],
    options: Options,
    term: int,
) -> Job | None:
    """Read the files and compare them with the school; None while another import of it is at work."""
    whole = sha256()
    for name, data in files:
        whole.update(name.encode() + b"\0" + sha256(data).digest())
    named = tuple(name for name, _ in files)
    job = Job(id=uuid4(), school=by.school, sha256=whole.hexdigest(), files=named, options=options, term=term)
    if not desk.begin(job):
        return None
    _in_thread(desk, job, lambda: _read(desk, here, by, job, files))
    return job


def compare_again(desk: ImportDesk, here: Premises, by: Asking, job: Job, options: Options) -> bool:
    """The same files with other words about them; the changes are shown anew."""
    again = replace(
        job, id=uuid4(), options=options, state=COMPARING, sentence="", changed=False, since=time.monotonic()
    )
    if job.value is None or not desk.begin(again):
        return False
    _in_thread(desk, again, lambda: desk.note(_compared(here, by, again)))
    return True


def apply(desk: ImportDesk, here: Premises, by: Asking, job: Job) -> bool:
    """What was looked at, exactly, or nothing."""
    if job.state != READY or job.preview is None:
        return False
    at_work = replace(job, state=APPLYING, since=time.monotonic())
    if not desk.begin(at_work):
        return False
    _in_thread(desk, at_work, lambda: desk.note(_applied(here, by, at_work)))
    return True


def _in_thread(desk: ImportDesk, job: Job, work: Callable[[], None]) -> None:
    def run() -> None:
        try:
            work()
        except Exception:  # the page must be told whatever it was; the trace is the operator's
            log.exception("import failed", job=str(job.id))
            desk.note(replace(job, state=REFUSED, sentence=_BROKEN))

    Thread(target=run, name="import", daemon=True).start()


def _read(
    desk: ImportDesk, here: Premises, by: Asking, job: Job, files: tuple[tuple[str, bytes], ...]
) -> None:
    reading = read_upload(files, job.term)
    read: Job = replace(job, notices=reading.notices, value=reading.value, state=COMPARING)
    if reading.value is None:
        desk.note(replace(read, state=REFUSED, problems=reading.problems, unshown=reading.unshown))
        return
    desk.note(read)
    desk.note(_compared(here, by, read))


def _compared(here: Premises, by: Asking, job: Job) -> Job:
    asking = _now(by, uuid4())
    try:
        command = _command(here, job)
        drafts, school = rehearse(command, asking, here.house(job.school))
    except Refusal as refusal:
        return replace(job, state=REFUSED, sentence=refusal.sentence)
    return replace(job, state=READY, preview=_preview(here, job, command, drafts, school, asking))


def _applied(here: Premises, by: Asking, job: Job) -> Job:
    assert job.preview is not None
    command = replace(_command(here, job), agreed=job.preview.agreed)
    names = _names(command, here.school(job.school))
    asking = _now(by, job.id, body=f"{job.sha256} {job.options} {job.preview.agreed}")
    house = here.house(job.school)
    try:
        answer = handle(command, asking, house)
        import_desk.keep_names(here, job.school, names)
        if job.preview.opens:
            handle(OpenJournal(year=job.preview.year), _now(by, uuid4(), body=str(job.id)), house)
    except Refusal as refusal:
        if refusal.code == CHANGED:
            return replace(_compared(here, by, replace(job, id=uuid4())), changed=True)
        return replace(job, state=REFUSED, sentence=refusal.sentence)
    except (Moved, ClockSkew, ClockAhead) as error:
        log.error("import not applied", kind=type(error).__name__)
        return replace(job, state=REFUSED, sentence=_BUSY_LEDGER)
    written = 0 if answer.first is None or answer.last is None else answer.last - answer.first + 1
    return replace(job, state=DONE, applied=written)


def _now(by: Asking, command_id: UUID, body: str = "") -> Asking:
    began = time.monotonic()
    return replace(
        by,
        command_id=command_id,
        received_at=datetime.now(UTC),
        body_sha256=sha256(body.encode()).digest(),
        age=lambda: time.monotonic() - began,
    )


def _command(here: Premises, job: Job) -> ImportSchool | ImportTimetable:
    if isinstance(job.value, SchoolBundle):
        return ImportSchool(bundle=job.value, since=job.options.since)
    assert job.value is not None
    school = here.school(job.school)
    return ImportTimetable(
        timetable=job.value,
        staff=import_desk.staff(here, school),
        year=max(school.years, default=0),
        first=job.options.since,
        create=job.options.create,
    )


def _names(command: ImportSchool | ImportTimetable, school: School) -> Mapping[UUID, Name]:
    if isinstance(command, ImportSchool):
        return names_of_bundle(command.bundle, school.id)
    return names_of_timetable(command, school)


def _preview(
    here: Premises,
    job: Job,
    command: ImportSchool | ImportTimetable,
    drafts: tuple[Draft, ...],
    school: School,
    asking: Asking,
) -> Preview:
    then = import_preview.after(school, drafts, no_role(asking))
    wanted = _names(command, school)
    meant = {*wanted, *(draft.stream for draft in drafts), *_persons(drafts), *issuing.staff_of(school)}
    known = _known_names(here, job.school, meant)
    names = {**known, **wanted}
    bundle = isinstance(command, ImportSchool)
    year = int(command.bundle.school.year[:4]) if isinstance(command, ImportSchool) else command.year
    return Preview(
        agreed=digest(drafts),
        touches=touches(school, then, drafts, names, school.local(asking.received_at)),
        groups=import_preview.groups(drafts, then, names),
        total=len(drafts),
        renamed=import_preview.name_changes(known, wanted),
        newcomers=sum(person not in known for person in wanted),
        leftovers=leftovers(command.bundle, then) if isinstance(command, ImportSchool) else (),
        year=year,
        opens=bundle and job.options.open_year and year not in school.opened,
    )


def _persons(drafts: tuple[Draft, ...]) -> set[UUID]:
    named = ("teacher", "person", "guardian")
    found: set[Any] = {getattr(draft.event, name, None) for draft in drafts for name in named}
    return found - {None}


def _known_names(here: Premises, school: UUID, persons: set[UUID]) -> dict[UUID, Name]:
    with here.pool.connection() as connection:
        found = people.names_at(connection, school, persons)
    return {person: name for person, name in found.items() if name != NO_NAME}
