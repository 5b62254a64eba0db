"""The class teacher's pages: «Класс за неделю», the list with contacts; the reports on absences."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NoReturn
from uuid import UUID

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.contacts import VerifyContacts
from commands.deciding import Refusal
from ledger.contacts import KINDS
from ledger.span import monday_of
from projections.class_contacts import ContactsPage, PupilContacts
from web import account_desk, contacts_desk, reading, reading_class
from web.account_desk import NotEntered
from web.answers import told
from web.pages_teacher import asked_day
from web.premises import premises

blueprint = Blueprint("klass", __name__)
WEEK = timedelta(days=7)
LONGEST = timedelta(days=400)  # of a report: a study year


@blueprint.errorhandler(NotEntered)
def not_entered(error: NotEntered) -> ResponseReturnValue:
    return told(error.status, "not-entered", error.sentence)


@blueprint.get("/class")
def own() -> ResponseReturnValue:
    """The week of the class one leads; of several the first, with the others one press away."""
    found = reading_class.led() or reading_class.classes("view_attendance")
    if not found:
        abort(403)
    return redirect(
        url_for(".week", class_id=found[0].id, week=request.args.get("week"), at=request.args.get("at"))
    )


@blueprint.get("/class/<uuid:class_id>")
def week(class_id: UUID) -> ResponseReturnValue:
    today = reading.now().date()
    day = asked_day("week") or today
    page = reading_class.week(class_id, monday_of(day), request.args.get("at"))
    role = str(g.acting_role)
    check = reading_class.day_check(class_id, request.args.get("at"))
    people = {line.asker for line in page.disputes} | {
        cell.said.by for row in page.pupils for cell in row.days if cell.said is not None
    }
    return render_template(
        "class/week.html",
        page=page,
        check=check,
        names=reading.names(
            people | ({page.filled.by} if page.filled else set()) | (check.people if check else set())
        ),
        pupil_names={row.pupil: row.name for row in page.pupils},
        editable=page.as_of.live and reading.may("explain_absence", class_id=class_id),
        trails=reading.trails(row.pupil for row in page.pupils),
        contacts=reading.may("view_contacts", class_id=class_id),
        access=reading.may("issue_family_credentials", class_id=class_id),
        families=reading.may("view_acknowledgements", class_id=class_id),
        classes=reading_class.classes("view_attendance"),
        today=today,
        before=page.monday - WEEK,
        after=page.monday + WEEK,
        acting_role=role,
        tour=reading.demonstration(),
    )


@blueprint.get("/class/<uuid:class_id>/contacts")
def contacts(class_id: UUID) -> ResponseReturnValue:
    page = reading_class.contacts(class_id, request.args.get("at"))
    return render_template(
        "class/contacts.html",
        page=page,
        editable=page.as_of.live and reading.may("keep_contacts", class_id=class_id),
        week=reading.may("view_attendance", class_id=class_id),
        access=reading.may("issue_family_credentials", class_id=class_id),
        classes=reading_class.classes("view_contacts"),
        acting_role=g.acting_role,
    )


@blueprint.post("/class/<uuid:class_id>/contacts/verified")
def verified(class_id: UUID) -> ResponseReturnValue:
    """The contacts of the pupils chosen were checked this year."""
    page = reading_class.contacts(class_id, None)
    chosen = request.form.getlist("pupil")
    pupils = tuple(each.own.person for each in page.pupils if str(each.own.person) in chosen)
    try:
        contacts_desk.enter(premises(), account_desk.asked_by(g.actor), VerifyContacts(pupils=pupils))
        flash(_("Отмечено: %(count)s.", count=len(pupils)) if pupils else _("Никто не выбран."))
    except Refusal as refusal:
        return told(refusal.status, refusal.code, refusal.sentence)
    return redirect(url_for(".contacts", class_id=class_id))


@blueprint.route("/class/<uuid:class_id>/contacts/<uuid:pupil>", methods=["GET", "POST"])
def contacts_of(class_id: UUID, pupil: UUID) -> ResponseReturnValue:
    """One pupil's and the guardians' contacts: each person is a form of their own."""
    if not reading.may("keep_contacts", class_id=class_id):
        abort(403)
    page = reading_class.contacts(class_id, None)
    shown = next((each for each in page.pupils if each.own.person == pupil), None) or abort(404)
    if request.method == "GET":
        return _form(page, shown)
    about = next(
        (p for p in (shown.own, *shown.guardians) if str(p.person) == request.form.get("about")), None
    )
    if about is None:
        abort(400)
    typed = {kind: request.form.get(kind, "") for kind in KINDS}
    by = account_desk.asked_by(g.actor)
    try:
        changed = contacts_desk.change(premises(), by, pupil=pupil, about=about.person, values=typed)
    except Refusal as refusal:
        return _form(page, shown, about=about.person, typed=typed, wrong=refusal.sentence), refusal.status
    flash(_("Сохранено.") if changed else _("Ничего не изменилось."))
    return redirect(url_for(".contacts_of", class_id=class_id, pupil=pupil))


def _form(page: ContactsPage, shown: PupilContacts, **more: object) -> str:
    return render_template(
        "class/contacts_of.html", page=page, shown=shown, acting_role=g.acting_role, **more
    )


@blueprint.get("/absences")
def absences() -> ResponseReturnValue:
    """C-14 of all classes one may ask about: a class teacher of one class sees it at once."""
    found = reading_class.classes("view_attendance")
    if len(found) == 1:
        asked = {name: request.args.get(name) for name in ("first", "last", "at")}
        return redirect(url_for(".absences_of", class_id=found[0].id, **asked))
    first, last = asked_span()
    page = reading_class.attendance_of_school(first, last, request.args.get("at"))
    return render_template(
        "class/absences_school.html", page=page, spans=_spans(None), acting_role=g.acting_role
    )


@blueprint.get("/class/<uuid:class_id>/absences")
def absences_of(class_id: UUID) -> ResponseReturnValue:
    first, last = asked_span()
    page = reading_class.attendance(class_id, first, last, request.args.get("at"))
    return render_template(
        "class/absences.html",
        page=page,
        spans=_spans(class_id),
        classes=reading_class.classes("view_attendance"),
        acting_role=g.acting_role,
    )


@blueprint.get("/absences/<uuid:pupil>")
def missed(pupil: UUID) -> ResponseReturnValue:
    first, last = asked_span()
    page = reading_class.missed(pupil, first, last, request.args.get("at"))
    return render_template(
        "class/missed.html", page=page, spans=_spans(page.class_id), acting_role=g.acting_role
    )


def asked_span() -> tuple[date, date]:
    """The days of the address, `?first=…&last=…`; the running week when none are named. 400 for what is no span."""
    today = reading.now().date()
    first, last = asked_day("first") or monday_of(today), asked_day("last") or today
    if last < first:
        _no_such_span(_("Последний день раньше первого."))
    if last - first > LONGEST:
        _no_such_span(_("Пропуски считают не больше чем за учебный год."))
    return first, last


def _no_such_span(sentence: str) -> NoReturn:
    abort(make_response(told(400, "no-such-span", sentence)))


def _spans(class_id: UUID | None) -> list[tuple[str, date, date]]:
    """What is asked for most: the week, the reporting periods of the class (of all levels for the school), the year."""
    school, today = reading.school(), reading.now().date()
    monday = monday_of(today)
    found = [(_("эта неделя"), monday, monday + timedelta(days=6))]
    found.append((_("прошлая неделя"), monday - WEEK, monday - timedelta(days=1)))
    year = school.year_of(today)
    level = school.classes[class_id].level if class_id in school.classes else None
    periods = {
        (each.span.first, each.span.last or today, each.title)
        for each in school.periods.values()
        if each.year == year and level in (None, each.level) and each.span.first <= today
    }
    found += [(title, first, last) for first, last, title in sorted(periods)]
    if year is not None:
        found.append((_("год"), school.years[year].first, school.years[year].last or today))
    return found
