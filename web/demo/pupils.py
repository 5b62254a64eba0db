"""Pupils whose list is not the ordinary one: exempt, taught at home, moved; and the contacts of one class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

from commands.by_order import OrderNamed
from commands.contacts import ChangeContacts, VerifyContacts
from commands.health import GrantExemption
from commands.importing import ids
from commands.movement import MovePupil
from commands.timetable_slots import NewSlot, ScheduleSlots
from commands.tuition import HomeSubject, StartHomeTuition, home_pages
from ledger.school import School
from web.demo import chance
from web.demo.school_days import at, before
from web.demo.steps import Step

EXEMPT, AT_HOME = "p120", "p182"
MOVED, INTO = "p201", "9Б"
LONG_ILL, WELL = "p128", timedelta(days=10)  # of the year, before he fell ill
HOME_SUBJECTS = ("Русский язык", "Алгебра")
CONTACTS_OF, UNVERIFIED = "7А", "p130"
SEVENTH = 7  # after the lessons of the class


def steps(school: School, now: datetime) -> Iterator[Step]:
    yield from _exempt(school, now)
    yield from _taught_at_home(school, now)
    yield from _moved(school, now)
    yield from _contacts(school)


def away(pupil: UUID, on: date, school: School) -> bool:
    """At home that day: everybody now and then, one for most of the period."""
    if pupil == ids.pupil(school.id, LONG_ILL):
        return on >= school.years[max(school.years)].first + WELL
    return chance.ill(pupil, on)


def _exempt(school: School, now: datetime) -> Iterator[Step]:
    pupil, first = ids.pupil(school.id, EXEMPT), before(school, now)[4]
    command = GrantExemption(
        pupil=pupil,
        exemption=uuid5(pupil, "exemption"),
        first=first,
        until=first + timedelta(days=55),
        document="справка № 118 врачебной амбулатории",
    )
    yield Step(at=at(first, 8, 5), person=_person(school, "gromova"), key="exemption", command=command)


def _taught_at_home(school: School, now: datetime) -> Iterator[Step]:
    pupil, first = _pupil_at_home(school), before(school, now)[-16]
    class_id = school.pupils[pupil].class_on(first)
    pages = [page for page in school.pages_of_class(class_id) if page.group is None]
    subjects = tuple(
        HomeSubject(subject=page.subject, teacher=school.teachers_of(page.id, first)[0], hours=100)
        for page in pages
        if school.subject_of(page.id).title in HOME_SUBJECTS
    )
    command = StartHomeTuition(pupil=pupil, first=first, order=OrderNamed(number="62-ОД"), subjects=subjects)
    deputy = _person(school, "dyachkova")
    yield Step(at=at(first, 14, 40, days_before=1), person=deputy, key="at-home", command=command)


def lessons_at_home(school: School, now: datetime) -> Iterator[Step]:
    """One lesson a week of each page, when its teacher has no other."""
    first = before(school, now)[-16]
    taken: set[int] = set()
    for page in home_pages(school, _pupil_at_home(school)):
        teacher = school.teachers_of(page.id, first)[0]
        busy = {
            slot.weekday
            for slot in school.slots.values()
            if _gives(teacher, slot.journal, slot.number, school)
        }
        free = {slot.weekday for slot in school.slots.values()} - busy - taken
        weekday = min(free)
        taken.add(weekday)
        command = ScheduleSlots(
            slots=(NewSlot(journal=page.id, weekday=weekday, number=SEVENTH, first=first),)
        )
        made = at(first, 15, 0, days_before=1)
        yield Step(at=made, person=_person(school, "keulkut"), key=f"at-home/{page.id}", command=command)


def _gives(teacher: UUID, journal: UUID, number: int, school: School) -> bool:
    return number == SEVENTH and any(each == teacher for each, _ in school.journals[journal].teachers)


def _moved(school: School, now: datetime) -> Iterator[Step]:
    first = before(school, now)[-12]
    into = next(klass.id for klass in school.classes.values() if klass.title == INTO)
    pupil = ids.pupil(school.id, MOVED)
    command = MovePupil(pupil=pupil, class_id=into, first=first, order=OrderNamed(number="71-ОД"))
    made = at(first, 13, 20, days_before=1)
    yield Step(at=made, person=_person(school, "nosov"), key="moved-pupil", command=command)


def _contacts(school: School) -> Iterator[Step]:
    """Filled and checked in the second week, all but one."""
    first = school.years[max(school.years)].first
    teacher, written = _person(school, "gromova"), at(first, 15, 0) + timedelta(days=9)
    listed = _listed(school)
    for n, (pupil, about) in enumerate((p, a) for p in listed for a in (p, *school.pupils[p].guardians)):
        fields = ("phone", "address") if about != pupil else ("birth_date", "phone")
        command = ChangeContacts(pupil=pupil, about=about, fields=fields)
        made = written + timedelta(minutes=n)
        yield Step(at=made, person=teacher, key=f"contacts/{pupil}/{about}", command=command)
    checked = tuple(pupil for pupil in listed if pupil != ids.pupil(school.id, UNVERIFIED))
    made = written + timedelta(hours=3)
    yield Step(at=made, person=teacher, key="contacts/verified", command=VerifyContacts(pupils=checked))


def contact_values(school: School, born: Mapping[UUID, str]) -> Mapping[UUID, Mapping[str, str]]:
    """What the contacts say; nobody has these numbers. `born` is the birthday of each pupil."""
    numbers, found = count(1), {}
    for house, pupil in enumerate(_listed(school), start=1):
        found[pupil] = {"birth_date": born[pupil], "phone": _phone(next(numbers))}
        for guardian in school.pupils[pupil].guardians:
            address = f"с. Усть-Белая, ул. Примерная, д. {house}"
            found[guardian] = {"phone": _phone(next(numbers)), "address": address}
    return found


def _phone(number: int) -> str:
    return f"+7 900 000-{number // 100:02d}-{number % 100:02d}"


def _listed(school: School) -> tuple[UUID, ...]:
    """The class as the year began."""
    class_id = next(klass.id for klass in school.classes.values() if klass.title == CONTACTS_OF)
    return school.pupils_of_class(class_id, school.years[max(school.years)].first)


def _pupil_at_home(school: School) -> UUID:
    return ids.pupil(school.id, AT_HOME)


def _person(school: School, code: str) -> UUID:
    return ids.person(school.id, code)
