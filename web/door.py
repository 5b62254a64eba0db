"""The door every command goes through, from a page or from a program: who asks, when, and what is answered."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

import structlog
from flask import g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.attendance import WithdrawAbsence
from commands.deciding import Conflict, Refusal
from commands.handle import Answer, Asking
from ledger.appending import ClockAhead, ClockSkew, CommandClash, Moved
from ledger.clause import point
from ledger.entry import Origin
from web import compromise_desk, conflicts, received
from web.answers import told
from web.cookie import bearer_token
from web.premises import premises

log = structlog.get_logger(__name__)


def carry_out(command: object, command_id: UUID) -> ResponseReturnValue:
    """Do it for whoever is signed in; the answer as JSON with its status."""
    try:
        answer = compromise_desk.carry_out(command, _asking(command, command_id), premises())
    except Refusal as refusal:
        return _refused(refusal, command)
    except Conflict as conflict:
        return jsonify(conflicts.told(conflict, command)), 409
    except CommandClash:
        sentence = _("Этот номер запроса уже использован для другого действия. Повторите действие заново.")
        return told(409, "command-clash", sentence)
    except Moved:
        return told(503, "busy", _("Страницу сейчас меняют сразу многие. Повторите через минуту."))
    except (ClockSkew, ClockAhead) as error:
        log.error("clock refused", kind=type(error).__name__, detail=str(error))
        return told(503, "clock", _("Часы сервера расходятся: запись остановлена. Сообщите администратору."))
    return jsonify(_answered(answer))


def _asking(command: object, command_id: UUID) -> Asking:
    actor = g.actor
    return Asking(
        school=actor.school,
        account=actor.account,
        person=actor.person,
        session=actor.session,
        credential=actor.credential,
        command_id=command_id,
        received_at=g.received_at,
        origin=Origin.UI if bearer_token() is None else Origin.API,
        body_sha256=sha256(type(command).__name__.encode() + b"\0" + g.body).digest(),
        age=received.age,
    )


def _answered(answer: Answer) -> dict[str, Any]:
    """`position` is that of the last entry a page shows: a used-up permission stands behind it."""
    written = [p["position"] for p in answer.parts if p["event"] != "LateEntryUsed"]
    return {
        "position": written[-1] if written else None,
        "first": answer.first,
        "last": answer.last,
        "recorded_at": answer.recorded_at.isoformat(),
        "stamp": answer.stamp,
        "findings": list(answer.findings),
        "parts": list(answer.parts),
        "pages": "current" if answer.pages_current else "pending",
        "repeated": answer.repeated,
    }


def _refused(refusal: Refusal, command: object) -> ResponseReturnValue:
    if refusal.status != 422:
        return told(refusal.status, refusal.code, refusal.sentence)
    body = {
        "error": "confirm" if refusal.mode == "confirm" else "refused",
        "code": refusal.code,
        "clause": point(refusal.clause),
        "sentence": refusal.sentence,
        "mode": refusal.mode,
        "way_out": way_out(refusal, command),
    } | ({"about": list(refusal.about)} if refusal.about else {})
    return jsonify(body), 422


def way_out(refusal: Refusal, command: object) -> str | None:
    """A class teacher does not take an «н» away (P-52) but may dispute it (R-144); what only a case touches is asked
    for as a correction (R-162, R-165)."""
    if refusal.code == "P-58" and isinstance(command, WithdrawAbsence):
        return "dispute_absence"
    closed = refusal.code in ("W-14", "W-16") and refusal.case == "closed"
    if refusal.mode == "refuse" and (closed or refusal.code in ("P-56", "R-162")):
        return "request_correction"
    return {"permit": "request_late_entry", "confirm": "confirm"}.get(refusal.mode)


def command_id_of_request() -> UUID | None:
    """The Idempotency-Key, None when it is missing or no UUID."""
    try:
        return UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        return None
