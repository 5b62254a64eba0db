"""The family's pages: whose diary, and its week."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.span import monday_of
from projections.diary import DiaryWeek
from web import diary_doors, reading
from web.pages_teacher import asked_day

blueprint = Blueprint("family", __name__)
WEEK = timedelta(days=7)


@blueprint.get("/children")
def children() -> ResponseReturnValue:
    """One child's diary opens at once; several are chosen among."""
    found = reading.children()
    if len(found) == 1:
        return redirect(url_for("family.diary", pupil=found[0]))
    return render_template("diary/children.html", children=found, names=reading.names(found))


@blueprint.get("/diary/<uuid:pupil>")
def diary(pupil: UUID) -> ResponseReturnValue:
    today = reading.now().date()
    day = asked_day("week") or today
    monday = monday_of(day)
    page = reading.diary(pupil, monday, request.args.get("at"))
    found = reading.children()
    people = {pupil, *found, *([page.filled.by] if page.filled else []), *_substitutes(page)}
    return render_template(
        "diary/week.html",
        page=page,
        names=reading.names(people),
        children=found,
        today=today,
        before=page.monday - WEEK,
        after=page.monday + WEEK,
        reports=diary_doors.reports(page),
        may_agree=diary_doors.may_agree(page),
        tour=reading.demonstration(),
    )


def _substitutes(page: DiaryWeek) -> set[UUID]:
    fates = (lesson.fate for day in page.days for lesson in day.lessons)
    return {fate.substitute for fate in fates if fate is not None and fate.substitute is not None}
