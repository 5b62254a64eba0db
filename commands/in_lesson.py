"""Drafts in a lesson's stream: the first event of a lesson names what nobody derives again."""

from __future__ import annotations

from uuid import UUID

from commands.deciding import Conflict, Sight, drafts
from ledger import windows
from ledger.entry import Category, Draft, Entry
from ledger.events.lessons import LessonHeld
from ledger.lesson import Sheet
from ledger.timetable import Lesson


def opening(lesson: Lesson, sight: Sight) -> LessonHeld:
    return LessonHeld(
        slot=lesson.slot,
        journal=lesson.journal,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts.time(),
        ends=lesson.ends.time(),
        answer_due=windows.answer_due(lesson, sight.school, sight.regulation),
        tzdb=windows.tzdb_version(),
        mode=lesson.mode,
    )


def in_lesson(lesson: UUID, sight: Sight, *events: object) -> tuple[Draft, ...]:
    """`events` in the lesson's stream, after `LessonHeld` when they are its first. Nothing for no events."""
    if not events:
        return ()
    sheet = sight.sheet(lesson)
    first = () if sheet.held is not None else (opening(sight.lesson(lesson), sight),)
    return drafts(Category.LESSON, lesson, sheet.version, *first, *events)


def standing(entry: Entry | None) -> int:
    """What `seen` must be: the position of the entry that stands in a cell, 0 for an empty one."""
    return 0 if entry is None else entry.position


def agree(seen: int, entry: Entry | None) -> None:
    """Raises Conflict when the person decided on another value than the one that stands."""
    if seen != standing(entry):
        raise Conflict(entry)


def replacing(entry: Entry | None, event: object, seen: int, lesson: UUID, sight: Sight) -> tuple[Draft, ...]:
    """`event` in the place of `entry`: nothing when it says the same, Conflict when another one was seen."""
    if entry is not None and entry.event == event:
        return ()
    agree(seen, entry)
    return in_lesson(lesson, sight, event)


def mark_entry(sheet: Sheet, work: UUID, pupil: UUID) -> Entry | None:
    return sheet.marks.get((work, pupil))
