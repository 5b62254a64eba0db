"""«/»: everybody lands where their work is; «Обзор» is the first page of whoever leads, checks or keeps the school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports import chart
from projections.control.report import Asked, Chart
from projections.control.said import said
from web import reading, reading_dashboards, reading_first
from web.control_words import report_address
from web.navigation import LEADS
from web.reading_first import FirstPage
from web.tour import tour

blueprint = Blueprint("landing", __name__)
SHOWN = 5  # names under a figure
# Of those who lead nothing: the first of these somebody has the role for. A teacher's ten minutes begin with «Сегодня»;
# whoever leads a class and gives no lesson today begins with the class.
AT_ONCE = {
    "teacher": "teacher.today",
    "class_teacher": "landing.start",
    "guardian": "family.children",
    "pupil": "family.children",
}


@blueprint.get("/")
def landing() -> ResponseReturnValue:
    roles = {str(role) for role in g.actor.roles}
    if roles & LEADS or ("class_teacher" in roles and not reading_first.teaches_today()):
        return redirect(url_for(".start"))
    meant = next((endpoint for role, endpoint in AT_ONCE.items() if role in roles), None)
    if meant is not None:
        return redirect(url_for(meant))
    return render_template("landing/landing.html", tour=tour())


@blueprint.get("/start")
def start() -> ResponseReturnValue:
    page = reading_first.first(request.args.get("at"))
    return render_template(
        "landing/start.html",
        page=page,
        names=reading.names(_people(page)),
        shown=SHOWN,
        tour=tour(),
        acting_role=g.acting_role,
    )


@blueprint.get("/start/filling")
def filling() -> ResponseReturnValue:
    """A fragment: where lessons are not filled, and where late, over the last school days."""
    page = reading_dashboards.filling(request.args.get("at"))
    if page is None:
        return render_template("landing/filling.html", page=None)
    asked, at = Asked(first=page.first, last=page.last), request.args.get("at")

    def report(wanted: Asked) -> str:
        return report_address("C-07", wanted, at=at)

    return render_template(
        "landing/filling.html",
        page=page,
        charts=_drawn((page.chart,)),
        said=said,
        whole=report(asked),
        of_teacher=lambda id: report(replace(asked, teacher=id)),
        of_class=lambda id: report(replace(asked, class_id=id)),
    )


def _drawn(charts: tuple[Chart, ...]) -> list[tuple[Chart, Sequence[str], object]]:
    return [(each, chart.svg(each), chart.numbers(each)) for each in charts]


@blueprint.get("/start/class/<uuid:class_id>")
def own_class(class_id: UUID) -> ResponseReturnValue:
    """A fragment: attendance of the week and dynamics of a class."""
    page = reading_dashboards.of_class(class_id, request.args.get("at"))
    today, at = reading.school().local(page.as_of.instant).date(), request.args.get("at")
    asked = Asked(first=min(page.first, today), last=today, class_id=class_id)
    return render_template(
        "landing/own_class.html",
        page=page,
        charts=_drawn(page.charts),
        said=said,
        quality=report_address("C-15", asked, at=at),
        at=at,
    )


def _people(page: FirstPage) -> set[UUID]:
    waits = (person for person, _ in page.waits.unfilled) if page.waits else ()
    away = (person for person, _ in page.cover.away) if page.cover else ()
    appointed = page.appointments
    acting = (person for person, _, _ in appointed.acting) if appointed else ()
    responsible = (person for person, _ in appointed.responsible) if appointed else ()
    orders = page.waits.orders if page.waits else page.cover.orders if page.cover else ()
    absent = (person for waiting in orders for person in waiting.absent)
    days = chain.from_iterable(each.people for each in page.days)
    access = (*page.access.unknown, *page.access.never) if page.access else ()
    return set(chain(waits, away, acting, responsible, absent, access, days))
