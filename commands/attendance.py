"""Presence and absence (R-138…R-141, K-45)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Conflict, Sight
from commands.in_lesson import agree, in_lesson
from ledger.effective import effective
from ledger.entry import Draft
from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn, AttendanceTaken
from ledger.lesson import Sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeAttendance:
    """Presence was checked: `absent` are all who are not there; nobody is «все на месте». `seen` are the entries
    of every «н» that was shown: the newest alone would hide a colleague's older one behind one's own."""

    lesson: UUID
    absent: tuple[UUID, ...] = ()
    seen: tuple[int, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteAbsence:
    lesson: UUID
    pupil: UUID
    seen: int = 0
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawAbsence:
    lesson: UUID
    pupil: UUID
    came_late: bool = False
    seen: int = 0
    confirmed: bool = False


def take_attendance(command: TakeAttendance, sight: Sight) -> tuple[Draft, ...]:
    sheet = sight.sheet(command.lesson)
    absent = dict.fromkeys(command.absent)
    if absent.keys() != sheet.absences.keys():
        _agree_on_all(command, sheet, sight)
    noted = [AbsenceNoted(pupil=p) for p in absent if p not in sheet.absences]
    back = [AbsenceWithdrawn(pupil=p, came_late=False) for p in sheet.absences if p not in absent]
    taken = [] if sheet.taken is not None else [AttendanceTaken()]
    return in_lesson(command.lesson, sight, *taken, *noted, *back)


def _agree_on_all(command: TakeAttendance, sheet: Sheet, sight: Sight) -> None:
    """Raises Conflict when a colleague noted or withdrew an «н» since the page was shown."""
    standing = tuple(sheet.absences.values())
    if set(command.seen) == {entry.position for entry in standing}:
        return
    about = (AttendanceTaken, AbsenceNoted, AbsenceWithdrawn)
    living = effective(sight.loaded.get(command.lesson, ()))
    raise Conflict(next((e for e in reversed(living) if isinstance(e.event, about)), None), standing)


def note_absence(command: NoteAbsence, sight: Sight) -> tuple[Draft, ...]:
    if command.pupil in sight.sheet(command.lesson).absences:
        return ()
    agree(command.seen, None)
    return in_lesson(command.lesson, sight, AbsenceNoted(pupil=command.pupil))


def withdraw_absence(command: WithdrawAbsence, sight: Sight) -> tuple[Draft, ...]:
    standing = sight.sheet(command.lesson).absences.get(command.pupil)
    if standing is None:
        return ()
    agree(command.seen, standing)
    event = AbsenceWithdrawn(pupil=command.pupil, came_late=command.came_late)
    return in_lesson(command.lesson, sight, event)
