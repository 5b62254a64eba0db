"""Every command there is: what it may be asked about, what it reads, who decides on it.

A row: action of ledger.access · journal-or-other target · streams to load beside the school · decider.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commands import accounts, attendance, founding, homework, late_entries, lessons, marks, reads
from commands.deciding import Sight
from commands.importing import lesson as imported_lesson
from commands.importing import school as imported_school
from commands.importing import timetable as imported_timetable
from commands.rights import Named
from ledger.entry import Draft
from ledger.regulation import Regulation
from ledger.school import School


@dataclass(frozen=True, slots=True)
class Row:
    """`lessons` names the lessons a command is about: rights are asked of each of them, and of what `about` names
    (fields of ledger.access.Target: a pupil, a class, a journal …)."""

    action: str
    lessons: Callable[[Any], tuple[UUID, ...]]
    streams: Callable[[Any, School, Regulation | None], tuple[UUID, ...]]
    decide: Callable[[Any, Sight], tuple[Draft, ...]]
    about: Callable[[Any, School], tuple[Named, ...]] = reads.nobody


COMMANDS: dict[type, Row] = {
    marks.GiveMark: Row("write_lesson", reads.one, reads.mark, marks.give_mark),
    marks.WithdrawMark: Row("write_lesson", reads.one, reads.lesson, marks.withdraw_mark),
    marks.FillColumn: Row("write_lesson", reads.one, reads.column, marks.fill_column),
    marks.AddWork: Row("write_lesson", reads.one, reads.lesson, marks.add_work),
    marks.WithdrawWork: Row("write_lesson", reads.one, reads.lesson, marks.withdraw_work),
    attendance.TakeAttendance: Row("write_attendance", reads.one, reads.lesson, attendance.take_attendance),
    attendance.NoteAbsence: Row("write_attendance", reads.one, reads.lesson, attendance.note_absence),
    attendance.WithdrawAbsence: Row("write_attendance", reads.one, reads.lesson, attendance.withdraw_absence),
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
    founding.FoundSchool: Row("import_school", reads.nothing, reads.lesson, founding.found_school),
    founding.AdoptRegulation: Row("adopt_regulation", reads.nothing, reads.lesson, founding.adopt_regulation),
    founding.OpenJournal: Row("import_school", reads.nothing, reads.lesson, founding.open_journal),
    imported_school.ImportSchool: Row(
        "import_school", reads.nothing, reads.lesson, imported_school.import_school
    ),
    imported_timetable.ImportTimetable: Row(
        "import_school", reads.nothing, reads.lesson, imported_timetable.import_timetable
    ),
    imported_lesson.ImportLesson: Row("write_lesson", reads.one, reads.lesson, imported_lesson.import_lesson),
    accounts.CreateAccount: Row("manage_accounts", reads.nothing, reads.account, accounts.create_account),
    accounts.IssueCredential: Row("manage_accounts", reads.nothing, reads.account, accounts.issue_credential),
    accounts.BlockAccount: Row("manage_accounts", reads.nothing, reads.account, accounts.block_account),
    accounts.UnblockAccount: Row("manage_accounts", reads.nothing, reads.account, accounts.unblock_account),
    accounts.ChangeOwnPassword: Row(
        "change_own_password", reads.nothing, reads.account, accounts.change_own_password
    ),
    accounts.AppointAdministrator: Row(
        "manage_accounts", reads.nothing, reads.lesson, accounts.appoint_administrator
    ),
}

# Given by the server's own command line only, never by the JSON API.
OWN_COMMAND_LINE = frozenset(
    {
        founding.FoundSchool,
        founding.AdoptRegulation,
        founding.OpenJournal,
        imported_school.ImportSchool,
        imported_timetable.ImportTimetable,
        imported_lesson.ImportLesson,
        # By web/account_desk.py only: the entry and the password's row are one action.
        accounts.CreateAccount,
        accounts.IssueCredential,
        accounts.BlockAccount,
        accounts.UnblockAccount,
        accounts.ChangeOwnPassword,
        accounts.AppointAdministrator,
    }
)

BY_NAME: dict[str, type] = {
    command.__name__: command for command in COMMANDS if command not in OWN_COMMAND_LINE
}
