"""Undo: a person takes the last action back within seconds, as one append (design 1; the entries stay for ever)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger import streams
from ledger.entry import Draft, Entry
from ledger.events import (
    attendance,
    control,
    corrections,
    error_reports,
    families,
    homework,
    late_entries,
    lessons,
    marks,
    period_marks,
    plans,
    reminders,
)
from ledger.events.voids import EntriesTakenBack
from ledger.school import School
from ledger.windows import SECOND, delay

TIME_TO_TAKE_BACK = timedelta(seconds=10)
REMEMBERED = (
    TIME_TO_TAKE_BACK + SECOND
)  # how far back what an account did is read; the whole last second counts
# A mark, a period, a plan's lines and a case's word concern their own stream. What the whole school rests on, an order
# and an Act are undone by another decision; an architecture test asks of every new event which of the two it is.
TAKEN_BACK: frozenset[type] = frozenset(
    {
        *(lessons.LessonHeld, lessons.TopicRecorded, lessons.BriefingRecorded, lessons.LessonCompleted),
        *(lessons.MaterialAttached, lessons.MaterialWithdrawn),
        *(homework.HomeworkSet, homework.HomeworkNotSet, homework.IndividualHomeworkSet),
        *(marks.WorkAdded, marks.WorkWithdrawn, marks.WorkKindChanged, marks.MarkGiven, marks.MarkWithdrawn),
        *(marks.LiteracyMarkGiven, marks.LiteracyMarkWithdrawn),
        *(attendance.AttendanceTaken, attendance.AbsenceNoted, attendance.AbsenceWithdrawn),
        *(attendance.AbsencesExplained, attendance.ExplanationWithdrawn),
        *(attendance.AbsenceDisputed, attendance.AbsenceDisputeDecided),
        *(late_entries.LateEntryRequested, late_entries.LateEntryPermitted, late_entries.LateEntryDeclined),
        *(late_entries.LateEntryUsed, late_entries.LateEntryWithdrawn, late_entries.BlockedWindowPermitted),
        *(plans.PlanItemsSet, plans.PlanApproved, plans.PlanReturned),
        *(period_marks.PeriodMarkGiven, period_marks.PeriodMarkWithdrawn, period_marks.PeriodMarkRechecked),
        *(period_marks.ExceptionRequested, period_marks.ExceptionAgreed),
        *(period_marks.ExceptionGranted, period_marks.ExceptionDeclined, period_marks.PeriodClosed),
        *(corrections.CorrectionRequested, corrections.CorrectionConcluded, corrections.CorrectionWithdrawn),
        *(corrections.CorrectionApproved, corrections.CorrectionDeclined),
        *(error_reports.ErrorReported, error_reports.ErrorReportForwarded, error_reports.ErrorReportClosed),
        reminders.ReadinessReminded,
        *(families.Acknowledged, families.RemarkWritten, families.RemarkWithdrawn, families.SlipHandedOut),
        *(control.DayChecked, control.CertificateWorded, control.CertificateFindingSet),
        *(control.CertificateFindingDropped, control.CertificateFindingResolved),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeBack:
    """`command` is the id the action was sent under."""

    command: UUID
    confirmed: bool = False


def touched(command: TakeBack, recent: tuple[Entry, ...], school: School) -> tuple[UUID, ...]:
    """The streams of the action's entries, and of the cases about the same lessons and sheets."""
    own = tuple(dict.fromkeys(entry.stream for entry in _entries(command, recent)))
    kinds = (streams.late_entries, streams.disputes, streams.corrections, streams.error_reports)
    return tuple(dict.fromkeys((*own, *(stream(school.id, each) for each in own for stream in kinds))))


def take_back(command: TakeBack, sight: Sight) -> tuple[Draft, ...]:
    """One word in each stream of the action, about its entries there; the use of a permission goes with them."""
    done = _entries(command, sight.recent)
    _in_time(done, sight)
    _last_of_theirs(done, sight)
    _of_its_own_streams(done)
    _not_built_upon(done, sight)
    positions: dict[UUID, list[Entry]] = {}
    for entry in done:
        positions.setdefault(entry.stream, []).append(entry)
    return tuple(
        Draft(
            category=entries[0].category,
            stream=stream,
            version=sight.loaded[stream][-1].version + 1,
            event=EntriesTakenBack(positions=tuple(entry.position for entry in entries)),
        )
        for stream, entries in positions.items()
    )


def _entries(command: TakeBack, recent: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in recent if entry.stamp.command_id == command.command)


def _in_time(done: tuple[Entry, ...], sight: Sight) -> None:
    """By the same account and person; both instants are those of the complete requests."""
    now = sight.stamp.received_at
    own = bool(done) and done[0].stamp.person == sight.stamp.person
    if not own or delay(now, done[0].stamp.received_at + TIME_TO_TAKE_BACK) is not None:
        raise Refusal(
            "take-back-late",
            "Отменить можно только своё последнее действие и только в первые десять секунд. Исправьте запись"
            " обычным путём.",
            status=409,
        )


def _last_of_theirs(done: tuple[Entry, ...], sight: Sight) -> None:
    """An earlier one is no slip of the hand any more: what came after may rest on it."""
    if any(isinstance(entry.event, EntriesTakenBack) for entry in done):
        raise Refusal("take-back-once", "Отмену не отменяют: внесите запись ещё раз.", status=409)
    after = [entry for entry in sight.recent if entry.position > done[-1].position]
    mine = {entry.position for entry in done}
    taken = (entry.event.positions for entry in after if isinstance(entry.event, EntriesTakenBack))
    if any(mine & set(positions) for positions in taken):
        raise Refusal("take-back-once", "Это действие уже отменено.", status=409)
    if after:
        raise Refusal(
            "take-back-last",
            "После этого вы сделали ещё одну запись: отменяется только последняя.",
            status=409,
        )


def _of_its_own_streams(done: tuple[Entry, ...]) -> None:
    if any(type(entry.event) not in TAKEN_BACK for entry in done):
        raise Refusal(
            "take-back-school",
            "Это действие касается всей школы, и одним нажатием его не отменяют: измените решение обычным путём.",
        )


def _not_built_upon(done: tuple[Entry, ...], sight: Sight) -> None:
    """Another's mark in the same lesson, a decision on the case, a permission used: whatever came after it there."""
    last = done[-1].position
    if any(entry.position > last for whole in sight.loaded.values() for entry in whole):
        raise Refusal(
            "take-back-built-upon",
            "После этого здесь уже сделал запись другой человек: отменить нельзя, исправьте обычным путём.",
            status=409,
        )
