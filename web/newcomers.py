"""Somebody new to the school: the entry and the name, which stands outside the ledger, in one action (design 5)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import g, make_response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from psycopg import Rollback

from commands.appointments import GrantRole
from commands.deciding import Refusal
from commands.mandates import GrantMandate
from commands.movement import EnrolPupil, LinkGuardian
from commands.rights import role_for
from commands.table import COMMANDS
from commands.texts import plain
from ledger import people
from ledger.people import NO_NAME, Name
from web import reading
from web.answers import told
from web.door import carry_out
from web.premises import premises

LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonName:
    last: str
    first: str
    middle: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPupil:
    """Enrol somebody new, by name."""

    name: PersonName
    command: EnrolPupil


@dataclass(frozen=True, kw_only=True, slots=True)
class NewGuardian:
    """Link a parent nobody knew, by name."""

    name: PersonName
    command: LinkGuardian


@dataclass(frozen=True, kw_only=True, slots=True)
class NewColleague:
    """Give a role to a new member of staff, by name."""

    name: PersonName
    command: GrantRole


@dataclass(frozen=True, kw_only=True, slots=True)
class NewInspector:
    """Give a mandate to somebody from outside, by name."""

    name: PersonName
    command: GrantMandate


Newcomer = NewPupil | NewGuardian | NewColleague | NewInspector

# command → what is sent; the address is /api/v1/commands/<command>/named
BY_COMMAND: dict[str, type[Newcomer]] = {
    "EnrolPupil": NewPupil,
    "LinkGuardian": NewGuardian,
    "GrantRole": NewColleague,
    "GrantMandate": NewInspector,
}


def admit(given: Newcomer, command_id: UUID) -> ResponseReturnValue:
    """As web.door.carry_out; 409 when the person has another name already. A refused command leaves no name."""
    if not _may(given.command):
        return carry_out(given.command, command_id)  # refused there, and the refusal kept
    try:
        name = _name(given.name)
    except Refusal as refusal:
        return told(refusal.status, refusal.code, refusal.sentence)
    person = _person(given)
    with premises().pool.connection() as connection, connection.transaction():
        known = people.names_at(connection, g.actor.school, [person])[person]
        if known not in (NO_NAME, name):
            return told(409, "person-known", _("Этот человек в школе уже есть, и зовут его иначе."))
        people.put(connection, g.actor.school, person, name, since=g.received_at)
        answer = make_response(carry_out(given.command, command_id))
        if answer.status_code != 200:
            raise Rollback
    return answer


def _may(command: EnrolPupil | LinkGuardian | GrantRole | GrantMandate) -> bool:
    """Asked before anything is said of a person: who may not do it learns neither a name nor that there is one."""
    row, known = COMMANDS[type(command)], reading.school()
    about = row.about(command, known)
    return role_for(g.actor.person, row.action, (), about, {}, known, reading.now().date()) is not None


def _name(given: PersonName) -> Name:
    last, first = plain(given.last, LONGEST_NAME), plain(given.first, LONGEST_NAME)
    middle = plain(given.middle, LONGEST_NAME) if given.middle.strip() else ""
    return Name(last=last, first=first, middle=middle)


def _person(given: Newcomer) -> UUID:
    match given.command:
        case EnrolPupil(pupil=person) | LinkGuardian(guardian=person):
            return person
        case GrantRole(person=person) | GrantMandate(person=person):
            return person
