"""Accounts opened, blocked and given passwords: the entry and the row the sign-in reads, in one action.

The row is written first, in a transaction that is committed when the entry stands: a refused command changes
nothing, and a password never works that the ledger knows nothing of.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from psycopg import Connection

from commands.accounts import (
    AccountCommand,
    BlockAccount,
    ChangeOwnPassword,
    CreateAccount,
    IssueCredential,
    UnblockAccount,
)
from commands.handle import Asking, handle
from ledger import accounts, sessions
from ledger.accounts import AccountRow
from ledger.entry import Origin
from ledger.sessions import Session
from ledger.store import SYSTEM
from web import cookie, passwords
from web.actor import Actor
from web.premises import Premises


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
    """The server's own command line asks, now."""
    return Asking(
        school=school,
        account=SYSTEM,
        person=SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
        body_sha256=bytes(32),
    )


def create(
    here: Premises, by: Asking, *, person: UUID, login: str, password: str, must_change: bool = True
) -> UUID:
    """A new account; its id. Raises LoginTaken, Refusal, NotADemonstration."""
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
    command = CreateAccount(account=row.account_id, person=person, credential=row.credential_id)
    with _together(here, by, command) as connection:
        accounts.add(connection, row)
    return row.account_id


def reissue(here: Premises, by: Asking, account: UUID) -> str:
    """A new one-time password, handed over in person; every session of the account ends."""
    password, credential = passwords.one_time(), uuid4()
    hashed = passwords.hash_password(password)
    with _together(here, by, IssueCredential(account=account, credential=credential)) as connection:
        accounts.set_credential(
            connection, by.school, account, password_hash=hashed, credential=credential, must_change=True
        )
        sessions.end_all(connection, by.school, account, at=here.now(), reason="reissued")
    return password


def block(here: Premises, by: Asking, account: UUID, reason: str) -> None:
    """Nobody signs in with the account, and every session of it ends at once (R-175)."""
    with _together(here, by, BlockAccount(account=account, reason=reason)) as connection:
        accounts.set_blocked(connection, by.school, account, here.now())
        sessions.end_all(connection, by.school, account, at=here.now(), reason="blocked")


def unblock(here: Premises, by: Asking, account: UUID, reason: str) -> None:
    with _together(here, by, UnblockAccount(account=account, reason=reason)) as connection:
        accounts.set_blocked(connection, by.school, account, None)


def end_sessions(here: Premises, school: UUID, account: UUID) -> int:
    """How many were open. No entry: sessions are not facts of the journal (design 3)."""
    with here.pool.connection() as connection:
        return sessions.end_all(connection, school, account, at=here.now(), reason="administrator")


def change_own(here: Premises, by: Asking, session: Session, password: str, *, obliged: bool) -> str:
    """The session's new token; other sessions of the account end. Raises Refusal."""
    token, credential = cookie.new_token(session.school_id), uuid4()
    hashed = passwords.hash_password(password)
    command = ChangeOwnPassword(account=session.account_id, credential=credential)
    with _together(here, by, command) as connection:
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
def _together(here: Premises, by: Asking, command: AccountCommand) -> Iterator[Connection]:
    """What is written over the connection stands exactly when the command was done."""
    # Of hundreds of passwords issued at once each is a command of its own, received when its turn comes.
    asking = replace(
        by,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        body_sha256=sha256(repr(command).encode()).digest(),
    )
    with here.pool.connection() as connection, connection.transaction():
        yield connection
        handle(command, asking, here.house(by.school))
