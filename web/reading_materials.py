"""A file that hangs on a lesson or its homework, for whoever may look at the page it hangs on."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g

from ledger import materials as contents
from ledger.access import Target, acting_role
from ledger.entry import Role
from ledger.timetable import Lesson
from projections import materials
from projections.materials import Material
from web import reading
from web.premises import premises


def file(lesson: UUID, material: UUID) -> tuple[Material, bytes]:
    """404 for a link, for what hangs there no more, and for whoever may see neither the page nor the diary."""
    planned = reading.lesson_of(lesson)
    g.acting_role = _reader(planned) or abort(404)
    found = reading.show(
        None,
        lambda opened: materials.one(opened, lesson, material),
        "file",
        journal_id=planned.journal,
        class_id=reading.school().journals[planned.journal].class_id,
    )
    return found, _bytes(found) or abort(404)


def _reader(lesson: Lesson) -> Role | None:
    """Of the journal page, or of the diary of a pupil who was on its list that day."""
    person, known, today = g.actor.person, reading.school(), reading.now().date()
    page = Target(today=today, on=lesson.date, lesson=lesson, journal=lesson.journal)
    own = (
        acting_role(person, "view_diary", Target(today=today, pupil=child), known)
        for child in reading.children()
        if known.enrolled(child, lesson.journal, lesson.date)
    )
    return acting_role(person, "view_journal", page, known) or next(own, None)


def _bytes(found: Material) -> bytes | None:
    if found.sha256 is None:
        return None
    with premises().pool.connection() as connection:
        return contents.content_of(connection, g.actor.school, found.sha256)
