"""Replacing what stands (P-56, R-165): one's own record inside its window, after it by a case.

Where the act refuses what is late the windows say so themselves; this is for schools whose windows only report, and for
those where nothing is replaced but by a case.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from ledger import streams
from ledger.entry import Entry, Finding
from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn
from ledger.events.homework import HomeworkNotSet, HomeworkSet
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import LiteracyMarkGiven, LiteracyMarkWithdrawn, MarkGiven, MarkWithdrawn
from ledger.regulation import Mode, Regulation
from ledger.rules.attendance import decided_wrong
from ledger.rules.lessons import local, past
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import absence_window, extended, homework_window, spoken, topic_window

_ENFORCED = (Mode.REFUSE, Mode.PERMIT)


def record_is_replaced_in_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-56: by the window of the record, whatever the act makes of those who are late with a first one."""
    record = _standing(entry.event, state)
    if record is None or state.lesson is None or decided_wrong(entry, state):
        return None
    if record.stamp.command_id == entry.stamp.command_id:
        return None  # one action: presence and its first «н»
    if regulation.self_correction == "none":
        written = local(record, school).replace(microsecond=0)
        return Finding(code="P-56", details={"deadline": spoken(written)})
    code, deadline = _window(entry.event, state, school, regulation)
    enforced = deadline is None or regulation.word_on(Finding(code=code)).mode in _ENFORCED
    return None if enforced or deadline is None else past("P-56", local(entry, school), deadline)


def _standing(event: object, state: State) -> Entry | None:
    """The record this one replaces or takes away."""
    sheet = state.sheet
    match event:
        case MarkGiven(work=work, pupil=pupil) | MarkWithdrawn(work=work, pupil=pupil):
            return sheet.marks.get((work, pupil))
        case LiteracyMarkGiven(work=work, pupil=pupil) | LiteracyMarkWithdrawn(work=work, pupil=pupil):
            return sheet.literacy.get((streams.literacy(work), pupil))
        case AbsenceNoted():
            return sheet.taken  # whoever was said to be there
        case AbsenceWithdrawn(pupil=pupil):
            return sheet.absences.get(pupil)
        case TopicRecorded():
            return sheet.topic
        case HomeworkSet() | HomeworkNotSet():
            return sheet.homework
    return None


def _window(
    event: object, state: State, school: School, regulation: Regulation
) -> tuple[str, datetime | None]:
    """The rule that holds the record's time, and until when."""
    lesson = state.lesson
    assert lesson is not None
    match event:
        case TopicRecorded():
            return "W-03", topic_window(lesson, school, regulation).hard
        case HomeworkSet() | HomeworkNotSet():
            return "W-04", homework_window(lesson, school, regulation).hard
        case AbsenceNoted() | AbsenceWithdrawn():
            return "W-05", absence_window(lesson, school, regulation).hard
    work = state.sheet.works.get(cast(MarkGiven, event).work)
    if work is None:
        return "W-01", None
    return work.window, extended(work.due, lesson.starts, school, regulation)
