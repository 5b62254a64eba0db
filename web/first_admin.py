"""The first administrator of a school: nobody is there yet who could create his account."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4

from commands.accounts import AppointAdministrator, administrators
from commands.handle import handle
from ledger import accounts, people
from ledger.people import Name
from ledger.school import School
from web import issuing
from web.account_desk import asked_by_system
from web.issuing import Issued
from web.premises import Premises


class NoFirstAdmin(Exception):
    """A sentence that says why there is no first administrator to make, or what is missing."""


def create_first(here: Premises, school: School, name: Name | None) -> Issued:
    """An account with a one-time password for the administrator the school's files name, or, when they name
    none, for the new person `name`. Raises NoFirstAdmin, Refusal."""
    today = school.local(here.now()).date()
    known = administrators(school, today)
    with here.pool.connection() as connection:
        names = people.names_at(connection, school.id, known)
        rows = accounts.of_persons(connection, school.id, known)
    if any(row.blocked_at is None for row in rows.values()):
        raise NoFirstAdmin("В школе уже есть администратор с доступом: учётные записи создаёт он.")
    free = {person: names[person] for person in known if person not in rows}
    person = _chosen(free, name) if free else _appointed(here, school, name)
    (issued,) = issuing.issue(here, asked_by_system(school.id), [person], again=False)
    return issued


def _chosen(free: dict[UUID, Name], name: Name | None) -> UUID:
    found = [person for person, known in free.items() if name is None or known.last == name.last]
    if len(found) != 1:
        listed = ", ".join(sorted(known.full for known in free.values()))
        raise NoFirstAdmin(f"Администраторы по файлам школы: {listed}. Укажите фамилию одного: --last.")
    return found[0]


def _appointed(here: Premises, school: School, name: Name | None) -> UUID:
    if name is None or not name.first:
        raise NoFirstAdmin("В файлах школы нет администратора: укажите его имя (--last, --first, --middle).")
    person, by = uuid4(), asked_by_system(school.id)
    command = AppointAdministrator(person=person, first=school.local(by.received_at).date())
    with here.pool.connection() as connection, connection.transaction():
        people.put(connection, school.id, person, name, since=by.received_at)
        digest = sha256(repr(command).encode()).digest()
        handle(command, replace(by, body_sha256=digest), here.house(school.id))
    return person
