"""The week's timetable by class, teacher and room; its keepers change it on the same page."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commands.single_lessons import REASONS
from ledger.span import monday_of
from projections.week_grid import VIEWS, WeekGrid
from web import reading
from web import reading_timetable as timetable
from web.pages_teacher import asked_day

blueprint = Blueprint("timetable", __name__)
WEEK = timedelta(days=7)


@blueprint.get("/timetable")
def week() -> ResponseReturnValue:
    """`?view=class|teacher|room&of=…&week=…&day=…`; without them one's own week."""
    view, of = request.args.get("view", ""), request.args.get("of", "")
    day = asked_day("day") or asked_day("week") or reading.now().date()
    if view not in VIEWS or not of:
        return _to_own(view, day)
    page = timetable.week(view, of, monday_of(day), request.args.get("at"))
    return render_template("timetable/week.html", **_context(page, day))


def _to_own(view: str, day: date) -> ResponseReturnValue:
    """The first of the asked view, or one's own week."""
    first = {"teacher": timetable.teachers, "room": timetable.rooms, "class": timetable.classes}.get(view)
    own = timetable.own()
    if first is not None and reading.may("view_timetable") and (own is None or own[0] != view):
        found = first(day)
        own = (view, found[0].key) if found else None
    if own is None:
        abort(404)
    rest = {name: value for name, value in request.args.items() if name not in ("view", "of")}
    return redirect(url_for("timetable.week", view=own[0], of=own[1], **rest))


def _context(page: WeekGrid, day: date) -> dict[str, object]:
    every = reading.may("view_timetable")
    choices = {"class": timetable.classes(day) if every else timetable.family_classes()}
    if every:
        choices |= {"teacher": timetable.teachers(day), "room": timetable.rooms(day)}
    plans, moves = page.as_of.live and timetable.may_plan(), page.as_of.live and reading.may("move_lesson")
    shown = [each.date for each in page.days]
    return {
        "page": page,
        "day": day if day in shown else shown[0],
        "today": reading.now().date(),
        "before": page.monday - WEEK,
        "after": page.monday + WEEK,
        "choices": choices,
        "names": reading.names(_people(page)),
        "plans": plans,
        "moves": moves,
        "reasons": REASONS,
        "pages": timetable.pages(page) if plans or moves else [],
        "acting_role": g.acting_role,
    }


def _people(page: WeekGrid) -> set[object]:
    lessons = [lesson for day in page.days for lesson in day.lessons]
    found = {person for lesson in lessons for person in lesson.teachers}
    return found | {lesson.substitute for lesson in lessons if lesson.substitute is not None}
