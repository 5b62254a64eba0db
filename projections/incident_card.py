"""A breach of access in figures: its times kept apart, its clocks, its commission and its Acts (R-173…R-178, K-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.incident import Act, Incident, fold_incident, minutes_late, told_at
from ledger.personal import KeyOf, PersonalText, unseal
from ledger.void_selection import closing, reopening
from projections.as_of import AsOf
from projections.reading import NoSuchPage, Reading

# Law 152-FZ, article 21, part 3.1: of what happened within 24 hours, of what was found out within 72.
HOURS = (24, 72)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """`hours` of the law from the moment the school knew; `due` is local, `over` that it is past."""

    hours: int
    due: datetime
    over: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """An entry of the ledger; `at` local."""

    person: UUID
    at: datetime
    entry: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ActCard:
    """`status`: draft, in_force, suspended (whoever finalised it did so with a stolen access), annulled (by another),
    annuls (it is the one that annulled). `unsigned` are the members whose signature is wanted; `entries` how many it
    made void or gave back, `finalised` the entry that did it, 0 of a draft."""

    act: UUID
    number: str
    date: date
    since: datetime
    status: str
    annuls: UUID | None
    signatures: tuple[Signature, ...]
    unsigned: tuple[UUID, ...]
    drawn_up_by: UUID
    finalised_at: datetime | None
    finalised_by: UUID | None
    finalised: int
    entries: int

    @property
    def signed(self) -> tuple[UUID, ...]:
        return tuple(each.person for each in self.signatures)


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentCard:
    """Times are the school's local ones: people declared `detected_at`, `reported_at`, `director_at`, `support_at`;
    the programme knows `registered_at`, `blocked_at` and, when the account was opened again, `opened_at`. Nothing is
    reported later than it is received. `notice_late` is how many minutes after P-60's term the owner told somebody, 0
    for in time. `void_from` by P-61, None while it has not come."""

    incident: UUID
    account: UUID
    owner: UUID
    status: str
    signed: bool
    reporter: UUID
    text: str
    detected_at: datetime
    reported_at: datetime
    registered_at: datetime
    director_at: datetime | None
    director: UUID | None
    support_at: datetime | None
    support: UUID | None
    blocked_at: datetime | None
    opened_at: datetime | None
    void_from: datetime | None
    notice_minutes: int
    notice_late: int
    clocks: tuple[Clock, ...]
    members: tuple[UUID, ...]
    acts: tuple[ActCard, ...]
    rejected_by: UUID | None = None
    rejection: str = ""

    @property
    def draft(self) -> ActCard | None:
        return next((act for act in reversed(self.acts) if not act.finalised), None)

    @property
    def in_force(self) -> ActCard | None:
        return next((act for act in self.acts if act.status == "in_force"), None)

    @property
    def people(self) -> frozenset[UUID]:
        """Whom it names."""
        found = {self.owner, self.reporter, self.director, self.support, self.rejected_by, *self.members}
        for act in self.acts:
            found |= {*act.signed, act.drawn_up_by, act.finalised_by}
        return frozenset(person for person in found if person is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentsPage:
    """The newest first."""

    incidents: tuple[IncidentCard, ...]
    as_of: AsOf


def listed(reading: Reading, key_of: KeyOf) -> IncidentsPage:
    ids = [row.incident for row in reading.rows("incidents", "TRUE", columns="incident")]
    cards = [card_of(incident(reading, each), reading, key_of) for each in ids]
    newest = sorted(cards, key=lambda card: card.registered_at, reverse=True)
    return IncidentsPage(incidents=tuple(newest), as_of=reading.as_of)


def incident(reading: Reading, id: UUID) -> Incident:
    """Raises NoSuchPage."""
    found = fold_incident(id, reading.streams([id]).get(id, ()))
    if found.reported is None:
        raise NoSuchPage("no such incident")
    return found


def card_of(found: Incident, reading: Reading, key_of: KeyOf) -> IncidentCard:
    report, written = found.report, found.reported
    assert written is not None
    heard = {role: (e.event.received_at, e.stamp.person) for role, e in found.received.items()}  # type: ignore[attr-defined]
    director_at, director = heard.get("director", (None, None))
    support_at, support = heard.get("administrator", (None, None))
    registered_at = reading.school.local(written.stamp.judged_at)
    told = told_at(report.reported_at, *found.moments().values())
    regulation, (blocked_at, opened_at) = reading.regulation(), _closed(found, reading)
    return IncidentCard(
        incident=found.id,
        account=report.account,
        owner=report.owner,
        status=found.status,
        signed=report.signed,
        reporter=written.stamp.person,
        text=_said(report.text, key_of),
        detected_at=report.detected_at,
        reported_at=told,
        registered_at=registered_at,
        director_at=director_at,
        director=director,
        support_at=support_at,
        support=support,
        blocked_at=blocked_at,
        opened_at=opened_at,
        void_from=found.void_from(regulation.void_from),
        notice_minutes=int((told - report.detected_at).total_seconds() // 60),
        notice_late=minutes_late(report.detected_at, told, regulation.breach_notice),
        clocks=clocks(min(found.moments().values(), default=registered_at), reading.now),
        members=found.members,
        acts=tuple(_act(act, found, reading) for act in found.acts.values() if found.stands(act)),
        **_rejected(found, key_of),
    )


def clocks(known_at: datetime, now: datetime) -> tuple[Clock, ...]:
    """From when the school knew of it; all local."""
    dues = ((hours, known_at + timedelta(hours=hours)) for hours in HOURS)
    return tuple(Clock(hours=hours, due=due, over=now > due) for hours, due in dues)


def _said(text: PersonalText | None, key_of: KeyOf) -> str:
    return unseal(text, key_of) if text is not None else ""


def _rejected(found: Incident, key_of: KeyOf) -> dict[str, Any]:
    entry = found.rejected
    if entry is None:
        return {}
    return {"rejected_by": entry.stamp.person, "rejection": _said(entry.event.reason, key_of)}  # type: ignore[attr-defined]


def _closed(found: Incident, reading: Reading) -> tuple[datetime | None, datetime | None]:
    """From when until when the account was closed."""
    account, local = found.report.account, reading.school.local
    entries = reading.streams([account]).get(account, ())
    shut = closing(found, entries, reading.school.zone)
    if shut is None:
        return None, None
    opened = reopening(shut, entries)
    return local(shut.stamp.judged_at), local(opened.stamp.judged_at) if opened is not None else None


def _act(act: Act, found: Incident, reading: Reading) -> ActCard:
    words, done = act.words, act.finalised
    return ActCard(
        act=act.id,
        number=words.number,
        date=words.date,
        since=words.since,
        status=_status(act, found),
        annuls=words.annuls,
        signatures=tuple(_signature(who, entry, reading) for who, entry in act.signed.items()),
        unsigned=tuple(m for m in found.members if m not in act.signed) if done is None else (),
        drawn_up_by=act.drawn_up.stamp.person,
        finalised_at=None if done is None else reading.school.local(done.stamp.judged_at),
        finalised_by=None if done is None else done.stamp.person,
        finalised=0 if done is None else done.position,
        entries=0 if done is None else done.event.entries,  # type: ignore[attr-defined]
    )


def _signature(person: UUID, entry: Entry, reading: Reading) -> Signature:
    at = reading.school.local(entry.stamp.judged_at)
    return Signature(person=person, at=at, entry=entry.position)


def _status(act: Act, found: Incident) -> str:
    if act.finalised is None:
        return "suspended" if act.id in found.suspended else "draft"
    if act.words.annuls is not None:
        return "annuls"
    return "in_force" if found.in_force is act else "annulled"
