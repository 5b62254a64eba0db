"""A served school in which an Act has made something void: written as entries, past the desk and the wizard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import accounts, compromise
from ledger.events.voids import EntriesVoided
from ledger.store import SYSTEM
from tests.browser.school import SCHOOL, Site, named

INCIDENT, ACT = named("нарушение"), named("Акт № 1")


def notified(site: Site) -> None:
    """The access of Соколова is said to be stolen: what it wrote today is contested."""
    today = datetime.combine(site.today, datetime.min.time())
    reported = compromise.CompromiseReported(
        account=named("account teacher"),
        owner=named("Соколова"),
        detected_at=today,
        reported_at=today,
        signed=True,
    )
    receipt = compromise.NoticeReceived(role="administrator", received_at=today)
    _append(site, *((Category.CASE, INCIDENT, event) for event in (reported, receipt)))


def closed_for_three_days(site: Site) -> None:
    """The access of Соколова, which is open again now: windows of her lessons ended meanwhile."""
    began = datetime.combine(site.today, datetime.min.time()) - timedelta(days=3)
    account, zone = named("account teacher"), site.here.school(SCHOOL).zone
    reported = compromise.CompromiseReported(
        account=account, owner=named("Соколова"), detected_at=began, reported_at=began, signed=True
    )
    _append(
        site,
        (Category.CASE, INCIDENT, reported),
        (Category.CASE, INCIDENT, compromise.NoticeReceived(role="administrator", received_at=began)),
        (Category.ACCOUNT, account, accounts.AccountBlocked(reason="compromise")),
        at=began.replace(tzinfo=zone),
    )
    _append(site, (Category.ACCOUNT, account, accounts.AccountUnblocked(reason="compromise")))


def voided(site: Site, *positions: int) -> None:
    """By Act № 1 of today, entries of today's lesson."""
    since = datetime.combine(site.today, datetime.min.time())
    drawn = compromise.ActDrawnUp(act=ACT, number="1", date=site.today, since=since)
    _append(
        site,
        (Category.CASE, INCIDENT, drawn),
        (Category.CASE, INCIDENT, compromise.ActFinalised(act=ACT, entries=len(positions))),
        (Category.LESSON, site.lesson(), EntriesVoided(act=ACT, positions=positions)),
    )


def _append(site: Site, *events: tuple[Category, UUID, object], at: datetime | None = None) -> None:
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
        declared_at=at,
    )
    drafts = tuple(Draft(category=c, stream=s, version=None, event=event) for c, s, event in events)
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))
    site.here.runner.catch_up(SCHOOL, patience=30)
