"""The deputy's inbox: late entries that wait for a word (W-40)."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import reading

blueprint = Blueprint("deputy", __name__)


@blueprint.get("/inbox")
def inbox() -> ResponseReturnValue:
    page = reading.inbox(request.args.get("at"))
    cases = (*page.waiting, *page.decided)
    people = {
        person
        for case in cases
        for person in (case.requester, case.decided_by, case.pupil)
        if person is not None
    } | {person for line in page.disputes for person in (line.pupil, line.asker)}
    return render_template(
        "inbox/inbox.html",
        page=page,
        names=reading.names(people),
        acting_role=g.acting_role,
        tour=reading.demonstration(),
    )
