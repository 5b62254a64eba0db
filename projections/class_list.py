"""The school's classes with their numbers, and the list of one class: pupils with their movement, groups, teachers
and the workload of its pages (R-059, R-060, R-064), on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.people import Name
from ledger.school import Journal, Klass, Pupil, School, Span
from projections.as_of import AsOf
from projections.movement import Movement, movements
from projections.reading import NoSuchPage, Reading
from projections.years import day_of, year_now


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassSummary:
    """`graduating` by P-11 (R-071). `teacher` of the day, None while nobody leads the class."""

    class_id: UUID
    title: str
    grade: int
    level: str
    graduating: bool
    pupils: int
    teacher: UUID | None
    groups: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolPage:
    """`sets`: title and the titles of its classes."""

    year: int
    years: tuple[int, ...]
    on: date
    classes: tuple[ClassSummary, ...]
    sets: tuple[tuple[str, tuple[str, ...]], ...]
    as_of: AsOf


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilLine:
    """`here`: in the class on the page's day. `exempt`: from physical education until that day."""

    pupil: UUID
    name: str
    here: bool
    movements: tuple[Movement, ...]
    groups: tuple[str, ...]
    exempt: date | None
    health: str
    at_home: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupLine:
    """`pupils` in it on the page's day, in the order of names."""

    group: UUID
    title: str
    pupils: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taught:
    """`hours` a week, in hundredths."""

    teacher: UUID
    span: Span
    hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLine:
    """One page of the journal. `pupil` has a name on a page of home tuition; `planned` hours a week by the study
    plan, in hundredths, None where it says nothing."""

    journal: UUID
    subject: str
    group_title: str
    pupil: str
    taught: tuple[Taught, ...]
    planned: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassPage:
    class_id: UUID
    title: str
    grade: int
    level: str
    year: int
    graduating: bool
    on: date
    days: Span
    teachers: tuple[tuple[UUID, Span], ...]
    pupils: tuple[PupilLine, ...]
    groups: tuple[GroupLine, ...]
    pages: tuple[PageLine, ...]
    as_of: AsOf


def whole_school(reading: Reading, year: int | None) -> SchoolPage:
    """The classes of a study year, the running one by default. Raises NoSuchPage when there is none."""
    school, graduating = reading.school, reading.regulation().graduating_grades
    chosen = year if year is not None else year_now(school, reading.today)
    if chosen not in school.years:
        raise NoSuchPage(str(chosen))
    on = day_of(school.years[chosen], reading.today)
    classes = sorted((k for k in school.classes.values() if k.year == chosen), key=in_order)
    return SchoolPage(
        year=chosen,
        years=tuple(sorted(school.years, reverse=True)),
        on=on,
        classes=tuple(_summary(klass, school, on, klass.grade in graduating) for klass in classes),
        sets=tuple(
            (each.title, tuple(school.classes[id].title for id in each.classes))
            for each in school.class_sets.values()
            if school.classes[each.classes[0]].year == chosen
        ),
        as_of=reading.as_of,
    )


def in_order(klass: Klass) -> tuple[int, str]:
    return klass.grade, klass.title


def _summary(klass: Klass, school: School, on: date, graduating: bool) -> ClassSummary:
    return ClassSummary(
        class_id=klass.id,
        title=klass.title,
        grade=klass.grade,
        level=klass.level,
        graduating=graduating,
        pupils=len(school.pupils_of_class(klass.id, on)),
        teacher=next((person for person, span in klass.teachers if on in span), None),
        groups=tuple(sorted(g.title for g in school.groups.values() if g.class_id == klass.id)),
    )


def one_class(reading: Reading, class_id: UUID, on: date | None) -> ClassPage:
    """The class on a day of its year, by default the one nearest to today. Raises NoSuchPage."""
    school = reading.school
    klass = school.classes.get(class_id)
    if klass is None or klass.year not in school.years:
        raise NoSuchPage(str(class_id))
    days = school.years[klass.year]
    day = day_of(days, on or reading.today)
    pupils = [p for p in school.pupils.values() if any(c == class_id for c, _ in p.classes)]
    names = reading.names([p.id for p in pupils])
    order = {pupil: n for n, pupil in enumerate(reading.sorted([p.id for p in pupils], names))}
    pupils.sort(key=lambda p: order[p.id])
    return ClassPage(
        class_id=class_id,
        title=klass.title,
        grade=klass.grade,
        level=klass.level,
        year=klass.year,
        graduating=klass.grade in reading.regulation().graduating_grades,
        on=day,
        days=days,
        teachers=klass.teachers,
        pupils=tuple(_pupil(pupil, names[pupil.id], klass, school, day) for pupil in pupils),
        groups=_groups(pupils, klass, school, day),
        pages=_pages(klass, school, names),
        as_of=reading.as_of,
    )


def _pupil(pupil: Pupil, name: Name, klass: Klass, school: School, on: date) -> PupilLine:
    exemption = pupil.exempt(on)
    groups = [g for g, span in pupil.groups if on in span and school.groups[g].class_id == klass.id]
    return PupilLine(
        pupil=pupil.id,
        name=name.listed,
        here=pupil.class_on(on) == klass.id,
        movements=movements(pupil, klass.id, school),
        groups=tuple(sorted(school.groups[g].title for g in groups)),
        exempt=exemption.span.last if exemption else None,
        health=pupil.health_group(on),
        at_home=pupil.at_home(on),
    )


def _groups(pupils: list[Pupil], klass: Klass, school: School, on: date) -> tuple[GroupLine, ...]:
    own = sorted((g for g in school.groups.values() if g.class_id == klass.id), key=lambda g: g.title)
    return tuple(
        GroupLine(
            group=group.id,
            title=group.title,
            pupils=tuple(
                p.id
                for p in pupils
                if p.class_on(on) == klass.id and any(g == group.id and on in span for g, span in p.groups)
            ),
        )
        for group in own
    )


def _pages(klass: Klass, school: School, names: dict[UUID, Name]) -> tuple[PageLine, ...]:
    own = (_page(page, klass, school, names) for page in school.pages_of_class(klass.id))
    return tuple(sorted(own, key=lambda page: (page.pupil, page.subject, page.group_title)))


def _page(page: Journal, klass: Klass, school: School, names: dict[UUID, Name]) -> PageLine:
    planned, hours = school.study_plan.get((klass.id, page.subject)), dict(page.hours)
    pupil = names.get(page.pupil) if page.pupil else None
    return PageLine(
        journal=page.id,
        subject=school.subjects[page.subject].title,
        group_title=school.group_title(page.id),
        pupil=pupil.listed if pupil else "",
        taught=tuple(Taught(teacher=t, span=span, hours=hours.get(t, 0)) for t, span in page.teachers),
        planned=planned[0] if planned and not page.pupil else None,
    )
