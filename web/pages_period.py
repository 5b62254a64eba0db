"""The sheet of a page's marks for a period or for the year: the teacher sets them, whoever may reads."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from ledger.period_sheet import ATTESTATION
from projections.period_lines import MarkCell, PupilLine
from projections.period_page import PeriodPage
from web import reading, reading_period

blueprint = Blueprint("period", __name__)


@blueprint.get("/journals/<uuid:journal>/periods/<uuid:period>")
def sheet(journal: UUID, period: UUID) -> ResponseReturnValue:
    page = reading_period.sheet(journal, period, request.args.get("at"))
    acts = reading_period.acts(page)
    return render_template(
        "period/sheet.html",
        page=page,
        acts=acts,
        omitted=_omitted(page) if acts.corrects else (),
        names=reading.names(_people(page)),
        trails=reading.trails(line.pupil for line in page.lines),
        acting_role=g.acting_role,
    )


def _omitted(page: PeriodPage) -> tuple[tuple[PupilLine, MarkCell], ...]:
    """The empty cells that may be asked for together once the sheet is over (R-163): nobody asks for an attestation
    that was not held."""
    return tuple(
        (line, cell)
        for line in page.lines
        if line.listed and not line.at_home
        for cell in line.cells
        if not cell.value and cell.waiting is None and cell.kind != ATTESTATION
    )


def _people(page: PeriodPage) -> Iterator[UUID]:
    yield from page.teachers
    cells = (cell.entered_by for line in page.lines for cell in line.cells)
    asked = (
        who for line in page.lines for each in line.exceptions for who in (each.asked_by, each.decided_by)
    )
    waiting = (cell.waiting.requester for line in page.lines for cell in line.cells if cell.waiting)
    others = (page.terms.closed_by, page.filled.by if page.filled else None)
    yield from (who for who in (*cells, *asked, *waiting, *others) if who is not None)
