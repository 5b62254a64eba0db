"""What a page should say, written as naively as possible: no folds of ours, no `effective`, everything anew.

Each function takes the whole list of a stream's entries and looks for the last living entry about each thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.entry import Entry, Origin
from ledger.events import attendance, homework, late_entries, lessons, marks
from ledger.events.voids import EntriesVoided


def living(entries: Sequence[Entry]) -> list[Entry]:
    """An entry lives unless a living void after it names it; asked of each entry anew. Which lesson it is stays said
    while any record of it lives (E-14)."""

    def lives(n: int) -> bool:
        return not any(
            isinstance(later.event, EntriesVoided)
            and entries[n].position in later.event.positions
            and lives(n + 1 + after)
            for after, later in enumerate(entries[n + 1 :])
        )

    alive = [entry for n, entry in enumerate(entries) if lives(n)]
    records = [e for e in alive if not isinstance(e.event, EntriesVoided | lessons.LessonHeld)]
    said = [e for e in entries if isinstance(e.event, lessons.LessonHeld)] if records else []
    return sorted({e.position: e for e in (*alive, *said)}.values(), key=lambda e: e.position)


@dataclass
class PlainSheet:
    entries: list[Entry]
    held: Entry | None
    works: dict[UUID, tuple[str, str, datetime]]
    marks: dict[tuple[UUID, UUID], Entry]
    rewritten: dict[tuple[UUID, UUID], int]
    absences: dict[UUID, Entry]
    late: dict[UUID, Entry]
    individual: dict[UUID, Entry]
    topic: Entry | None
    homework: Entry | None
    taken: Entry | None


def _last(entries: Sequence[Entry], *kinds: type) -> Entry | None:
    found = [e for e in entries if isinstance(e.event, kinds)]
    return found[-1] if found else None


def plain_sheet(written: Sequence[Entry]) -> PlainSheet:
    entries = living(written)
    held = _last(entries, lessons.LessonHeld)
    cells = {(e.event.work, e.event.pupil) for e in entries if isinstance(e.event, marks.MarkGiven)}
    given = {cell: _of_cell(entries, cell) for cell in cells}
    return PlainSheet(
        entries=[e for e in entries if not isinstance(e.event, EntriesVoided)],
        held=held,
        works=_works(entries),
        marks={cell: own[-1] for cell, own in given.items() if isinstance(own[-1].event, marks.MarkGiven)},
        rewritten={
            cell: sum(isinstance(e.event, marks.MarkGiven) for e in own) - 1 for cell, own in given.items()
        },
        absences=_absences(entries),
        late=_late(entries),
        individual={
            pupil: last
            for pupil in {
                e.event.pupil for e in entries if isinstance(e.event, homework.IndividualHomeworkSet)
            }
            if (
                last := _last(
                    [e for e in entries if getattr(e.event, "pupil", None) == pupil],
                    homework.IndividualHomeworkSet,
                )
            )
        },
        topic=_last(entries, lessons.TopicRecorded),
        homework=_last(entries, homework.HomeworkSet, homework.HomeworkNotSet),
        taken=_last(entries, attendance.AttendanceTaken),
    )


def _of_cell(entries: Sequence[Entry], cell: tuple[UUID, UUID]) -> list[Entry]:
    kinds = (marks.MarkGiven, marks.MarkWithdrawn)
    return [e for e in entries if isinstance(e.event, kinds) and (e.event.work, e.event.pupil) == cell]


def _works(entries: Sequence[Entry]) -> dict[UUID, tuple[str, str, datetime]]:
    works: dict[UUID, tuple[str, str, datetime]] = {}
    for e in entries:
        if isinstance(e.event, lessons.LessonHeld):
            works[e.stream] = ("answer", "", e.event.answer_due)
        if isinstance(e.event, marks.WorkAdded):
            works[e.event.work] = (e.event.kind, e.event.title, e.event.due)
        if isinstance(e.event, marks.WorkWithdrawn):
            works.pop(e.event.work, None)
    return works


def _absences(entries: Sequence[Entry]) -> dict[UUID, Entry]:
    noted = [e for e in entries if isinstance(e.event, attendance.AbsenceNoted | attendance.AbsenceWithdrawn)]
    last = {e.event.pupil: e for e in noted}
    return {pupil: e for pupil, e in last.items() if isinstance(e.event, attendance.AbsenceNoted)}


def _late(entries: Sequence[Entry]) -> dict[UUID, Entry]:
    noted = [e for e in entries if isinstance(e.event, attendance.AbsenceNoted | attendance.AbsenceWithdrawn)]
    last = {e.event.pupil: e for e in noted}
    return {
        pupil: e
        for pupil, e in last.items()
        if isinstance(e.event, attendance.AbsenceWithdrawn) and e.event.came_late
    }


def plain_rows(sheet: PlainSheet) -> dict[tuple, tuple]:
    """The rows of the five tables that hold, as projections.cells has their columns."""
    if sheet.held is None:
        return {}
    held, lesson = sheet.held.event, sheet.held.stream
    last = sheet.entries[-1]
    rows: dict[tuple, tuple] = {
        ("lessons", lesson): _lesson_row(sheet),
        ("fillings", lesson): (held.journal, held.date, _at(last), last.stamp.person),
    }
    for work, (kind, title, due) in sheet.works.items():
        rows["works", lesson, work] = (held.journal, held.date, kind, title, due, "all", None, None)
    for (work, pupil), e in sheet.marks.items():
        value = "/".join(str(part) for part in e.event.value)
        rows["cells", lesson, work, pupil, "mark"] = _cell_row(e, value, held, sheet.rewritten[work, pupil])
    for pupil, e in sheet.absences.items():
        rows["cells", lesson, lesson, pupil, "absence"] = _cell_row(e, "н", held, 0)
    for pupil, e in sheet.late.items():
        rows["cells", lesson, lesson, pupil, "late"] = _cell_row(e, "опоздал(а)", held, 0)
    for pupil, e in sheet.individual.items():
        text = e.event.text
        rows["personal_homework", lesson, pupil] = (
            *(held.date, text.nonce, text.sealed, e.event.due, e.event.due_lesson),
            *(_at(e), _delay(e), e.position),
        )
    return rows


def _at(e: Entry) -> datetime:
    return e.stamp.received_at if e.stamp.declared_at is None else e.stamp.declared_at


def _delay(e: Entry) -> int | None:
    delays = [f.delay for f in e.findings if f.delay is not None]
    return max(delays) if delays else None


def _cell_row(e: Entry, value: str, held: lessons.LessonHeld, rewritten: int) -> tuple:
    imported = e.stamp.origin is Origin.IMPORT
    correction = getattr(e.event, "correction", None)
    permitted = e.causation is not None and correction is None
    own = (e.position, _at(e), e.stamp.person, _delay(e), permitted, rewritten, imported)
    return (value, held.journal, held.date, *own, "", correction)


def _lesson_row(sheet: PlainSheet) -> tuple:
    held = sheet.held.event
    day = (datetime.combine(held.date, held.starts), datetime.combine(held.date, held.ends))
    topic = sheet.topic.event.text if sheet.topic else None
    home: tuple = (None, None, False, None, None, None, None)
    if sheet.homework is not None:
        e = sheet.homework.event
        if isinstance(e, homework.HomeworkSet):
            home = (e.text, list(e.manner), False, e.due, e.due_lesson)
        else:
            home = (None, None, True, None, None)
        home = (*home, _at(sheet.homework), _delay(sheet.homework))
    entries = (each.position if each else None for each in (sheet.topic, sheet.homework))
    filled = (sheet.taken is not None, *entries)
    return (
        *(held.journal, held.date, held.number, *day, topic, *home, *filled),
        *("", None, None, False, None, None, False, ""),  # nothing of these is commanded in the machine
        *(
            getattr(each.event, "correction", None) if each else None
            for each in (sheet.topic, sheet.homework)
        ),
    )


def plain_cases(written: Sequence[Entry]) -> dict[UUID, str]:
    """Case → asked, permitted, declined or withdrawn, of living entries."""
    cases: dict[UUID, str] = {}
    for e in living(written):
        match e.event:
            case late_entries.LateEntryRequested(case=case):
                cases[case] = "asked"
            case late_entries.LateEntryPermitted(case=case) if case in cases and cases[case] != "withdrawn":
                cases[case] = "permitted"
            case late_entries.LateEntryDeclined(case=case) if case in cases and cases[case] != "withdrawn":
                cases[case] = "declined"
            case late_entries.LateEntryWithdrawn(case=case) if case in cases:
                cases[case] = "withdrawn"
    return cases
