"""«Семьи класса» and «Распечатки»: the class teacher sees who reads the diary, and hands out what is printed for those
who do not (R-051, R-194…R-197, W-23)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from exports import slip, slip_news
from exports.slip import Printed
from ledger.span import monday_of
from projections.acquaintance import FamiliesPage
from web import reading, reading_class, reading_family_office
from web.pages_papers import sent
from web.pages_teacher import asked_day
from web.paper_words import plain
from web.reading_papers import here
from web.titles import CANCELLED, GROUNDS, MARK_KINDS, TARGETS

blueprint = Blueprint("family_office", __name__)
WEEK = timedelta(days=7)


@blueprint.get("/class/<uuid:class_id>/families")
def families(class_id: UUID) -> ResponseReturnValue:
    """`?show=` a state of a family, or «unread»."""
    page = reading_family_office.families(class_id, request.args.get("at"))
    return render_template(
        "family_office/families.html",
        page=page,
        only=request.args.get("show", ""),
        names=reading.names(_authors(page)),
        writes=page.as_of.live and reading.may("declare_paper", class_id=class_id),
        slips=reading_family_office.sees_slips(class_id),
        classes=reading_class.classes(reading_family_office.FAMILIES),
        person=g.actor.person,
        today=reading.now().date(),
        acting_role=g.acting_role,
    )


def _authors(page: FamiliesPage) -> set[UUID]:
    return {remark.by for family in page.families for remark in family.remarks}


@blueprint.get("/class/<uuid:class_id>/slips")
def slips(class_id: UUID) -> ResponseReturnValue:
    """The register of a class and week, `?week=…`."""
    monday = asked_week()
    page = reading_family_office.slips(class_id, monday, request.args.get("at"))
    return render_template(
        "family_office/slips.html",
        page=page,
        of=page.classes[0],
        hands_out=page.as_of.live and reading.may("hand_out_slip", class_id=class_id),
        families=reading.may(reading_family_office.FAMILIES, class_id=class_id),
        school=reading.may("view_slips"),
        **_weeks(monday),
    )


@blueprint.get("/slips")
def school() -> ResponseReturnValue:
    """The same of every class, for the deputy."""
    monday = asked_week()
    page = reading_family_office.slips_of_school(monday, request.args.get("at"))
    return render_template("family_office/school.html", page=page, **_weeks(monday))


def asked_week() -> date:
    """The Monday of the week of the address; of the running one when none is named."""
    return monday_of(asked_day("week") or reading.now().date())


def _weeks(monday: date) -> dict[str, object]:
    return {
        "before": monday - WEEK,
        "after": monday + WEEK,
        "this_week": monday_of(reading.now().date()),
        "acting_role": g.acting_role,
    }


@blueprint.get("/papers/classes/<uuid:class_id>/slips.pdf")
def printed(class_id: UUID) -> ResponseReturnValue:
    """`?week=…`, of the pupils named by `?pupil=…` or of all."""
    found = reading_family_office.printed(here(), class_id, asked_week(), _asked_pupils())
    return _file(found)


@blueprint.get("/papers/pupils/<uuid:pupil>/slip.pdf")
def printed_of_pupil(pupil: UUID) -> ResponseReturnValue:
    return _file(reading_family_office.printed_of_pupil(here(), pupil, asked_week()))


def _asked_pupils() -> list[UUID]:
    """400 for what is no id."""
    try:
        return [UUID(text) for text in request.args.getlist("pupil")]
    except ValueError:
        abort(400)


def _file(found: Iterable[Printed]) -> Response:
    slips = tuple(found)
    words = slip_news.Words(
        kinds=plain(MARK_KINDS),
        reasons=plain(CANCELLED),
        targets=plain(TARGETS),
        grounds=plain(GROUNDS),
    )
    content = slip.pdf(slips, words)
    return sent(content, "slips", max((each.imprint for each in slips), key=lambda each: each.position))
