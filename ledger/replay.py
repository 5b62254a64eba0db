"""A second opinion: what the journal says, by plain rules over the entries of a stream, and nothing else.

It shares no code with the folds: no `effective`, no `Sheet`, no page table. Whoever doubts the pages reads these lines
and compares (`letopis replay`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from ledger.entry import Entry
from ledger.events import attendance, homework, lessons, marks, period_marks
from ledger.events.voids import EntriesTakenBack, EntriesVoided
from ledger.streams import literacy

Saying = dict[tuple[object, ...], str]


def living(written: Sequence[Entry]) -> list[Entry]:
    """Without the entries a later one takes back; from the end, so that a void that is void takes nothing."""
    void: set[int] = set()
    kept: list[Entry] = []
    for entry in reversed(written):
        if entry.position in void:
            continue
        if isinstance(entry.event, EntriesVoided | EntriesTakenBack):
            void |= set(entry.event.positions)
        kept.append(entry)
    kept.reverse()
    return kept


def lesson_says(lesson: UUID, written: Sequence[Entry]) -> Saying:
    """Of one lesson: topic, homework, presence taken, and every cell: ("cell", lesson, work, pupil, kind) → value."""
    # Which lesson it is stays said, even by an intruder, while anything honest was written in it (E-14).
    if not any(isinstance(entry.event, lessons.LessonHeld) for entry in written):
        return {}
    said: Saying = {}
    for entry in living(written):
        _lesson_entry(lesson, entry.event, said)
    return {place: value for place, value in said.items() if value}


def _lesson_entry(lesson: UUID, event: object, said: Saying) -> None:
    match event:
        case lessons.TopicRecorded(text=text):
            said["topic", lesson] = text
        case homework.HomeworkSet(text=text):
            said["homework", lesson] = text
        case homework.HomeworkNotSet():
            said["homework", lesson] = "не задано"
        case attendance.AttendanceTaken():
            said["taken", lesson] = "да"
        case marks.MarkGiven(work=work, pupil=pupil, value=value):
            said["cell", lesson, work, pupil, "mark"] = "/".join(map(str, value))
        case marks.MarkWithdrawn(work=work, pupil=pupil):
            said["cell", lesson, work, pupil, "mark"] = ""
        case marks.LiteracyMarkGiven(work=work, pupil=pupil, value=value):
            said["cell", lesson, literacy(work), pupil, "mark"] = "/".join(map(str, value))
        case marks.LiteracyMarkWithdrawn(work=work, pupil=pupil):
            said["cell", lesson, literacy(work), pupil, "mark"] = ""
        case attendance.AbsenceNoted(pupil=pupil):
            said["cell", lesson, lesson, pupil, "absence"] = "н"
            said["cell", lesson, lesson, pupil, "late"] = ""
        case attendance.AbsenceWithdrawn(pupil=pupil, came_late=came_late):
            said["cell", lesson, lesson, pupil, "absence"] = ""
            said["cell", lesson, lesson, pupil, "late"] = "опоздал(а)" if came_late else ""


def sheet_says(written: Sequence[Entry]) -> Saying:
    """Of one period sheet: ("period", journal, period, kind, pupil) → value."""
    said: Saying = {}
    for entry in living(written):
        match entry.event:
            case period_marks.PeriodMarkGiven(journal=j, period=p, kind=kind, pupil=pupil, value=value):
                said["period", j, p, kind, pupil] = value
            case period_marks.PeriodMarkWithdrawn(journal=j, period=p, kind=kind, pupil=pupil):
                said.pop(("period", j, p, kind, pupil), None)
    return said


def differing(ours: Saying, theirs: Saying) -> Iterable[tuple[tuple[object, ...], str, str]]:
    """(place, what the entries say, what the pages say) wherever they differ; "" for nothing."""
    for place in sorted(ours.keys() | theirs.keys(), key=str):
        if ours.get(place, "") != theirs.get(place, ""):
            yield place, ours.get(place, ""), theirs.get(place, "")
