"""Readiness for the close of a period: the matrix of the school, and what is missing in one of its squares."""

from __future__ import annotations

import json
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from ledger.alphabet import plain
from projections import readiness
from projections.readiness import ClassRow, Filter, Square
from projections.readiness_gaps import KINDS, Gaps
from web import reading, reading_register
from web.pages_teacher import asked_id
from web.readiness_words import GAPS, gap_words

blueprint = Blueprint("readiness", __name__)


@blueprint.get("/readiness")
def matrix() -> ResponseReturnValue:
    whole = reading_register.matrix(asked_id("period"), request.args.get("at"))
    wanted = _filter()
    page = readiness.narrowed(whole, wanted, reading.school())
    teachers = {who for row in whole.rows for square in row.squares for who in square.teachers}
    closers = {square.closed_by for row in page.rows for square in row.squares if square.closed_by}
    names = reading.names(teachers | closers | {each.by for each in page.reminders})
    return render_template(
        "readiness/matrix.html",
        page=page,
        whole=whole,
        wanted=wanted,
        kinds=GAPS,
        squares={row.class_id: {square.subject: square for square in row.squares} for row in page.rows},
        names=names,
        teachers=sorted(teachers, key=lambda who: plain(names.get(who, ""))),
        acts=page.as_of.live and reading_register.closes(),
        words=gap_words,
        sheets=_sheets,
        acting_role=g.acting_role,
    )


@blueprint.get("/readiness/<uuid:period>/<uuid:class_id>/<uuid:subject>")
def square(period: UUID, class_id: UUID, subject: UUID) -> ResponseReturnValue:
    page = reading_register.square(class_id, subject, period, request.args.get("at"))
    own = [each.journal for each in page.pages if each.closed_at is None]
    gaps = sum((each.gaps for each in page.pages if each.closed_at is None), Gaps())
    people = {who for each in page.pages for who in (*each.teachers, each.closed_by) if who}
    return render_template(
        "readiness/square.html",
        page=page,
        names=reading.names(people),
        acts=page.as_of.live and reading_register.closes(),
        sheets=_told(
            f"{page.class_title}, {page.subject_title}", period, own, own if gaps.total else [], gaps
        ),
        open=own,
        lacks=gaps.total > 0,
        acting_role=g.acting_role,
    )


def _filter() -> Filter:
    gap = request.args.get("gap", "")
    if gap and gap not in KINDS:
        abort(400)
    return Filter(
        class_id=asked_id("class"), subject=asked_id("subject"), teacher=asked_id("teacher"), gap=gap
    )


def _sheets(row: ClassRow, squares: tuple[Square, ...]) -> str:
    """What the scripts need to know of those squares of a class that are not closed."""
    shown = [square for square in squares if square.open]
    lacking = [journal for square in shown if square.gaps.total for journal in square.open]
    gaps = sum((square.gaps for square in shown), Gaps())
    return _told(row.title, row.period, [j for square in shown for j in square.open], lacking, gaps)


def _told(title: str, period: UUID, journals: list[UUID], lacking: list[UUID], gaps: Gaps) -> str:
    """`journals` can be closed, `lacking` of them can be reminded of; what is missing in words."""
    said = {
        "class": title,
        "period": str(period),
        "journals": [str(each) for each in journals],
        "lacking": [str(each) for each in lacking],
        "missing": gap_words(gaps),
    }
    return json.dumps(said, ensure_ascii=False)
