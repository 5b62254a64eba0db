"""The moment a request was complete (design 3, two clocks): the only instant a rule decides by.

Installed before everything else, so that waiting for a lock, a password hash or a thread never makes an
honest request late (E-01).
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from flask import Flask, g, request

from web import cookie

# A file on a lesson (commands.files.media), and what a form puts around it.
LARGEST_FILE_REQUEST = 10_100_000
TAKE_FILES = frozenset({"materials.attach", "plans.preview"})
LARGEST_IMPORT = 30_000_000  # a school's CSV files or an aSc XML, by the administrator (web/pages_import.py)


def install(app: Flask) -> None:
    app.before_request(read_body)


def read_body() -> None:
    """Read the body to its end, then look at both clocks: g.received_at (aware) and g.received_tick (s)."""
    takes_file = request.endpoint in TAKE_FILES
    if request.endpoint == "imports.upload" and cookie.token_of_request() is not None:
        request.max_content_length = LARGEST_IMPORT
    if takes_file and cookie.token_of_request() is not None:
        request.max_content_length = LARGEST_FILE_REQUEST  # a stranger's is not read
    if takes_file or request.path.startswith("/api/"):
        g.body = request.get_data(cache=True)
    g.received_at = datetime.now(UTC)
    g.received_tick = time.monotonic()


def age() -> float:
    """Seconds since then, by the clock that is never set."""
    return time.monotonic() - g.received_tick
