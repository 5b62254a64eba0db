"""«Доступ семей»: whoever may give it looks at it (matrix 28), and whether the school's act lets them (P-32)."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g

from ledger.entry import Role
from projections import class_access
from projections.class_access import CREATES, AccessPage
from web import reading

ACTION = "issue_family_credentials"


def access(class_id: UUID, at: str | None) -> AccessPage:
    """404 for another's class: who of its families can sign in is nobody else's to know."""
    if not reading.may(ACTION, class_id=class_id):
        abort(404)
    reading.allowed(ACTION, class_id=class_id)
    return reading.show(at, lambda r: class_access.page(r, class_id), "class access", class_id=class_id)


def gives(page: AccessPage) -> bool:
    """Whether passwords are given from this page by whoever looks at it."""
    return page.as_of.live and (g.acting_role is Role.ADMINISTRATOR or page.gives == CREATES)


def note_passwords(class_id: UUID) -> None:
    """Passwords are about to be shown: a view of its own in the log (R-053)."""
    reading.show(None, lambda r: None, "class passwords", class_id=class_id)
