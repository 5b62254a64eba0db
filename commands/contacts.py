"""Contacts of pupils and their guardians (R-054): the facts only; web/contacts_desk.py keeps the values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from commands.texts import plain
from ledger.contacts import KINDS
from ledger.entry import Category, Draft
from ledger.events.roster import ContactsChanged, ContactsVerified
from ledger.school import School
from ledger.school_records import Pupil

ADDRESS_LENGTH = 300  # characters
EMAIL_LENGTH = 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d ()-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeContacts:
    """`fields` of `about`, the pupil or one of the pupil's guardians: names of what was changed, never a value."""

    pupil: UUID
    about: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifyContacts:
    """The contacts of these pupils and their guardians were checked this study year (W-38)."""

    pupils: tuple[UUID, ...]
    confirmed: bool = False


def pupils(command: VerifyContacts, school: School) -> tuple[dict[str, Any], ...]:
    return tuple({"pupil": pupil} for pupil in dict.fromkeys(command.pupils))


def change_contacts(command: ChangeContacts, sight: Sight) -> tuple[Draft, ...]:
    pupil = _known(command.pupil, sight)
    if command.about not in (pupil.id, *pupil.guardians):
        raise Refusal("no-guardian", "Этот человек не записан родителем ученика.", status=404)
    if not set(command.fields) <= set(KINDS):
        raise Refusal("contact-kind", "Таких сведений в журнале нет.")
    if not command.fields:
        return ()
    event = ContactsChanged(about=command.about, fields=command.fields)
    return drafts(Category.SCHOOL, pupil.id, sight.school.version(pupil.id), event)


def verify_contacts(command: VerifyContacts, sight: Sight) -> tuple[Draft, ...]:
    year = sight.school.year_of(sight.now.date())
    if year is None:
        raise Refusal("no-year", "Учебный год ещё не начался: проверяют в начале года.", status=409)
    return tuple(
        draft
        for pupil in dict.fromkeys(command.pupils)
        if _known(pupil, sight).verified != year
        for draft in drafts(Category.SCHOOL, pupil, sight.school.version(pupil), ContactsVerified(year=year))
    )


def _known(pupil: UUID, sight: Sight) -> Pupil:
    found = sight.school.pupils.get(pupil)
    if found is None:
        raise Refusal("no-pupil", "Такого ученика в школе нет.", status=404)
    return found


def checked(kind: str, text: str, today: date) -> str:
    """The value as it is kept; "" forgets it. Raises Refusal when it is no birthday, phone, e-mail or address."""
    value = text.strip()
    if not value:
        return ""
    return {"birth_date": _birth_date, "email": _email, "address": _address}.get(kind, _phone)(value, today)


def _birth_date(value: str, today: date) -> str:
    try:
        born = date.fromisoformat(value)
    except ValueError:
        born = date.max
    if not date(1900, 1, 1) <= born < today:
        raise Refusal("birth-date", "День рождения — прошедшая дата, например 14.03.2013.")
    return born.isoformat()


def _email(value: str, today: date) -> str:
    if len(value) > EMAIL_LENGTH or not _EMAIL.fullmatch(value):
        raise Refusal("email", "Адрес почты пишут так: имя@сервер.рф.")
    return value


def _phone(value: str, today: date) -> str:
    digits = sum(c.isdigit() for c in value)
    if not _PHONE.fullmatch(value) or not 5 <= digits <= 15:
        raise Refusal("phone", "Телефон пишут цифрами, например +7 924 123-45-67.")
    return " ".join(value.split())


def _address(value: str, today: date) -> str:
    return plain(value, ADDRESS_LENGTH)
