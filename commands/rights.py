"""In which role a command is given: the table of ledger.access, asked for every lesson it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from commands.deciding import Refusal
from ledger.access import Target, acting_role
from ledger.entry import Entry, Finding, Role
from ledger.lesson import fold_lesson, known_lesson
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson
from ledger.windows import spoken

Streams = Mapping[UUID, tuple[Entry, ...]]


Named = Mapping[str, Any]  # fields of ledger.access.Target


def role_for(
    person: UUID,
    action: str,
    lessons: Iterable[UUID],
    about: Iterable[Named],
    streams: Streams,
    school: School,
    today: date,
) -> Role | None:
    """One role for the whole command: it must be allowed for each of its lessons and of what else it is `about`.
    None: denied."""
    targets = [_target(_lesson(id, streams, school), person, today) for id in lessons]
    targets += [replace(Target(today=today, person=person), **named) for named in about]
    wanted = targets or [Target(today=today, person=person)]
    roles = [None if target is None else acting_role(person, action, target, school) for target in wanted]
    return None if None in roles else roles[0]


def denied(
    action: str, lessons: Iterable[UUID], streams: Streams, school: School, regulation: Regulation | None
) -> Refusal:
    """Why: there is no such lesson, or it is not one's own page (W-19)."""
    known = [_lesson(id, streams, school) for id in lessons]
    if None in known:
        return Refusal("lesson-exists", "Такого урока нет в расписании.", status=404)
    own_page = action in ("write_lesson", "write_attendance", "request_late_entry", "request_correction")
    if not own_page or not known or known[0] is None or regulation is None:
        return Refusal("not-allowed", "Это действие не для вашей роли.", status=403)
    word = regulation.word_on(Finding(code="W-19"))
    sentence = word.sentence.format_map({"date": spoken(known[0].date)})
    return Refusal("W-19", sentence, clause=word.clause, status=403)


def _target(lesson: Lesson | None, person: UUID, today: date) -> Target | None:
    if lesson is None:
        return None
    return Target(today=today, on=lesson.date, lesson=lesson, journal=lesson.journal, person=person)


def _lesson(id: UUID, streams: Streams, school: School) -> Lesson | None:
    """The timetable knows nearly all; only a lesson that has left it is asked of its own entries."""
    planned = school.timetable.by_id.get(id)
    return planned or known_lesson(fold_lesson(id, streams.get(id, ())), school)
