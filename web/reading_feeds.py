"""Calendar addresses: those of whoever is signed in, and what one shows to whoever has it.

An address is a door like any other: the right of its owner is asked anew each time it is opened."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import abort, g

from commands.feeds import IssueFeed, RevokeFeed, may_read
from commands.handle import handle
from exports import calendar_feed as paper
from ledger import feeds, views_log
from ledger.feeds import Feed
from ledger.school import School
from projections import calendar_feed
from projections.reading import Reading, reading
from web import account_desk
from web import reading as pages
from web.premises import Premises, premises


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A calendar one may have, and the live addresses of it."""

    kind: str
    about: UUID
    title: str
    feeds: tuple[Feed, ...]


def choices() -> list[Choice]:
    pages.allowed("keep_feeds", person=g.actor.person)
    here, school = premises(), pages.school()
    with here.pool.connection() as connection:
        live = feeds.of_account(connection, school.id, g.actor.account)
    return [
        Choice(
            kind=kind,
            about=about,
            title=title,
            feeds=tuple(each for each in live if (each.kind, each.about) == (kind, about)),
        )
        for kind, about, title in _possible(school)
    ]


def issue(kind: str, about: UUID) -> str:
    """The token, shown this once. Raises Refusal."""
    here, feed, token = premises(), uuid4(), secrets.token_urlsafe(32)
    command = IssueFeed(account=g.actor.account, feed=feed, kind=kind, about=about)
    handle(command, account_desk.asked_by(g.actor), here.house(g.actor.school))
    with here.pool.connection() as connection:
        feeds.add(
            connection,
            g.actor.school,
            feed,
            token=token,
            account=g.actor.account,
            credential=g.actor.credential,
            kind=kind,
            about=about,
            at=here.now(),
        )
    return token


def revoke(feed: UUID) -> None:
    """The row first: what closes a door is closed though the entry were refused."""
    here = premises()
    with here.pool.connection() as connection:
        own = {each.feed_id for each in feeds.of_account(connection, g.actor.school, g.actor.account)}
        if feed not in own:
            abort(404)
        feeds.revoke(connection, g.actor.school, feed, at=here.now())
    command = RevokeFeed(account=g.actor.account, feed=feed)
    handle(command, account_desk.asked_by(g.actor), here.house(g.actor.school))


def opened(school_id: UUID, token: str, address: str, ip: str) -> bytes:
    """The calendar behind an address, for its owner's eyes; 404 for none, whatever the cause."""
    here = premises()
    with here.pool.connection() as connection:
        found = feeds.find(connection, school_id, token)
    if found is None or found.account_id in here.school(school_id).blocked:
        abort(404)
    school = here.school(school_id)
    today = school.local(here.now()).date()
    if not may_read(found.kind, found.about, found.person_id, school, today):
        abort(404)
    with reading(here.pool, here.schools, here.runner, school_id, now=here.now()) as read:
        feed = _made(found, read)
        views_log.record(read.connection, school_id, _view(found, here, ip))
    return paper.ics(feed, school=school.title, address=address)


def _made(found: Feed, read: Reading) -> calendar_feed.Feed:
    make = {
        "teacher": calendar_feed.of_teacher,
        "class": calendar_feed.of_class,
        "pupil": calendar_feed.of_pupil,
    }
    return make[found.kind](read, found.about)


def _possible(school: School) -> list[tuple[str, UUID, str]]:
    """One's own lessons, the children, the classes one leads."""
    person, today = g.actor.person, pages.now().date()
    found: list[tuple[str, UUID, str]] = []
    if school.journals_of_teacher(person, today) or school.taken_over(person):
        found.append(("teacher", person, "Мои уроки"))
    names = pages.names_now(pages.children())
    found += [("pupil", child, names.get(child, "")) for child in pages.children()]
    found += [("class", klass.id, klass.title) for klass in school.classes_led(person, today)]
    return found


def _view(found: Feed, here: Premises, ip: str) -> views_log.View:
    return views_log.View(
        at=here.now(),
        account_id=found.account_id,
        session_id=None,
        credential_id=None,
        ip=ip,
        page=views_log.FEED,
        as_of=None,
        class_id=found.about if found.kind == "class" else None,
        pupil_id=found.about if found.kind == "pupil" else None,
    )
