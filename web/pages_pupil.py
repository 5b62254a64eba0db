"""One page of a pupil: classes and orders, marks, absences, cases (R-060…R-062, matrix row 50)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from commands.health import HEALTH_GROUPS
from commands.movement import KINSHIPS
from projections.pupil_page import PupilPage
from web import marks_of_pupil, reading, reading_family_office, reading_school

blueprint = Blueprint("pupil", __name__, url_prefix="/pupils")


@blueprint.get("/<uuid:pupil>")
def card(pupil: UUID) -> ResponseReturnValue:
    page = reading_school.pupil(pupil, request.args.get("at"))
    may = reading_school.may(pupil=pupil)
    told = reading_family_office.recommendations(pupil, request.args.get("at")) if page.record else ()
    year = reading.school().classes[page.card.classes[-1].class_id].year
    return render_template(
        "school/pupil.html",
        page=page.card,
        record=page.record,
        cells=marks_of_pupil.Cells.of(pupil, request.args.get("at")),
        names=reading.names(_persons(page) | {remark.by for remark in told}),
        recommendations=told,
        recommends=page.as_of.live and reading.may("write_remark", pupil=pupil),
        me=g.actor.person,
        may=may,
        sees_marks=reading_school.sees_marks(pupil),
        consents=reading_school.sees_consent(pupil),
        sees_trail=reading.may("view_pupil_trail", pupil=pupil),
        reconciles=reading.may("request_bulk_correction", pupil=pupil),
        classes=reading_school.class_choices(year, but=page.card.class_id),
        staff=reading_school.staff_choices() if may["keep_home_tuition"] else (),
        subjects=reading_school.subject_choices() if may["keep_home_tuition"] else (),
        kinships=KINSHIPS,
        health_groups=HEALTH_GROUPS,
        acting_role=g.acting_role,
        today=reading.now().date(),
    )


def _persons(page: PupilPage) -> set[UUID]:
    cases = page.record.cases if page.record is not None else ()
    named = {person for case in cases for person in (case.person, case.decided_by) if person is not None}
    return named | set(page.card.guardians)
