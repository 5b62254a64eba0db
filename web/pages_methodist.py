"""Who is away and who stands in: the methodist's morning, the sheet for the staff room, the register of hours."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from ledger.span import DAY
from projections.morning import MorningPage
from projections.staff_sheet import StaffSheet
from web import reading
from web import reading_methodist as methodist
from web.pages_teacher import asked_day, asked_month

blueprint = Blueprint("methodist", __name__, url_prefix="/substitutions")


@blueprint.get("")
def morning() -> ResponseReturnValue:
    on = asked_day("on") or reading.now().date()
    page = methodist.the_morning(on, request.args.get("at"))
    return render_template(
        "substitutions/morning.html",
        page=page,
        names=reading.names(_of_morning(page)),
        today=reading.now().date(),
        before=on - DAY,
        after=on + DAY,
        acting_role=g.acting_role,
    )


@blueprint.get("/sheet")
def sheet() -> ResponseReturnValue:
    on = asked_day("on") or reading.now().date()
    page = methodist.sheet(on, request.args.get("at"))
    return render_template(
        "substitutions/sheet.html",
        page=page,
        names=reading.names(_of_sheet(page)),
        before=on - DAY,
        after=on + DAY,
        records=reading.may("record_substitution"),
        acting_role=g.acting_role,
    )


@blueprint.get("/long")
def long() -> ResponseReturnValue:
    page = methodist.long_substitutions(request.args.get("at"))
    people = {*page.staff, *(person for line in page.lines for person in (line.absent, line.substitute))}
    return render_template(
        "substitutions/long.html",
        page=page,
        names=reading.names(people),
        grants=reading.may("grant_period_marks"),
        acting_role=g.acting_role,
    )


@blueprint.get("/register")
def register() -> ResponseReturnValue:
    month = asked_month() or reading.now().date().replace(day=1)
    page = methodist.register(month, request.args.get("at"))
    people = {row.teacher for row in page.rows}
    others = {hour.other for row in page.rows for hour in row.hours if hour.other}
    return render_template(
        "substitutions/register.html",
        page=page,
        names=reading.names(people | others),
        before=(month - DAY).replace(day=1),
        after=page.last + DAY,
        acting_role=g.acting_role,
    )


def _of_morning(page: MorningPage) -> set[UUID]:
    people = {*page.staff, *(each.person for each in page.away)}
    people |= {candidate.person for each in page.to_cover for candidate in each.candidates}
    people |= {each.absent for each in page.to_cover}
    people |= {person for waiting in page.orders for person in waiting.absent}
    return people | set(_both((each.absent, each.substitute) for each in page.covered))


def _of_sheet(page: StaffSheet) -> set[UUID]:
    found = {*page.away}
    for line in page.lines:
        found |= {
            person for name in ("absent", "substitute") if (person := getattr(line, name, None)) is not None
        }
    return found


def _both(pairs: Iterable[tuple[UUID, UUID | None]]) -> Iterable[UUID]:
    return (person for pair in pairs for person in pair if person is not None)
