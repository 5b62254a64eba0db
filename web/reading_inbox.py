"""The inbox, for whoever decides cases in the role they would decide them in."""

from __future__ import annotations

from flask import abort, g, make_response
from flask_babel import lazy_gettext as _

from projections import inbox as inbox_page
from projections.inbox import InboxPage
from web import reading
from web.answers import told

NOT_YOURS = _("Во «Входящих» решают заместитель и директор. Что решено, видно в истории каждой записи.")


def inbox(at: str | None) -> InboxPage:
    if not reading.acts("view_inbox"):
        abort(make_response(told(403, "not-allowed", NOT_YOURS)))
    person, keys = g.actor.person, reading.person_keys()
    return reading.show(at, lambda found: inbox_page.page(found, person, keys), "inbox")
