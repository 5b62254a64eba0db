"""Rules on every record of a lesson: it is in the timetable, it is the teacher's own page, it has begun."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from ledger.entry import Entry, Finding, Role
from ledger.events.lessons import LessonHeld
from ledger.events.marks import LiteracyMarkGiven, LiteracyMarkWithdrawn, MarkGiven, MarkWithdrawn
from ledger.regulation import Regulation
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import Window, delay, spoken


def local(entry: Entry, school: School) -> datetime:
    """The school's wall clock (naive) at the only instant a rule decides by (E-01, E-09)."""
    return school.local(entry.stamp.judged_at)


def past(code: str, at: datetime, deadline: datetime, case: str = "") -> Finding | None:
    """A finding with its delay once the deadline has passed."""
    seconds = delay(at, deadline)
    if seconds is None:
        return None
    return Finding(code=code, delay=seconds, details={"deadline": spoken(deadline), "case": case})


def within(code: str, at: datetime, window: Window) -> Finding | None:
    """The rule itself after the hard end of the window, its case «soft» between the soft end and the hard
    one."""
    return past(code, at, window.hard) or past(code, at, window.soft, "soft")


def lesson_is_planned(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """7.14(b4): a mark stands in the column of the day the lesson was held; so there is a lesson."""
    lesson = state.lesson
    if lesson is None:
        return Finding(code="lesson-exists")
    if isinstance(entry.event, LessonHeld):
        held = (entry.event.journal, entry.event.date, entry.event.number)
        if held != (lesson.journal, lesson.date, lesson.number):
            return Finding(code="lesson-exists")
    return None


def written_by_a_teacher(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-58, R-031, R-032: whoever also teaches writes as a teacher, on pages of their own."""
    allowed = entry.stamp.role == Role.TEACHER or entry.stamp.role in regulation.edit_marks_as
    return None if allowed else Finding(code="P-58")


def page_is_own(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-19, R-029: by the workload on the lesson's date, not on the day of writing (E-06); a substituted lesson is the
    substitute's. A substitution that was cancelled leaves the works of a lesson its substitute held (E-02), and only
    then may the refusal say so."""
    lesson, person, held = state.lesson, entry.stamp.person, state.sheet.held
    if lesson is None or entry.stamp.role in regulation.edit_marks_as:
        return None
    if school.writes(person, lesson) or _completes_own(entry, state):
        return None
    once = any(each.substitute == person for each in school.substitutions.get(lesson.id, ()))
    own = held is not None and held.stamp.person == person and held.stamp.command_id != entry.stamp.command_id
    case = "" if not once else "cancelled" if own else "not-held"
    return Finding(code="W-19", details={"date": spoken(lesson.date), "case": case})


def _completes_own(entry: Entry, state: State) -> bool:
    """A mark for a written work of a lesson this person held."""
    event, held = entry.event, state.sheet.held
    about_marks = MarkGiven | MarkWithdrawn | LiteracyMarkGiven | LiteracyMarkWithdrawn
    if not isinstance(event, about_marks) or held is None:
        return False
    work = state.sheet.works.get(event.work)
    return held.stamp.person == entry.stamp.person and work is not None and work.window != "W-01"


def pupil_was_enrolled(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """The pupil of the event was in the class, and in the group, on the lesson's date."""
    lesson, pupil = state.lesson, cast(MarkGiven, entry.event).pupil
    if lesson is None or school.enrolled(pupil, lesson.journal, lesson.date):
        return None
    return Finding(code="enrolled", details={"date": spoken(lesson.date)})


def lesson_has_begun(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-20."""
    lesson = state.lesson
    if lesson is None or local(entry, school) >= lesson.starts:
        return None
    return Finding(code="W-20", details={"starts": spoken(lesson.starts)})
