"""Rules on activated and quarantine days (8.1)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding, Role
from ledger.events.calendar import DistanceEnded
from ledger.handover import begun
from ledger.regulation import Regulation
from ledger.rules.lessons import local
from ledger.rules.state import State
from ledger.school import School
from ledger.school_records import Distance
from ledger.span import DAY
from ledger.windows import delay, spoken


def class_is_not_at_a_distance(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """R-141, 8.1(b4): whoever is away from distance lessons gets no «н»."""
    lesson = state.lesson
    if lesson is None:
        return None
    declared = school.distance(school.journals[lesson.journal].class_id, lesson.date)
    if declared is None:
        return None
    return Finding(code="R-141", details={"order": _number(declared, school)})


def distance_days_are_ahead(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """R-141: distance days that were stay, and today stays one once a lesson of these classes has begun, else «н»
    could be put where nobody was to come. A mistaken declaration the deputy or the director takes back, and it is
    counted."""
    event, at = cast(DistanceEnded, entry.event), local(entry, school)
    declared = school.distances.get(event.distance)
    if declared is None:
        return None
    pages = {page.id for page in school.journals.values() if page.class_id in declared.classes}
    moment = begun(pages, max(event.last + DAY, declared.span.first), at, school)
    if moment is None:
        return None
    held = school.roles_of(entry.stamp.person, at.date())
    case = "deputy" if held & {Role.DEPUTY, Role.DIRECTOR} else "past"
    details = {"order": _number(declared, school), "deadline": spoken(moment), "case": case}
    return Finding(code="R-141", delay=delay(at, moment), details=details)


def _number(declared: Distance, school: School) -> str:
    order = school.orders.get(declared.order)
    return order.number if order and order.number else "будет позже"
