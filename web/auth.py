"""Pages of signing in: password, idle lock, first password, signing out."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from uuid import UUID

import structlog
from flask import (
    Blueprint,
    Response,
    after_this_request,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from commands.deciding import Refusal
from ledger import accounts
from ledger.appending import ClockAhead, ClockSkew, Moved
from ledger.school import School
from web import account_desk, compromise_desk, cookie, demonstration, passwords, signing
from web.account_desk import NotEntered
from web.answers import told, wants_json
from web.limits import report_limit, sign_in_limit
from web.passwords import WeakPassword
from web.premises import Premises, premises
from web.signing import Credentials, SignInFailed, TooManyAttempts

log = structlog.get_logger(__name__)
blueprint = Blueprint("auth", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@sign_in_limit
def sign_in() -> ResponseReturnValue:
    here = premises()
    schools = [here.school(school) for school in here.school_ids()]
    if request.method == "GET":
        return redirect(_next()) if g.actor else _sign_in_page(here, schools)
    school = _chosen(schools)
    if school is None:
        return _sign_in_page(here, schools, _("Выберите школу."), 400)
    given = _credentials(school)
    try:
        token = signing.sign_in(here, given, ip=_ip(), user_agent=request.headers.get("User-Agent", ""))
    except (SignInFailed, TooManyAttempts) as failure:
        status, sentence = _why_not(failure)
        if wants_json():
            return told(status, "sign-in", sentence)
        return _sign_in_page(here, schools, sentence, status)
    if g.session is not None:
        signing.sign_out(here, g.session)
    _new_forms_for(given)
    return cookie.keep(make_response(_go_on()), token)


@blueprint.route("/unlock", methods=["GET", "POST"])
@sign_in_limit
def unlock() -> ResponseReturnValue:
    """The same session goes on; the page behind it, and all that was typed there, stays as it was."""
    if request.method == "POST":
        try:
            signing.unlock(premises(), g.session, _value("password"), ip=_ip())
        except (SignInFailed, TooManyAttempts) as failure:
            status, sentence = _why_not(failure)
            if wants_json():
                return told(status, "unlock", sentence)
            return render_template("auth/unlock.html", sentence=sentence, next=_next()), status
        return _go_on()
    return render_template("auth/unlock.html", sentence=None, next=_next())


@blueprint.route("/password", methods=["GET", "POST"])
@sign_in_limit
def password() -> ResponseReturnValue:
    """The password for the first sign-in is changed before anything else (R-045, R-056)."""
    if request.method == "GET":
        return _password_page(None)
    here, first = premises(), g.session.must_change
    try:
        if not first:
            signing.check_password(here, _own_credentials(_value("current")), ip=_ip())
        _check_new(here, _value("new"))
        if first and not _value("obliged"):
            raise WeakPassword(_("Подтвердите обязательство: без этого работать в журнале нельзя."))
        by = account_desk.asked_by(g.actor)
        token = account_desk.change_own(here, by, g.session, _value("new"), obliged=first)
    except WeakPassword as weak:
        return _password_page(str(weak), 422)
    except SignInFailed:
        return _password_page(_("Нынешний пароль введён неверно."), 403)
    except TooManyAttempts as failure:
        return _password_page(_why_not(failure)[1], 429)
    except (Refusal, NotEntered) as refusal:
        return _password_page(refusal.sentence, refusal.status)
    return cookie.keep(make_response(_go_on()), token)


@blueprint.route("/report-breach", methods=["GET", "POST"])
@sign_in_limit
@report_limit
def report() -> ResponseReturnValue:
    """Whoever cannot sign in tells that an access may be in other hands (10.3). One answer for every login."""
    here = premises()
    schools = [here.school(school) for school in here.school_ids()]
    if request.method == "GET":
        return _report_page(schools)
    school, detected_at = _chosen(schools), _moment("detected_at")
    if school is None or detected_at is None or not _value("login").strip():
        return _report_page(schools, _("Укажите имя входа и когда это обнаружили."), 400)
    try:
        compromise_desk.report_unsigned(here, school.id, _value("login"), detected_at, _value("text"))
    except Refusal as refusal:
        return _report_page(schools, refusal.sentence, refusal.status)
    except (Moved, ClockSkew, ClockAhead) as error:
        log.error("unsigned report not entered", kind=type(error).__name__)
        return _report_page(schools, _("Сообщение не принято: повторите через минуту."), 503)
    return render_template("auth/reported.html")


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    signing.sign_out(premises(), g.session)
    return cookie.drop(make_response(redirect(url_for("auth.sign_in"))))


def _sign_in_page(
    here: Premises, schools: list[School], sentence: str | None = None, status: int = 200
) -> ResponseReturnValue:
    shown = render_template(
        "auth/sign_in.html",
        schools=schools,
        tour=demonstration.offered(here, schools),
        sentence=sentence,
        next=_next(),
    )
    return shown, status


def _report_page(
    schools: list[School], sentence: str | None = None, status: int = 200
) -> ResponseReturnValue:
    return render_template("auth/report.html", schools=schools, sentence=sentence), status


def _moment(name: str) -> datetime | None:
    """A local time of a form, as a browser writes it."""
    try:
        found = datetime.fromisoformat(_value(name))
    except ValueError:
        return None
    return found if found.tzinfo is None else None


def _password_page(sentence: str | None, status: int = 200) -> ResponseReturnValue:
    shown = render_template(
        "auth/password.html", first=g.session.must_change, sentence=sentence, next=_next()
    )
    return shown, status


def _go_on() -> ResponseReturnValue:
    # A page that stayed open gets the token for its forms anew: its typed cells are sent again.
    return jsonify(csrf=generate_csrf(), next=_next()) if wants_json() else redirect(_next())


def _why_not(failure: SignInFailed | TooManyAttempts) -> tuple[int, str]:
    if isinstance(failure, TooManyAttempts):
        seconds = ceil(failure.wait.total_seconds())
        after_this_request(lambda response: _retry_after(response, seconds))
        return 429, _("Слишком много попыток с этим именем. Подождите %(seconds)s с.", seconds=seconds)
    return 403, _(
        "Войти не получилось: имя или пароль неверны либо доступ закрыт. "
        "Если пароль забыт, новый выдаст администратор школы."
    )


def _retry_after(response: Response, seconds: int) -> Response:
    response.headers["Retry-After"] = str(seconds)
    return response


def _credentials(school: School) -> Credentials:
    shown = _value("demonstration")
    if shown in demonstration.SIGN_INS and school.demonstration:
        return Credentials(school=school.id, login=shown, password=passwords.DEMONSTRATION)
    return Credentials(school=school.id, login=_value("login"), password=_value("password"))


def _own_credentials(password: str) -> Credentials:
    return Credentials(school=g.session.school_id, login=g.session.login, password=password)


def _check_new(here: Premises, new: str) -> None:
    if new != _value("again"):
        raise WeakPassword(_("Новый пароль введён два раза по-разному."))
    with here.pool.connection() as connection:
        account = accounts.by_id(connection, g.session.school_id, g.session.account_id)
    if account is not None:
        passwords.check_new(new, login=account.login, old_hash=account.password_hash)


def _chosen(schools: list[School]) -> School | None:
    if len(schools) == 1:
        return schools[0]
    try:
        wanted = UUID(_value("school"))
    except ValueError:
        return None
    return next((school for school in schools if school.id == wanted), None)


def _new_forms_for(given: Credentials) -> None:
    """Another account gets another token for its forms; the same one goes on with what it had open."""
    who = f"{given.school.hex}.{accounts.fold_login(given.login)}"
    if session.get("who") != who:
        session.clear()
        session["who"] = who


def _ip() -> str:
    return request.remote_addr or ""


def _value(name: str) -> str:
    body = request.get_json(silent=True) if request.is_json else request.form
    value = body.get(name, "") if isinstance(body, dict) else ""
    return value if isinstance(value, str) else ""


def _next() -> str:
    """A page of ours to go to: a path, and nothing a browser would take for another site's address."""
    wanted = request.args.get("next") or _value("next")
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if safe else "/"
