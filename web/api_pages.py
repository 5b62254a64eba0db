"""The school's pages in JSON: the same functions as the screen's, so the same rights, moments and log of views."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue

from ledger.span import monday_of
from web import (
    asked_control,
    reading,
    reading_admin,
    reading_archive,
    reading_calendar,
    reading_certificates,
    reading_changes,
    reading_control,
    reading_dashboards,
    reading_director_control,
    reading_explanation,
    reading_family_office,
    reading_first,
    reading_incidents,
    reading_mandates,
    reading_methodist,
    reading_period,
    reading_plan,
    reading_reconciliation,
    reading_register,
    reading_reinstatement,
    reading_school,
    reading_search,
    reading_tasks,
    reading_views,
)
from web.api import AT, SAID_NO, blueprint
from web.pages_changes import asked
from web.pages_teacher import asked_day, asked_id, asked_month, asked_year
from web.plain import plain
from web.reading_changes import CHECK

SCHEDULE = timedelta(days=13)  # of control works, when nobody says until when


def _at() -> str | None:
    return request.args.get("at")


def _answer(page: object) -> ResponseReturnValue:
    return jsonify(plain(page))


@blueprint.get("/start")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def start() -> ResponseReturnValue:
    """What waits for the roles one has."""
    return _answer(reading_first.first(_at()))


@blueprint.get("/start/filling")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def filling() -> ResponseReturnValue:
    """Where lessons are not filled, and where late, over the last seven school days (C-07)."""
    return _answer(reading_dashboards.filling(_at()))


@blueprint.get("/start/class/<uuid:class_id>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def class_dashboard(class_id: UUID) -> ResponseReturnValue:
    """Attendance of the running week and the class from period to period."""
    return _answer(reading_dashboards.of_class(class_id, _at()))


@blueprint.get("/archive")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def archive() -> ResponseReturnValue:
    """The archive register of a study year (`year`) and what is due after it."""
    return _answer(reading_archive.register(asked_year(), _at()))


@blueprint.get("/handed")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def handed() -> ResponseReturnValue:
    """«Отчёт по классу» and «Ведомость» of a study year (`year`): handed over and accepted."""
    return _answer(reading_archive.reports(asked_year(), _at()))


@blueprint.get("/calendar")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def calendar() -> ResponseReturnValue:
    """The school year (`year`): periods, holidays, bells, distance days, outages."""
    return _answer(reading_calendar.calendar(asked_year(), _at()))


@blueprint.get("/incidents")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def incidents() -> ResponseReturnValue:
    """Breaches of access, their times, commissions and Acts."""
    return _answer(reading_incidents.listed(_at()))


@blueprint.get("/incidents/<uuid:incident>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def incident(incident: UUID) -> ResponseReturnValue:
    """What was done with the access: void, cascade, suspicious, taint, signs; and the cells that differ."""
    return _answer(reading_incidents.one(incident, _at()))


@blueprint.get("/substitutions")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def morning() -> ResponseReturnValue:
    """Who is away on the day `on`, which lessons are to be covered, and who is free."""
    return _answer(reading_methodist.the_morning(asked_day("on") or reading.now().date(), _at()))


@blueprint.get("/substitutions/sheet")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def staff_sheet() -> ResponseReturnValue:
    """The staff room's sheet of the day `on`."""
    return _answer(reading_methodist.sheet(asked_day("on") or reading.now().date(), _at()))


@blueprint.get("/substitutions/long")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def long_substitutions() -> ResponseReturnValue:
    return _answer(reading_methodist.long_substitutions(_at()))


@blueprint.get("/substitutions/register")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def held_register() -> ResponseReturnValue:
    """C-17, of the month that holds the day `month`."""
    month = asked_month() or reading.now().date().replace(day=1)
    return _answer(reading_methodist.register(month, _at()))


@blueprint.get("/journals/<uuid:journal>/periods/<uuid:period>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def period_sheet(journal: UUID, period: UUID) -> ResponseReturnValue:
    """The marks of a page for a reporting period, or for the year by its id: proposed, set, and why."""
    return _answer(reading_period.sheet(journal, period, _at()))


@blueprint.get("/plans")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def plans() -> ResponseReturnValue:
    """Plans of a study year (`year`)."""
    return _answer(reading_plan.listed(asked_year(), _at()))


@blueprint.get("/plans/<uuid:plan>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def plan(plan: UUID) -> ResponseReturnValue:
    """One plan with its lines and versions."""
    return _answer(reading_plan.one(plan, _at()))


@blueprint.get("/programme")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def programme() -> ResponseReturnValue:
    """C-05 of every page of the journal one may ask about, up to the day `to`."""
    return _answer(reading_plan.fulfilment(asked_day("to") or reading.now().date(), _at()))


@blueprint.get("/programme/<uuid:journal>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def programme_of(journal: UUID) -> ResponseReturnValue:
    """C-05 of one page."""
    return _answer(reading_plan.fulfilment_of(journal, asked_day("to") or reading.now().date(), _at()))


@blueprint.get("/control-works")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def control_works() -> ResponseReturnValue:
    """C-20 from the day `from` to the day `to`, of one class (`class_id`) or of all one may ask about."""
    mine, asked = [each for each, _ in reading_plan.control_classes()], asked_id("class_id")
    if asked is not None and asked not in mine:
        abort(404)
    first = asked_day("from") or reading.now().date()
    wanted = [each for each in mine if asked in (None, each)]
    return _answer(reading_plan.control_works(wanted, first, asked_day("to") or first + SCHEDULE, _at()))


@blueprint.get("/school")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def whole_school() -> ResponseReturnValue:
    """Classes of a study year (`year`) with their numbers."""
    return _answer(reading_school.whole_school(asked_year(), _at()))


@blueprint.get("/school/staff")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def staff_list() -> ResponseReturnValue:
    """The staff, their roles and workload."""
    return _answer(reading_school.staff(_at()))


@blueprint.get("/dictionaries")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def dictionaries() -> ResponseReturnValue:
    """Subjects, kinds of work, categories of absence, kinds of order, with their versions."""
    return _answer(reading_admin.dictionaries(_at()))


@blueprint.get("/search")
@blueprint.doc(responses=SAID_NO)
def search() -> ResponseReturnValue:
    """Pupils, teachers and classes whose name has the words of `q`."""
    return _answer(reading_search.find(request.args.get("q", "")[:200]))


@blueprint.get("/explanations/<uuid:journal>/<uuid:period>/<string:kind>/<uuid:pupil>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def explanation(journal: UUID, period: UUID, kind: str, pupil: UUID) -> ResponseReturnValue:
    """Why this mark: of a `period`, or of the year (kinds year, attestation, final)."""
    return _answer(reading_explanation.mark(journal, period, kind, pupil, _at()))


@blueprint.get("/classes/<uuid:class_id>/register")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def register_of(class_id: UUID) -> ResponseReturnValue:
    """The summary register of a class; `column`, which may be repeated, names the columns to show by their keys."""
    return _answer(reading_register.sheet(class_id, request.args.getlist("column"), _at()))


@blueprint.get("/readiness")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def readiness() -> ResponseReturnValue:
    """What is missing before the `period` is closed, by class and subject."""
    return _answer(reading_register.matrix(asked_id("period"), _at()))


@blueprint.get("/readiness/<uuid:period>/<uuid:class_id>/<uuid:subject>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def readiness_of(period: UUID, class_id: UUID, subject: UUID) -> ResponseReturnValue:
    """The same line by line, of the pages of one subject in one class."""
    return _answer(reading_register.square(class_id, subject, period, _at()))


@blueprint.get("/reconciliation/<uuid:basis>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def reconciliation(basis: UUID) -> ResponseReturnValue:
    """The «н» that distance days (the order's id) or an exemption (its id) dated back left standing."""
    return _answer(reading_reconciliation.listed(basis, _at()))


@blueprint.get("/mandates")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def mandates() -> ResponseReturnValue:
    """Inspectors: whose mandate, over which classes, until when."""
    return _answer(reading_mandates.page(_at()))


@blueprint.get("/mandates/<uuid:person>/views")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def inspector_views(person: UUID) -> ResponseReturnValue:
    """What an inspector looked at on one `day`, the latest by default; of one `mandate` or of all."""
    return _answer(reading_views.of_inspector(person, asked_id("mandate"), asked_day("day"), _at()))


@blueprint.get("/changes")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def changes() -> ResponseReturnValue:
    """What changed `from` a moment (by default the last check) to `at`: of a class (`class_id`), a `subject`, a page
    (`journal`), a `pupil`, by one `person`, for one cause (`why`)."""
    return _answer(reading_changes.between(request.args.get("from") or CHECK, _at(), asked()))


@blueprint.get("/reinstatement/<uuid:act>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def reinstatement(act: UUID) -> ResponseReturnValue:
    """What an Act made void of one's own, to be asked for again."""
    return _answer(reading_reinstatement.own(act, _at()))


@blueprint.get("/tasks")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def tasks() -> ResponseReturnValue:
    """What waits for whoever asks, by the roles they have."""
    return _answer(reading_tasks.mine(_at()))


@blueprint.get("/certificates")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def certificates() -> ResponseReturnValue:
    """Справки по итогам контроля: those one may read."""
    return _answer(reading_certificates.listed(_at()))


@blueprint.get("/certificates/<uuid:certificate>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def certificate(certificate: UUID) -> ResponseReturnValue:
    """One with its figures at its own position, its findings and who has read it."""
    return _answer(reading_certificates.one(certificate, _at()))


@blueprint.get("/control")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def control() -> ResponseReturnValue:
    """Control reports one may ask for, over `period` («2026-09-01..2026-11-30»; or `from` and `to`): by code."""
    return _answer(reading_control.listed(asked_control.asked(), _at()))


@blueprint.get("/control/director")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def director_control() -> ResponseReturnValue:
    """The director's monthly control of the study year."""
    return _answer(reading_director_control.months(_at()))


@blueprint.get("/control/<string:code>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def control_report(code: str) -> ResponseReturnValue:
    """A report C-01…C-31 with filters `level`, `class`, `subject`, `teacher`; `against`: before, check or no."""
    return _answer(reading_control.one(code, asked_control.asked(), asked_control.against(), _at()))


@blueprint.get("/control/<string:code>/behind")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def control_behind(code: str) -> ResponseReturnValue:
    """What the line `key` of a report counted; `sheet` is which part of a long list, from 1."""
    first = (asked_control.asked_sheet() - 1) * reading_control.LINES
    key = request.args.get("key", "")
    return _answer(reading_control.behind(code, asked_control.asked(), key, first, _at()))


@blueprint.get("/class/<uuid:class_id>/families")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def class_families(class_id: UUID) -> ResponseReturnValue:
    """Who of the families of a class reads the diary, what nobody said «Ознакомлен» of, who is informed on paper."""
    return _answer(reading_family_office.families(class_id, _at()))


@blueprint.get("/class/<uuid:class_id>/slips")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def class_slips(class_id: UUID) -> ResponseReturnValue:
    """The register of paper slips of a class, of the week that holds the day `week`."""
    return _answer(reading_family_office.slips(class_id, _asked_monday(), _at()))


@blueprint.get("/slips")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def slips() -> ResponseReturnValue:
    """The same of every class."""
    return _answer(reading_family_office.slips_of_school(_asked_monday(), _at()))


def _asked_monday() -> date:
    return monday_of(asked_day("week") or reading.now().date())
