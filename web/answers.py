"""Answers that are a sentence: for programs as JSON, for people as a page."""

from __future__ import annotations

import traceback

import psycopg
import structlog
from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from psycopg_pool import PoolTimeout
from werkzeug.exceptions import HTTPException

log = structlog.get_logger(__name__)

SENTENCES = {
    400: _("Запрос не понят. Вернитесь на страницу и повторите."),
    403: _("У вас нет доступа к этой странице."),
    404: _("Такой страницы нет, или она не для вас."),
    405: _("Так к этой странице обращаться нельзя."),
    413: _("Слишком большой запрос: столько текста или такой файл журнал не принимает."),
    415: _("Журнал не принимает данные в таком виде."),
    429: _("Слишком много попыток с этого адреса. Подождите минуту."),
    500: _("В журнале произошла ошибка. Она записана; внесённое раньше не пострадало."),
    503: _("Журнал временно недоступен. Повторите через минуту."),
}
TITLES = {403: _("Нет доступа"), 404: _("Не найдено"), 429: _("Подождите"), 500: _("Ошибка в журнале")}
STALE_FORM = _("Страница устарела: обновите её и повторите. Ничего не записано.")


def wants_json() -> bool:
    """Whether a program asks: the API, a JSON body, or a script that accepts JSON rather than a page."""
    accept = request.accept_mimetypes
    return (
        request.path.startswith("/api/")
        or request.is_json
        or accept["application/json"] > accept["text/html"]
    )


def told(status: int, code: str, sentence: object) -> ResponseReturnValue:
    """{"error", "code", "sentence"} for a program, a page with the sentence for a person."""
    if wants_json():
        return jsonify(error=code, code=code, sentence=str(sentence)), status
    title = TITLES.get(status, _("Не получилось"))
    return render_template("errors/error.html", title=title, sentence=sentence), status


def install(app: Flask) -> None:
    app.register_error_handler(CSRFError, lambda error: told(400, "stale-form", STALE_FORM))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(psycopg.OperationalError, _database_away)
    app.register_error_handler(PoolTimeout, _database_away)
    app.register_error_handler(Exception, _defect)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error
    answer = told(status, f"http-{status}", SENTENCES.get(status, SENTENCES[400 if status < 500 else 500]))
    return answer


def _database_away(error: Exception) -> ResponseReturnValue:
    """PostgreSQL is away for a while: nothing was taken; the same request may be sent again."""
    log.error("database away", error=type(error).__name__)
    return told(503, "http-503", SENTENCES[503])


def _defect(error: Exception) -> ResponseReturnValue:
    # Only where and what kind: the message of a database error repeats the row, and rows are about pupils.
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
    log.error("request failed", endpoint=request.endpoint, error=type(error).__name__, where=where)
    return told(500, "http-500", SENTENCES[500])
