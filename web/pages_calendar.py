"""«Календарь»: everybody reads it, whoever keeps it changes it there."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from web import reading, reading_calendar, reading_reconciliation

blueprint = Blueprint("calendar", __name__)
# A day's letter: its tint alone tells nothing.
SIGNS = {"holiday": _("к"), "distance": _("д"), "short": _("з")}


@blueprint.get("/calendar")
def year() -> ResponseReturnValue:
    page = reading_calendar.calendar(_asked_year(), request.args.get("at"))
    live = page.as_of.live
    return render_template(
        "calendar/calendar.html",
        page=page,
        signs=SIGNS,
        sets=live and reading.acts("set_calendar"),
        registers=live and reading.acts("register_outage"),
        numbers=live and reading.acts("number_order"),
        declares=live and reading.acts("declare_distance"),
        reconciles=reading_reconciliation.orders(),
        now=reading.now(),
        acting_role=g.acting_role,
        tour=reading.demonstration(),
    )


def _asked_year() -> int | None:
    text = request.args.get("year", "")
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) == 4 else abort(400)
