"""Secret addresses of calendars (iCalendar), each for its owner alone; given and taken back by the owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from ledger.access import Target, acting_role
from ledger.account import Account, fold_account
from ledger.effective import effective
from ledger.entry import Category, Draft
from ledger.events.accounts import FeedIssued, FeedRevoked
from ledger.school import School

KINDS = ("teacher", "class", "pupil")
MOST = 10  # live addresses of one account: a phone, a tablet, a computer, and those who share a home


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueFeed:
    """`account` is one's own; `feed` is minted by whoever asks; `about` a teacher, a class or a pupil by `kind`."""

    account: UUID
    feed: UUID
    kind: str
    about: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class RevokeFeed:
    account: UUID
    feed: UUID


def issue_feed(command: IssueFeed, sight: Sight) -> tuple[Draft, ...]:
    account, live = _own(command.account, sight)
    if command.kind not in KINDS or not may_read(
        command.kind, command.about, sight.stamp.person, sight.school, sight.now.date()
    ):
        raise Refusal("feed-about", "Такого расписания для вас нет.", status=404)
    if command.feed in live:
        raise Refusal("feed-new", "Такой адрес уже есть.", status=409)
    if len(live) >= MOST:
        raise Refusal("feed-most", f"Адресов календаря уже {MOST}: отзовите лишние.")
    event = FeedIssued(
        feed=command.feed, kind=command.kind, about=command.about, parent=sight.stamp.credential
    )
    return drafts(Category.ACCOUNT, account.id, account.version, event)


def revoke_feed(command: RevokeFeed, sight: Sight) -> tuple[Draft, ...]:
    """What was revoked stays revoked, and is not said twice."""
    account, live = _own(command.account, sight)
    if command.feed not in live:
        return ()
    return drafts(Category.ACCOUNT, account.id, account.version, FeedRevoked(feed=command.feed))


def may_read(kind: str, about: UUID, person: UUID, school: School, today: date) -> bool:
    """A teacher's own lessons, a class whose timetable one may read, a child of one's own; asked when the address is
    made and each time it is opened."""
    if kind == "teacher":
        return about == person
    if kind == "class":
        target = Target(today=today, class_id=about)
        return about in school.classes and acting_role(person, "view_timetable", target, school) is not None
    return acting_role(person, "view_diary", Target(today=today, pupil=about), school) is not None


def _own(account: UUID, sight: Sight) -> tuple[Account, frozenset[UUID]]:
    """The account and its live addresses."""
    if account != sight.stamp.account:
        raise Refusal("account-own", "Адреса календаря есть только у своей учётной записи.", status=403)
    entries = sight.loaded.get(account, ())
    live: set[UUID] = set()
    for entry in effective(entries):
        if isinstance(entry.event, FeedIssued):
            live.add(entry.event.feed)
        elif isinstance(entry.event, FeedRevoked):
            live.discard(entry.event.feed)
    return fold_account(account, entries), frozenset(live)
