"""The mandates of inspectors, for whoever grants them or opens their accounts (matrix row 55)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort, g

from ledger import accounts, views_log
from projections import mandates
from projections.mandates import MandatesPage
from web import reading
from web.premises import premises

GRANTS, OPENS = "grant_mandate", "open_mandate_account"


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """`account` is None before the administrator opened one; `views` it ever made, `last` (aware) the latest."""

    account: UUID | None
    login: str
    views: int
    last: datetime | None


def page(at: str | None) -> MandatesPage:
    if not any(reading.acts(action) for action in (GRANTS, OPENS)):
        abort(403)
    return reading.show(at, mandates.page, "mandates", log=False)


def grants() -> bool:
    return reading.may(GRANTS)


def opens() -> bool:
    return reading.may(OPENS)


def looked(persons: Iterable[UUID]) -> dict[UUID, Looked]:
    """How much each of them looked at, whatever moment the page is of."""
    wanted = list(persons)
    with premises().pool.connection() as connection:
        known = accounts.of_persons(connection, g.actor.school, wanted)
        counts = views_log.looked(connection, g.actor.school, [row.account_id for row in known.values()])
    found = {person: Looked(account=None, login="", views=0, last=None) for person in wanted}
    for person, row in known.items():
        views, last = counts.get(row.account_id, (0, None))
        found[person] = Looked(account=row.account_id, login=row.login, views=views, last=last)
    return found
