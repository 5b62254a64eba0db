"""Pages compressed on their way: a class's term is 300 KB of table cells and a tenth of it packed.

BREACH guesses a secret that stands in a compressed page beside text the attacker chooses, by having the page
loaded thousands of times. The form token on our pages is signed anew each second (Flask-WTF), so a guess never
finishes; the session's token never stands in a page, and its cookie (SameSite=Lax) does not go with requests
another site makes in the background.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

LEAST = 1024  # bytes; below, packing costs more than sending
LEVEL = 4  # of 9: twice as fast as 6 for a few per cent more
TYPES = frozenset({"text/html", "application/json"})


def install(app: Flask) -> None:
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if (
        response.mimetype not in TYPES
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
    ):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or (response.content_length or 0) < LEAST:
        return response
    response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
