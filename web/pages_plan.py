"""Plans (КТП): the list, one plan with its versions, editing, a file with a preview before anything is written."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.files.plan_file import read_plan
from commands.files.plan_rows import PlanFile
from commands.files.reading import Reading
from commands.plans import PlanLine
from ledger.plan import Plan
from projections.plan_page import PlanPage
from web import reading
from web import reading_plan as plans
from web.pages_teacher import asked_year

blueprint = Blueprint("plans", __name__)


@blueprint.get("/plans")
def listed() -> ResponseReturnValue:
    page = plans.listed(asked_year(), request.args.get("at"))
    own = {subject for subject, _title in plans.subjects()}
    return render_template(
        "plan/list.html",
        page=page,
        lines=sorted(page.lines, key=lambda line: line.subject not in own),
        missing=sorted(page.missing, key=lambda each: each.subject not in own),
        own=own,
        counted=bool(plans.open_fulfilments()),
        acting_role=g.acting_role,
    )


@blueprint.get("/plans/new")
def new() -> ResponseReturnValue:
    """`?subject=…&grade=…` choose beforehand. For those the act names authors (P-30)."""
    own = plans.subjects()
    if not own:
        abort(403)
    year = asked_year() or reading.school().year_of(reading.now().date()) or max(reading.school().years)
    return render_template(
        "plan/new.html",
        subjects=own,
        subject=request.args.get("subject"),
        grades=plans.grades(year),
        grade=request.args.get("grade"),
        year=year,
    )


@blueprint.get("/plans/drawn-up/<uuid:command>")
def drawn_up(command: UUID) -> ResponseReturnValue:
    """The plan this command drew up."""
    return redirect(url_for(".one", plan=uuid5(command, "plan")))


@blueprint.get("/plans/<uuid:plan>")
def one(plan: UUID) -> ResponseReturnValue:
    """`?edit=1`: as a table of fields, for those who may."""
    page = plans.one(plan, request.args.get("at"))
    writes = page.as_of.live and plans.may_write(page.subject)
    edits = writes and "edit" in request.args
    return render_template(
        "plan/edit.html" if edits else "plan/plan.html",
        page=page,
        names=reading.names({version.by for version in page.versions}),
        writes=writes,
        approves=page.as_of.live and plans.may_approve() and bool(page.rows),
        kinds=plans.kind_titles(),
        counted=plans.open_fulfilments(),
        acting_role=g.acting_role,
    )


@blueprint.post("/plans/<uuid:plan>/preview")
def preview(plan: UUID) -> ResponseReturnValue:
    """One `file`: what it would change, line by line, or what is wrong with it. Nothing is written here."""
    page, given = plans.one(plan, None), request.files.get("file")
    if not plans.may_write(page.subject):
        abort(403)
    if given is None or not given.filename:
        return redirect(url_for(".one", plan=plan))
    name = PurePath(given.filename.replace("\\", "/")).name
    found = read_plan(name, given.stream.read())
    status = 200 if found.value is not None else 422
    return render_template("plan/preview.html", **_preview(page, name, found)), status


def _preview(page: PlanPage, name: str, found: Reading[PlanFile]) -> dict[str, Any]:
    context = {"page": page, "file": name, "found": found, "ways": [], "kinds": plans.kind_titles()}
    context["acting_role"] = g.acting_role
    if found.value is not None:
        context["ways"] = _ways(found.value, plans.stands(page.plan))
    return context


def _ways(file: PlanFile, plan: Plan) -> list[dict[str, Any]]:
    """How the file may be taken: a thematic plan spread over lessons first, then as it is written."""
    titles = {True: _("Разложить темы по урокам"), False: _("Оставить как в файле")}
    ways = []
    for by_lesson in (True, False) if file.thematic else (False,):
        lines, changes = plans.compared(file, plan, by_lesson=by_lesson)
        way = {"title": titles[by_lesson], "lines": [_plain(line) for line in lines], "changes": changes}
        ways.append({**way, "hours": sum(line.hours for line in lines)})
    return ways


def _plain(line: PlanLine) -> dict[str, Any]:
    """As the command's JSON has it."""
    return {**asdict(line), "date": line.date.isoformat() if line.date is not None else None}
