"""«Календарь на телефоне»: secret addresses of one's own, and the calendars behind them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.deciding import Refusal
from web import reading_feeds

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/feeds")
def mine() -> ResponseReturnValue:
    return _shown()


@blueprint.post("/feeds")
def issue() -> ResponseReturnValue:
    kind, about = request.form.get("kind", ""), request.form.get("about", "")
    try:
        token = reading_feeds.issue(kind, UUID(about))
    except ValueError:
        return _shown(refused="Такого расписания нет.", status=400)
    except Refusal as refusal:
        return _shown(refused=refusal.sentence, status=refusal.status)
    address = url_for(".calendar", school=g.actor.school, token=token, _external=True)
    return _shown(address=address)


@blueprint.post("/feeds/<uuid:feed>/revoke")
def revoke(feed: UUID) -> ResponseReturnValue:
    reading_feeds.revoke(feed)
    flash(_("Адрес отозван: по нему больше ничего не видно."))
    return redirect(url_for(".mine"))


@blueprint.get("/calendar/<uuid:school>/<token>.ics")
def calendar(school: UUID, token: str) -> ResponseReturnValue:
    content = reading_feeds.opened(school, token, request.host, request.remote_addr or "")
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "no-store"  # of a child, and for its own reader alone
    return answer


def _shown(*, address: str = "", refused: str = "", status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "feeds/feeds.html", choices=reading_feeds.choices(), address=address, refused=refused
    )
    return page, status
