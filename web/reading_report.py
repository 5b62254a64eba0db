"""Whose access somebody may report as breached: their own, their children's and, for the staff, anybody's by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import g

from ledger import accounts, people
from ledger.accounts import AccountRow
from ledger.people import Name
from web import issuing, reading
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
    return bool(g.actor.roles & issuing.STAFF)


def accounts_of_children() -> tuple[Reported, ...]:
    children = [child.id for child in reading.school().children_of(g.actor.person)]
    with premises().pool.connection() as connection:
        rows = accounts.of_persons(connection, g.actor.school, children)
        names = people.names_at(connection, g.actor.school, children)
    return tuple(_named(rows.values(), names))


def accounts_like(text: str) -> tuple[Reported, ...]:
    """Other accounts whose owner's last name begins so; none for a family, which tells of its own."""
    if not text or not tells_of_others():
        return ()
    begin = text.casefold().replace("ё", "е")
    with premises().pool.connection() as connection:
        rows = {row.person_id: row for row in accounts.of_school(connection, g.actor.school)}
        names = people.names_at(connection, g.actor.school, rows)
    like = {
        who: name for who, name in names.items() if name.full.casefold().replace("ё", "е").startswith(begin)
    }
    like.pop(g.actor.person, None)
    return tuple(_named((rows[who] for who in like), like))[:SHOWN]


def _named(rows: Iterable[AccountRow], names: dict[UUID, Name]) -> Iterable[Reported]:
    ordered = sorted(
        (row for row in rows if row.person_id in names), key=lambda r: people.sort_key(names[r.person_id])
    )
    return (
        Reported(account=r.account_id, name=names[r.person_id].full, blocked=r.blocked_at is not None)
        for r in ordered
    )
