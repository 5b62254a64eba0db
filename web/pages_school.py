"""«Школа»: classes and their lists, a pupil's card, the staff (R-059…R-064). What they offer to do are commands of
the API; here they are only shown."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from commands.appointments import COMPETENCES, SCOPES
from commands.movement import KINSHIPS
from projections.years import day_of
from web import reading, reading_school
from web.pages_teacher import asked_day, asked_year
from web.titles import ACCESS

blueprint = Blueprint("school", __name__, url_prefix="/school")


@blueprint.get("/")
def whole() -> ResponseReturnValue:
    page = reading_school.whole_school(asked_year(), request.args.get("at"))
    return render_template(
        "school/school.html",
        page=page,
        grades=[(grade, list(own)) for grade, own in groupby(page.classes, key=lambda klass: klass.grade)],
        names=reading.names({klass.teacher for klass in page.classes if klass.teacher}),
        may=reading_school.may(),
        acting_role=g.acting_role,
        today=reading.now().date(),
    )


@blueprint.get("/class/<uuid:class_id>", endpoint="klass")
def one_class(class_id: UUID) -> ResponseReturnValue:
    page = reading_school.one_class(class_id, asked_day("on"), request.args.get("at"))
    teachers = {person for person, _ in page.teachers}
    teachers |= {taught.teacher for line in page.pages for taught in line.taught}
    may = reading_school.may(class_id=class_id)
    return render_template(
        "school/class.html",
        page=page,
        names=reading.names(teachers),
        may=may,
        staff=reading_school.staff_choices() if may["keep_workload"] or may["lead_classes"] else (),
        subjects=reading_school.subject_choices() if may["keep_workload"] else (),
        kinships=KINSHIPS,
        acting_role=g.acting_role,
        today=day_of(page.days, reading.now().date()),
    )


@blueprint.get("/staff")
def staff() -> ResponseReturnValue:
    page = reading_school.staff(request.args.get("at"))
    may = reading_school.may()
    seen = may["assign_roles"] or may["appoint"]
    shown = request.args.get("access", "") if seen else ""
    return render_template(
        "school/staff.html",
        page=page,
        names={},
        may=may,
        shown=shown if shown in ACCESS else "",
        asked_at=request.args.get("at"),
        access=reading_school.access_states(line.person for line in page.lines) if seen else {},
        roles=reading_school.roles_granted(),
        competences=COMPETENCES,
        scopes=SCOPES,
        acting_role=g.acting_role,
        today=reading.now().date(),
    )
