"""Breaches of access at their doors: the right first, then one reading with what was done, then the log of views."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import abort, g

from commands import history
from ledger import accounts, people, sessions, views_log
from ledger.entry import Role
from ledger.incident import Incident
from ledger.school import School
from ledger.void_selection import Selection
from projections import blocked_windows, incident_card, incident_page
from projections.blocked_windows import BlockedWindows
from projections.incident_card import ActCard, IncidentCard, IncidentsPage
from projections.incident_page import IncidentPage
from projections.incident_signs import Neighbour, Signs, signs
from projections.reading import Reading
from web import issuing, reading
from web.premises import premises
from web.time_bar import ENTRY

DECIDES, SEES = "confirm_notice", "view_voids"


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Of the staff, for the commission: `why_not` says in a word why they may not be in it, "" when they may."""

    person: UUID
    roles: tuple[str, ...]
    why_not: str = ""


def decides() -> bool:
    """Whether the person receives notices; the page is then shown in that role."""
    return reading.acts(DECIDES)


def listed(at: str | None) -> IncidentsPage:
    _allow()
    keys = reading.person_keys()
    return reading.show(at, lambda found: incident_card.listed(found, keys), "incidents", log=False)


def one(incident: UUID, at: str | None) -> IncidentPage:
    """All of it, for those who decide and those who control."""
    _allow()
    return _page(incident, at, name="incident", with_signs=True)


def for_member(incident: UUID, act: UUID, at: str | None) -> tuple[IncidentPage, ActCard]:
    """An Act with its annex, for those who decide, those who control and the members of its commission; 404 for others,
    who learn of no incident."""
    whole = reading.acts(DECIDES) or reading.acts(SEES)
    if not whole and not reading.acts("sign_act"):
        abort(403)

    def readable(found: IncidentPage) -> ActCard | None:
        card = next((each for each in found.card.acts if each.act == act), None)
        own = card is not None and g.actor.person in {*found.card.members, *card.signed}
        return card if whole or own else None

    found = _page(incident, at, name="act", with_signs=False, log=lambda page: readable(page) is not None)
    return found, readable(found) or abort(404)


def _allow() -> None:
    if not (reading.acts(DECIDES) or reading.acts(SEES)):
        abort(403)


def _page(
    incident: UUID,
    at: str | None,
    *,
    name: str,
    with_signs: bool,
    log: bool | Callable[[IncidentPage], bool] = True,
) -> IncidentPage:
    """Logged as `name`: it names pupils with what was entered of them (R-053). `with_signs`: with sessions and
    views."""
    here, keys = premises(), reading.person_keys()

    def read(found: Reading) -> IncidentPage:
        state = incident_card.incident(found, incident)
        selection = history.selection(
            state,
            found.school,
            found.regulation(),
            here.store,
            now=found.as_of.instant,
            until=found.as_of.position,
        )
        seen = _signs(found, state, selection) if with_signs else None
        return incident_page.page(found, here.store, incident, selection, keys, seen)

    return reading.show(at, read, name, log=log)


def _signs(found: Reading, incident: Incident, selection: Selection) -> Signs:
    """Sessions and views stand outside the ledger: they are today's, up to the page's instant."""
    school, since = found.school, incident.report.detected_at.replace(tzinfo=found.school.zone)
    until, own = found.as_of.instant, list(selection.credentials)
    stolen = [each for known in selection.credentials.values() for each in known]
    open_then = sessions.during(found.connection, school.id, own, stolen, first=since, last=until)
    viewed = [
        view
        for account in own
        for view in views_log.of_account(found.connection, school.id, account, first=since, last=until)
        if view.credential_id in stolen
    ]
    addresses = {each.ip for each in open_then if each.ip}
    around = sessions.others_from(
        found.connection, school.id, own, addresses, since=since - timedelta(days=1), until=until
    )
    neighbours = [
        Neighbour(account=account, person=person, address=ip, sessions=count, last=school.local(last))
        for account, person, ip, count, last in around
    ]
    done = sorted((*selection.suspicious, *selection.void), key=lambda entry: entry.position)
    return signs(school, done, open_then, viewed, neighbours)


def candidates(page: IncidentPage) -> tuple[Candidate, ...]:
    """The staff of today with why some may not be in the commission (P-64)."""
    known, today = reading.school(), reading.now().date()
    approvers = set(page.approvers)
    found = []
    for person in issuing.staff_of(known):
        roles = roles_of(known, person)
        if known.roles_of(person, today) and roles:
            why = "owner" if person == page.card.owner else "approver" if person in approvers else ""
            found.append(Candidate(person=person, roles=roles, why_not=why))
    return tuple(found)


def roles_of(known: School, person: UUID) -> tuple[str, ...]:
    """Of the staff, the higher ones first."""
    order = (Role.DIRECTOR, Role.DEPUTY, Role.METHODIST, Role.ADMINISTRATOR, Role.CLASS_TEACHER, Role.TEACHER)
    held = known.roles_of(person, reading.now().date())
    return tuple(role.value for role in order if role in held)


def print_moment(act: UUID) -> str | None:
    """What a finalised Act is printed as of: its own entry, the same paper for ever. None of a draft."""
    with reading.opened(None) as found:
        rows = found.rows("acts", "act = %(act)s AND finalised IS NOT NULL", columns="finalised", act=act)
    return f"{ENTRY}{rows[0].finalised}" if rows else None


def login_of(card: IncidentCard) -> str:
    with premises().pool.connection() as connection:
        row = accounts.by_id(connection, g.actor.school, card.account)
    return "" if row is None else row.login


def full_names(persons: Iterable[UUID]) -> dict[UUID, str]:
    """«Соколова Ирина Викторовна», as a paper names them."""
    with premises().pool.connection() as connection:
        found = people.names_at(connection, g.actor.school, set(persons), at=g.get("shown_at"))
    return {person: name.full for person, name in found.items()}


def blocked(incident: UUID) -> tuple[BlockedWindows, ...]:
    """Windows that ended while its accesses were closed, for whoever may open them again."""
    if not reading.may("decide_late_entry"):
        return ()
    with reading.opened(None) as found:
        cards = blocked_windows.waiting(found, g.actor.person)
    return tuple(card for card in cards if card.incident == incident)


def steps() -> dict[str, bool]:
    """What this person may do to an incident."""
    actions = {
        "receives": DECIDES,
        "appoints": "appoint_commission",
        "draws_up": "void_entries",
        "issues": "manage_accounts",
    }
    return {name: reading.may(action) for name, action in actions.items()}
