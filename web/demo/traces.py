"""What the stolen access left beside the ledger: the account's row, sessions of two places at once, pages looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_urlsafe
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from commands.importing import ids
from ledger import accounts, sessions, views_log
from ledger.accounts import AccountRow
from ledger.views_log import View
from web import passwords
from web.demo.compromise import new_access, old_access
from web.demo.school_days import at
from web.demo.steps import Access
from web.demo.theft import CHILD, OWNER, Theft
from web.premises import Premises

# Addresses for examples (RFC 5737).
HOME, ELSEWHERE = "192.0.2.14", "198.51.100.77"
COMPUTER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
TELEPHONE = "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def leave(here: Premises, theft: Theft, school: UUID, zone: ZoneInfo) -> None:
    """Once: the row is the first of it, and everything stands there or nothing does. She signs in as the others do."""
    evening, own, stranger = theft.days[0], old_access(school, theft), old_access(school, theft, own=False)

    def moment(hour: int, minute: int) -> datetime:
        return at(evening, hour, minute).replace(tzinfo=zone).astimezone(UTC)

    with here.pool.connection() as connection, connection.transaction():
        if OWNER in accounts.logins(connection, school):
            return
        accounts.add(connection, _row(theft, school, own, created=here.now()))
        _session(connection, school, own, HOME, COMPUTER, moment(19, 12), moment(22, 41))
        _session(connection, school, stranger, ELSEWHERE, TELEPHONE, moment(21, 42), moment(22, 29))
        pages = dict.fromkeys(mark.lesson.journal for mark in theft.marks)
        for n, journal in enumerate(pages):
            looked = _view(stranger, moment(21, 43 + n), "journal", journal_id=journal)
            views_log.record(connection, school, looked)
        child = ids.pupil(school, CHILD)
        views_log.record(connection, school, _view(stranger, moment(22, 18), "pupil trail", pupil_id=child))
        accounts.set_credential(
            connection,
            school,
            theft.account,
            password_hash=passwords.hash_password(passwords.DEMONSTRATION),
            credential=new_access(school, theft).credential,
            must_change=False,
        )


def _row(theft: Theft, school: UUID, access: Access, *, created: datetime) -> AccountRow:
    """Under the old password, which nobody knows any more."""
    return AccountRow(
        school_id=school,
        account_id=theft.account,
        person_id=theft.owner,
        login=OWNER,
        password_hash=passwords.hash_password(token_urlsafe()),
        credential_id=access.credential,
        must_change=False,
        obliged_at=None,
        blocked_at=None,
        created_at=created,
    )


def _session(
    connection: Connection,
    school: UUID,
    access: Access,
    address: str,
    device: str,
    first: datetime,
    last: datetime,
) -> None:
    token = token_urlsafe()
    sessions.start(
        connection,
        school=school,
        session=access.session,
        token=token,
        account=access.account,
        credential=access.credential,
        at=first,
        ip=address,
        user_agent=device,
    )
    opened = sessions.find(connection, school, token, at=first)
    assert opened is not None  # it has just been
    sessions.seen(connection, opened, at=last)
    sessions.end(connection, school, access.session, at=last, reason="signed_out")


def _view(
    access: Access, when: datetime, page: str, *, journal_id: UUID | None = None, pupil_id: UUID | None = None
) -> View:
    return View(
        at=when,
        account_id=access.account,
        session_id=access.session,
        credential_id=access.credential,
        ip=ELSEWHERE,
        page=page,
        journal_id=journal_id,
        pupil_id=pupil_id,
    )
