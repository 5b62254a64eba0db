"""«Почему эта отметка?»: a page of its own, and the same in a panel opened from any cell."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from projections.explanation import Explanation
from web import reading, reading_explanation

blueprint = Blueprint("explanation", __name__, url_prefix="/explanations")


@blueprint.get("/<uuid:journal>/<uuid:period>/<kind>/<uuid:pupil>")
def mark(journal: UUID, period: UUID, kind: str, pupil: UUID) -> ResponseReturnValue:
    page = reading_explanation.mark(journal, period, kind, pupil, request.args.get("at"))
    template = "explanation/panel.html" if request.args.get("panel") else "explanation/page.html"
    return render_template(
        template, page=page, names=reading.names(_persons(page)), may=reading_explanation.offers(page)
    )


def _persons(page: Explanation) -> set[UUID]:
    """Everybody who is named."""
    values = [value for line in page.marks for value in line.values]
    cases = [case for line in page.marks for case in line.cases] + list(page.cases)
    found = {person for value in values for person in (value.person, value.absent, value.permitted_by)}
    found |= {person for made in page.history for person in (made.person, made.absent)}
    found |= {person for case in cases for person in (case.requester, case.concluded_by, case.decided_by)}
    found |= {person for each in page.exceptions for person in (each.asked_by, each.decided_by)}
    found |= {page.closed_by, page.recheck.person if page.recheck else None}
    return {person for person in found if person is not None}
