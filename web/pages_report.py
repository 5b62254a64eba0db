"""«Сообщить о нарушении доступа» of whoever is signed in (R-057, R-173); who cannot sign in tells it at the sign-in."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import reading, reading_report

blueprint = Blueprint("report", __name__)


@blueprint.get("/report-compromise")
def form() -> ResponseReturnValue:
    """The own account first: one press closes it. A search by name opens another's."""
    reading.allowed("report_compromise")
    wanted = request.args.get("who", "").strip()
    return render_template(
        "incidents/report.html",
        own=reading_report.own(),
        children=reading_report.accounts_of_children(),
        others=reading_report.accounts_like(wanted),
        wanted=wanted,
        staff=reading_report.tells_of_others(),
        now=reading.now(),
        acting_role=g.acting_role,
    )
