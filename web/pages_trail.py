"""The trail: every entry of a cell, a period mark, a pupil or an account, dead or alive."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from projections.trail_lines import TrailPage
from web import cell_doors, reading, reading_trail
from web.format import day_short
from web.pages_teacher import asked_id

blueprint = Blueprint("trail", __name__, url_prefix="/trail")


@blueprint.get("/cell")
def cell() -> ResponseReturnValue:
    lesson, work, pupil = (asked_id(name) for name in ("lesson", "work", "pupil"))
    if lesson is None or work is None or pupil is None:
        abort(400)
    page = reading_trail.cell(lesson, work, pupil, request.args.get("at"))
    names, planned = _names(page, pupil), reading.lesson_of(lesson)
    what = f"{names.get(pupil, '')} · {day_short(planned.date)}"
    doors = cell_doors.of_cell(page, planned, work, pupil, what)
    return _rendered(page, names, names.get(pupil, ""), doors=doors, pupil=pupil)


@blueprint.get("/period-mark")
def period_mark() -> ResponseReturnValue:
    journal, period, pupil = (asked_id(name) for name in ("journal", "period", "pupil"))
    if journal is None or period is None or pupil is None:
        abort(400)
    kind = request.args.get("kind", "period")
    page = reading_trail.period_mark(journal, period, kind, pupil, request.args.get("at"))
    names = _names(page, pupil)
    return _rendered(page, names, names.get(pupil, ""))


def _rendered(
    page: TrailPage,
    names: dict[UUID, str],
    title: str,
    doors: cell_doors.Doors | None = None,
    pupil: UUID | None = None,
) -> str:
    form = "cell_fragment" if request.args.get("fragment") else "trail"
    return render_template(
        f"trail/{form}.html", page=page, names=names, title=title, doors=doors, pupil=pupil
    )


@blueprint.get("/pupil/<uuid:pupil>")
def pupil(pupil: UUID) -> ResponseReturnValue:
    page = reading_trail.of_pupil(pupil, request.args.get("at"))
    names = _names(page, pupil)
    return render_template("trail/trail.html", page=page, names=names, title=names.get(pupil, ""))


@blueprint.get("/account/<uuid:account>")
def account(account: UUID) -> ResponseReturnValue:
    page = reading_trail.of_account(account, request.args.get("at"))
    owner = reading.person_of(account)
    names = _names(page, owner)
    return render_template("trail/trail.html", page=page, names=names, title=names.get(owner, ""))


def _names(page: TrailPage, *others: UUID) -> dict[UUID, str]:
    people = {
        person
        for line in page.lines
        for person in (line.person, line.permitted_by, line.pupil, line.absent)
        if person is not None
    }
    people |= {remark.by for remark in page.remarks}
    cases = [*page.waiting, *(line.correction for line in page.lines if line.correction)]
    return reading.names(people | set(others) | {person for note in cases for person in note.people})
