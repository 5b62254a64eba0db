"""«Найти»: a pupil, a teacher or a class from every page. A look at names is logged like every other."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web import reading_search

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def results() -> ResponseReturnValue:
    """`?q=`. One find alone is opened at once."""
    found = reading_search.find(request.args.get("q", "").strip())
    if found.only is not None:
        return redirect(found.only)
    return render_template("search/search.html", found=found, acting_role=g.acting_role)
