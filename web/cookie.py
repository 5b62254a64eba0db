"""The token of a session: in a cookie for browsers, in the Authorization header for programs."""

from __future__ import annotations

import secrets
from uuid import UUID

from flask import Response, request

# __Host- binds the cookie to this host and to https; over plain http a browser would not keep it.
SECURE_NAME = "__Host-letopis"
PLAIN_NAME = "letopis"
BEARER = "Bearer "


def new_token(school: UUID) -> str:
    """The school's id, so that one keyed read finds the session, and 256 random bits."""
    return f"{school.hex}.{secrets.token_urlsafe(32)}"


def school_of(token: str) -> UUID | None:
    try:
        return UUID(hex=token.partition(".")[0])
    except ValueError:
        return None


def token_of_request() -> str | None:
    # Never the cookie beside a header, however empty: who sends the header is not asked for a form's token.
    given = bearer_token()
    return given if given is not None else request.cookies.get(_name())


def bearer_token() -> str | None:
    """A header no other site's page can make a browser send: needs no CSRF token."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix(BEARER) if header.startswith(BEARER) else None


def keep(response: Response, token: str) -> Response:
    """Until the browser is closed; on the server the session ends by itself."""
    response.set_cookie(_name(), token, httponly=True, secure=request.is_secure, samesite="Lax", path="/")
    return response


def drop(response: Response) -> Response:
    response.delete_cookie(_name(), httponly=True, secure=request.is_secure, samesite="Lax", path="/")
    return response


def _name() -> str:
    return SECURE_NAME if request.is_secure else PLAIN_NAME
