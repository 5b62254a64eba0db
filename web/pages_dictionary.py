"""«Справочники»: kinds of work, absence categories, kinds of order, subjects (R-070). Changes are commands."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from commands.files.csv_values import ATTRIBUTES
from ledger.dictionary import CATEGORY, FLAGS, ORDER_KIND, WORK_KIND
from web import reading, reading_admin

blueprint = Blueprint("dictionary", __name__)
TITLES = {
    WORK_KIND: _("Виды работ"),
    CATEGORY: _("Категории пропусков"),
    ORDER_KIND: _("Виды приказов"),
}
FLAG_TITLES = {
    "written": _("письменная"),
    "control": _("контрольная: отметка каждому"),
    "creative": _("творческая"),
    "essay": _("сочинение или изложение"),
    "monitoring": _("мониторинг качества"),
    "fraction": _("отметка дробью"),
}


@blueprint.get("/dictionaries")
def all_of_them() -> ResponseReturnValue:
    page = reading_admin.dictionaries(request.args.get("at"))
    lines = [line for own in page.terms.values() for line in own] + list(page.subjects)
    people = {version.person for line in lines for version in line.history}
    return render_template(
        "dictionary/dictionaries.html",
        page=page,
        titles=TITLES,
        flags={flag: FLAG_TITLES[flag] for flag in FLAGS},
        attributes={**ATTRIBUTES, "retired": _("больше не ведётся")},
        names=reading.names(people),
        may=page.as_of.live and reading.may("edit_dictionary"),
        acting_role=g.acting_role,
    )
