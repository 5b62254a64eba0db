"""Windows that ended while an access was closed after a notice, until one decision opens them (issue 5; R-175).

Nobody asks for them, so whoever may permit late entries is told of them by the programme itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger import blocked_windows, streams
from ledger.account import fold_account
from ledger.blocked_windows import REACH, Closed, Ended
from ledger.events.late_entries import BlockedWindowPermitted
from ledger.incident import Incident, fold_incident
from ledger.late_entry import fold_late_entries
from ledger.lesson import fold_lesson
from projections.case_place import CasePlace, places
from projections.reading import Reading
from projections.verdicts import unsaid, verdicts


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockedWindows:
    """The access of `person` was closed `closed_at` to `opened_at`, local; `places` are what one
    decision opens, by lesson. `stopped`: why this reader may not permit it, None when they may."""

    incident: UUID
    account: UUID
    person: UUID
    closed_at: datetime
    opened_at: datetime
    places: tuple[CasePlace, ...]
    stopped: str | None

    @property
    def lessons(self) -> int:
        return len({place.lesson for place in self.places})


def waiting(reading: Reading, person: UUID) -> tuple[BlockedWindows, ...]:
    """As `person` may see and decide it, the longest open again first. What nobody has permitted for as long as a
    window may last is asked for like anything else."""
    found = [
        _card(account, closed, ended, reading, person)
        for account, closed in _closed(reading)
        if closed.last + REACH >= reading.now and (ended := _ended(closed, reading))
    ]
    return tuple(sorted(found, key=lambda card: card.opened_at))


def _closed(reading: Reading) -> Iterator[tuple[UUID, Closed]]:
    """Accounts that incidents closed and somebody has opened again; where none ever was, it is one small query."""
    rows = reading.rows("incidents", "TRUE", columns="incident")
    told = reading.streams([row.incident for row in rows]) if rows else {}
    accounts = _accounts([fold_incident(id, entries) for id, entries in told.items()], reading)
    streams = reading.streams({account for _, account in accounts}) if accounts else {}
    for incident, account in accounts:
        own = streams.get(account, ())
        closed = blocked_windows.closed(incident, fold_account(account, own), own, reading.school)
        if closed is not None:
            yield account, closed


def _accounts(incidents: list[Incident], reading: Reading) -> list[tuple[Incident, UUID]]:
    """Each with its own account, and with those that were closed with it."""
    by = {command: incident for incident in incidents for command in blocked_windows.commands_of(incident)}
    blocks = reading.blocked_by(by) if by else []
    own = {(each.id, each.report.account): each for each in incidents}
    closed = {(by[e.stamp.command_id].id, e.stream): by[e.stamp.command_id] for e in blocks}
    return [(incident, account) for (_, account), incident in (own | closed).items()]


def _ended(closed: Closed, reading: Reading) -> tuple[Ended, ...]:
    school = reading.school
    own = [lesson.id for lesson in blocked_windows.lessons(closed, school)]
    late = {id: streams.late_entries(school.id, id) for id in own}
    found = reading.streams([*own, *late.values()])
    return tuple(
        blocked_windows.waiting(
            closed,
            school,
            reading.regulation(),
            lambda id: fold_lesson(id, found.get(id, ())),
            lambda id: fold_late_entries(found.get(late[id], ())),
        )
    )


def _card(
    account: UUID, closed: Closed, ended: tuple[Ended, ...], reading: Reading, person: UUID
) -> BlockedWindows:
    return BlockedWindows(
        incident=closed.incident,
        account=account,
        person=closed.owner,
        closed_at=closed.first,
        opened_at=closed.last,
        places=tuple(places(ended, reading)),
        stopped=_stopped(closed, ended[0], reading, person),
    )


def _stopped(closed: Closed, place: Ended, reading: Reading, person: UUID) -> str | None:
    """Who decides is the same for all places: the first stands for them."""
    event = BlockedWindowPermitted(
        case=closed.incident,
        lesson=place.lesson,
        journal=place.journal,
        target=place.target,
        work=place.work,
        person=closed.owner,
        until=reading.now,
        incident=closed.incident,
        reason=unsaid(closed.owner),
    )
    where = place.lesson, place.journal, None
    return verdicts(reading, person, [where]).against("decide_late_entry", event, where)
