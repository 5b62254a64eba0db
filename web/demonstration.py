"""The sign-ins a demonstration school offers on its first page."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from ledger import accounts
from ledger.school import School
from web.premises import Premises

# Login -> what the button says. All have passwords.DEMONSTRATION, which no other school can have.
SIGN_INS = {
    "teacher": _("Учитель"),
    "class-teacher": _("Классный руководитель"),
    "deputy": _("Заместитель директора"),
    "methodist": _("Методист"),
    "director": _("Директор"),
    "admin": _("Администратор"),
    "inspector": _("Проверяющий"),
    "working-group": _("Рабочая группа"),
    "parent": _("Родитель"),
    "pupil": _("Ученик"),
}


def offered(here: Premises, schools: Sequence[School]) -> list[tuple[str, object]]:
    """(login, title) of the buttons to show; none unless the only school is a demonstration."""
    if len(schools) != 1 or not schools[0].demonstration:
        return []
    with here.pool.connection() as connection:
        known = accounts.logins(connection, schools[0].id)
    return [(login, title) for login, title in SIGN_INS.items() if login in known]
