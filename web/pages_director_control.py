"""«Контроль директора»: the months of the year, what was recorded of each (R-210, W-26)."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import reading, reading_director_control

blueprint = Blueprint("director_control", __name__)


@blueprint.get("/control/director")
def months() -> ResponseReturnValue:
    page = reading_director_control.months(request.args.get("at"))
    return render_template(
        "control/director.html",
        page=page,
        names=reading.names(page.people),
        writes=page.as_of.live and reading.may("record_director_control"),
        acting_role=g.acting_role,
    )
