"""«Полномочия проверяющих»: granted and ended here by commands of the API; the administrator opens the account."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import incident_words, reading, reading_mandates, reading_views
from web.pages_teacher import asked_day, asked_id

blueprint = Blueprint("mandates", __name__)


@blueprint.get("/mandates")
def listed() -> ResponseReturnValue:
    page = reading_mandates.page(request.args.get("at"))
    persons = {line.person for line in page.lines} | set(page.granted)
    names = reading.names(persons)
    return render_template(
        "mandates/mandates.html",
        page=page,
        names=names,
        known=sorted(names.items(), key=lambda each: each[1].casefold()),
        looked=reading_mandates.looked(persons),
        grants=page.as_of.live and reading_mandates.grants(),
        opens=page.as_of.live and reading_mandates.opens(),
        today=reading.now().date(),
        acting_role=g.acting_role,
    )


@blueprint.get("/mandates/<uuid:person>/views")
def views(person: UUID) -> ResponseReturnValue:
    """By mandate (`mandate`) and day (`day`)."""
    page = reading_views.of_inspector(person, asked_id("mandate"), asked_day("day"), request.args.get("at"))
    named = {who for look in page.looks for who in (look.pupil, look.person) if who is not None}
    return render_template(
        "mandates/views.html",
        page=page,
        names=reading.names({person} | named),
        page_word=incident_words.word,
        acting_role=g.acting_role,
    )
