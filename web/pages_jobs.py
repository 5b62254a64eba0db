"""«Задания»: what the journal does by itself, and the paper packs for an outage."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web import reading, reading_jobs

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/jobs")
def listed() -> ResponseReturnValue:
    page = reading_jobs.page()
    return render_template(
        "jobs/jobs.html", page=page, runs=reading.may("run_job"), acting_role=g.acting_role
    )


@blueprint.post("/jobs/<name>/run")
def run(name: str) -> ResponseReturnValue:
    try:
        reading_jobs.run_now(name)
    except KeyError:
        abort(404)
    return redirect(url_for(".listed"), code=303)


@blueprint.get("/emergency/<uuid:class_id>.pdf")
def pack(class_id: UUID) -> ResponseReturnValue:
    name, content = reading_jobs.pack_of(class_id)
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
