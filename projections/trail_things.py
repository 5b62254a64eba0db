"""Which thing an entry sets, and what became of the entry: it stands, was replaced, taken away, voided."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from ledger.effective import dead_positions
from ledger.entry import Entry
from ledger.events import attendance, homework, lessons, marks, period_marks
from ledger.events.voids import EntriesTakenBack, EntriesVoided
from ledger.streams import literacy

Thing = tuple[object, ...]
Fate = tuple[str, UUID | None]  # stands, replaced, withdrawn, taken back or voided (with its act)

TAKES_AWAY = (
    marks.MarkWithdrawn,
    marks.LiteracyMarkWithdrawn,
    marks.WorkWithdrawn,
    attendance.AbsenceWithdrawn,
    lessons.MaterialWithdrawn,
    period_marks.PeriodMarkWithdrawn,
)


def thing_of(event: object) -> Thing:
    """What an event sets: a later one of the same thing replaces it."""
    match event:
        case marks.MarkGiven(work=work, pupil=pupil) | marks.MarkWithdrawn(work=work, pupil=pupil):
            return ("mark", work, pupil)
        case (
            marks.LiteracyMarkGiven(work=work, pupil=pupil)
            | marks.LiteracyMarkWithdrawn(work=work, pupil=pupil)
        ):
            return ("mark", literacy(work), pupil)
        case attendance.AbsenceNoted(pupil=pupil) | attendance.AbsenceWithdrawn(pupil=pupil):
            return ("absence", pupil)
        case (
            period_marks.PeriodMarkGiven(kind=kind, pupil=pupil)
            | period_marks.PeriodMarkWithdrawn(kind=kind, pupil=pupil)
        ):
            return ("period mark", kind, pupil)
        case homework.IndividualHomeworkSet(pupil=pupil):
            return ("homework", pupil)
        case marks.WorkAdded(work=work) | marks.WorkWithdrawn(work=work):
            return ("work", work)
        case marks.WorkKindChanged(work=work):
            return ("kind", work)
    return _of_lesson(event)


def _of_lesson(event: object) -> Thing:
    match event:
        case lessons.TopicRecorded():
            return ("topic",)
        case homework.HomeworkSet() | homework.HomeworkNotSet():
            return ("homework",)
        case lessons.BriefingRecorded():
            return ("briefing",)
        case lessons.MaterialAttached(material=material) | lessons.MaterialWithdrawn(material=material):
            return ("material", material)
    return (type(event).__name__, id(event))


def case_of(event: object) -> UUID | None:
    """The case or the error report an entry speaks of; of what a case has brought, None."""
    found: UUID | None = getattr(event, "case", None) or getattr(event, "report", None)
    return found


def fates(entries: Sequence[Entry]) -> dict[int, Fate]:
    """For every entry of a stream, dead ones among them."""
    dead = dead_positions(entries)
    found: dict[int, Fate] = {}
    latest: dict[Thing, int] = {}
    for entry in entries:
        if entry.position in dead:
            continue
        thing = thing_of(entry.event)
        if thing in latest:
            gone = isinstance(entry.event, TAKES_AWAY)
            found[latest[thing]] = ("withdrawn" if gone else "replaced", None)
        found[entry.position] = ("stands", None)
        latest[thing] = entry.position
    for entry in entries:
        if entry.position not in dead:
            found |= _ended_by(entry)
    return {entry.position: found.get(entry.position, ("voided", None)) for entry in entries}


def _ended_by(entry: Entry) -> dict[int, Fate]:
    match entry.event:
        case EntriesTakenBack(positions=positions):
            return dict.fromkeys(positions, ("taken back", None))
        case EntriesVoided(positions=positions, act=act):
            return dict.fromkeys(positions, ("voided", act))
    return {}
