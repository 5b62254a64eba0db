"""Rules on homework: content and how it is done, within an hour after all lessons (9.5(b7))."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.homework import HomeworkSet
from ledger.regulation import Regulation
from ledger.rules.lessons import local, within
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import homework_window


def grade_has_homework(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """R-114, Perm 1.5: none in the grades without marks (P-12)."""
    if state.lesson is None or school.klass_of(state.lesson.journal).grade not in regulation.unmarked_grades:
        return None
    return Finding(code="R-114")


def manner_is_known(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """R-099: how it is done comes from the regulation's list."""
    strange = next((m for m in cast(HomeworkSet, entry.event).manner if m not in regulation.manners), None)
    return None if strange is None else Finding(code="homework-manner", details={"manner": strange})


def homework_is_for_a_later_lesson(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """The lesson it is due at comes later on the same page; none when no later lesson is planned."""
    event, lesson = cast(HomeworkSet, entry.event), state.lesson
    if lesson is None or (event.due is None and event.due_lesson is None):
        return None
    due = school.timetable.by_id.get(event.due_lesson) if event.due_lesson else None
    later = due is not None and due.journal == lesson.journal and due.starts > lesson.starts
    return None if due is not None and later and due.date == event.due else Finding(code="homework-due")


def homework_is_in_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-04."""
    if state.lesson is None:
        return None
    return within("W-04", local(entry, school), homework_window(state.lesson, school, regulation))
