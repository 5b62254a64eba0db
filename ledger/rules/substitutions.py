"""Rules on substitutions: who records them, until when, and who stands in (7.12, W-18, P-38, P-40)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from ledger.entry import Entry, Finding, Role
from ledger.events.days import SubstitutionCancelled, SubstitutionRecorded
from ledger.events.journals import LongSubstitutionEnded, LongSubstitutionRecorded
from ledger.regulation import Regulation
from ledger.rules.deputies import deputy_for
from ledger.rules.lessons import local, past
from ledger.rules.state import State
from ledger.school import School
from ledger.substitutes import lesson_of, taken_at
from ledger.timetable import Lesson
from ledger.windows import delay, spoken

FOUR_WEEKS = timedelta(days=28)


def recorder_is_right(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """P-38; a deputy also, of a lesson that is over: nobody else may then (W-18)."""
    person, at = entry.stamp.person, local(entry, school)
    held = school.roles_of(person, at.date())
    if entry.stamp.role is Role.SYSTEM or _records(held - {Role.DEPUTY}, regulation):
        return None
    if not deputy_for("substitution", person, at.date(), school, regulation):
        return Finding(code="P-38")
    over = _is_over(entry.event, at, school) and regulation.substitution_retro == "approve"
    return None if over or _records({Role.DEPUTY}, regulation) else Finding(code="P-38")


def _records(roles: frozenset[Role] | set[Role], regulation: Regulation) -> bool:
    return any(role.value in regulation.substitution_recorders for role in roles)


def _is_over(event: object, at: datetime, school: School) -> bool:
    if isinstance(event, LongSubstitutionRecorded):
        return event.first < at.date()
    if isinstance(event, LongSubstitutionEnded):
        return False
    lesson = lesson_of(cast(SubstitutionRecorded | SubstitutionCancelled, event).lesson, school)
    return lesson is not None and delay(at, lesson.ends) is not None


def substitute_is_another(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """Nobody stands in for himself."""
    event = cast(SubstitutionRecorded | LongSubstitutionRecorded, entry.event)
    return Finding(code="substitution-self") if event.substitute == event.absent else None


def substitute_is_free(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """Nobody is in two rooms at once; groups that were joined sit in one."""
    event = cast(SubstitutionRecorded, entry.event)
    lesson = lesson_of(event.lesson, school)
    if lesson is None or event.substitute is None or event.manner == "joined":
        return None
    return _clash(taken_at(event.substitute, lesson, school), school)


def _clash(other: Lesson | None, school: School) -> Finding | None:
    if other is None:
        return None
    title = f"{school.klass_of(other.journal).title}, {school.subject_of(other.journal).title}"
    details = {"lesson": f"{spoken(other.date)}, {other.number}-й урок, {title}"}
    return Finding(code="substitution-clash", details=details)


def long_substitute_is_free(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """The same of the lessons of a page; four weeks of it show every week there is."""
    event = cast(LongSubstitutionRecorded, entry.event)
    last = min(event.until or date.max, event.first + FOUR_WEEKS)
    for lesson in school.timetable.by_journal.get(entry.stream, ()):
        if event.first <= lesson.date <= last and school.substitution(lesson.id) is None:
            found = _clash(taken_at(event.substitute, lesson, school), school)
            if found is not None:
                return found
    return None


def substitution_is_in_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-18: in time to the lesson's start, late to its end; afterwards the deputy's alone (P-40)."""
    lesson = lesson_of(cast(SubstitutionRecorded, entry.event).lesson, school)
    if lesson is None:
        return None
    at = local(entry, school)
    return afterwards(entry, lesson.ends, school, regulation) or past("W-18", at, lesson.starts, "soft")


def cancelled_in_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """What was taught in somebody's place is not rewritten afterwards but by the deputy."""
    lesson = lesson_of(cast(SubstitutionCancelled, entry.event).lesson, school)
    return None if lesson is None else afterwards(entry, lesson.ends, school, regulation)


def long_substitution_is_ahead(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """A workload is not carried over for days that have passed but by the deputy."""
    first = cast(LongSubstitutionRecorded, entry.event).first
    if first >= local(entry, school).date():
        return None
    return afterwards(entry, datetime.combine(first, datetime.min.time()), school, regulation)


def afterwards(
    entry: Entry, end: datetime, school: School, regulation: Regulation, of: str = ""
) -> Finding | None:
    """W-18 past `end`; `of` something else than a substitution is a case of its own."""
    at, person = local(entry, school), entry.stamp.person
    retro = regulation.substitution_retro == "approve"
    if retro and deputy_for("substitution", person, at.date(), school, regulation):
        return past("W-18", at, end, f"{of}-deputy" if of else "deputy")
    return past("W-18", at, end, of)
