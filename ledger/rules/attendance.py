"""Rules on presence and absence (7.14(b2), 9.5(b3))."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding, Role
from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn
from ledger.regulation import Regulation
from ledger.rules.lessons import local, page_is_own, within, written_by_a_teacher
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import absence_window, spoken


def attendance_author_is_right(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """The teacher of the page; the class teacher for the own class where P-52 lets them fill absences in."""
    if decided_wrong(entry, state):
        return None
    if state.lesson is not None and _leads_with_right(entry, state, school, regulation):
        return None
    return written_by_a_teacher(entry, state, school, regulation) or page_is_own(
        entry, state, school, regulation
    )


def decided_wrong(entry: Entry, state: State) -> bool:
    """R-144: an «н» whose dispute was upheld is withdrawn by that decision, in the same action, at whatever hour."""
    event, command = entry.event, entry.stamp.command_id
    return isinstance(event, AbsenceWithdrawn) and any(
        each.pupil == event.pupil
        and each.upheld
        and each.decided is not None
        and each.decided.stamp.command_id == command
        for each in state.disputes.values()
    )


def _leads_with_right(entry: Entry, state: State, school: School, regulation: Regulation) -> bool:
    if entry.stamp.role != Role.CLASS_TEACHER or regulation.class_teacher_edit != "absence_full":
        return False
    assert state.lesson is not None
    led = school.classes_led(entry.stamp.person, state.lesson.date)
    return school.journals[state.lesson.journal].class_id in {klass.id for klass in led}


def pupil_has_no_mark(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """P-29, E-03: no «н» beside a mark of the same lesson."""
    marked = state.sheet.marked(cast(AbsenceNoted, entry.event).pupil)
    forbidden = marked and regulation.absent_and_mark == "forbid"
    return Finding(code="P-29", details={"case": "absence"}) if forbidden else None


def absence_is_in_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-05, 9.5(b3): from the beginning of the lesson; after its end late; after the day by permission."""
    if state.lesson is None or decided_wrong(entry, state):
        return None
    at, window = local(entry, school), absence_window(state.lesson, school, regulation)
    if at < window.opens:
        return Finding(code="W-05", details={"case": "early", "deadline": spoken(window.opens)})
    return within("W-05", at, window)
