"""What stands in the journals and a backdated order leaves behind: nothing is erased, the person is told (E-06, E-07).

The list afterwards is a page (projections/reconciliation.py); here it is asked before the command is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger.school import Pupil, School, Span
from ledger.timetable import Lesson
from ledger.windows import spoken

SHOWN = 12  # lines of a question; the whole list stands on the pupil's page


def lessons_of(pupil: UUID, days: Span, school: School) -> tuple[Lesson, ...]:
    """Lessons on these days of every journal the pupil was ever listed in, by their start."""
    known = school.pupils.get(pupil, Pupil(id=pupil))
    classes = {place for place, _ in known.classes}
    pages = (page.id for page in school.journals.values() if page.class_id in classes)
    found = (lesson for page in pages for lesson in school.timetable.by_journal.get(page, ()))
    return tuple(sorted((each for each in found if each.date in days), key=lambda each: each.starts))


def absences_in(pupil: UUID, lessons: Iterable[Lesson], sight: Sight) -> Iterator[tuple[Lesson, str]]:
    for lesson in lessons:
        if pupil in sight.sheet(lesson.id).absences:
            yield lesson, "«н»"


def written_in(pupil: UUID, lessons: Iterable[Lesson], sight: Sight) -> Iterator[tuple[Lesson, str]]:
    """Marks without their values, whoever asks, and absences."""
    for lesson in lessons:
        sheet = sight.sheet(lesson.id)
        yield from ((lesson, "отметка") for _, whose in sheet.marks if whose == pupil)
        if pupil in sheet.absences:
            yield lesson, "«н»"


def agreed(found: Iterable[tuple[Lesson, str]], confirmed: bool, question: str, sight: Sight) -> None:
    """Raises Refusal, a question, when there is something to tell and the person has not said yes to it."""
    lines = [
        f"{spoken(lesson.date)} {sight.school.subject_of(lesson.journal).title}: {what}"
        for lesson, what in found
    ]
    if not lines or confirmed:
        return
    more = [f"… и ещё {len(lines) - SHOWN}"] if len(lines) > SHOWN else []
    raise Refusal("reconciliation", "\n".join([question, *lines[:SHOWN], *more]), mode="confirm")
