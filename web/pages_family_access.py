"""«Доступ семей»: the class teacher sees who of the class can sign in and, where the act says so, gives the passwords
(R-044, R-046; P-32; matrix 28)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.deciding import Refusal
from commands.family_accounts import CreateFamilyAccount, IssueFamilyCredential
from ledger.accounts import LoginTaken
from projections.class_access import WHO_GIVES, AccessPage
from web import account_desk, account_list, issuing, reading, reading_class, reading_family_access
from web.account_desk import NotEntered
from web.answers import told
from web.issuing import Issued, Makers
from web.premises import premises

blueprint = Blueprint("family_access", __name__)


@blueprint.errorhandler(Refusal)
def refused(refusal: Refusal) -> ResponseReturnValue:
    return told(refusal.status, refusal.code, refusal.sentence)


@blueprint.errorhandler(NotEntered)
def not_entered(error: NotEntered) -> ResponseReturnValue:
    return told(error.status, "not-entered", error.sentence)


@blueprint.errorhandler(LoginTaken)
def given_meanwhile(error: LoginTaken) -> ResponseReturnValue:
    return told(409, "account-new", _why(error))


@blueprint.get("/class/<uuid:class_id>/access")
def listed(class_id: UUID) -> ResponseReturnValue:
    page = reading_family_access.access(class_id, request.args.get("at"))
    return render_template(
        "class/access.html",
        page=page,
        gives=reading_family_access.gives(page),
        who_gives=WHO_GIVES.get(page.gives),
        week=reading.may("view_attendance", class_id=class_id),
        contacts=reading.may("view_contacts", class_id=class_id),
        classes=reading_class.classes(reading_family_access.ACTION),
        acting_role=g.acting_role,
    )


@blueprint.post("/class/<uuid:class_id>/access")
def issue(class_id: UUID) -> ResponseReturnValue:
    """One-time passwords for the persons chosen; shown on this answer and never again."""
    page = reading_family_access.access(class_id, None)
    chosen = _chosen(page)
    back = url_for(".listed", class_id=class_id)
    if not chosen:
        flash(_("Никто не выбран."))
        return redirect(back)
    losing = account_list.losing_passwords(premises(), reading.school(), chosen)
    if reading_family_access.gives(page) and losing and request.form.get("confirmed") != "yes":
        # A working password ends only when whoever ends it has seen whose.
        return render_template(
            "admin_accounts/confirm.html", chosen=list(chosen), losing=losing, action=back, back=back
        )
    issued, stopped = _issued(chosen)
    reading_family_access.note_passwords(class_id)
    return render_template(
        "admin_accounts/passwords.html", issued=issued, stopped=stopped, school=reading.school(), back=back
    )


def _chosen(page: AccessPage) -> dict[UUID, UUID]:
    """The pupil of each person chosen: their own, or the child whose parent they are."""
    wanted = request.form.getlist("person")
    return {
        each.person: pupil.own.person
        for pupil in page.pupils
        for each in pupil.persons
        if each.given_here and str(each.person) in wanted
    }


def _issued(pupil_of: Mapping[UUID, UUID]) -> tuple[list[Issued], str]:
    """What was given and why the rest was not: what exists nowhere else is shown though a later one failed."""
    by, issued = account_desk.asked_by(g.actor), list[Issued]()

    def commands(person: UUID) -> Makers:
        about = {"person": person, "pupil": pupil_of[person]}
        create = partial(CreateFamilyAccount, pupil=pupil_of[person])
        return create, partial(IssueFamilyCredential, **about)

    try:
        for one in issuing.issue(premises(), by, pupil_of, again=True, commands=commands):
            issued.append(one)
    except (Refusal, NotEntered, LoginTaken) as error:
        if not issued:
            raise
        return issued, _why(error)
    return issued, ""


def _why(error: Refusal | NotEntered | LoginTaken) -> str:
    taken = _("Учётную запись только что завёл кто-то ещё: обновите страницу.")
    return taken if isinstance(error, LoginTaken) else error.sentence
