"""ImportTimetable: the lessons of an aSc file as slots of the school's journals.

Halves of a class are pages of their own, each with its teacher; a joint lesson stands in the journal of each
of its classes. The dates follow from the school's year and holidays, which the file does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.files.asc import halves
from commands.files.asc_rows import AscClass, AscSlot, AscTimetable
from commands.files.csv_values import WEEKDAYS, level_of
from commands.importing import calendar, ids, pages, roster, slots
from commands.importing.agreement import as_agreed
from commands.importing.asc_match import Matched, match, name_of, unknown
from commands.importing.begun import keeping_what_has_begun
from commands.importing.pages import Page, Teaching
from commands.importing.roster import WantedClass
from commands.importing.slots import Place
from commands.importing.terms import Fact, Terms, numbered, terms
from ledger import streams
from ledger.entry import Draft, Role
from ledger.events.staff import RoleGranted
from ledger.people import Name
from ledger.school import School

HOUR = 100  # hundredths of a lesson a week
RINGING = "Звонки по файлу расписания"
Pages = dict[Page, dict[UUID, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportTimetable:
    """`staff`: names of the school's people, who have names only outside the ledger. The timetable holds from
    `first` to `last`; None: as soon as it may, to the end of the year. `create`: what is unknown, too.
    `agreed`: digest of the preview somebody has seen (commands.importing.agreement)."""

    timetable: AscTimetable
    staff: Mapping[UUID, Name]
    year: int
    first: date | None = None
    last: date | None = None
    create: bool = False
    agreed: str = ""


def import_timetable(command: ImportTimetable, sight: Sight) -> tuple[Draft, ...]:
    """Raises Refusal for what is unknown (unless it may be created), doubtful, or has no bell."""
    school = sight.school
    if command.year not in school.years:
        raise Refusal("year", "Учебного года ещё нет: сначала загрузите набор школы (letopis import-school).")
    matched = match(command.timetable, school, command.year, command.staff)
    _refuse_unknown(matched, command.create)
    span = school.years[command.year]
    by = terms(sight, command.year, span.first, span.last or span.first, command.first)
    drafts = numbered(_facts(command, matched, school, by), school)
    return as_agreed(keeping_what_has_begun(drafts, sight), command.agreed)


def _refuse_unknown(matched: Matched, create: bool) -> None:
    if matched.doubtful:
        names = ", ".join(teacher.name for teacher in matched.doubtful)
        raise Refusal("timetable-doubtful", f"Нельзя понять, о ком речь — одинаковые имена: {names}.")
    if not matched.complete and not create:
        listed = "; ".join(unknown(matched))
        raise Refusal("timetable-unknown", f"В школе неизвестны {listed}. Добавьте их или разрешите создать.")


def _facts(command: ImportTimetable, matched: Matched, school: School, by: Terms) -> Iterator[Fact]:
    taught, places = _read(command, matched, school, by)
    for teacher in matched.new_teachers:
        granted = RoleGranted(
            role=Role.TEACHER.value, first=min(by.first, by.today), until=None, competence=None
        )
        yield matched.teachers[teacher.id], granted
    yield from roster.class_facts((_class(c, matched) for c in matched.new_classes), school, by)
    groups = {matched.groups[g.id]: (matched.classes[g.class_id], g.name) for g in matched.new_groups}
    yield from roster.group_facts(groups, school)
    subjects = ((matched.subjects[s.id], s.name, s.short, ()) for s in matched.new_subjects)
    yield from pages.subject_facts(subjects, school)
    yield from _bells(command.timetable, places, school, by)
    yield from pages.page_facts(_workload(taught, school, by), school, by)
    yield from slots.slot_facts(places.values(), school, by)


def _class(row: AscClass, matched: Matched) -> WantedClass:
    assert row.grade is not None  # others are skipped
    leader = matched.teachers.get(row.teacher.id) if row.teacher else None
    return WantedClass(
        id=matched.classes[row.id], title=row.name, grade=row.grade, level=level_of(row.grade), teacher=leader
    )


def _read(
    command: ImportTimetable, matched: Matched, school: School, by: Terms
) -> tuple[Pages, dict[tuple[Page, int, int, str], Place]]:
    """Pages with their teachers' hours, and their places in the week: each once, whatever rooms it takes."""
    taught: Pages = {}
    places: dict[tuple[Page, int, int, str], Place] = {}
    for whole in command.timetable.slots:
        for slot in halves(whole):
            together = tuple(_pages_of(slot, matched))
            when = (slot.weekday, slot.number, slot.week)
            joint = _joint(together, when, school, by)
            for page in together:
                hours = taught.setdefault(page, {})
                for teacher in slot.teachers:
                    person = matched.teachers[teacher.id]
                    hours[person] = hours.get(person, 0) + (HOUR if slot.week == "all" else HOUR // 2)
                place = Place(
                    journal=page.journal(school.id, by.year),
                    weekday=slot.weekday,
                    number=slot.number,
                    week=slot.week,
                    room=", ".join(room.name for room in slot.rooms) or None,
                    last=command.last,
                    joint=joint,
                )
                places.setdefault((page, *when), place)
    return taught, places


def _joint(together: tuple[Page, ...], when: tuple[int, int, str], school: School, by: Terms) -> UUID | None:
    """What makes several pages' places one hour of one teacher in one room, and no collision."""
    journals = sorted(str(page.journal(school.id, by.year)) for page in together)
    return ids.joint(school.id, by.year, (*when, *journals)) if len(journals) > 1 else None


def _pages_of(slot: AscSlot, matched: Matched) -> Iterator[Page]:
    for each in slot.classes:
        if each.id in matched.classes:
            groups = [matched.groups[g.id] for g in slot.groups if g.class_id == each.id]
            for group in groups or (None,):
                yield Page(
                    class_id=matched.classes[each.id],
                    group=group,
                    subject=matched.subjects[slot.subject.id],
                )


def _workload(taught: Pages, school: School, by: Terms) -> dict[Page, tuple[Teaching, ...]]:
    """Who teaches now goes on as it stands; pages whose lessons name no teacher keep theirs."""
    found = {}
    for page, hours in taught.items():
        journal = school.journals.get(page.journal(school.id, by.year))
        standing = [] if journal is None else [s for s in journal.teachers if s[1].last is None]
        going_on = {teacher: span for teacher, span in standing if teacher in hours or not hours}
        found[page] = tuple(
            Teaching(
                teacher=teacher,
                first=going_on[teacher].first if teacher in going_on else None,
                until=None,
                hours=hours.get(teacher, 0),
            )
            for teacher in {**hours, **going_on}
        )
    return found


def _bells(
    timetable: AscTimetable,
    places: Mapping[tuple[Page, int, int, str], Place],
    school: School,
    by: Terms,
) -> Iterator[Fact]:
    """The file's bells for classes that have none on a day with lessons. Raises Refusal for a lesson that
    would have no time: it would silently stand in no day."""
    times = {
        period.number: (period.start, period.end)
        for period in sorted(timetable.periods, key=lambda each: each.number)
        if period.start is not None and period.end is not None
    }
    without = sorted({(p.class_id, day) for p, day, _, _ in places if (p.class_id, day) not in school.rings})
    _refuse_silent(((p.class_id, day, n) for p, day, n, _ in places), school, times)
    if without:
        schedule = calendar.schedule_of(school.id, RINGING, times)
        if schedule not in school.bells:
            yield streams.calendar(school.id), calendar.bells_set(schedule, RINGING, times)
        for class_id, weekday in without:
            yield from calendar.assigned(class_id, weekday, schedule, school, by)


def _refuse_silent(lessons: Iterable[tuple[UUID, int, int]], school: School, times: calendar.Times) -> None:
    silent: dict[tuple[int, int], set[str]] = {}
    for class_id, weekday, number in lessons:
        if number not in _rung(class_id, weekday, school, times):
            known = school.classes.get(class_id)
            silent.setdefault((weekday, number), set()).add(known.title if known else "новый класс")
    if silent:
        listed = "; ".join(
            f"{WEEKDAYS[weekday - 1]}, урок {number} ({', '.join(sorted(titles))})"
            for (weekday, number), titles in sorted(silent.items())
        )
        raise Refusal("timetable-bell", f"Нет звонка: {listed}. Дополните звонки школы или файла.")


def _rung(class_id: UUID, weekday: int, school: School, times: calendar.Times) -> calendar.Times:
    rings = school.rings.get((class_id, weekday))
    return school.bells[rings[-1][1]].times if rings else times


def names_of(command: ImportTimetable, school: School) -> dict[UUID, Name]:
    """The names of the teachers the command creates, to be kept outside the ledger (ledger.people)."""
    matched = match(command.timetable, school, command.year, command.staff)
    return {matched.teachers[t.id]: name_of(t) for t in matched.new_teachers}
