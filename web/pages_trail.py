"""The trail: every entry of a cell, a pupil or an account, dead or alive."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from projections.trail import TrailPage
from web import reading
from web.pages_teacher import asked_id

blueprint = Blueprint("trail", __name__, url_prefix="/trail")


@blueprint.get("/cell")
def cell() -> ResponseReturnValue:
    lesson, work, pupil = (asked_id(name) for name in ("lesson", "work", "pupil"))
    if lesson is None or work is None or pupil is None:
        abort(400)
    page = reading.cell_trail(lesson, work, pupil, request.args.get("at"))
    names = _names(page, pupil)
    if request.args.get("fragment"):
        return render_template("trail/cell_fragment.html", page=page, names=names)
    return render_template("trail/trail.html", page=page, names=names, title=names.get(pupil, ""))


@blueprint.get("/pupil/<uuid:pupil>")
def pupil(pupil: UUID) -> ResponseReturnValue:
    page = reading.pupil_trail(pupil, request.args.get("at"))
    names = _names(page, pupil)
    return render_template("trail/trail.html", page=page, names=names, title=names.get(pupil, ""))


@blueprint.get("/account/<uuid:account>")
def account(account: UUID) -> ResponseReturnValue:
    page = reading.account_trail(account, request.args.get("at"))
    return render_template("trail/trail.html", page=page, names=_names(page), title="")


def _names(page: TrailPage, *others: UUID) -> dict[UUID, str]:
    people = {
        person
        for line in page.lines
        for person in (line.person, line.permitted_by, line.pupil, line.absent)
        if person is not None
    }
    return reading.names(people | set(others))
