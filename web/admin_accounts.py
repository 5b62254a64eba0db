"""The administrator's page of accounts (R-042, R-175; matrix 27, 28, 32)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.accounts import BLOCK_REASONS
from commands.deciding import Refusal
from ledger import accounts, people, sessions, views_log
from ledger.account import fold_account
from ledger.accounts import AccountRow
from ledger.people import Name
from ledger.school import School
from ledger.views_log import View
from web import account_desk, account_list, issuing, reading
from web.account_desk import NotEntered
from web.account_list import Line
from web.answers import told
from web.premises import premises

blueprint = Blueprint("admin_accounts", __name__, url_prefix="/accounts")


@blueprint.before_request
def only_for_administrators() -> None:
    if not reading.may("manage_accounts"):
        abort(403)


@blueprint.errorhandler(Refusal)
def refused(refusal: Refusal) -> ResponseReturnValue:
    return told(refusal.status, refusal.code, refusal.sentence)


@blueprint.errorhandler(NotEntered)
def not_entered(error: NotEntered) -> ResponseReturnValue:
    return told(error.status, "not-entered", error.sentence)


@blueprint.get("/", endpoint="people")
def people_page() -> ResponseReturnValue:
    school, group, here = _school(), request.args.get("group", "staff"), premises()
    persons = account_list.persons_of(here, school, group)
    if persons is None:
        abort(404)
    _note_view("accounts", class_id=_class_of(group))
    return render_template(
        "admin_accounts/people.html",
        group=group,
        classes=account_list.classes(school),
        lines=account_list.lines(here, school, persons, at=here.now()),
        hours=account_list.without_access(here, school).hours if group == account_list.WAITING else {},
    )


@blueprint.post("/issue")
def issue() -> ResponseReturnValue:
    """One-time passwords for the persons chosen; shown on this answer and never again."""
    school = _school()
    known = account_list.persons_of(premises(), school, request.form.get("group", "")) or ()
    wanted = [person for person in known if str(person) in request.form.getlist("person")]
    # Their own session would end before they had seen the new password.
    chosen = [person for person in wanted if person != g.actor.person]
    if not chosen:
        flash(
            _("Свой пароль меняют сами: «Сменить свой пароль» в списке.") if wanted else _("Никто не выбран.")
        )
        return _back()
    losing = account_list.losing_passwords(premises(), school, chosen)
    if losing and request.form.get("confirmed") != "yes":
        return _asked_again(chosen, losing)
    _note_view("accounts passwords", class_id=_class_of(request.form["group"]))
    issued = list(issuing.issue(premises(), account_desk.asked_by(g.actor), chosen, again=True))
    return render_template(
        "admin_accounts/passwords.html",
        issued=issued,
        closed=issuing.closed(premises(), school.id, chosen),
        school=school,
        back=url_for(".people", group=request.form["group"]),
    )


def _asked_again(chosen: list[UUID], losing: tuple[Line, ...]) -> str:
    """A working password ends only when the administrator has seen whose."""
    group = request.form["group"]
    _note_view("accounts", class_id=_class_of(group))
    return render_template(
        "admin_accounts/confirm.html",
        chosen=chosen,
        losing=losing,
        group=group,
        action=url_for(".issue"),
        back=url_for(".people", group=group),
    )


@blueprint.get("/<uuid:account>")
def one(account: UUID) -> ResponseReturnValue:
    here, (row, name) = premises(), _row(account)
    with here.pool.connection() as connection:
        history = sessions.of_account(connection, g.actor.school, account)
    entries = here.store.load(g.actor.school, streams=[account]).streams.get(account, ())
    _note_view_of("account", row.person_id)
    return render_template(
        "admin_accounts/one.html",
        account=row,
        name=name,
        sessions=history,
        reasons=BLOCK_REASONS,
        own=account == g.actor.account,
        stolen=fold_account(account, entries).stolen,
        staff=row.person_id in issuing.staff_of(_school()),
    )


@blueprint.post("/<uuid:account>/block")
def block(account: UUID) -> ResponseReturnValue:
    by = account_desk.asked_by(g.actor)
    account_desk.block(premises(), by, account, request.form.get("reason", ""))
    flash(_("Доступ закрыт, все сеансы прекращены."))
    return redirect(url_for(".one", account=account))


@blueprint.post("/<uuid:account>/reopen")
def reopen(account: UUID) -> ResponseReturnValue:
    """A one-time password with which a blocked account is opened; shown on this answer and never again."""
    row, name = _row(account)
    back = url_for(".one", account=account)
    if row.blocked_at is None:
        flash(_("Доступ уже открыт."))
        return redirect(back)
    _note_view_of("accounts passwords", row.person_id)
    by = account_desk.asked_by(g.actor)
    password = account_desk.reopen(premises(), by, account, request.form.get("reason", ""))
    issued = [issuing.Issued(name=name.full, login=row.login, password=password)]
    return render_template("admin_accounts/passwords.html", issued=issued, school=_school(), back=back)


@blueprint.post("/<uuid:account>/unblock")
def unblock(account: UUID) -> ResponseReturnValue:
    by = account_desk.asked_by(g.actor)
    account_desk.unblock(premises(), by, account, request.form.get("reason", ""))
    flash(_("Доступ открыт. Если пароль мог стать известен, здесь же выдайте новый."))
    return redirect(url_for(".one", account=account))


@blueprint.post("/<uuid:account>/end-sessions")
def end_sessions(account: UUID) -> ResponseReturnValue:
    ended = account_desk.end_sessions(premises(), g.actor.school, account)
    flash(_("Прекращено сеансов: %(ended)s.", ended=ended))
    return redirect(url_for(".one", account=account))


def _row(account: UUID) -> tuple[AccountRow, Name]:
    """Of this school and with its owner's name, or there is no such page."""
    with premises().pool.connection() as connection:
        row = accounts.by_id(connection, g.actor.school, account)
        if row is None:
            abort(404)
        return row, people.names_at(connection, g.actor.school, [row.person_id])[row.person_id]


def _school() -> School:
    return premises().school(g.actor.school)


def _back() -> ResponseReturnValue:
    return redirect(url_for(".people", group=request.form.get("group", "staff")))


def _class_of(group: str) -> UUID | None:
    return None if group in (account_list.STAFF, account_list.WAITING) else UUID(group)


def _note_view_of(page: str, person: UUID) -> None:
    whose = "pupil_id" if person in _school().pupils else "person_id"
    _note_view(page, **{whose: person})


def _note_view(page: str, **about: UUID | None) -> None:
    """Lists and slips name pupils and families: views of their data (R-053)."""
    here, actor = premises(), g.actor
    view = View(
        at=here.now(),
        account_id=actor.account,
        session_id=actor.session,
        credential_id=actor.credential,
        ip=request.remote_addr or "",
        page=page,
        **about,
    )
    with here.pool.connection() as connection:
        views_log.record(connection, actor.school, view)
