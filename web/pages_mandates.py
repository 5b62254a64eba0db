"""«Полномочия проверяющих»: granted and ended here by commands of the API; the administrator opens the account."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import reading, reading_mandates

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
