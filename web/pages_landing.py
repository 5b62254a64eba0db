"""«/»: everybody lands where their work is; «Обзор» is the first page of whoever leads, checks or keeps the school."""

from __future__ import annotations

from itertools import chain
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import reading, reading_first
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


def _people(page: FirstPage) -> set[UUID]:
    waits = (person for person, _ in page.waits.unfilled) if page.waits else ()
    away = (person for person, _ in page.cover.away) if page.cover else ()
    appointed = page.appointments
    acting = (person for person, _, _ in appointed.acting) if appointed else ()
    responsible = (person for person, _ in appointed.responsible) if appointed else ()
    orders = page.waits.orders if page.waits else page.cover.orders if page.cover else ()
    absent = (person for waiting in orders for person in waiting.absent)
    access = (*page.access.unknown, *page.access.never) if page.access else ()
    return set(chain(waits, away, acting, responsible, absent, access))
