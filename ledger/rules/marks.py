"""Rules on marks: the scale, the kind of work, the time, and what the act spares a pupil (7.14, 9.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import cast
from uuid import UUID

from ledger.entry import Entry, Finding
from ledger.events.marks import MarkGiven, MarkWithdrawn
from ledger.lesson import Sheet
from ledger.parameter_values import SoftUnsatisfactory
from ledger.regulation import Regulation
from ledger.rules.lessons import local, past
from ledger.rules.state import State
from ledger.school import School
from ledger.timetable import Lesson
from ledger.windows import answer_window, extended, spoken


def subject_is_marked(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """P-12, 9.5(b4): no marks in class 1 and in subjects without them (R-117, R-136)."""
    return None if state.lesson is None else unmarked(state.lesson.journal, school, regulation)


def unmarked(journal: UUID, school: School, regulation: Regulation) -> Finding | None:
    """Why the page has no marks, None where it has them."""
    if school.klass_of(journal).grade in regulation.unmarked_grades:
        return Finding(code="P-12")
    if "unmarked" in school.subject_of(journal).attributes:
        return Finding(code="P-12", details={"case": "subject"})
    return None


def mark_is_in_the_scale(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-13; both parts of a fraction (R-125)."""
    value = cast(MarkGiven, entry.event).value
    if value and set(value) <= set(regulation.scale):
        return None
    return Finding(code="P-13", details={"scale": ", ".join(map(str, regulation.scale))})


def fraction_is_allowed(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """P-25, 7.15: two parts, in a kind of work that is marked by a fraction."""
    event = cast(MarkGiven, entry.event)
    work = state.sheet.works.get(event.work)
    if len(event.value) < 2 or work is None:
        return None
    kind = regulation.work_kinds.get(work.kind)
    details = {"kind": kind.title if kind else work.kind}
    if not regulation.fractions.enabled or kind is None or not kind.fraction:
        return Finding(code="P-25", details=details)
    return Finding(code="P-25", details={**details, "case": "parts"}) if len(event.value) > 2 else None


def pupil_is_not_absent(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """P-29, E-03: no mark beside «н»."""
    absent = cast(MarkGiven, entry.event).pupil in state.sheet.absences
    forbidden = absent and regulation.absent_and_mark == "forbid"
    return Finding(code="P-29", details={"case": "mark"}) if forbidden else None


def adaptation_is_respected(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-12, 7.14(b6): by the lesson's date (K-43), either part of a fraction (E-08)."""
    lesson = state.lesson
    if lesson is None or lesson.date not in regulation.adaptation or not _unsatisfactory(entry, regulation):
        return None
    first, last = regulation.adaptation.first, regulation.adaptation.last
    details = {"first": _month_day(first), "last": _month_day(last), "date": spoken(lesson.date)}
    return Finding(code="W-12", details=details)


def mark_is_in_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-01, W-07…W-10, 7.14(b4): the deadline is the work's, fixed when it was created; so is the rule's
    code. Outages hold it open longer (W-39)."""
    event, at = cast(MarkGiven | MarkWithdrawn, entry.event), local(entry, school)
    work = state.sheet.works.get(event.work)
    if work is None:
        return None
    lesson = state.lesson
    due = work.due if lesson is None else extended(work.due, lesson.starts, school, regulation)
    late = past(work.window, at, due)
    if late is not None or work.window != "W-01" or lesson is None:
        return late
    return past("W-01", at, answer_window(lesson, school, regulation).soft, "soft")


def pupil_is_spared(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-13, R-130, K-44: the first lesson of the subject after a long absence or after holidays."""
    if state.lesson is None or not _unsatisfactory(entry, regulation):
        return None
    terms, pupil = regulation.soft_unsatisfactory, cast(MarkGiven, entry.event).pupil
    if _long_absent(pupil, state.previous, terms):
        case = "absence"
    elif _after_holidays(state.lesson, school, terms):
        case = "holidays"
    else:
        return None
    return Finding(code="W-13", details={"case": case, "lessons": str(terms.absence_lessons)})


def _unsatisfactory(entry: Entry, regulation: Regulation) -> bool:
    return any(part in regulation.unsatisfactory for part in cast(MarkGiven, entry.event).value)


def _month_day(day: tuple[int, int]) -> str:
    return f"{day[1]:02}.{day[0]:02}"


def _long_absent(pupil: UUID, previous: Iterable[Sheet], terms: SoftUnsatisfactory) -> bool:
    """Whether so many lessons in a row were missed, ending less than `grace` lessons ago."""
    present, missed = 0, 0
    for sheet in previous:
        if pupil in sheet.absences:
            missed += 1
        elif missed:
            break
        else:
            present += 1
    return missed >= terms.absence_lessons and present < terms.grace


def _after_holidays(lesson: Lesson, school: School, terms: SoftUnsatisfactory) -> bool:
    """Whether the lesson is among the journal's first `grace` after a break of at least `holiday_days`
    days."""
    shortest = timedelta(days=terms.holiday_days - 1)
    ends = [span.last for span in school.holidays.values() if span.last - span.first >= shortest]
    last = max((end for end in ends if end < lesson.date), default=None)
    if not terms.after_holiday or last is None:
        return False
    planned = school.timetable.by_journal.get(lesson.journal, ())
    return sum(last < other.date and other.starts < lesson.starts for other in planned) < terms.grace
