"""Rules on the topic (9.5(b2))."""

from __future__ import annotations

from ledger.entry import Entry, Finding
from ledger.regulation import Regulation
from ledger.rules.lessons import local, within
from ledger.rules.state import LessonState
from ledger.school import School
from ledger.windows import topic_window


def topic_is_in_time(
    entry: Entry, state: LessonState, school: School, regulation: Regulation
) -> Finding | None:
    """W-03."""
    if state.lesson is None:
        return None
    return within("W-03", local(entry, school), topic_window(state.lesson, school, regulation))
