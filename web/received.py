"""The moment a request was complete (design 3, two clocks): the only instant a rule decides by.

Installed before everything else, so that waiting for a lock, a password hash or a thread never makes an
honest request late (E-01).
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from flask import Flask, g, request


def install(app: Flask) -> None:
    app.before_request(read_body)


def read_body() -> None:
    """Read the body to its end, then look at both clocks: g.received_at (aware) and g.received_tick (s)."""
    if request.path.startswith("/api/"):
        g.body = request.get_data(cache=True)
    g.received_at = datetime.now(UTC)
    g.received_tick = time.monotonic()


def age() -> float:
    """Seconds since then, by the clock that is never set."""
    return time.monotonic() - g.received_tick
