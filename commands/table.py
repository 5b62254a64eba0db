"""Every command there is: what it may be asked about, what it reads, who decides on it.

A row: action of ledger.access · journal-or-other target · streams to load beside the school · decider.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commands import attendance, homework, late_entries, lessons, marks, reads
from commands.deciding import Sight
from ledger.entry import Draft
from ledger.regulation import Regulation
from ledger.school import School


@dataclass(frozen=True, slots=True)
class Row:
    """`lessons` names the lessons a command is about: rights are asked of each of their journals."""

    action: str
    lessons: Callable[[Any], tuple[UUID, ...]]
    streams: Callable[[Any, School, Regulation], tuple[UUID, ...]]
    decide: Callable[[Any, Sight], tuple[Draft, ...]]


COMMANDS: dict[type, Row] = {
    marks.GiveMark: Row("write_lesson", reads.one, reads.mark, marks.give_mark),
    marks.WithdrawMark: Row("write_lesson", reads.one, reads.lesson, marks.withdraw_mark),
    marks.FillColumn: Row("write_lesson", reads.one, reads.column, marks.fill_column),
    marks.AddWork: Row("write_lesson", reads.one, reads.lesson, marks.add_work),
    marks.WithdrawWork: Row("write_lesson", reads.one, reads.lesson, marks.withdraw_work),
    attendance.TakeAttendance: Row("write_lesson", reads.one, reads.lesson, attendance.take_attendance),
    attendance.NoteAbsence: Row("write_lesson", reads.one, reads.lesson, attendance.note_absence),
    attendance.WithdrawAbsence: Row("write_lesson", reads.one, reads.lesson, attendance.withdraw_absence),
    lessons.RecordTopic: Row("write_lesson", reads.also, reads.lesson, lessons.record_topic),
    homework.SetHomework: Row("write_lesson", reads.also, reads.lesson, homework.set_homework),
    homework.SetNoHomework: Row("write_lesson", reads.also, reads.lesson, homework.set_no_homework),
    homework.SetIndividualHomework: Row(
        "write_lesson", reads.one, reads.lesson, homework.set_individual_homework
    ),
    late_entries.RequestLateEntry: Row(
        "request_late_entry", reads.items, reads.lesson, late_entries.request_late_entry
    ),
    late_entries.PermitLateEntries: Row(
        "decide_late_entry", reads.cases, reads.lesson, late_entries.permit_late_entries
    ),
    late_entries.DeclineLateEntries: Row(
        "decide_late_entry", reads.cases, reads.lesson, late_entries.decline_late_entries
    ),
    late_entries.WithdrawLateEntry: Row(
        "withdraw_late_entry", reads.one, reads.lesson, late_entries.withdraw_late_entry
    ),
}

BY_NAME: dict[str, type] = {command.__name__: command for command in COMMANDS}
