"""Who is away and who is back: a return undoes the substitutions that are still ahead (7.12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from commands.clashing import in_turn
from commands.deciding import Refusal, Sight
from commands.importing.terms import Fact, numbered
from commands.known import a_member_of_staff, in_order
from commands.substitutions import cancelling, put_lesson
from ledger.entry import Draft
from ledger.events.staff import StaffAbsenceRecorded, StaffReturned
from ledger.regulation import Regulation
from ledger.school import School, Span
from ledger.school_records import StaffAbsence
from ledger.span import DAY
from ledger.substitutes import lesson_of, replacement
from ledger.timetable import Lesson
from ledger.windows import spoken

KINDS = ("illness", "trip", "leave", "other")
LONGEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffAbsenceItem:
    """Both days included."""

    person: UUID
    kind: str
    first: date
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordStaffAbsence:
    absences: tuple[StaffAbsenceItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnTeacher:
    """`last` is the last day away, by default yesterday."""

    absence: UUID
    last: date | None = None
    confirmed: bool = False


def record_staff_absence(command: RecordStaffAbsence, sight: Sight) -> tuple[Draft, ...]:
    if not command.absences:
        raise Refusal("absence-empty", "Не выбран ни один учитель.")
    known = [(each.person, each.span) for each in sight.school.away.values()]
    facts: list[Fact] = []
    for n, item in enumerate(command.absences):
        _check(item, known, sight)
        known.append((item.person, Span(first=item.first, last=item.until)))
        event = StaffAbsenceRecorded(
            absence=uuid5(sight.stamp.command_id, f"absence/{n}"),
            kind=item.kind,
            first=item.first,
            until=item.until,
        )
        facts.append((item.person, event))
    return numbered(facts, sight.school)


def _check(item: StaffAbsenceItem, known: list[tuple[UUID, Span]], sight: Sight) -> None:
    a_member_of_staff(item.person, sight)
    if item.kind not in KINDS:
        raise Refusal("absence-kind", "Такой причины отсутствия нет в списке.")
    in_order(item.first, item.until)
    if item.until - item.first > LONGEST:
        raise Refusal("absence-long", "Отсутствие длиннее года: проверьте дату.")
    span = Span(first=item.first, last=item.until)
    same = next((s for person, s in known if person == item.person and s.overlaps(span)), None)
    if same is not None and same.last is not None:
        days = f"{spoken(same.first)} – {spoken(same.last)}"
        raise Refusal("absence-twice", f"Этот учитель уже отмечен отсутствующим: {days}.", status=409)


def return_teacher(command: ReturnTeacher, sight: Sight) -> tuple[Draft, ...]:
    absence = sight.school.away.get(command.absence)
    if absence is None:
        raise Refusal("absence-exists", "Такого отсутствия нет.", status=404)
    last = command.last or min(sight.now.date() - DAY, absence.span.last or date.max)
    if absence.span.last is not None and last > absence.span.last:
        raise Refusal("absence-longer", f"Отсутствие и так кончается {spoken(absence.span.last)}.")
    facts: list[Fact] = [(absence.person, StaffReturned(absence=absence.id, last=last))]
    for lesson in ahead(absence, last, sight):
        standing = sight.school.substitution(lesson.id)
        assert standing is not None
        facts += cancelling(standing.id, lesson.id, sight)
    return in_turn(facts, sight.school)


def ahead(absence: StaffAbsence, last: date, sight: Sight) -> Iterator[Lesson]:
    """Lessons of days this teacher is back on that have not begun and somebody else was to give."""
    school = sight.school
    others = [o.span for o in school.away.values() if o.person == absence.person and o.id != absence.id]
    for lesson in _covered(absence, school):
        back = lesson.date > last and not any(lesson.date in span for span in others)
        if back and lesson.starts > sight.now:
            yield lesson


def _covered(absence: StaffAbsence, school: School) -> Iterator[Lesson]:
    for id in school.substitutions:
        standing, lesson = school.substitution(id), lesson_of(id, school)
        if standing is None or standing.absent != absence.person:
            continue
        if lesson is not None and lesson.date in absence.span:
            yield lesson


def rests_on(command: ReturnTeacher, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The lessons of other subjects that stand where this teacher's were: they may have records."""
    absence = school.away.get(command.absence)
    if absence is None:
        return ()
    put = (replacement(lesson.id, school) for lesson in _covered(absence, school))
    return tuple(put_lesson(extra, school) for extra in put if extra is not None)
