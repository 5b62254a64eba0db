"""The lesson sheet as a fold of the lesson's entries: topic, homework, works, marks, presence (R-096).

One sheet is one consistency boundary: teacher and substitute collide on its version, not on each other's
pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from ledger import streams
from ledger.effective import effective
from ledger.entry import Entry
from ledger.events import attendance, days, homework, lessons, marks
from ledger.school import School
from ledger.timetable import Lesson

ANSWER = "answer"  # the kind of the ready column «Ответ на уроке»; its work id is the lesson's own
LITERACY = "literacy"  # the kind of the column a work in literature makes on the page of Russian


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A column: `due` is local, its last second included; `window` the rule that set it (W-01, W-07 …); `kind_entry`
    says its kind: the one that added it, or a correction since."""

    id: UUID
    kind: str
    title: str
    due: datetime
    window: str
    entry: Entry
    kind_entry: Entry
    assess: str = "all"
    makes_up: UUID | None = None


@dataclass(kw_only=True, slots=True)
class Sheet:
    """What is true of one lesson; every fact is kept as the entry that says it. Only `step` changes it.

    `marks` by (work, pupil), `literacy` by (its column, pupil); `absences`, `late` (who came during the lesson,
    K-45) and `individual` by pupil; `rewritten` counts the earlier values of a cell. `version` counts all entries
    of the stream, dead ones too.
    """

    lesson: UUID
    version: int = 0
    position: int = 0
    held: Entry | None = None
    topic: Entry | None = None
    homework: Entry | None = None
    taken: Entry | None = None
    works: dict[UUID, Work] = field(default_factory=dict)
    marks: dict[tuple[UUID, UUID], Entry] = field(default_factory=dict)
    absences: dict[UUID, Entry] = field(default_factory=dict)
    late: dict[UUID, Entry] = field(default_factory=dict)
    individual: dict[UUID, Entry] = field(default_factory=dict)
    literacy: dict[tuple[UUID, UUID], Entry] = field(default_factory=dict)
    materials: dict[UUID, Entry] = field(default_factory=dict)
    briefing: Entry | None = None
    completed: Entry | None = None
    rewritten: dict[tuple[UUID, UUID], int] = field(default_factory=dict)
    touched: Entry | None = None

    @property
    def date(self) -> date | None:
        return None if self.held is None else self.held.event.date  # type: ignore[attr-defined]

    @property
    def journal(self) -> UUID | None:
        return None if self.held is None else self.held.event.journal  # type: ignore[attr-defined]

    def mark(self, work: UUID, pupil: UUID) -> tuple[int, ...] | None:
        """The value that counts now, None for an empty cell."""
        entry = self.marks.get((work, pupil))
        return None if entry is None else entry.event.value  # type: ignore[attr-defined]

    def marked(self, pupil: UUID) -> bool:
        return any(p == pupil for _, p in self.marks)


def known_lesson(sheet: Sheet, school: School) -> Lesson | None:
    """The lesson as it was held; one without records as the timetable has it; None when there is none.

    A held lesson stays what it was when its slot has since left the timetable."""
    if sheet.held is None:
        return school.timetable.by_id.get(sheet.lesson)
    event: lessons.LessonHeld = sheet.held.event  # type: ignore[assignment]
    planned = school.timetable.by_id.get(sheet.lesson)
    return Lesson(
        id=sheet.lesson,
        slot=event.slot,
        journal=event.journal,
        date=event.date,
        number=event.number,
        starts=datetime.combine(event.date, event.starts),
        ends=datetime.combine(event.date, event.ends),
        room=planned.room if planned is not None else None,
        moved_from=planned.moved_from if planned is not None else None,
        mode=event.mode,
    )


def fold_lesson(lesson: UUID, entries: Iterable[Entry]) -> Sheet:
    """The sheet after all `entries` of the lesson's stream (ascending, voids among them)."""
    sequence = tuple(entries)
    sheet = Sheet(lesson=lesson)
    for entry in effective(sequence):
        step(sheet, entry)
    if sequence:
        sheet.version, sheet.position = sequence[-1].version, sequence[-1].position
    return sheet


def step(sheet: Sheet, entry: Entry) -> None:
    """Advance `sheet` by one living entry that voids nothing; an unknown event changes nothing."""
    apply = _APPLY.get(type(entry.event))
    if apply is not None:
        apply(sheet, entry)
        sheet.touched = entry
    sheet.version, sheet.position = entry.version, entry.position


def _held(sheet: Sheet, entry: Entry) -> None:
    event: lessons.LessonHeld = entry.event  # type: ignore[assignment]
    sheet.held = entry
    sheet.works[sheet.lesson] = Work(
        id=sheet.lesson,
        kind=ANSWER,
        title="",
        due=event.answer_due,
        window="W-01",
        entry=entry,
        kind_entry=entry,
    )


def _moved(sheet: Sheet, entry: Entry) -> None:
    """By a correction case (E-10): held on another day than was thought; what is due when stays as it was fixed."""
    event: days.LessonMoved = entry.event  # type: ignore[assignment]
    if sheet.held is not None:
        place = {"date": event.date, "number": event.number, "starts": event.starts, "ends": event.ends}
        sheet.held = replace(sheet.held, event=replace(sheet.held.event, **place))  # type: ignore[type-var]


def _topic(sheet: Sheet, entry: Entry) -> None:
    sheet.topic = entry


def _homework(sheet: Sheet, entry: Entry) -> None:
    sheet.homework = entry


def _individual(sheet: Sheet, entry: Entry) -> None:
    event: homework.IndividualHomeworkSet = entry.event  # type: ignore[assignment]
    sheet.individual[event.pupil] = entry


def _work(sheet: Sheet, entry: Entry) -> None:
    e: marks.WorkAdded = entry.event  # type: ignore[assignment]
    sheet.works[e.work] = Work(
        id=e.work,
        kind=e.kind,
        title=e.title,
        due=e.due,
        window=e.window,
        entry=entry,
        kind_entry=entry,
        assess=e.assess,
        makes_up=e.makes_up,
    )


def _work_withdrawn(sheet: Sheet, entry: Entry) -> None:
    event: marks.WorkWithdrawn = entry.event  # type: ignore[assignment]
    sheet.works.pop(event.work, None)


def _work_kind(sheet: Sheet, entry: Entry) -> None:
    event: marks.WorkKindChanged = entry.event  # type: ignore[assignment]
    if event.work in sheet.works:
        sheet.works[event.work] = replace(sheet.works[event.work], kind=event.kind, kind_entry=entry)


def _mark(sheet: Sheet, entry: Entry) -> None:
    event: marks.MarkGiven = entry.event  # type: ignore[assignment]
    cell = (event.work, event.pupil)
    sheet.rewritten[cell] = sheet.rewritten.get(cell, -1) + 1
    sheet.marks[cell] = entry


def _mark_withdrawn(sheet: Sheet, entry: Entry) -> None:
    event: marks.MarkWithdrawn = entry.event  # type: ignore[assignment]
    sheet.marks.pop((event.work, event.pupil), None)


def _literacy(sheet: Sheet, entry: Entry) -> None:
    event: marks.LiteracyMarkGiven = entry.event  # type: ignore[assignment]
    cell = (streams.literacy(event.work), event.pupil)
    sheet.rewritten[cell] = sheet.rewritten.get(cell, -1) + 1
    sheet.literacy[cell] = entry


def _literacy_withdrawn(sheet: Sheet, entry: Entry) -> None:
    event: marks.LiteracyMarkWithdrawn = entry.event  # type: ignore[assignment]
    sheet.literacy.pop((streams.literacy(event.work), event.pupil), None)


def _briefing(sheet: Sheet, entry: Entry) -> None:
    sheet.briefing = entry


def _completed(sheet: Sheet, entry: Entry) -> None:
    sheet.completed = entry


def _material(sheet: Sheet, entry: Entry) -> None:
    event: lessons.MaterialAttached = entry.event  # type: ignore[assignment]
    sheet.materials[event.material] = entry


def _material_withdrawn(sheet: Sheet, entry: Entry) -> None:
    event: lessons.MaterialWithdrawn = entry.event  # type: ignore[assignment]
    sheet.materials.pop(event.material, None)


def _taken(sheet: Sheet, entry: Entry) -> None:
    sheet.taken = entry


def _absent(sheet: Sheet, entry: Entry) -> None:
    event: attendance.AbsenceNoted = entry.event  # type: ignore[assignment]
    sheet.absences[event.pupil] = entry
    sheet.late.pop(event.pupil, None)


def _present(sheet: Sheet, entry: Entry) -> None:
    event: attendance.AbsenceWithdrawn = entry.event  # type: ignore[assignment]
    sheet.absences.pop(event.pupil, None)
    if event.came_late:
        sheet.late[event.pupil] = entry
    else:
        sheet.late.pop(event.pupil, None)


_APPLY = {
    lessons.LessonHeld: _held,
    days.LessonMoved: _moved,
    lessons.TopicRecorded: _topic,
    lessons.BriefingRecorded: _briefing,
    lessons.LessonCompleted: _completed,
    lessons.MaterialAttached: _material,
    lessons.MaterialWithdrawn: _material_withdrawn,
    homework.HomeworkSet: _homework,
    homework.HomeworkNotSet: _homework,
    homework.IndividualHomeworkSet: _individual,
    marks.WorkAdded: _work,
    marks.WorkWithdrawn: _work_withdrawn,
    marks.WorkKindChanged: _work_kind,
    marks.MarkGiven: _mark,
    marks.MarkWithdrawn: _mark_withdrawn,
    marks.LiteracyMarkGiven: _literacy,
    marks.LiteracyMarkWithdrawn: _literacy_withdrawn,
    attendance.AttendanceTaken: _taken,
    attendance.AbsenceNoted: _absent,
    attendance.AbsenceWithdrawn: _present,
}
