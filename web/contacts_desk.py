"""Contacts changed: the entry that says so and the values beside the ledger, in one action (R-054).

The values are written first and kept only when the ledger took the entry; if the connection dies in between, an
entry speaks of a change that is to be made again, and no value stands without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from flask_babel import gettext as _

from commands.contacts import ChangeContacts, VerifyContacts, checked
from commands.handle import Asking, handle
from ledger import contacts
from ledger.appending import ClockAhead, ClockSkew, Moved
from web.account_desk import NotEntered
from web.premises import Premises


def change(here: Premises, by: Asking, *, pupil: UUID, about: UUID, values: Mapping[str, str]) -> bool:
    """Whether anything was changed. Raises commands.deciding.Refusal, NotEntered."""
    today = here.school(by.school).local(by.received_at).date()
    wanted = {kind: checked(kind, values.get(kind, ""), today) for kind in contacts.KINDS}
    with here.pool.connection() as connection, connection.transaction():
        known = contacts.of(connection, by.school, [about]).get(about, {})
        changed = {kind: value for kind, value in wanted.items() if value != known.get(kind, "")}
        contacts.put(connection, by.school, about, changed, at=by.received_at, by=by.person)
        command = ChangeContacts(pupil=pupil, about=about, fields=tuple(changed))
        enter(here, by, command)
    return bool(changed)


def enter(here: Premises, by: Asking, command: ChangeContacts | VerifyContacts) -> None:
    """Raises Refusal, NotEntered."""
    asking = replace(by, body_sha256=sha256(repr(command).encode()).digest())
    try:
        handle(command, asking, here.house(by.school))
    except Moved as error:
        sentence = _("Список класса сейчас меняет кто-то ещё. Повторите через минуту.")
        raise NotEntered(sentence, status=409) from error
    except (ClockSkew, ClockAhead) as error:
        sentence = _("Часы сервера расходятся: запись остановлена. Сообщите администратору.")
        raise NotEntered(sentence, status=503) from error
