"""Rules on activated and quarantine days (8.1)."""

from __future__ import annotations

from ledger.entry import Entry, Finding
from ledger.regulation import Regulation
from ledger.rules.state import LessonState
from ledger.school import School


def class_is_not_at_a_distance(
    entry: Entry, state: LessonState, school: School, regulation: Regulation
) -> Finding | None:
    """R-141, 8.1(b4): whoever is away from distance lessons gets no «н»."""
    lesson = state.lesson
    if lesson is None:
        return None
    declared = school.distance(school.journals[lesson.journal].class_id, lesson.date)
    if declared is None:
        return None
    order = school.orders.get(declared.order)
    return Finding(code="R-141", details={"order": order.number if order and order.number else "будет позже"})
