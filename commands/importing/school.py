"""ImportSchool: a school's CSV bundle as entries, only what is new or changed; the same files twice, none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.files.csv_rows import SchoolBundle
from commands.importing import calendar, ids, pages, roster, slots, staff
from commands.importing.agreement import as_agreed
from commands.importing.begun import keeping_what_has_begun
from commands.importing.pages import Page, Teaching
from commands.importing.slots import Place
from commands.importing.terms import Fact, Terms, numbered, terms
from ledger.entry import Draft
from ledger.people import Name


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportSchool:
    """`since` is the first day of what the bundle changes in a school whose timetable stands. `agreed`: digest of the
    preview somebody has seen (commands.importing.agreement)."""

    bundle: SchoolBundle
    since: date | None = None
    agreed: str = ""


def import_school(command: ImportSchool, sight: Sight) -> tuple[Draft, ...]:
    bundle, school = command.bundle, sight.school
    if not school.title:
        raise Refusal("school-founded", "Школа ещё не основана.", status=409)
    if bundle.school.zone != school.zone_name:
        # Every deadline already written is local to the zone.
        raise Refusal("school-zone", f"Часовой пояс школы — {school.zone_name}; набором его не меняют.")
    year = int(bundle.school.year[:4])
    by = terms(sight, year, bundle.school.year_first, bundle.school.year_last, command.since)
    drafts = numbered(_facts(bundle, sight, by), school)
    return as_agreed(keeping_what_has_begun(drafts, sight), command.agreed)


def _facts(bundle: SchoolBundle, sight: Sight, by: Terms) -> Iterator[Fact]:
    school = sight.school
    classes = roster.classes_of(bundle, school.id, by.year)
    rows = {classes[row.name]: row for row in bundle.classes}
    yield from calendar.year_facts(school, by)
    yield from calendar.period_facts(bundle, sight, by)
    yield from calendar.holiday_facts(bundle, sight, by)
    yield from staff.role_facts(bundle.staff, school, by)
    wanted = [roster.wanted_class(row, id_, school.id) for id_, row in rows.items()]
    yield from roster.class_facts(wanted, school, by)
    yield from calendar.bell_facts(bundle.bells, bundle.bell_days, rows, school, by)
    yield from roster.group_facts(_groups(bundle, classes, school.id), school)
    yield from roster.pupil_facts(bundle, classes, school, by)
    yield from roster.membership_facts(bundle, classes, school, by)
    yield from roster.guardian_facts(bundle, school)
    yield from pages.subject_facts(_subjects(bundle, school.id), school)
    taught = _pages(bundle, classes, school.id)
    yield from pages.page_facts(taught, school, by)
    if bundle.timetable:  # without one it comes from aSc, and this bundle says nothing of it
        yield from pages.ended_pages(taught, school, by)
        yield from slots.slot_facts(_places(bundle, classes, school.id, by.year), school, by)


def _subjects(bundle: SchoolBundle, school: UUID) -> Iterator[tuple[UUID, str, str, tuple[str, ...]]]:
    for row in bundle.subjects:
        yield ids.subject(school, row.subject), row.subject, row.short, row.attributes


def _groups(bundle: SchoolBundle, classes: Mapping[str, UUID], school: UUID) -> dict[UUID, tuple[UUID, str]]:
    return {
        ids.group(school, classes[row.class_name], row.group): (classes[row.class_name], row.group)
        for row in bundle.groups
    }


def _page(row: object, classes: Mapping[str, UUID], school: UUID) -> Page:
    """Of a row of workload.csv or timetable.csv."""
    class_id, group = classes[row.class_name], row.group  # type: ignore[attr-defined]
    return Page(
        class_id=class_id,
        group=ids.group(school, class_id, group) if group else None,
        subject=ids.subject(school, row.subject),  # type: ignore[attr-defined]
    )


def _pages(
    bundle: SchoolBundle, classes: Mapping[str, UUID], school: UUID
) -> dict[Page, tuple[Teaching, ...]]:
    found: dict[Page, tuple[Teaching, ...]] = {}
    for row in bundle.workload:
        page = _page(row, classes, school)
        teaching = Teaching(
            teacher=ids.person(school, row.teacher),
            first=row.first,
            until=row.last,
            hours=int(row.hours * 100),
        )
        found[page] = (*found.get(page, ()), teaching)
    return found


def _places(bundle: SchoolBundle, classes: Mapping[str, UUID], school: UUID, year: int) -> Iterator[Place]:
    for row in bundle.timetable:
        yield Place(
            journal=_page(row, classes, school).journal(school, year),
            weekday=row.weekday,
            number=row.number,
            week=row.week,
            room=row.room or None,
            first=row.first,
            last=row.last,
        )


def names_of(bundle: SchoolBundle, school: UUID) -> dict[UUID, Name]:
    """The names a bundle brings, to be kept outside the ledger (ledger.people)."""
    guardians = roster.guardians_of(bundle, school)
    rows = (
        [(ids.pupil(school, row.id), row) for row in bundle.pupils]
        + [(guardians[row.id], row) for row in bundle.guardians]
        + [(ids.person(school, row.id), row) for row in bundle.staff]
    )
    return {
        person: Name(last=row.last_name, first=row.first_name, middle=row.middle_name) for person, row in rows
    }
