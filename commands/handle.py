"""The way of a command (design 2): load → decide → judge → append → catch up.

`handle` is the only way an entry is written. Pure parts are in commands.deciding, ledger.judging and the
deciders; this file does the reading and the one write.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from commands.deciding import Refusal, Seal, Sight
from commands.gate import Passed, pass_gate
from commands.guards import guards
from commands.importing.door import refuse_back_door
from commands.reads import with_cases, with_late_entries
from commands.rights import Named, denied, role_for
from commands.row import History, Row
from commands.table import COMMANDS
from commands.taking_back import REMEMBERED
from ledger import regulation as regulations
from ledger.appending import Append, Appended, CommandClash, Known, Loaded, Moved, Refused, Store
from ledger.entry import Draft, Entry, Origin, Role, Stamp
from ledger.regulation import Regulation
from ledger.school import School
from ledger.school_fold import SCHOOL_CATEGORIES
from ledger.schools import Schools

NOBODY = UUID(int=0)  # the person of what no human did (ledger.store.SYSTEM); nobody signs in as it
ATTEMPTS = 5  # times a decision is made again when what it rests on has moved


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Who asks and when; the role follows from the command's target. `age` as in ledger.appending.Append."""

    school: UUID
    account: UUID
    person: UUID
    command_id: UUID
    received_at: datetime
    origin: Origin
    body_sha256: bytes
    session: UUID | None = None
    credential: UUID | None = None
    declared_at: datetime | None = None
    age: Callable[[], float] = lambda: 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """What handling needs of the outside: the store, the schools of this process, the seal for personal text,
    and `catch_up`, which brings a school's pages up and says whether it could."""

    store: Store
    schools: Schools
    seal: Seal
    catch_up: Callable[[UUID], bool] = lambda school: True


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """`parts` names the cells written: topic, work and pupil with their positions (what `seen` will be); `stamp`
    who did it, in which role, received when: of the first time, also for a retry."""

    first: int | None
    last: int | None
    recorded_at: datetime
    stamp: dict[str, str]
    findings: tuple[dict[str, Any], ...]
    parts: tuple[dict[str, Any], ...]
    repeated: bool
    pages_current: bool


def handle(command: object, asking: Asking, house: House) -> Answer:
    """Do the command once, or answer again what it was answered.

    Raises Refusal (kept in the log of refused attempts), Conflict, ledger.appending.CommandClash, ClockSkew,
    ClockAhead; Moved after five attempts.
    """
    row = COMMANDS[type(command)]
    for attempt in range(1, ATTEMPTS + 1):
        try:
            appended = _attempt(command, row, asking, house)
        except Moved:
            if attempt == ATTEMPTS:
                raise
        else:
            return _answer(appended, house.catch_up(asking.school) if appended.first else True)
    raise AssertionError("unreachable")


def _attempt(command: object, row: Row, asking: Asking, house: House) -> Appended:
    loaded, school = _load(command, row, asking, house)
    if loaded.known is not None:
        return _repeated(loaded.known, asking)
    lessons = row.lessons(command)
    position, adopted = _in_force(school, asking)
    stamp = _stamp(command, row, asking, loaded, school, position)
    try:
        _check_open(asking.account, school)
        if stamp is None:
            raise denied(row.action, lessons, loaded.streams, school, adopted)
        sight = _sight(command, row, school, adopted, stamp, loaded, house)
        passed = _decided(command, row, sight)
    except Refusal as refusal:
        _keep_refusal(command, refusal, stamp or no_role(asking), asking, house)
        raise
    about = row.about(command, school)
    return house.store.append(_batch(passed, sight, asking, lessons, about))


def sight_of(command: object, asking: Asking, house: House) -> Sight:
    """What a decision on the command would rest on now. Raises Refusal for whoever may not ask it."""
    row = COMMANDS[type(command)]
    loaded, school = _load(command, row, asking, house)
    position, adopted = _in_force(school, asking)
    stamp = _stamp(command, row, asking, loaded, school, position)
    if stamp is None:
        raise denied(row.action, row.lessons(command), loaded.streams, school, adopted)
    return _sight(command, row, school, adopted, stamp, loaded, house)


def _check_open(account: UUID, school: School) -> None:
    """A request that was on its way while the account was being blocked finds it closed when it decides again: the
    account's stream is among its guards (R-175)."""
    if account in school.blocked:
        sentence = (
            "Доступ к этой учётной записи закрыт: запись не принята. Обратитесь к администратору школы."
        )
        raise Refusal("account-closed", sentence, status=403)


def rehearse(command: object, asking: Asking, house: House) -> tuple[tuple[Draft, ...], School]:
    """What `handle` would append now, and the school it rests on; nothing is written, no refusal is kept.

    Raises Refusal.
    """
    sight = sight_of(command, asking, house)
    return _decided(command, COMMANDS[type(command)], sight).drafts, sight.school


def _sight(
    command: object,
    row: Row,
    school: School,
    adopted: Regulation | None,
    stamp: Stamp,
    loaded: Loaded,
    house: House,
) -> Sight:
    sheets = row.sheets(command, school)
    sight = Sight(
        school=school,
        adopted=adopted,
        stamp=stamp,
        loaded=loaded.streams,
        seal=house.seal,
        sheets=sheets,
        recent=loaded.recent,
    )
    if row.history is not None:
        return _with_history(command, row.history, sight, house)
    if row.further is not None:
        return _with_more(sight, row.further(command, sight), house)
    return sight


def _with_history(command: object, history: History, sight: Sight, house: House) -> Sight:
    """With what was done with an access, and the accounts concerned: the decision rests on what they are now."""
    found = history(command, sight, house.store)
    return replace(_with_more(sight, tuple(found.credentials), house), selection=found)


def _with_more(sight: Sight, streams: tuple[UUID, ...], house: House) -> Sight:
    """With streams that were not known before the others were read."""
    wanted = [stream for stream in streams if stream not in sight.loaded]
    if not wanted:
        return sight
    more = house.store.load(sight.school.id, streams=wanted).streams
    return replace(sight, loaded={**sight.loaded, **more})


def _decided(command: object, row: Row, sight: Sight) -> Passed:
    lessons = row.lessons(command)
    refuse_back_door(sight, lessons)
    return pass_gate(command, row.decide(command, sight), sight, lessons)


def _load(command: object, row: Row, asking: Asking, house: House) -> tuple[Loaded, School]:
    known = house.schools.known(asking.school)
    if known.position == 0:
        known = house.schools.current(asking.school)
    recent = _recent(row, asking, house)
    wanted = _wanted(command, row, asking, known, recent)
    loaded = house.store.load(
        asking.school,
        command_id=asking.command_id,
        streams=wanted,
        categories=SCHOOL_CATEGORIES,
        after=known.position,
    )
    school = house.schools.advanced(known, loaded.news)
    if loaded.news and _wanted(command, row, asking, school, recent) != wanted:
        # the timetable or the regulation changed: what to read was chosen by a school that is no more
        return _load(command, row, asking, house)
    return replace(loaded, recent=recent), school


def _recent(row: Row, asking: Asking, house: House) -> tuple[Entry, ...]:
    """What the account has just done, for a command that is about it."""
    if row.recent is None:
        return ()
    return house.store.written_by(asking.school, (asking.account,), since=asking.received_at - REMEMBERED)


def _wanted(
    command: object, row: Row, asking: Asking, school: School, recent: tuple[Entry, ...]
) -> tuple[UUID, ...]:
    _, adopted = _in_force(school, asking)
    lessons = with_late_entries(school, row.lessons(command))
    sheets = with_cases(school, row.sheets(command, school))
    done = row.recent(command, recent, school) if row.recent is not None else ()
    return (*lessons, *sheets, *done, *row.streams(command, school, adopted))


def _in_force(school: School, asking: Asking) -> tuple[int | None, Regulation | None]:
    """(None, None) while nothing is: whatever needs a regulation is refused where it asks for it."""
    instant = asking.declared_at or asking.received_at
    return regulations.in_force(school, school.local(instant).date()) or (None, None)


def _stamp(
    command: object,
    row: Row,
    asking: Asking,
    loaded: Loaded,
    school: School,
    regulation: int | None,
) -> Stamp | None:
    """None: no role of this person may do it. A file's import and a job are done by nobody in particular, from
    the server's own command line; an imported lesson stands under the person its source names."""
    role, lessons = Role.SYSTEM, row.lessons(command)
    if asking.person != NOBODY and asking.origin not in (Origin.JOB, Origin.SYSTEM):
        today, about = school.local(asking.received_at).date(), row.about(command, school)
        found = role_for(asking.person, row.action, lessons, about, loaded.streams, school, today)
        if found is None:
            return None
        role = found
    absent = _absent(asking.person, lessons, school)
    return replace(no_role(asking), role=role, regulation=regulation, on_behalf_of=absent)


def _absent(person: UUID, lessons: tuple[UUID, ...], school: School) -> UUID | None:
    """Whom the person stands in for in these lessons (7.12)."""
    standing = (school.substituted_by(person, lesson) for lesson in lessons)
    return next((each.absent for each in standing if each is not None), None)


def _told(stamp: Stamp) -> dict[str, str]:
    return {
        "received_at": stamp.received_at.isoformat(),
        "role": stamp.role.value,
        "account": str(stamp.account),
        "person": str(stamp.person),
    }


def no_role(asking: Asking) -> Stamp:
    """Of somebody who may not, or before it is known in which role."""
    return Stamp(
        school=asking.school,
        account=asking.account,
        person=asking.person,
        role=Role.NOBODY,
        command_id=asking.command_id,
        received_at=asking.received_at,
        origin=asking.origin,
        session=asking.session,
        credential=asking.credential,
        declared_at=asking.declared_at,
    )


def _repeated(known: Known, asking: Asking) -> Appended:
    if (known.account, known.body_sha256) != (asking.account, asking.body_sha256):
        raise CommandClash
    return Appended(
        answer=known.answer, first=known.first, last=known.last, recorded_at=known.recorded_at, repeated=True
    )


def _batch(
    passed: Passed, sight: Sight, asking: Asking, lessons: tuple[UUID, ...], about: tuple[Named, ...]
) -> Append:
    return Append(
        stamp=sight.stamp,
        body_sha256=asking.body_sha256,
        answer=json.dumps(
            {
                "stamp": _told(sight.stamp),
                "findings": passed.findings,
                "parts": _parts(passed.drafts, sight.stamp),
            },
            ensure_ascii=False,
        ),
        drafts=passed.drafts,
        guards=guards(passed.drafts, sight, lessons, about),
        age=asking.age(),
    )


def _parts(drafts: tuple[Draft, ...], stamp: Stamp) -> list[dict[str, Any]]:
    """What a client's cells need to know; `offset` becomes a position once the first is known. An import has
    thousands of parts and no cells."""
    if stamp.origin is Origin.IMPORT:
        return []
    parts = []
    for offset, draft in enumerate(drafts):
        names = {
            name: str(value)
            for name in ("work", "pupil", "case")
            if (value := getattr(draft.event, name, None)) is not None
        }
        parts.append({"event": type(draft.event).__name__, "offset": offset, **names})
    return parts


def _keep_refusal(command: object, refusal: Refusal, stamp: Stamp, asking: Asking, house: House) -> None:
    """Refused attempts are kept (design 4); a question («точно?») is not a refusal."""
    if refusal.mode == "confirm":
        return
    said = {"code": refusal.code, "clause": refusal.clause, "sentence": refusal.sentence}
    said |= {"mode": refusal.mode, "status": str(refusal.status)}
    refused = Refused(
        command=type(command).__name__,
        code=refusal.code,
        clause=refusal.clause,
        sentence=refusal.sentence,
        stream=getattr(command, "lesson", None),
    )
    house.store.append(
        Append(
            stamp=stamp,
            body_sha256=asking.body_sha256,
            answer=json.dumps({"refused": said}, ensure_ascii=False),
            refused=refused,
            age=asking.age(),
        )
    )


def _answer(appended: Appended, pages_current: bool) -> Answer:
    said = json.loads(appended.answer)
    if "refused" in said:
        refused = said["refused"]
        raise Refusal(
            refused["code"],
            refused["sentence"],
            clause=refused["clause"],
            mode=refused["mode"],
            status=int(refused["status"]),
        )
    first = appended.first or 0
    return Answer(
        first=appended.first,
        last=appended.last,
        recorded_at=appended.recorded_at,
        stamp=said["stamp"],
        findings=tuple(said["findings"]),
        parts=tuple({**part, "position": first + part["offset"]} for part in said["parts"]),
        repeated=appended.repeated,
        pages_current=pages_current,
    )
