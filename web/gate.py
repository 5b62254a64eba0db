"""What every request passes first: a session that holds, its CSRF token, the idle lock, the first password.

Closed unless listed: a new page needs somebody signed in without saying so.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import CSRFProtect

from ledger.sessions import Session
from web import cookie, signing
from web.actor import Actor
from web.answers import told, wants_json
from web.premises import Premises, premises

csrf = CSRFProtect()

# Files that carry nobody's data, and the sign that we live: neither a session nor a database is needed.
PLAIN = frozenset(
    {
        *("static", "bootstrap.static", "fonts.font", "health.healthz", "api-docs.openapi_json"),
        "feeds.calendar",  # its own secret is in its address, and the owner's right is asked there
    }
)
# Pages for anybody, signed in or not.
OPEN = frozenset({"auth.sign_in", "auth.report", "api.create_session"})
# Sets no cookie: there is nothing another site's page could gain by having it sent.
WITHOUT_FORM = frozenset({"api.create_session"})
# What a locked session and a first password may still ask for.
WHEN_LOCKED = frozenset({"auth.unlock", "auth.sign_out"})
WHEN_PASSWORD_IS_FOR_ONCE = frozenset({"auth.password", "auth.sign_out", "auth.unlock"})


def install(app: Flask) -> None:
    # Asked by `pass_gate` itself: a program with a bearer token has none to give.
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    csrf.init_app(app)
    app.before_request(pass_gate)


def pass_gate() -> ResponseReturnValue | None:
    """Sets g.actor and g.session, or answers in the page's place."""
    g.actor = g.session = None
    if request.endpoint in PLAIN:
        return None
    here = premises()
    at = here.now()
    g.session = _session(here, at)
    if g.session is None and not _open():
        return _not_signed_in()
    if cookie.bearer_token() is None and request.endpoint not in WITHOUT_FORM:
        csrf.protect()
    if g.session is None:
        return None
    if not signing.note_activity(here, g.session, at=at):
        return None if _open() or request.endpoint in WHEN_LOCKED else _locked()
    g.actor = _actor(here, g.session)
    if g.session.must_change and not _open() and request.endpoint not in WHEN_PASSWORD_IS_FOR_ONCE:
        return _first_password()
    return None


def _session(here: Premises, at: datetime) -> Session | None:
    """None also while the entries call the account blocked and its row does not say so yet (web.compromise_desk)."""
    session = signing.session_of(here, cookie.token_of_request(), at=at)
    if session is None:
        return None
    g.school = here.school(session.school_id)
    return None if session.account_id in g.school.blocked else session


def _open() -> bool:
    return request.endpoint in OPEN


def _actor(here: Premises, session: Session) -> Actor:
    school = g.school
    return Actor(
        school=session.school_id,
        account=session.account_id,
        person=session.person_id,
        session=session.session_id,
        credential=session.credential_id,
        roles=school.roles_of(session.person_id, school.local(here.now()).date()),
    )


def _here_again() -> str | None:
    """Where to come back to: pages only, never the target of a form."""
    return request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None


def _not_signed_in() -> ResponseReturnValue:
    if wants_json():
        return told(401, "not-signed-in", _("Вы не вошли в журнал или сеанс закончился. Войдите снова."))
    return redirect(url_for("auth.sign_in", next=_here_again()))


def _locked() -> ResponseReturnValue:
    if wants_json():
        return told(423, "locked", _("Вы долго не работали. Введите пароль, чтобы продолжить."))
    return redirect(url_for("auth.unlock", next=_here_again()))


def _first_password() -> ResponseReturnValue:
    if wants_json():
        return told(403, "first-password", _("Это пароль для первого входа: смените его, чтобы продолжить."))
    return redirect(url_for("auth.password", next=_here_again()))


def private(response: Response) -> Response:
    """Pages about people stay in no cache, so that «назад» after signing out shows nothing."""
    if request.endpoint not in PLAIN:
        response.headers["Cache-Control"] = "no-store"
    return response
