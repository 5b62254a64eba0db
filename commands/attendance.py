"""Presence and absence (R-138…R-141, K-45)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Sight
from commands.in_lesson import agree, in_lesson
from ledger.entry import Draft
from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn, AttendanceTaken


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeAttendance:
    """Presence was checked: `absent` are all who are not there; nobody is «все на месте»."""

    lesson: UUID
    absent: tuple[UUID, ...] = ()
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
    noted = [AbsenceNoted(pupil=p) for p in absent if p not in sheet.absences]
    back = [AbsenceWithdrawn(pupil=p, came_late=False) for p in sheet.absences if p not in absent]
    taken = [] if sheet.taken is not None else [AttendanceTaken()]
    return in_lesson(command.lesson, sight, *taken, *noted, *back)


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
