"""The inbox, for whoever decides cases in the role they would decide them in."""

from __future__ import annotations

from flask import g

from projections import inbox as inbox_page
from projections.inbox import InboxPage
from web import reading


def inbox(at: str | None) -> InboxPage:
    reading.allowed("view_inbox")
    person, keys = g.actor.person, reading.person_keys()
    return reading.show(at, lambda found: inbox_page.page(found, person, keys), "inbox")
