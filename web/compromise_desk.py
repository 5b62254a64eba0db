"""Commands that close an access: the entries and, in the same action, the rows the sign-in reads (R-175, E-15).

The entries come first, because only the decision knows which accounts it is about (heirs of a stolen password, accounts
an intruder made). If the connection dies in between nothing is open: commands.handle writes nothing for an account its
entries call blocked and web.gate lets nobody in with it; the same command sent again mends the rows, and `letopis
doctor` names them.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

from psycopg import Connection

from commands.acts import FinaliseAct
from commands.compromise import TEXT_LENGTH, ConfirmNotice, ReportCompromise, check_times
from commands.handle import Answer, Asking, handle
from commands.texts import plain
from ledger import accounts, feeds, sessions
from ledger.account import fold_account
from ledger.entry import Category, Origin
from web import account_desk
from web.premises import Premises

CLOSE_ACCESS = (ReportCompromise, ConfirmNotice, FinaliseAct)
# An unsigned report is answered after this many seconds, whether there is such a login or not.
SAME_FOR_ALL = 0.4


def carry_out(command: object, asking: Asking, here: Premises) -> Answer:
    """As commands.handle.handle, and raises what it does; when it returns, no session of a blocked account is open."""
    if not isinstance(command, CLOSE_ACCESS):
        return handle(command, asking, here.house(asking.school))
    with here.pool.connection() as connection, accounts.alone(connection, asking.school):
        answer = handle(command, asking, here.house(asking.school))
        follow(here, connection, asking.school, asking.command_id)
    return answer


def follow(here: Premises, connection: Connection, school: UUID, command_id: UUID) -> None:
    """The rows of the accounts this command wrote about say what their entries say."""
    written = here.store.of_command(school, command_id)
    touched = {entry.stream for entry in written if entry.category is Category.ACCOUNT}
    streams = here.store.load(school, streams=sorted(touched)).streams if touched else {}
    for id, entries in streams.items():
        row, account = accounts.by_id(connection, school, id), fold_account(id, entries)
        if row is None:
            continue
        with connection.transaction():
            accounts.follow(connection, row, account, at=here.now())
            if account.blocked or account.credential != row.credential_id:
                sessions.end_all(connection, school, id, at=here.now(), reason="compromise")
                feeds.revoke_all(connection, school, id, at=here.now())


def report_unsigned(here: Premises, school: UUID, login: str, detected_at: datetime, text: str) -> None:
    """Somebody who is not signed in says that the access of `login` may be in other hands. It blocks nobody until it is
    confirmed, and takes the same time for a login that does not exist. Raises Refusal for times in the wrong order and
    for a text that is none, before anything is looked up."""
    began = time.monotonic()
    told_at = here.school(school).local(datetime.now(UTC))
    check_times(detected_at, told_at, told_at)
    if text.strip():
        plain(text, TEXT_LENGTH)
    with here.pool.connection() as connection:
        row = accounts.by_login(connection, school, login)
    if row is not None:
        _enter_unsigned(here, school, row.account_id, detected_at, text)
    time.sleep(max(0.0, SAME_FOR_ALL - (time.monotonic() - began)))


def _enter_unsigned(here: Premises, school: UUID, account: UUID, detected_at: datetime, text: str) -> None:
    command = ReportCompromise(incident=uuid4(), account=account, detected_at=detected_at, text=text)
    tick = time.monotonic()
    asking = replace(
        account_desk.asked_by_system(school),
        origin=Origin.UI,
        received_at=datetime.now(UTC),
        body_sha256=sha256(repr(command).encode()).digest(),
        age=lambda: time.monotonic() - tick,
    )
    handle(command, asking, here.house(school))
