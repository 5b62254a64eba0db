"""«Сверка по приказу»: the «н» that an order or a certificate dated back left standing, and one request for all."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import reading, reading_reconciliation

blueprint = Blueprint("reconciliation", __name__)


@blueprint.get("/reconciliation/<uuid:basis>")
def listed(basis: UUID) -> ResponseReturnValue:
    page = reading_reconciliation.listed(basis, request.args.get("at"))
    return render_template(
        "reconciliation/listed.html",
        page=page,
        names=reading.names(one.noted_by for one in page.absences),
        acting_role=g.acting_role,
    )
