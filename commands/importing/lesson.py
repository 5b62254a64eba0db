"""ImportLesson: what an older journal says of one lesson, as one append (design 3).

The stamp's person is the teacher the source names, `declared_at` the time it names; the rules judge by that
time and the entries say `origin=import` for ever. When it is allowed at all: commands.importing.door.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from commands import attendance, homework, lessons, marks
from commands.deciding import Sight
from commands.importing.door import needs_declared_time
from commands.in_lesson import in_lesson
from commands.marks import parse_value
from ledger.entry import Draft
from ledger.events.lessons import LessonHeld
from ledger.events.marks import MarkGiven, WorkAdded
from ledger.lesson import ANSWER


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedMark:
    pupil: UUID
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedWork:
    """`kind` «answer» is the ready column «Ответ на уроке», any other a column of its own."""

    kind: str
    title: str = ""
    marks: tuple[ImportedMark, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportLesson:
    """Whatever the source does not say stays empty: no `topic`, no `homework` (unless `not_set` says «не
    задано»), no attendance (`absent` None; an empty one is «все на месте»). It was confirmed there."""

    lesson: UUID
    topic: str = ""
    task: str = ""
    homework: str = ""
    manner: tuple[str, ...] = ()
    not_set: bool = False
    absent: tuple[UUID, ...] | None = None
    works: tuple[ImportedWork, ...] = ()
    confirmed: bool = True


def work_id(lesson: UUID, command_id: UUID, nth: int, kind: str) -> UUID:
    """The column an ImportLesson makes of its `nth` work."""
    return lesson if kind == ANSWER else uuid5(lesson, f"{command_id}/{nth}")


def import_lesson(command: ImportLesson, sight: Sight) -> tuple[Draft, ...]:
    needs_declared_time(sight.stamp)
    return in_lesson(command.lesson, sight, *_events(command, sight))


def _events(command: ImportLesson, sight: Sight) -> Iterator[object]:
    """What each part would write alone, without its own beginning of the lesson."""
    for draft in (*_presence(command, sight), *_content(command, sight)):
        if not isinstance(draft.event, LessonHeld):
            yield draft.event
    for nth, work in enumerate(command.works):
        yield from _work(command, nth, work, sight)


def _presence(command: ImportLesson, sight: Sight) -> tuple[Draft, ...]:
    if command.absent is None:
        return ()
    taken = attendance.TakeAttendance(lesson=command.lesson, absent=command.absent)
    return attendance.take_attendance(taken, sight)


def _content(command: ImportLesson, sight: Sight) -> Iterator[Draft]:
    if command.topic:
        said = lessons.RecordTopic(lesson=command.lesson, text=command.topic, task=command.task)
        yield from lessons.record_topic(said, sight)
    if command.homework:
        given = homework.SetHomework(lesson=command.lesson, text=command.homework, manner=command.manner)
        yield from homework.set_homework(given, sight)
    elif command.not_set:
        yield from homework.set_no_homework(homework.SetNoHomework(lesson=command.lesson), sight)


def _work(command: ImportLesson, nth: int, work: ImportedWork, sight: Sight) -> Iterator[object]:
    id_ = work_id(command.lesson, sight.stamp.command_id, nth, work.kind)
    if work.kind != ANSWER:
        added = marks.AddWork(lesson=command.lesson, kind=work.kind, title=work.title)
        for draft in marks.add_work(added, sight):
            if isinstance(draft.event, WorkAdded):
                yield replace(draft.event, work=id_)
    sheet = sight.sheet(command.lesson)
    for mark in work.marks:
        value = parse_value(mark.value)
        if sheet.mark(id_, mark.pupil) != value:
            yield MarkGiven(work=id_, pupil=mark.pupil, value=value)
