"""The web application: what is installed, in order, and which pages there are."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, request, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from werkzeug.middleware.proxy_fix import ProxyFix

from web import (
    admin_accounts,
    answers,
    api,
    api_pages,  # noqa: F401 — its routes join the API's blueprint
    auth,
    compression,
    diary_lines,
    fonts,
    format,
    gate,
    grid,
    headers,
    health,
    language,
    material_desk,
    navigation,
    pages_archive,
    pages_calendar,
    pages_certificates,
    pages_changes,
    pages_class,
    pages_control,
    pages_deputy,
    pages_dictionary,
    pages_director_control,
    pages_exchange,
    pages_explanation,
    pages_family,
    pages_family_access,
    pages_family_office,
    pages_feeds,
    pages_import,
    pages_incidents,
    pages_inspection,
    pages_jobs,
    pages_landing,
    pages_mandates,
    pages_methodist,
    pages_papers,
    pages_period,
    pages_plan,
    pages_programme,
    pages_pupil,
    pages_readiness,
    pages_reconciliation,
    pages_register,
    pages_reinstatement,
    pages_report,
    pages_school,
    pages_search,
    pages_tasks,
    pages_teacher,
    pages_timetable,
    pages_trail,
    print_font,
    reading,
    received,
)
from web.config import Config
from web.keyfile import read_key
from web.limits import limiter
from web.premises import Settings, derived_key, open_premises

BLUEPRINTS = (
    health.blueprint,
    fonts.blueprint,
    auth.blueprint,
    admin_accounts.blueprint,
    pages_landing.blueprint,
    pages_teacher.blueprint,
    pages_deputy.blueprint,
    pages_tasks.blueprint,
    pages_class.blueprint,
    pages_family.blueprint,
    pages_family_access.blueprint,
    pages_family_office.blueprint,
    pages_school.blueprint,
    pages_pupil.blueprint,
    pages_trail.blueprint,
    pages_mandates.blueprint,
    pages_changes.blueprint,
    pages_control.blueprint,
    pages_certificates.blueprint,
    pages_director_control.blueprint,
    pages_inspection.blueprint,
    pages_explanation.blueprint,
    pages_incidents.blueprint,
    pages_report.blueprint,
    pages_methodist.blueprint,
    pages_timetable.blueprint,
    pages_papers.blueprint,
    pages_archive.blueprint,
    pages_period.blueprint,
    pages_plan.blueprint,
    pages_programme.blueprint,
    pages_register.blueprint,
    pages_readiness.blueprint,
    pages_reconciliation.blueprint,
    pages_reinstatement.blueprint,
    pages_calendar.blueprint,
    pages_dictionary.blueprint,
    pages_import.blueprint,
    pages_search.blueprint,
    pages_jobs.blueprint,
    pages_feeds.blueprint,
    pages_exchange.blueprint,
    material_desk.blueprint,
)

# A column of marks is 20 KB; texts have limits of their own. Files are imported on the server's command line.
LARGEST_REQUEST = 500_000


class _Cookies(SecureCookieSessionInterface):
    """The cookie of the forms' token is marked Secure exactly when it comes over https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def create_app(config: Config, settings: Settings | None = None) -> Flask:
    """The journal over the database `config.database_url` (the application's role; see web/cli_serve.py)."""
    if config.database_url is None:
        raise ValueError("create_app needs the address of a running database")
    settings = settings or Settings()
    print_font.set_in(config)
    master = read_key(config.master_key_file)
    app = Flask("web")
    app.config.update(
        SECRET_KEY=derived_key(master, "cookies"),
        SESSION_COOKIE_NAME="letopis_forms",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        BOOTSTRAP_SERVE_LOCAL=True,
        BABEL_DEFAULT_LOCALE="ru",
        RATELIMIT_ENABLED=True,
        EMERGENCY_DIR=str(config.emergency),
        SERVICE=config.service,
    )
    app.session_interface = _Cookies()
    app.extensions["letopis"] = open_premises(config.database_url, master, settings)
    _install(app, settings)
    return app


def _install(app: Flask, settings: Settings) -> None:
    if settings.proxies:
        trusted = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    Babel(app)
    language.install(app)
    Bootstrap5(app)
    received.install(app)
    compression.install(app)  # first in, last out: packs what the others have said
    limiter.init_app(app)
    gate.install(app)
    headers.install(app)
    app.after_request(gate.private)
    format.install(app, _zone)
    grid.install(app, _zone)
    app.context_processor(_signing_addresses)
    app.context_processor(navigation.chrome)
    app.add_template_global(reading.refusal_of)
    app.add_template_global(diary_lines.boxes, "day_boxes")
    app.add_template_global(diary_lines.due_homework)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.install(app)
    answers.install(app)  # after the API, whose library would answer pages in JSON


def _zone() -> ZoneInfo:
    """The school's own days and hours for whoever is signed in."""
    return g.school.zone if g.get("actor") else ZoneInfo("UTC")


def _signing_addresses() -> dict[str, Any]:
    """What base.html and its scripts need to know of signing in and out."""
    return {
        "sign_in_url": url_for("auth.sign_in"),
        "sign_out_url": url_for("auth.sign_out"),
        "unlock_url": url_for("auth.unlock"),
    }
