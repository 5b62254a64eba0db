"""Rules on extracurricular lessons and courses: what of a lesson is recorded there (P-21, 7.13, Perm 1.5)."""

from __future__ import annotations

from ledger.entry import Entry, Finding
from ledger.parameter_attestation import Extracurricular
from ledger.regulation import Regulation
from ledger.rules.state import State
from ledger.school import School
from ledger.timetable import Lesson

COURSE_LEVEL = "НОО"  # Perm 1.5 speaks of the courses of primary school only


def lesson_is_marked(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    terms = _terms(state.lesson, school, regulation)
    return None if terms is None or terms.marks else Finding(code="P-21", details={"case": "mark"})


def lesson_has_attendance(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """R-093, R-142."""
    terms = _terms(state.lesson, school, regulation)
    return None if terms is None or terms.attendance else Finding(code="P-21", details={"case": "absence"})


def lesson_has_homework(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    terms = _terms(state.lesson, school, regulation)
    return None if terms is None or terms.homework else Finding(code="P-21", details={"case": "homework"})


def _terms(lesson: Lesson | None, school: School, regulation: Regulation) -> Extracurricular | None:
    """None for an ordinary lesson."""
    if lesson is None:
        return None
    course = "course" in school.subject_of(lesson.journal).attributes
    primary = school.klass_of(lesson.journal).level == COURSE_LEVEL
    mode = lesson.mode or ("course" if course and primary else "")
    return regulation.extracurricular.get(mode)
