"""The inbox of a deputy and of the director: everything that waits for their word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from projections.inbox import InboxPage
from web import reading, reading_inbox
from web.tour import tour

blueprint = Blueprint("deputy", __name__)
NAMED = (
    "requester",
    "reporter",
    "asked_by",
    "concluded_by",
    "agreed_by",
    "decided_by",
    "forwarded_by",
    "closed_by",
)


@blueprint.get("/inbox")
def inbox() -> ResponseReturnValue:
    page = reading_inbox.inbox(request.args.get("at"))
    return render_template(
        "inbox/inbox.html",
        page=page,
        names=reading.names(set(_people(page))),
        acting_role=g.acting_role,
        tour=tour(),
    )


def _people(page: InboxPage) -> Iterator[UUID]:
    """Everybody a card names: the pupil, and whoever asked, wrote or decided."""
    decided = page.decided
    waiting = chain(
        page.escalated, page.reports, *page.corrections, page.finals, page.exceptions, page.waiting
    )
    done = chain(decided.corrections, decided.exceptions, decided.reports, decided.late_entries)
    for card in chain(waiting, done):
        people = (
            *(card.place.pupil, card.place.home),
            *(getattr(card, name, None) for name in NAMED),
            *getattr(card, "waits_for", ()),
        )
        yield from (person for person in people if person is not None)
    for line in page.disputes:
        yield from (line.pupil, line.asker)
    yield from (card.person for card in page.blocked)
