"""The JSON API, `/api/v1`: the same commands, pages and rights as the screen (OpenAPI: /api/v1/openapi.json)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_smorest import Api, Blueprint
from webargs.flaskparser import FlaskParser

from commands.table import BY_NAME
from ledger.span import monday_of
from projections.week_grid import VIEWS
from web import (
    newcomers,
    reading,
    reading_class,
    reading_family,
    reading_inbox,
    reading_school,
    reading_timetable,
    reading_trail,
    schemas,
    signing,
)
from web.answers import told
from web.door import carry_out, command_id_of_request
from web.limits import enough_commands, limiter
from web.pages_class import asked_span
from web.pages_teacher import asked_day, asked_id, asked_month
from web.plain import plain
from web.premises import premises
from web.signing import Credentials, SignInFailed, TooManyAttempts

blueprint = Blueprint("api", __name__, url_prefix="/api/v1", description="Letopis")
AT = {
    "name": "at",
    "in": "query",
    "schema": {"type": "string", "format": "date-time"},
    "description": "The moment to look at; the school's own clock when it names no zone. Default: now.",
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "description": "The command's id: the same id and body get the first answer again.",
}
SAID_NO = {
    "4XX": {
        "description": "A sentence in Russian",
        "content": {"application/json": {"schema": schemas.Refusal}},
    }
}


def install(app: Flask) -> None:
    app.config.update(
        API_TITLE="Letopis",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = Api(app, spec_kwargs={"servers": [{"url": "/"}]})
    api.ERROR_SCHEMA = schemas.Refusal  # type: ignore[assignment]
    app.extensions["letopis-api"] = api
    api.register_blueprint(blueprint)


class SentenceParser(FlaskParser):
    """Malformed input is answered in a sentence that names the fields, never in the library's English."""

    def load_json(self, req: Any, schema: Any) -> Any:
        try:
            return super().load_json(req, schema)
        except (ValueError, RecursionError) as error:  # thousands of brackets or digits
            raise BadBody({}) from error

    def handle_error(self, error: Any, *args: Any, **kwargs: Any) -> Any:
        raise BadBody(error.messages)


class BadBody(Exception):
    """`fields`: what is wrong, by the field's name."""

    def __init__(self, fields: Any) -> None:
        super().__init__("malformed body")
        self.fields = fields.get("json", fields) if isinstance(fields, dict) else fields


blueprint.ARGUMENTS_PARSER = SentenceParser()
blueprint.before_request(enough_commands)


@blueprint.app_errorhandler(BadBody)
def bad_body(error: BadBody) -> ResponseReturnValue:
    named = ", ".join(error.fields) if isinstance(error.fields, dict) else ""
    sentence = (
        _("Запрос не понят. Проверьте поля: %(named)s.", named=named) if named else _("Запрос не понят.")
    )
    return jsonify(
        {"error": "malformed", "code": "malformed", "sentence": sentence, "fields": error.fields}
    ), 400


@blueprint.post("/session")
@limiter.limit(lambda: premises().settings.address_limit)
@blueprint.arguments(schemas.Credentials)
@blueprint.doc(security=[], responses=SAID_NO)
def create_session(given: dict[str, Any]) -> ResponseReturnValue:
    """Sign in. The token goes into `Authorization: Bearer …` of every further request."""
    here = premises()
    try:
        credentials = Credentials(
            school=_school(given["school"]), login=given["login"], password=given["password"]
        )
        token = signing.sign_in(
            here, credentials, ip=request.remote_addr or "", user_agent=request.user_agent.string[:200]
        )
    except TooManyAttempts as error:
        sentence = _("Слишком много попыток. Повторите позже.")
        answer, status = told(429, "too-many-attempts", sentence)  # type: ignore[misc]
        return answer, status, {"Retry-After": str(int(error.wait.total_seconds()) + 1)}
    except SignInFailed:
        return told(401, "sign-in-failed", _("Неверный логин или пароль."))
    return jsonify({"token": token}), 201


def _school(named: UUID | None) -> UUID:
    """The one named, or the only one of this deployment. Raises SignInFailed."""
    schools = premises().school_ids()
    if named is None and len(schools) == 1:
        return schools[0]
    if named not in schools or named is None:
        raise SignInFailed
    return named


@blueprint.delete("/session")
@blueprint.doc(responses=SAID_NO)
def end_session() -> ResponseReturnValue:
    """Sign out."""
    signing.sign_out(premises(), g.session)
    return "", 204


def _command_view(name: str, command: type) -> Callable[..., ResponseReturnValue]:
    def view(given: object) -> ResponseReturnValue:
        command_id = command_id_of_request()
        if command_id is None:
            return told(400, "idempotency-key", _("Нужен заголовок Idempotency-Key с UUID этого действия."))
        return carry_out(given, command_id)

    view.__name__ = name
    view.__doc__ = (command.__doc__ or name).split("\n")[0]
    return view


for _name, _command in BY_NAME.items():
    _view = _command_view(_name, _command)
    _view = blueprint.arguments(schemas.schema_of(_command))(_view)
    _view = blueprint.doc(parameters=[IDEMPOTENCY_KEY], responses=SAID_NO, operationId=_name)(_view)
    _view = blueprint.alt_response(200, schema=schemas.Answered)(_view)
    blueprint.post(f"/commands/{_name}")(_view)


def _newcomer_view(name: str, kind: type) -> Callable[..., ResponseReturnValue]:
    def view(given: newcomers.Newcomer) -> ResponseReturnValue:
        command_id = command_id_of_request()
        if command_id is None:
            return told(400, "idempotency-key", _("Нужен заголовок Idempotency-Key с UUID этого действия."))
        return newcomers.admit(given, command_id)

    view.__name__ = f"{name}_named"
    view.__doc__ = kind.__doc__
    return view


for _name, _kind in newcomers.BY_COMMAND.items():
    _view = blueprint.arguments(schemas.schema_of(_kind))(_newcomer_view(_name, _kind))
    _view = blueprint.doc(parameters=[IDEMPOTENCY_KEY], responses=SAID_NO, operationId=f"{_name}Named")(_view)
    _view = blueprint.alt_response(200, schema=schemas.Answered)(_view)
    blueprint.post(f"/commands/{_name}/named")(_view)


@blueprint.post("/commands/<string:name>")
@blueprint.doc(responses=SAID_NO, parameters=[IDEMPOTENCY_KEY])
def unknown_command(name: str) -> ResponseReturnValue:
    """Whatever is no command of this version."""
    return told(404, "unknown-command", _("Такого действия нет: %(name)s.", name=name[:80]))


def _at() -> str | None:
    return request.args.get("at")


@blueprint.get("/journals")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def journals() -> ResponseReturnValue:
    """The journals one may look at."""
    return jsonify(plain(reading.journals(_at())))


@blueprint.get("/journal/<uuid:journal>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def journal(journal: UUID) -> ResponseReturnValue:
    """The journal page of a reporting period (`period`, default: the running one)."""
    return jsonify(plain(reading.journal(journal, asked_id("period"), _at())))


@blueprint.get("/lesson/<uuid:lesson>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def lesson(lesson: UUID) -> ResponseReturnValue:
    """One lesson: topic, homework, presence, works."""
    return jsonify(plain(reading.lesson(lesson, _at())))


@blueprint.get("/today")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def today() -> ResponseReturnValue:
    """One's own lessons of a day (`on`, default: today)."""
    on = asked_day("on") or reading.now().date()
    return jsonify(plain(reading.today(g.actor.person, on, _at())))


@blueprint.get("/diary/<uuid:pupil>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def diary(pupil: UUID) -> ResponseReturnValue:
    """The week of a diary that holds the day `week` (default: today)."""
    day: date = asked_day("week") or reading.now().date()
    return jsonify(plain(reading.diary(pupil, monday_of(day), _at())))


@blueprint.get("/children")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def children() -> ResponseReturnValue:
    """Of every child of one's own the next school day, what is new, what waits for «Ознакомлен»."""
    return jsonify(plain(reading_family.first_page(_at())))


@blueprint.get("/diary/<uuid:pupil>/month")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def diary_month(pupil: UUID) -> ResponseReturnValue:
    """The month of a diary that holds the day `month` (default: today)."""
    first: date = asked_month() or reading.now().date().replace(day=1)
    return jsonify(plain(reading_family.month(pupil, first, _at())))


@blueprint.get("/diary/<uuid:pupil>/about")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def diary_about(pupil: UUID) -> ResponseReturnValue:
    """A pupil's teachers, periods and holidays of the year, recommendations."""
    return jsonify(plain(reading_family.about(pupil, _at())))


@blueprint.get("/timetable/<string:view>/<path:of>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def timetable(view: str, of: str) -> ResponseReturnValue:
    """The week that holds the day `week` (default: today) of a `class`, a `teacher` or a `room`."""
    if view not in VIEWS:
        return told(404, "not-found", _("Такой страницы нет."))
    day: date = asked_day("week") or reading.now().date()
    return jsonify(plain(reading_timetable.week(view, of, monday_of(day), _at())))


@blueprint.get("/class/<uuid:class_id>/week")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def class_week(class_id: UUID) -> ResponseReturnValue:
    """Absences of a class in the week that holds the day `week` (default: today), and what waits."""
    day: date = asked_day("week") or reading.now().date()
    monday = monday_of(day)
    return jsonify(plain(reading_class.week(class_id, monday, _at())))


@blueprint.get("/class/<uuid:class_id>/absences")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def class_absences(class_id: UUID) -> ResponseReturnValue:
    """Attendance of a class from `first` to `last` (default: this week), by pupil, subject and day."""
    return jsonify(plain(reading_class.attendance(class_id, *asked_span(), _at())))


@blueprint.get("/absences/<uuid:pupil>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def missed(pupil: UUID) -> ResponseReturnValue:
    """Lessons a pupil missed from `first` to `last` (default: this week), with their topics."""
    return jsonify(plain(reading_class.missed(pupil, *asked_span(), _at())))


@blueprint.get("/inbox")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def inbox() -> ResponseReturnValue:
    """Cases that wait for a word of a deputy or of the director, and those decided lately."""
    return jsonify(plain(reading_inbox.inbox(_at())))


@blueprint.get("/trail/cell/<uuid:lesson>/<uuid:work>/<uuid:pupil>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def cell_trail(lesson: UUID, work: UUID, pupil: UUID) -> ResponseReturnValue:
    """Every entry of a cell, dead or alive."""
    return jsonify(plain(reading_trail.cell(lesson, work, pupil, _at())))


@blueprint.get("/trail/period-mark/<uuid:journal>/<uuid:period>/<kind>/<uuid:pupil>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def period_mark_trail(journal: UUID, period: UUID, kind: str, pupil: UUID) -> ResponseReturnValue:
    """Every entry of a period mark, dead or alive."""
    return jsonify(plain(reading_trail.period_mark(journal, period, kind, pupil, _at())))


@blueprint.get("/trail/pupil/<uuid:pupil>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def pupil_trail(pupil: UUID) -> ResponseReturnValue:
    """The latest entries about a pupil."""
    return jsonify(plain(reading_trail.of_pupil(pupil, _at())))


@blueprint.get("/trail/account/<uuid:account>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def account_trail(account: UUID) -> ResponseReturnValue:
    """The latest entries made under an account."""
    return jsonify(plain(reading_trail.of_account(account, _at())))


@blueprint.get("/school/class/<uuid:class_id>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def class_list(class_id: UUID) -> ResponseReturnValue:
    """The list of a class on a day (`on`): pupils with their movement, groups, workload of its pages."""
    return jsonify(plain(reading_school.one_class(class_id, asked_day("on"), _at())))


@blueprint.get("/pupils/<uuid:pupil>")
@blueprint.doc(parameters=[AT], responses=SAID_NO)
def pupil_card(pupil: UUID) -> ResponseReturnValue:
    """One pupil: `card` has classes over time, groups, exemptions and what is left to be put right (`left`), `record`
    marks, absences and cases."""
    return jsonify(plain(reading_school.pupil(pupil, _at())))
