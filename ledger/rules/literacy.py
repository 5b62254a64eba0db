"""Rules on the literacy mark that stands on the page of Russian (7.15, P-28)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.marks import LiteracyMarkGiven
from ledger.regulation import Regulation
from ledger.rules.state import State
from ledger.school import School
from ledger.timetable import Lesson


def literacy_stands_on_the_russian_page(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-28: of a work in literature, in the grades the act names, on that pupil's page of Russian."""
    lesson, event = state.lesson, cast(LiteracyMarkGiven, entry.event)
    if lesson is None:
        return None
    literature = "literature" in school.subject_of(lesson.journal).attributes
    grade = school.klass_of(lesson.journal).grade
    fits = literature and grade in regulation.literacy_grades and _of_russian(event, lesson, school)
    return None if fits else Finding(code="P-28")


def _of_russian(event: LiteracyMarkGiven, lesson: Lesson, school: School) -> bool:
    page = school.journals.get(event.journal)
    return (
        page is not None
        and page.class_id == school.journals[lesson.journal].class_id
        and "language" in school.subject_of(page.id).attributes
        and school.enrolled(event.pupil, page.id, lesson.date)
    )
