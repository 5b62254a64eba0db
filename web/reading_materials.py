"""A file that hangs on a lesson or its homework, for whoever may look at the page it hangs on."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g

from ledger import materials as contents
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
    own = (
        reading.role_in("view_diary", pupil=child)
        for child in reading.children()
        if reading.school().enrolled(child, lesson.journal, lesson.date)
    )
    page = reading.role_in("view_journal", on=lesson.date, lesson=lesson, journal=lesson.journal)
    return page or next(own, None)


def _bytes(found: Material) -> bytes | None:
    if found.sha256 is None:
        return None
    with premises().pool.connection() as connection:
        return contents.content_of(connection, g.actor.school, found.sha256)
