"""Signing in, the idle lock and signing out (R-035, R-042, R-175): what happens, without pages.

One sentence for every failure, after the same work: nobody learns from us which logins there are.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import structlog

from ledger import accounts, attempts, sessions
from ledger.accounts import AccountRow, fold_login
from ledger.sessions import Session
from web import cookie, passwords
from web.premises import Premises, derived_key

log = structlog.get_logger(__name__)

# Whose address is known: guesses from elsewhere do not keep her out.
REMEMBERED = timedelta(days=30)
IPV6_SUBSCRIBER = 64  # bits of an address that its holder did not choose himself


class SignInFailed(Exception):
    """Wrong login, wrong password or a closed account: the difference is not told."""


class TooManyAttempts(Exception):
    """This login must wait, whether it exists or not."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass(frozen=True, kw_only=True)
class Credentials:
    school: UUID
    login: str
    password: str


def sign_in(here: Premises, given: Credentials, *, ip: str, user_agent: str) -> str:
    """Start a session; its token. Raises SignInFailed, TooManyAttempts."""
    account = check_password(here, given, ip=ip)
    token = cookie.new_token(given.school)
    with here.pool.connection() as connection:
        sessions.start(
            connection,
            school=given.school,
            session=uuid4(),
            token=token,
            account=account.account_id,
            credential=account.credential_id,
            at=here.now(),
            ip=ip,
            user_agent=user_agent,
        )
    return token


def check_password(here: Premises, given: Credentials, *, ip: str) -> AccountRow:
    """The account that may come in. Raises SignInFailed, TooManyAttempts."""
    at, login, address = here.now(), _login_hmac(here, given.login), _address(ip)
    with here.pool.connection() as connection:
        known = accounts.signed_in_from(connection, given.school, given.login, ip, since=at - REMEMBERED)
        wait = attempts.begin(connection, given.school, login, address, at=at, known=known)
        if wait:
            raise TooManyAttempts(wait)
        account = accounts.by_login(connection, given.school, given.login)
    # Not under a connection: this takes tens of milliseconds on purpose.
    right = passwords.matches(account.password_hash if account else None, given.password)
    if account is None or not right or account.blocked_at is not None:
        log.info("sign-in refused")
        raise SignInFailed
    with here.pool.connection() as connection:
        attempts.forget(connection, given.school, login, address, at=at)
    return account


def session_of(here: Premises, token: str | None, *, at: datetime) -> Session | None:
    school = cookie.school_of(token) if token else None
    if token is None or school is None:
        return None
    with here.pool.connection() as connection:
        return sessions.find(connection, school, token, at=at)


def note_activity(here: Premises, session: Session, *, at: datetime) -> bool:
    """Count this request as activity; False when the session is locked and the password must be asked."""
    idle = sessions.is_idle(session, at=at, limit=here.settings.idle)
    if idle and session.idle_locked_at is not None:
        return False
    if idle or at - session.last_seen >= sessions.SEEN_RESOLUTION:
        with here.pool.connection() as connection:
            (sessions.lock if idle else sessions.seen)(connection, session, at=at)
    return not idle


def unlock(here: Premises, session: Session, password: str, *, ip: str) -> None:
    """The same session goes on. Raises SignInFailed, TooManyAttempts."""
    given = Credentials(school=session.school_id, login=session.login, password=password)
    check_password(here, given, ip=ip)
    with here.pool.connection() as connection:
        sessions.unlock(connection, session, at=here.now())


def sign_out(here: Premises, session: Session) -> None:
    with here.pool.connection() as connection:
        sessions.end(connection, session.school_id, session.session_id, at=here.now(), reason="signed_out")


def _address(ip: str) -> str:
    """What one guesser has one of: an IPv6 subscriber has 2^64 addresses."""
    try:
        known = ipaddress.ip_address(ip)
    except ValueError:  # a socket of the server's own machine has none
        return ip
    if known.version == 4:
        return ip
    return str(ipaddress.ip_network((known, IPV6_SUBSCRIBER), strict=False))


def _login_hmac(here: Premises, login: str) -> bytes:
    return hmac.digest(derived_key(here.master, "sign-in attempts"), fold_login(login).encode(), sha256)
