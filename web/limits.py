"""How many sign-ins one address may try (beside the backoff of each login in ledger/attempts.py), and how many
commands one account may give."""

from __future__ import annotations

import time
from math import ceil

from flask import g, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse

from web.answers import told
from web.premises import premises

# A teacher's fastest minute is some hundred cells; a program that runs wild must not hold the ledger up.
COMMANDS = parse("600 per minute")

# Counted in this process: there is one worker, and a restart forgives.
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)


def address_limit() -> str:
    return premises().settings.address_limit


sign_in_limit = limiter.limit(address_limit, methods=["POST"])


def _told_of() -> str:
    return f"report {request.form.get('school', '')} {request.form.get('login', '').strip().casefold()}"


# Unsigned reports of a breach: of one login, whether it exists or not, whoever sends them; and from one address.
report_limit = limiter.limit("3 per hour", key_func=_told_of, methods=["POST"])


def enough_commands() -> ResponseReturnValue | None:
    """Before a view of the API: 429 in its place when the account has given all the commands of its minute."""
    if not request.path.startswith("/api/v1/commands/"):
        return None
    window = (COMMANDS, "commands", str(g.actor.account))
    if limiter.limiter.hit(*window):
        return None
    seconds = max(1, ceil(limiter.limiter.get_window_stats(*window).reset_time - time.time()))
    sentence = _("Слишком много действий подряд. Продолжите через %(seconds)s с.", seconds=seconds)
    answer = make_response(told(429, "too-many-commands", sentence))
    answer.headers["Retry-After"] = str(seconds)
    return answer
