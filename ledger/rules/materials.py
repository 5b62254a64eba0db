"""Rules on links and files of a lesson and its homework."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.lessons import MaterialAttached
from ledger.regulation import Regulation
from ledger.rules.homework import grade_has_homework, homework_is_in_time
from ledger.rules.state import State
from ledger.rules.texts import text_finding
from ledger.rules.topics import topic_is_in_time
from ledger.school import School


def material_title_is_plain(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    return text_finding(cast(MaterialAttached, entry.event).title, regulation.title_length)


def material_of_homework_is_in_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-04: what hangs on homework is a part of it."""
    if not _of_homework(entry):
        return None
    return homework_is_in_time(entry, state, school, regulation)


def material_of_lesson_is_in_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-03: what was worked with is of the topic; ahead of the lesson it may be put there at any time."""
    return None if _of_homework(entry) else topic_is_in_time(entry, state, school, regulation)


def material_is_for_a_grade_with_homework(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """R-114: no homework, so nothing hangs on it."""
    if not _of_homework(entry):
        return None
    return grade_has_homework(entry, state, school, regulation)


def _of_homework(entry: Entry) -> bool:
    return cast(MaterialAttached, entry.event).to == "homework"
