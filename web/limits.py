"""How many sign-ins one address may try (beside the backoff of each login in ledger/attempts.py)."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from web.premises import premises

# Counted in this process: there is one worker, and a restart forgives.
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)


def address_limit() -> str:
    return premises().settings.address_limit


sign_in_limit = limiter.limit(address_limit, methods=["POST"])
