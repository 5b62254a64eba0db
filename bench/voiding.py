"""An Act about a stolen access: the preview of what it would void, and the voiding itself (issue 5)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from bench.results import Numbers, row
from bench.school import BenchSchool, opening
from commands import history
from commands.acts import FinaliseAct
from commands.handle import Asking, handle
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import accounts, compromise, marks, staff
from ledger.incident import fold_incident
from ledger.regulation import Regulation, in_force
from ledger.timetable import Lesson
from projections import incident_page
from projections.as_of import AsOf
from projections.reading import Reading
from web.premises import Premises

EACH = 5  # entries of a stream: the lesson and four marks


@dataclass(frozen=True, kw_only=True)
class Breach:
    incident: UUID
    act: UUID
    finaliser: UUID
    operations: int


def measure(here: Premises, school: BenchSchool) -> Numbers:
    few = _breach(here, school, 500, 100)
    seen = _preview(here, school, few)
    found = {
        "void_preview_500_s": row(seen, "s", 1, "lower"),
        "void_500_s": row(_finalise(here, school, few), "s", 2, "lower"),
    }
    many = _breach(here, school, 10_000, 2_000)
    return found | {"void_10000_of_2000_streams_s": row(_finalise(here, school, many), "s", 20, "lower")}


def _breach(here: Premises, school: BenchSchool, operations: int, streams: int) -> Breach:
    """A stolen account, what was done with it, and an Act that everybody signed."""
    assert operations == streams * EACH
    account, credential, owner = uuid4(), uuid4(), uuid4()
    stolen = Stamp(
        school=school.id,
        account=account,
        person=owner,
        role=Role.TEACHER,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
        credential=credential,
    )
    began = here.school(school.id).local(datetime.now(UTC)) - timedelta(minutes=1)
    given = (
        accounts.AccountCreated(person=owner),
        accounts.CredentialIssued(credential=credential, procedure="founding", parent=None),
    )
    _append(here, replace(stolen, account=uuid4(), credential=None), account, Category.ACCOUNT, *given)
    for n in range(streams):
        lesson = replace(school.page_lessons[n % len(school.page_lessons)], id=uuid4())
        _append(here, stolen, lesson.id, Category.LESSON, *_written(lesson, n, school))
    return _act(here, school, account, owner, began, operations)


def _written(lesson: Lesson, n: int, school: BenchSchool) -> Iterator[object]:
    yield opening(lesson, school.school, _regulation(school))
    pupils = school.pupils[school.page]
    for m in range(EACH - 1):
        yield marks.MarkGiven(work=lesson.id, pupil=pupils[(n + m) % len(pupils)], value=(5,))


def _act(
    here: Premises, school: BenchSchool, account: UUID, owner: UUID, began: datetime, operations: int
) -> Breach:
    incident, act, finaliser = uuid4(), uuid4(), uuid4()
    now = datetime.now(UTC)
    at = here.school(school.id).local(now)
    by = Stamp(
        school=school.id,
        account=finaliser,
        person=finaliser,
        role=Role.ADMINISTRATOR,
        command_id=uuid4(),
        received_at=now,
        origin=Origin.UI,
    )
    members = tuple(uuid4() for _ in range(3))
    role = staff.RoleGranted(role="administrator", first=at.date(), until=None, competence=None)
    _append(here, by, finaliser, Category.SCHOOL, role)
    _append(here, by, account, Category.ACCOUNT, accounts.AccountBlocked(reason="compromise"))
    report = compromise.CompromiseReported(
        account=account, owner=owner, detected_at=began, reported_at=began, signed=True
    )
    receipt = compromise.NoticeReceived(role="administrator", received_at=began)
    commission = compromise.CommissionAppointed(members=members, order=uuid4())
    drawn = compromise.ActDrawnUp(act=act, number="1", date=at.date(), since=began)
    _append(here, by, incident, Category.CASE, report, receipt, commission, drawn)
    for member in members:
        signed = replace(by, account=member, person=member, role=Role.TEACHER)
        _append(here, signed, incident, Category.CASE, compromise.ActSigned(act=act))
    here.runner.advance(school.id, patience=300.0)
    return Breach(incident=incident, act=act, finaliser=finaliser, operations=operations)


def _append(here: Premises, stamp: Stamp, stream: UUID, category: Category, *events: object) -> None:
    drafts = tuple(Draft(category=category, stream=stream, version=None, event=event) for event in events)
    made = replace(stamp, command_id=uuid4(), received_at=datetime.now(UTC))
    here.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=drafts))


def _preview(here: Premises, school: BenchSchool, breach: Breach) -> float:
    """All the wizard shows: every entry with what it changed, what rests on it, the journals as they would be."""
    began = time.perf_counter()
    known, now = here.school(school.id), datetime.now(UTC)
    entries = here.store.load(school.id, streams=[breach.incident]).streams[breach.incident]
    incident = fold_incident(breach.incident, entries)
    selection = history.selection(incident, known, _regulation(school), here.store, now=now)
    assert len(selection.entries) == breach.operations
    head = here.store.head(school.id).position
    with here.pool.connection() as connection:
        reading = Reading(connection=connection, school=known, as_of=AsOf(position=head, instant=now))
        page = incident_page.page(reading, here.store, breach.incident, selection, lambda person: None)
    seconds = time.perf_counter() - began
    assert [each.journal for each in page.pages] == [school.page]
    assert len(page.done.void) == breach.operations
    return seconds


def _regulation(school: BenchSchool) -> Regulation:
    found = in_force(school.school, datetime.now(UTC).date())
    assert found is not None
    return found[1]


def _finalise(here: Premises, school: BenchSchool, breach: Breach) -> float:
    """To the answer, pages caught up as far as an answer waits for them."""
    command = FinaliseAct(incident=breach.incident, act=breach.act)
    began = time.perf_counter()
    asking = Asking(
        school=school.id,
        account=breach.finaliser,
        person=breach.finaliser,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
        body_sha256=bytes(32),
        age=lambda: time.perf_counter() - began,
    )
    answer = handle(command, asking, here.house(school.id))
    taken = time.perf_counter() - began
    voided = [part for part in answer.parts if part["event"] == "EntriesVoided"]
    assert len(voided) == breach.operations / EACH
    return taken
