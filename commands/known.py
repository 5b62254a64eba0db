"""What a command about the school names must be there: each raises a Refusal that says what is not."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger.entry import Role
from ledger.school import Group, Journal, Klass, Pupil, School, Subject
from ledger.windows import spoken


def the_class(class_id: UUID, sight: Sight) -> Klass:
    known = sight.school.classes.get(class_id)
    if known is None:
        raise Refusal("class-exists", "Такого класса нет.", status=404)
    return known


def a_pupil(pupil: UUID, sight: Sight) -> Pupil:
    known = sight.school.pupils.get(pupil)
    if known is None or not known.classes:
        raise Refusal("pupil-exists", "Такого ученика нет.", status=404)
    return known


def a_subject(subject: UUID, sight: Sight) -> Subject:
    known = sight.school.subjects.get(subject)
    if known is None:
        raise Refusal("subject-exists", "Такого предмета нет.", status=404)
    return known


def a_journal(journal: UUID, sight: Sight) -> Journal:
    known = sight.school.journals.get(journal)
    if known is None:
        raise Refusal("journal-exists", "Такой страницы журнала нет.", status=404)
    return known


def a_group(group: UUID, class_id: UUID, sight: Sight) -> Group:
    known = sight.school.groups.get(group)
    if known is None or known.class_id != class_id:
        raise Refusal("group-exists", "Такой группы в этом классе нет.", status=404)
    return known


def a_member_of_staff(person: UUID, sight: Sight) -> None:
    if not works_here(person, sight.school):
        raise Refusal("staff-exists", "Такого сотрудника нет: сначала дайте ему роль.", status=404)


TEACH = frozenset({Role.TEACHER, Role.DEPUTY, Role.METHODIST, Role.DIRECTOR})


def a_teacher(person: UUID, on: date, sight: Sight) -> None:
    """Somebody who may give a lesson that day: by a granted role, a page or a class; not an inspector, and nobody
    who has left. What they stood in for once says nothing."""
    school = sight.school
    granted = any(role in TEACH and on in span for role, _, span in school.roles.get(person, ()))
    pages = (
        span for page in school.journals.values() for teacher, span in page.teachers if teacher == person
    )
    if not granted and not school.classes_led(person, on) and not any(on in span for span in pages):
        raise Refusal("teacher-exists", f"{spoken(on)} этот человек в школе не преподаёт.", status=404)


def works_here(person: UUID, school: School) -> bool:
    """Whether the person ever had a role, a page or a class of their own."""
    return (
        person in school.roles
        or any(person == teacher for page in school.journals.values() for teacher, _ in page.teachers)
        or any(person == teacher for klass in school.classes.values() for teacher, _ in klass.teachers)
    )


def a_stretch(first: date, until: date | None, year: int, sight: Sight) -> None:
    """Days of the study year, in their order."""
    in_order(first, until)
    span = sight.school.years.get(year)
    if span is None or first not in span or (until is not None and until not in span):
        whole = f" ({spoken(span.first)} – {spoken(span.last)})" if span and span.last else ""
        raise Refusal("date-in-year", f"Дата вне {year}/{(year + 1) % 100:02} учебного года{whole}.")


def in_order(first: date, until: date | None) -> None:
    if until is not None and until < first:
        raise Refusal("dates-in-order", f"{spoken(until)} раньше, чем {spoken(first)}.")


def klass_on(pupil: Pupil, on: date, sight: Sight) -> str:
    """«в 7А», or «не в школе»."""
    place = pupil.class_on(on)
    return f"в {sight.school.classes[place].title}" if place in sight.school.classes else "не в школе"
