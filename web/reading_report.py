"""Whose access somebody may report as breached: their own, their children's and, for whoever works there, that of the
staff and of the families they may list, by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from flask import g

from commands.compromise import TELL_OF_THEIR_OWN
from ledger import accounts, people
from ledger.accounts import AccountRow
from ledger.alphabet import plain
from ledger.people import Name
from projections.reading import Reading
from web import issuing, reading, reading_school, reading_search
from web.premises import premises

SHOWN = 20  # accounts of a like name


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """An account by its owner's name, and by whether it is closed already."""

    account: UUID
    name: str
    blocked: bool


def own() -> Reported:
    name = reading.names_now([g.actor.person]).get(g.actor.person, "")
    return Reported(account=g.actor.account, name=name, blocked=False)


def tells_of_others() -> bool:
    return reading.role_in("report_compromise") not in TELL_OF_THEIR_OWN


def accounts_of_children() -> tuple[Reported, ...]:
    children = [child.id for child in reading.school().children_of(g.actor.person)]
    with premises().pool.connection() as connection:
        rows = accounts.of_persons(connection, g.actor.school, children)
        names = people.names_at(connection, g.actor.school, children)
    return tuple(_named(rows.values(), names))


def accounts_like(text: str) -> tuple[Reported, ...]:
    """Other accounts whose owner's name begins so, in full or with initials, of those this person may list; a look
    that is logged."""
    if not text or not tells_of_others():
        return ()
    with reading.opened(None) as found:
        reading.log_view(found, "accounts by name")
        rows = {row.person_id: row for row in accounts.of_school(found.connection, g.actor.school)}
        like = _like(text, found.names(rows))
        staff = frozenset(issuing.staff_of(found.school))
        in_order = sorted(like, key=lambda who: people.sort_key(like[who]))
        offered = (rows[who] for who in in_order if who in staff or _listed(who, found))
        return tuple(_named(islice(offered, SHOWN), like))


def _like(text: str, names: dict[UUID, Name]) -> dict[UUID, Name]:
    begin = plain(text)
    return {
        who: name
        for who, name in names.items()
        if any(plain(said).startswith(begin) for said in (name.full, name.short)) and who != g.actor.person
    }


def _listed(person: UUID, found: Reading) -> bool:
    """A pupil one would find by search, a guardian of a pupil whose card one may open; anybody for whoever keeps the
    accounts."""
    known = found.school
    return (
        reading.may("manage_accounts")
        or (person in known.pupils and bool(reading_search.to_pupil(person, found)))
        or any(reading_school.lists(pupil=child.id) for child in known.children_of(person))
    )


def _named(rows: Iterable[AccountRow], names: dict[UUID, Name]) -> Iterable[Reported]:
    ordered = sorted(
        (row for row in rows if row.person_id in names), key=lambda r: people.sort_key(names[r.person_id])
    )
    return (
        Reported(account=r.account_id, name=names[r.person_id].full, blocked=r.blocked_at is not None)
        for r in ordered
    )
