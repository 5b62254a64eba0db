"""The sheet of a page's marks for a period or for the year: the teacher sets them, whoever may reads."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from projections.period_page import PeriodPage
from web import reading, reading_period

blueprint = Blueprint("period", __name__)


@blueprint.get("/journals/<uuid:journal>/periods/<uuid:period>")
def sheet(journal: UUID, period: UUID) -> ResponseReturnValue:
    page = reading_period.sheet(journal, period, request.args.get("at"))
    return render_template(
        "period/sheet.html",
        page=page,
        acts=reading_period.acts(page),
        names=reading.names(_people(page)),
        trails=reading.trails(line.pupil for line in page.lines),
        acting_role=g.acting_role,
    )


def _people(page: PeriodPage) -> Iterator[UUID]:
    yield from page.teachers
    cells = (cell.entered_by for line in page.lines for cell in line.cells)
    asked = (
        who for line in page.lines for each in line.exceptions for who in (each.asked_by, each.decided_by)
    )
    others = (page.terms.closed_by, page.filled.by if page.filled else None)
    yield from (who for who in (*cells, *asked, *others) if who is not None)
