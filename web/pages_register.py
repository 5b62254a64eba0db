"""The summary register of a class (сводная ведомость): live, printable, with the promotion of its pupils."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from web import reading_register, register_lines

blueprint = Blueprint("register", __name__)


@blueprint.get("/classes/<uuid:class_id>/register")
def sheet(class_id: UUID) -> ResponseReturnValue:
    page = reading_register.sheet(class_id, request.args.getlist("column"), request.args.get("at"))
    promotes = reading_register.promotes(page) if page.promoting else ()
    return render_template(
        "register/sheet.html",
        page=page,
        at=request.args.get("at"),
        lines=register_lines.lines(page, bool(promotes), request.args.get("at")),
        promotes=promotes,
        decisions=register_lines.decisions(page.graduating),
        signs=register_lines.has_signs(page),
        acting_role=g.acting_role,
    )
