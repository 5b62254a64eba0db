"""Rules on the topic (7.15, 9.5(b2))."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from ledger.entry import Entry, Finding
from ledger.events.lessons import TopicRecorded
from ledger.regulation import Regulation
from ledger.rules.lessons import local, within
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import topic_window


def topic_is_in_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-03."""
    if state.lesson is None:
        return None
    return within("W-03", local(entry, school), topic_window(state.lesson, school, regulation))


def language_lesson_names_its_task(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-76, R-107: one of the main tasks of a lesson of a foreign language, besides its topic."""
    if state.lesson is None or not wants_task(state.lesson.journal, school, regulation):
        return None
    return None if cast(TopicRecorded, entry.event).task else Finding(code="P-76")


def wants_task(journal: UUID, school: School, regulation: Regulation) -> bool:
    return regulation.language_task and "foreign" in school.subject_of(journal).attributes


def topic_is_of_the_plan(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """R-079: a line of the plan the page is bound to, or a departure from it that is called one."""
    event = cast(TopicRecorded, entry.event)
    if state.lesson is None or event.deviation:
        return None
    plan = school.journals[state.lesson.journal].plan
    return None if plan is None or (event.plan == plan and event.item is not None) else Finding(code="R-079")
