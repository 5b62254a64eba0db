"""Plan against fact (C-05) and the schedule of control works (C-20)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from ledger.span import monday_of
from web import reading
from web import reading_plan as plans
from web.pages_teacher import asked_day, asked_id

blueprint = Blueprint("programme", __name__)
WEEK = timedelta(days=7)


@blueprint.get("/programme")
def listed() -> ResponseReturnValue:
    """`?to=2026-10-28&class=7А&subject=Алгебра`."""
    page = plans.fulfilment(_to(), request.args.get("at"))
    klass, subject = request.args.get("class", ""), request.args.get("subject", "")
    rows = [row for row in page.rows if klass in ("", row.class_title) and subject in ("", row.subject)]
    return render_template(
        "plan/programme.html",
        page=page,
        rows=rows,
        classes=list(dict.fromkeys(row.class_title for row in page.rows)),
        subjects=sorted({row.subject for row in page.rows}),
        names=reading.names({teacher for row in rows for teacher in row.teachers}),
        acting_role=g.get("acting_role"),
    )


@blueprint.get("/programme/<uuid:journal>")
def one(journal: UUID) -> ResponseReturnValue:
    page = plans.fulfilment_of(journal, _to(), request.args.get("at"))
    row = page.rows[0]
    return render_template(
        "plan/programme_of.html",
        page=page,
        row=row,
        names=reading.names(row.teachers),
        acting_role=g.acting_role,
    )


def _to() -> date:
    return asked_day("to") or reading.now().date()


@blueprint.get("/control-works")
def control_works() -> ResponseReturnValue:
    """Of one class, `?class_id=…`, the reporting period; of several the week, `?week=…`."""
    classes = plans.control_classes()
    asked = asked_id("class_id") or (classes[0][0] if len(classes) == 1 or _family() else None)
    if asked is not None and asked not in dict(classes):
        abort(404)
    return _of_class(asked, classes) if asked is not None else _of_week(classes)


def _family() -> bool:
    return g.acting_role in ("guardian", "pupil")


def _of_class(class_id: UUID, classes: list[tuple[UUID, str]]) -> ResponseReturnValue:
    day = asked_day("day") or reading.now().date()
    first, last, title, before, after = _period(class_id, day)
    page = plans.control_works([class_id], first, last, request.args.get("at"))
    if not page.classes:
        abort(404)
    return render_template(
        "plan/control_class.html",
        page=page,
        shown=page.classes[0],
        title=title,
        before=before,
        after=after,
        classes=classes,
        today=reading.now().date(),
        links=not _family(),
        acting_role=g.acting_role,
    )


def _period(class_id: UUID, day: date) -> tuple[date, date, str, date | None, date | None]:
    """The reporting period of the day, or the next one: first, last, title, a day of the one before and after."""
    known = reading.school()
    level = known.classes[class_id].level
    periods = sorted((p for p in known.periods.values() if p.level == level), key=lambda p: p.span.first)
    at = next((n for n, p in enumerate(periods) if day <= (p.span.last or day)), len(periods) - 1)
    if at < 0:
        return day, day + WEEK * 10, "", None, None
    own = periods[at]
    before = periods[at - 1].span.first if at else None
    after = periods[at + 1].span.first if at + 1 < len(periods) else None
    return own.span.first, own.span.last or day, own.title, before, after


def _of_week(classes: list[tuple[UUID, str]]) -> ResponseReturnValue:
    day = asked_day("week") or reading.now().date()
    monday = monday_of(day)
    page = plans.control_works(
        [each for each, _ in classes], monday, monday + timedelta(days=6), request.args.get("at")
    )
    return render_template(
        "plan/control_week.html",
        page=page,
        days=[monday + timedelta(days=n) for n in range(6)],
        before=monday - WEEK,
        after=monday + WEEK,
        today=reading.now().date(),
        acting_role=g.acting_role,
    )
