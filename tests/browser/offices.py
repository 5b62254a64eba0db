"""The director and the administrator beside the school of tests.browser.school, each with an account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from ledger import accounts
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import staff
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.people import Name, put_many
from ledger.store import SYSTEM
from tests.browser import school as base
from tests.browser.school import SCHOOL, Site, named

OFFICES = {
    "director": Name(last="Орлова", first="Тамара", middle="Сергеевна"),
    "administrator": Name(last="Носов", first="Пётр", middle="Ильич"),
}


def with_offices(site: Site) -> None:
    first, now = site.today - timedelta(days=40), datetime.now(UTC)
    drafts: list[Draft] = []
    for role, name in OFFICES.items():
        granted = staff.RoleGranted(role=role, first=first, until=None, competence=None)
        drafts.append(Draft(category=Category.SCHOOL, stream=named(name.last), version=None, event=granted))
        account = named(f"account {role}")
        issued = CredentialIssued(credential=named(f"credential {role}"), procedure="founding", parent=None)
        for event in (AccountCreated(person=named(name.last)), issued):
            drafts.append(Draft(category=Category.ACCOUNT, stream=account, version=None, event=event))
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=now,
        origin=Origin.SYSTEM,
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=tuple(drafts)))
    site.here.runner.catch_up(SCHOOL, patience=30)
    with site.here.pool.connection() as connection:
        for role, name in OFFICES.items():
            accounts.add(connection, base._account(role, named(name.last), now))
        names = {named(name.last): name for name in OFFICES.values()}
        put_many(connection, SCHOOL, names, since=now - timedelta(days=90))
