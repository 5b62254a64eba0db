"""«Список и контакты класса» (R-054, R-055, W-38): the class teacher's list with birthdays, phones and guardians."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger import contacts
from ledger.people import Name
from projections.as_of import AsOf
from projections.reading import NoSuchPage, Reading

CHECKED_BY = (9, 15)  # month and day of W-38: Padun 2.4 says «в начале года», no act names a day


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonContacts:
    """`kinship` is "" of the pupil. `values` by kind (ledger.contacts.KINDS), empty on a page of the past: only
    today's are kept, and whoever was in the class then may be in another's today."""

    person: UUID
    name: str
    kinship: str
    values: Mapping[str, str]

    @property
    def born(self) -> str:
        """«14.03.2013», "" when it is not known."""
        value = self.values.get("birth_date")
        return f"{date.fromisoformat(value):%d.%m.%Y}" if value else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilContacts:
    """`verified`: this study year."""

    own: PersonContacts
    guardians: tuple[PersonContacts, ...]
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactsPage:
    """`due`: until when contacts are checked in this `year`, both None outside of a study year; `over`: it has
    passed."""

    class_id: UUID
    class_title: str
    year: int | None
    due: date | None
    over: bool
    pupils: tuple[PupilContacts, ...]
    as_of: AsOf

    @property
    def unverified(self) -> int:
        return sum(not pupil.verified for pupil in self.pupils)


def page(reading: Reading, class_id: UUID) -> ContactsPage:
    """Raises NoSuchPage: no such class."""
    school = reading.school
    if class_id not in school.classes:
        raise NoSuchPage(str(class_id))
    pupils = school.pupils_of_class(class_id, reading.today)
    persons = {*pupils, *(g for pupil in pupils for g in school.pupils[pupil].guardians)}
    names = reading.names(persons)
    values = contacts.of(reading.connection, school.id, persons) if reading.as_of.live else {}
    year = school.year_of(reading.today)
    due = None if year is None else date(year, *CHECKED_BY)
    return ContactsPage(
        class_id=class_id,
        class_title=school.classes[class_id].title,
        year=year,
        due=due,
        over=due is not None and due < reading.today,
        pupils=tuple(_pupil(reading, pupil, year, names, values) for pupil in reading.sorted(pupils, names)),
        as_of=reading.as_of,
    )


def _pupil(
    reading: Reading,
    pupil: UUID,
    year: int | None,
    names: Mapping[UUID, Name],
    values: Mapping[UUID, Mapping[str, str]],
) -> PupilContacts:
    known = reading.school.pupils[pupil]

    def person(id: UUID, name: str) -> PersonContacts:
        return PersonContacts(
            person=id, name=name, kinship=known.kinship.get(id, ""), values=values.get(id, {})
        )

    return PupilContacts(
        own=person(pupil, names[pupil].listed),
        guardians=tuple(person(g, names[g].full) for g in known.guardians),
        verified=year is not None and known.verified == year,
    )
