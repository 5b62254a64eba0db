"""Search from every page: names as they are now, and of what fits only what this person may open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import g, url_for
from flask_babel import gettext as _

from ledger.people import NO_NAME
from ledger.school import School
from projections import search
from projections.reading import Reading
from projections.staff_list import staff_of
from projections.years import year_now
from web import reading, reading_school

MOST = 40  # finds of one kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Find:
    """`facts` beside the name: the class of a pupil, the roles of a member of staff. `ways` are never empty."""

    name: str
    facts: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finds:
    query: str
    words: tuple[str, ...]
    pupils: tuple[Find, ...]
    staff: tuple[Find, ...]
    classes: tuple[Find, ...]

    @property
    def only(self) -> str | None:
        """Where the one find leads, when there is one alone."""
        found = (*self.pupils, *self.staff, *self.classes)
        return found[0].ways[0].url if len(found) == 1 else None


def find(query: str) -> Finds:
    reading.allowed("search")
    return reading.show(None, lambda r: _found(r, query), "search")


def _found(r: Reading, query: str) -> Finds:
    school, words = r.school, search.words_of(query)
    staff = staff_of(school)
    names = r.names([*school.pupils, *staff]) if words else {}
    names = {person: name for person, name in names.items() if name != NO_NAME}
    fit = search.persons(words, names)
    pupils = [
        Find(name=names[p].full, facts=_class_title(p, r), ways=ways)
        for p in fit
        if p in school.pupils and (ways := to_pupil(p, r))
    ]
    people = [
        Find(name=names[p].full, facts=_taught(p, r), ways=ways)
        for p in fit
        if p in staff and (ways := _to_teacher(p))
    ]
    classes = [
        Find(name=klass.title, facts="", ways=ways)
        for klass in search.classes(words, school, year_now(school, r.today))
        if (ways := _to_class(klass.id))
    ]
    return Finds(
        query=query[: search.LONGEST],
        words=words,
        pupils=tuple(pupils[:MOST]),
        staff=tuple(people[:MOST]),
        classes=tuple(classes[:MOST]),
    )


def to_pupil(pupil: UUID, r: Reading) -> tuple[Way, ...]:
    """Empty for a pupil this person has nothing to do with."""
    ways = []
    if reading_school.lists(pupil=pupil):
        ways.append(Way(title=_("карточка"), url=url_for("pupil.card", pupil=pupil)))
    if reading.may("view_diary", pupil=pupil):
        ways.append(Way(title=_("дневник"), url=url_for("family.diary", pupil=pupil)))
    return (*ways, *_own_pages(pupil, r))


def _own_pages(pupil: UUID, r: Reading) -> tuple[Way, ...]:
    """The pages this person teaches the pupil on."""
    school, me = r.school, g.actor.person
    return tuple(
        Way(title=school.subject_of(page.id).title, url=url_for("teacher.journal", journal=page.id))
        for page in school.journals_of_teacher(me, r.today)
        if school.enrolled(pupil, page.id, r.today)
    )


def _to_teacher(person: UUID) -> tuple[Way, ...]:
    ways = []
    if reading.may("view_timetable"):
        ways.append(Way(title=_("расписание"), url=url_for("timetable.week", view="teacher", of=person)))
    if reading.may("view_school"):
        ways.append(Way(title=_("сотрудники"), url=url_for("school.staff", _anchor=f"p-{person}")))
    return tuple(ways)


def _to_class(class_id: UUID) -> tuple[Way, ...]:
    ways = []
    if reading_school.lists(class_id=class_id):
        ways.append(Way(title=_("список класса"), url=url_for("school.klass", class_id=class_id)))
    if reading.may("view_attendance", class_id=class_id):
        ways.append(Way(title=_("класс за неделю"), url=url_for("klass.week", class_id=class_id)))
    if reading.may("view_timetable"):
        ways.append(Way(title=_("расписание"), url=url_for("timetable.week", view="class", of=class_id)))
    return tuple(ways)


def _class_title(pupil: UUID, r: Reading) -> str:
    known: School = r.school
    class_id = known.pupils[pupil].class_on(r.today)
    return known.classes[class_id].title if class_id else _("выбыл(а)")


def _taught(person: UUID, r: Reading) -> str:
    pages = r.school.journals_of_teacher(person, r.today)
    subjects = {r.school.subjects[page.subject].title for page in pages}
    led = [klass.title for klass in r.school.classes_led(person, r.today)]
    said = [*sorted(subjects), *(_("кл. рук. %(title)s", title=title) for title in led)]
    return ", ".join(said)
