"""Accounts opened, blocked and given passwords: the entry and the row the sign-in reads, in one action.

They are two transactions, and the connection may die between them. So what closes an account writes its row
first, what opens one writes its entry first: left half done it is closed, and `letopis doctor` says so. A
refused command changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import structlog
from flask_babel import gettext as _
from psycopg import Connection

from commands.accounts import (
    AccountCommand,
    BlockAccount,
    ChangeOwnPassword,
    CreateAccount,
    IssueCredential,
    UnblockAccount,
)
from commands.deciding import Refusal
from commands.family_accounts import FamilyCommand
from commands.handle import Asking, handle
from ledger import accounts, sessions
from ledger.accounts import AccountRow
from ledger.appending import ClockAhead, ClockSkew, CommandClash, Moved
from ledger.entry import Origin
from ledger.sessions import Session
from ledger.store import SYSTEM
from web import cookie, passwords
from web.actor import Actor
from web.premises import Premises

log = structlog.get_logger(__name__)
Made = AccountCommand | FamilyCommand


class NotEntered(Exception):
    """The ledger did not take it: a sentence, and the status of the answer."""

    def __init__(self, sentence: str, *, status: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class NotADemonstration(Exception):
    """The password of the demonstration exists nowhere else."""


def asked_by(actor: Actor, origin: Origin = Origin.UI) -> Asking:
    """Whoever is signed in asks, now."""
    return replace(
        asked_by_system(actor.school),
        account=actor.account,
        person=actor.person,
        session=actor.session,
        credential=actor.credential,
        origin=origin,
    )


def asked_by_system(school: UUID) -> Asking:
    """The server's own command line asks, now; what is prepared before the command is given may take its time."""
    tick = time.monotonic()
    return Asking(
        school=school,
        account=SYSTEM,
        person=SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
        body_sha256=bytes(32),
        age=lambda: time.monotonic() - tick,
    )


def create(
    here: Premises,
    by: Asking,
    *,
    person: UUID,
    login: str,
    password: str,
    must_change: bool = True,
    command: Callable[..., Made] = CreateAccount,
) -> UUID:
    """A new account; its id. `command` makes what is entered of account, person and credential.

    Raises LoginTaken, Refusal, NotEntered, NotADemonstration.
    """
    if password == passwords.DEMONSTRATION and not here.school(by.school).demonstration:
        raise NotADemonstration("Этот пароль бывает только в демонстрационной школе.")
    row = AccountRow(
        school_id=by.school,
        account_id=uuid4(),
        person_id=person,
        login=login,
        password_hash=passwords.hash_password(password),
        credential_id=uuid4(),
        must_change=must_change,
        obliged_at=None,
        blocked_at=None,
        created_at=here.now(),
    )
    with _alone(here, by) as connection:
        accounts.check_free(connection, row)
        # An account without its row is one nobody signs in with.
        _enter(here, by, command(account=row.account_id, person=person, credential=row.credential_id))
        accounts.add(connection, row)
    return row.account_id


def reissue(here: Premises, by: Asking, account: UUID, command: Callable[..., Made] = IssueCredential) -> str:
    """A new one-time password, handed over in person; every session of the account ends. `command` makes what is
    entered of account and credential. Raises Refusal, NotEntered."""
    password, credential = passwords.one_time(), uuid4()
    hashed = passwords.hash_password(password)
    with _closing(here, by, account) as connection:
        accounts.set_credential(
            connection, by.school, account, password_hash=hashed, credential=credential, must_change=True
        )
        _enter(here, by, command(account=account, credential=credential))
        sessions.end_all(connection, by.school, account, at=here.now(), reason="reissued")
    return password


def block(here: Premises, by: Asking, account: UUID, reason: str) -> None:
    """Nobody signs in with the account, and every session of it ends at once (R-175). Raises Refusal,
    NotEntered."""
    with _closing(here, by, account) as connection:
        accounts.set_blocked(connection, by.school, account, here.now())
        _enter(here, by, BlockAccount(account=account, reason=reason))
        sessions.end_all(connection, by.school, account, at=here.now(), reason="blocked")


def unblock(here: Premises, by: Asking, account: UUID, reason: str) -> None:
    """Raises Refusal, NotEntered."""
    with _alone(here, by) as connection:
        _enter(here, by, UnblockAccount(account=account, reason=reason))
        # Those a block left half done did not end.
        sessions.end_all(connection, by.school, account, at=here.now(), reason="blocked")
        accounts.set_blocked(connection, by.school, account, None)


def reopen(here: Premises, by: Asking, account: UUID, reason: str) -> str:
    """A new one-time password for a blocked account, and access with it; left half done it is closed and is asked
    again. Raises Refusal, NotEntered."""
    password = reissue(here, by, account)
    unblock(here, by, account, reason)
    return password


def end_sessions(here: Premises, school: UUID, account: UUID) -> int:
    """How many were open. No entry: sessions are not facts of the journal (design 3)."""
    with here.pool.connection() as connection:
        return sessions.end_all(connection, school, account, at=here.now(), reason="administrator")


def change_own(here: Premises, by: Asking, session: Session, password: str, *, obliged: bool) -> str:
    """The session's new token; other sessions of the account end. Raises Refusal, NotEntered."""
    token, credential = cookie.new_token(session.school_id), uuid4()
    hashed = passwords.hash_password(password)
    with _alone(here, by) as connection:
        # The entry first: nobody ever works under a credential whose descent the ledger does not know.
        _enter(here, by, ChangeOwnPassword(account=session.account_id, credential=credential))
        with connection.transaction():
            accounts.set_credential(
                connection,
                session.school_id,
                session.account_id,
                password_hash=hashed,
                credential=credential,
                must_change=False,
                obliged_at=here.now() if obliged else None,
            )
            sessions.renew(connection, session, token=token, credential=credential)
            sessions.end_all(
                connection,
                session.school_id,
                session.account_id,
                at=here.now(),
                reason="password_changed",
                but=session.session_id,
            )
    return token


@contextmanager
def _alone(here: Premises, by: Asking) -> Iterator[Connection]:
    """A connection that commits each statement, while nobody else changes an account of the school."""
    with here.pool.connection() as connection, accounts.alone(connection, by.school):
        yield connection


@contextmanager
def _closing(here: Premises, by: Asking, account: UUID) -> Iterator[Connection]:
    """The row as it was after a refusal; closed after anything else."""
    with _alone(here, by) as connection:
        before = accounts.by_id(connection, by.school, account)
        try:
            yield connection
        except Refusal:
            if before is not None:
                accounts.put_back(connection, before)
            raise
        except NotEntered as error:
            also = _("Прежний доступ уже прекращён; повторите действие, чтобы оно попало в журнал.")
            raise NotEntered(f"{error.sentence} {also}", status=error.status) from error


def _enter(here: Premises, by: Asking, command: Made) -> None:
    # Of hundreds of passwords issued at once each is a command of its own, received when its turn comes.
    tick = time.monotonic()
    asking = replace(
        by,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        body_sha256=sha256(repr(command).encode()).digest(),
        age=lambda: time.monotonic() - tick,
    )
    try:
        handle(command, asking, here.house(by.school))
    except (CommandClash, Moved) as error:
        sentence = _("Эту учётную запись сейчас меняет кто-то ещё. Повторите через минуту.")
        raise NotEntered(sentence, status=409) from error
    except (ClockSkew, ClockAhead) as error:
        log.error("clock refused", kind=type(error).__name__, detail=str(error))
        sentence = _("Часы сервера расходятся: запись остановлена. Сообщите администратору.")
        raise NotEntered(sentence, status=503) from error
