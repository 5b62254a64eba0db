"""«Обмен»: what the outside diary was given, batch by batch, and the school as OneRoster."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.deciding import Refusal
from ledger.appending import Moved
from web import reading, reading_exchange
from web.answers import told
from web.exchange_desk import BatchDiffers, NoSuchBatch

blueprint = Blueprint("exchange", __name__)


@blueprint.get("/exchange")
def listed() -> ResponseReturnValue:
    page = reading_exchange.batches()
    names = reading.names({row.exported_by for row in page})
    return render_template("exchange/exchange.html", page=page, names=names, acting_role=g.acting_role)


@blueprint.post("/exchange")
def make() -> ResponseReturnValue:
    try:
        reading_exchange.make()
    except Refusal as refusal:
        return told(refusal.status, refusal.code, refusal.sentence)
    except Moved:
        return told(503, "busy", _("Пакет уже собирают: обновите страницу через минуту."))
    return redirect(url_for(".listed"), code=303)


@blueprint.get("/exchange/portal-<int:number>.jsonl")
def batch(number: int) -> ResponseReturnValue:
    try:
        content = reading_exchange.content(number)
    except NoSuchBatch:
        abort(404)
    except BatchDiffers as differs:
        return told(409, "batch-differs", str(differs))
    return _file(content, "application/x-ndjson", f"letopis-portal-{number}.jsonl")


@blueprint.get("/exchange/oneroster.zip")
def one_roster() -> ResponseReturnValue:
    return _file(reading_exchange.one_roster(), "application/zip", "oneroster.zip")


def _file(content: bytes, mimetype: str, name: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
