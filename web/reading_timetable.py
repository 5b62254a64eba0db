"""The week's timetable for whoever asks: whose week, by which right, and what there is to choose among."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import abort, g

from ledger import regulation as regulations
from ledger.school import Journal, School
from projections import staff_list, week_grid
from projections.reading import NoSuchPage, Reading
from projections.week_grid import Chosen, WeekGrid
from web import reading

WEEK = timedelta(days=6)


@dataclass(frozen=True, kw_only=True)
class Choice:
    key: str
    title: str


@dataclass(frozen=True, kw_only=True)
class PageChoice:
    """A page of the journal that may get a lesson; `teachers` are its teachers' ids."""

    journal: UUID
    klass: UUID
    title: str
    teachers: tuple[UUID, ...]
    own: bool


def week(view: str, key: str, monday: date, at: str | None) -> WeekGrid:
    """404 for a class, teacher or room there is not, and for a class that is not one's child's."""
    child = _own_child(key, monday) if view == "class" else None
    reading.allowed(
        "view_timetable", pupil=child, class_id=_id(key) if view == "class" and not child else None
    )
    family = g.acting_role in ("guardian", "pupil")
    chosen = _chooser(view, key, child, family=family)

    def page(found: Reading) -> WeekGrid:
        return week_grid.page(found.school, found.as_of, chosen(found), monday)

    return reading.show(at, page, "timetable", log=False)


def _chooser(view: str, key: str, child: UUID | None, *, family: bool) -> Callable[[Reading], Chosen]:
    if view == "room":
        return lambda found: week_grid.of_room(key)
    id_ = _id(key)
    if view == "teacher":
        return lambda found: _of_teacher(found, id_)
    return lambda found: week_grid.of_class(found.school, id_, home_of=child, family=family)


def _of_teacher(found: Reading, person: UUID) -> Chosen:
    """Raises NoSuchPage for whoever is not of the staff: nobody learns a pupil's or a parent's name here."""
    if person not in staff_list.staff_of(found.school):
        raise NoSuchPage(str(person))
    return week_grid.of_teacher(person, found.names([person])[person].short)


def _id(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError:
        abort(404)


def _own_child(class_id: str, monday: date) -> UUID | None:
    known = reading.school()
    days = [monday + timedelta(days=n) for n in range(7)]
    return next(
        (
            child
            for child in reading.children()
            if any(str(known.pupils[child].class_on(day)) == class_id for day in days)
        ),
        None,
    )


def own() -> tuple[str, str] | None:
    """The week one means without saying: of a teacher the own one, of a family the child's class."""
    known, today, person = reading.school(), reading.now().date(), g.actor.person
    if known.journals_of_teacher(person, today):
        return "teacher", str(person)
    led = known.classes_led(person, today)
    if led:
        return "class", str(led[0].id)
    for child in reading.children():
        class_id = known.pupils[child].class_on(today) or next(
            (c for c, _ in known.pupils[child].classes), None
        )
        if class_id is not None:
            return "class", str(class_id)
    first = classes(today)
    return ("class", first[0].key) if first else None


def family_classes() -> list[Choice]:
    known, today = reading.school(), reading.now().date()
    found = {known.pupils[child].class_on(today) for child in reading.children()}
    return [Choice(key=str(c), title=known.classes[c].title) for c in found if c is not None]


def classes(on: date) -> list[Choice]:
    known = reading.school()
    year = _year(known, on)
    found = [klass for klass in known.classes.values() if klass.year == year]
    return [Choice(key=str(k.id), title=k.title) for k in sorted(found, key=lambda k: (k.grade, k.title))]


def teachers(on: date) -> list[Choice]:
    known = reading.school()
    named = reading.names(week_grid.teachers(known, _year(known, on)))
    return [Choice(key=str(id_), title=name) for id_, name in sorted(named.items(), key=lambda each: each[1])]


def rooms(on: date) -> list[Choice]:
    known = reading.school()
    return [Choice(key=room, title=room) for room in week_grid.rooms(known, _year(known, on))]


def _year(known: School, on: date) -> int | None:
    return known.year_of(on) or max(known.years, default=None)


def may_plan() -> bool:
    """The weekly timetable: the table of rights and the school's act (P-31) both let this person."""
    known, today = reading.school(), reading.now().date()
    found = regulations.in_force(known, today)
    editors = found[1].timetable_editors if found is not None else frozenset()
    held = known.roles_of(g.actor.person, today)
    return reading.may("plan_timetable") and bool(held & editors)


def pages(grid: WeekGrid) -> list[PageChoice]:
    """Pages of the journal of the class, the teacher or this week's lessons; and those of the same teachers, for a
    joint lesson."""
    known = reading.school()
    last = grid.monday + WEEK
    of_year = [page for page in known.journals.values() if page.year == _year(known, last)]
    here = {lesson.journal for day in grid.days for lesson in day.lessons}
    own = [page for page in of_year if page.id in here or _is_of(grid, page, known, last)]
    staff = {teacher for page in own for teacher in known.teachers_of(page.id, last)}
    others = [page for page in of_year if page not in own and staff & {*known.teachers_of(page.id, last)}]
    names = reading.names(staff)
    return [
        _page_choice(page, known, names, last, own=page in own) for page in _in_order(own + others, known)
    ]


def _is_of(grid: WeekGrid, page: Journal, known: School, on: date) -> bool:
    if grid.view == "class":
        return str(page.class_id) == grid.key
    return grid.view == "teacher" and any(str(each) == grid.key for each in known.teachers_of(page.id, on))


def _in_order(pages: list[Journal], known: School) -> list[Journal]:
    return sorted(
        pages,
        key=lambda p: (known.klass_of(p.id).grade, known.klass_of(p.id).title, known.subject_of(p.id).title),
    )


def _page_choice(page: Journal, known: School, names: dict[UUID, str], on: date, *, own: bool) -> PageChoice:
    group = f" ({known.groups[page.group].title})" if page.group else ""
    staff = known.teachers_of(page.id, on)
    named = ", ".join(names[each] for each in staff if each in names)
    title = f"{known.klass_of(page.id).title}{group} · {known.subject_of(page.id).title}"
    return PageChoice(
        journal=page.id,
        klass=page.class_id,
        title=f"{title} · {named}" if named else title,
        teachers=staff,
        own=own,
    )
