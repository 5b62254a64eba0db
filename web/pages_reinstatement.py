"""«Восстановить записи»: what an Act made void of one's own, and one request for what is chosen (R-184)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import reading, reading_reinstatement

blueprint = Blueprint("reinstatement", __name__)


@blueprint.get("/reinstatement/<uuid:act>")
def own(act: UUID) -> ResponseReturnValue:
    page = reading_reinstatement.own(act, request.args.get("at"))
    pupils = {each.place.pupil for each in page.voids if each.place.pupil is not None}
    return render_template(
        "reinstatement/own.html", page=page, names=reading.names(pupils), acting_role=g.acting_role
    )
