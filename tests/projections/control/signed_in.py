"""Accounts of families, their visits and looks, which stand beside the ledger."""

from __future__ import annotations

from uuid import UUID, uuid4

from ledger import accounts, sessions, views_log
from ledger.accounts import AccountRow
from ledger.views_log import View
from tests.projections.pouring import Paper
from tests.world import SCHOOL_ID, at


def account(paper: Paper, person: UUID, created: str = "2026-09-01 12:00") -> UUID:
    id = uuid4()
    row = AccountRow(
        school_id=SCHOOL_ID,
        account_id=id,
        person_id=person,
        login=str(person)[:8],
        password_hash="",
        credential_id=uuid4(),
        must_change=False,
        obliged_at=None,
        blocked_at=None,
        created_at=at(created),
    )
    with paper.pool.connection() as connection:
        accounts.add(connection, row)
    return id


def signs_in(paper: Paper, account: UUID, *moments: str) -> None:
    with paper.pool.connection() as connection:
        for moment in moments:
            sessions.start(
                connection,
                school=SCHOOL_ID,
                session=uuid4(),
                token=str(uuid4()),
                account=account,
                credential=uuid4(),
                at=at(moment),
                ip="192.0.2.1",
                user_agent="",
            )


def goes_on(paper: Paper, account: UUID, until: str) -> None:
    """Every session of the account was last seen then."""
    with paper.pool.connection() as connection:
        connection.execute(
            "UPDATE access.sessions SET last_seen = %s WHERE account_id = %s", (at(until), account)
        )


def looks(paper: Paper, account: UUID, pupil: UUID, *moments: str, page: str = "diary") -> None:
    """At a page of the pupil, in no session the tests know of."""
    with paper.pool.connection() as connection:
        for moment in moments:
            looked = View(
                at=at(moment),
                account_id=account,
                session_id=None,
                credential_id=None,
                ip="192.0.2.1",
                page=page,
                pupil_id=pupil,
            )
            views_log.record(connection, SCHOOL_ID, looked)
