"""The staff: roles and competences with their days, what they answer for, what they teach (R-028, R-033, R-064)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.people import NO_NAME, sort_key
from ledger.school import Journal, School, Span
from projections.as_of import AsOf
from projections.reading import Reading
from projections.topic_words import order_words


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleLine:
    """`role` a value of ledger.entry.Role."""

    role: str
    competence: str | None
    span: Span
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ResponsibilityLine:
    scope: str
    span: Span
    order: str
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkloadLine:
    """A page taught on the day; `hours` a week, in hundredths."""

    journal: UUID
    title: str
    hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffLine:
    """`leads`: titles of the classes led; `away` until that day, of an absence that runs."""

    person: UUID
    name: str
    roles: tuple[RoleLine, ...]
    responsibilities: tuple[ResponsibilityLine, ...]
    workload: tuple[WorkloadLine, ...]
    hours: int
    leads: tuple[str, ...]
    away: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffPage:
    on: date
    lines: tuple[StaffLine, ...]
    as_of: AsOf


def page(reading: Reading) -> StaffPage:
    """Everybody who ever had a role, a page or a class, in the order of names."""
    school, today = reading.school, reading.today
    persons = staff_of(school)
    names = reading.names(persons)
    pages = pages_by_teacher(school, today)
    lines = [
        _line(person, names.get(person, NO_NAME).full, pages.get(person, []), school, today)
        for person in sorted(persons, key=lambda each: sort_key(names.get(each, NO_NAME)))
    ]
    return StaffPage(on=today, lines=tuple(lines), as_of=reading.as_of)


def staff_of(school: School) -> frozenset[UUID]:
    led = {teacher for klass in school.classes.values() for teacher, _ in klass.teachers}
    taught = {teacher for journal in school.journals.values() for teacher, _ in journal.teachers}
    return frozenset(school.roles) | led | taught


def pages_by_teacher(school: School, on: date) -> dict[UUID, list[Journal]]:
    found: dict[UUID, list[Journal]] = {}
    for journal in school.journals.values():
        for teacher in school.teachers_of(journal.id, on):
            found.setdefault(teacher, []).append(journal)
    return found


def _line(person: UUID, name: str, pages: list[Journal], school: School, on: date) -> StaffLine:
    workload = sorted((_workload(page, person, school) for page in pages), key=lambda line: line.title)
    away = [each.span for each in school.away.values() if each.person == person and on in each.span]
    return StaffLine(
        person=person,
        name=name,
        roles=tuple(
            RoleLine(role=role.value, competence=competence, span=span, open=_open(span, on))
            for role, competence, span in school.roles.get(person, ())
            if span.last is None or span.last >= span.first
        ),
        responsibilities=tuple(
            ResponsibilityLine(
                scope=each.scope,
                span=each.span,
                order=order_words(each.order, school, dated=True),
                open=_open(each.span, on),
            )
            for each in school.responsible.get(person, ())
        ),
        workload=tuple(workload),
        hours=sum(line.hours for line in workload),
        leads=tuple(klass.title for klass in school.classes_led(person, on)),
        away=away[0].last if away else None,
    )


def _workload(page: Journal, person: UUID, school: School) -> WorkloadLine:
    group = f" ({school.groups[page.group].title})" if page.group else ""
    home = " · на дому" if page.pupil else ""
    title = f"{school.klass_of(page.id).title} {school.subject_of(page.id).title}{group}{home}"
    return WorkloadLine(journal=page.id, title=title, hours=dict(page.hours).get(person, 0))


def _open(span: Span, on: date) -> bool:
    """Holds, or is still to come."""
    return span.last is None or span.last >= on
