"""What a decider sees and what it may answer instead of events.

A decider is pure: `decide(command, sight) -> tuple[Draft, ...]`. Everything it needs was loaded before; what
it decides on is guarded by the versions it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from ledger import streams
from ledger.correction import Corrections, fold_corrections
from ledger.dispute import Disputes, fold_disputes
from ledger.entry import Category, Draft, Entry, Stamp
from ledger.error_report import ErrorTickets, fold_error_reports
from ledger.late_entry import LateEntries, fold_late_entries
from ledger.lesson import Sheet, fold_lesson, known_lesson
from ledger.period_sheet import PeriodSheet, fold_period_sheet
from ledger.personal import PersonalText
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson
from ledger.void_selection import Selection

T = TypeVar("T")

Page = tuple[UUID, UUID]  # of a period sheet: journal and period
Seal = Callable[[str, UUID, UUID, int], PersonalText]  # text, about whom, command id, part


class Refusal(Exception):
    """The command cannot be: `sentence` is for the person, `status` the HTTP kind of answer. Of a command about many
    pupils `about` says which of them is refused or asked about, in a sentence each; `case` is that of the rule, as
    «closed» of W-14."""

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        clause: str = "",
        mode: str = "refuse",
        status: int = 422,
        about: tuple[dict[str, str], ...] = (),
        case: str = "",
    ) -> None:
        super().__init__(sentence)
        self.about, self.case = about, case
        self.code, self.sentence, self.clause, self.mode, self.status = code, sentence, clause, mode, status


class Conflict(Exception):
    """The cell is not what the person saw: `theirs` is the entry that stands now, None when it was emptied.

    Of a lesson's presence `theirs` is the last entry about it and `standing` are all the «н»."""

    def __init__(self, theirs: Entry | None, standing: tuple[Entry, ...] = ()) -> None:
        super().__init__("the cell has changed since it was shown")
        self.theirs, self.standing = theirs, standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """The school, the regulation in force and the streams the command asked for, as they were read.

    `adopted` is None before the school adopted one: founding, imports and accounts do without. `sheets` are the period
    sheets the command is about; `recent` what the account has just done, `selection` what was done with an access, of
    a command that asks for it; `folds` what the streams say, each folded once: the gate changes copies of its
    own."""

    school: School
    adopted: Regulation | None
    stamp: Stamp
    loaded: Mapping[UUID, tuple[Entry, ...]]
    seal: Seal
    sheets: tuple[Page, ...] = ()
    recent: tuple[Entry, ...] = ()
    selection: Selection | None = None
    folds: dict[tuple[UUID, Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def regulation(self) -> Regulation:
        """Raises Refusal where nothing is in force yet."""
        if self.adopted is None:
            raise Refusal("no-regulation", "В школе ещё не принят порядок ведения журнала.", status=409)
        return self.adopted

    @property
    def now(self) -> datetime:
        """The school's local time (naive) every rule decides by."""
        return self.school.local(self.stamp.judged_at)

    def sheet(self, lesson: UUID) -> Sheet:
        key = lesson, fold_lesson
        if key not in self.folds:
            self.folds[key] = fold_lesson(lesson, self.loaded.get(lesson, ()))
        found: Sheet = self.folds[key]
        return found

    def late(self, lesson: UUID) -> LateEntries:
        return self._folded(streams.late_entries(self.school.id, lesson), fold_late_entries)

    def disputes(self, lesson: UUID) -> Disputes:
        return self._folded(streams.disputes(self.school.id, lesson), fold_disputes)

    def period_sheet(self, journal: UUID, period: UUID) -> PeriodSheet:
        return self._folded(streams.period_sheet(self.school.id, journal, period), fold_period_sheet)

    def corrections(self, about: UUID) -> Corrections:
        """Of a lesson or a period sheet."""
        return self._folded(streams.corrections(self.school.id, about), fold_corrections)

    def tickets(self, about: UUID) -> ErrorTickets:
        """Of a lesson or a period sheet."""
        return self._folded(streams.error_reports(self.school.id, about), fold_error_reports)

    def _folded(self, stream: UUID, fold: Callable[[tuple[Entry, ...]], T]) -> T:
        key = stream, fold
        if key not in self.folds:
            self.folds[key] = fold(self.loaded.get(stream, ()))
        found: T = self.folds[key]
        return found

    def lesson(self, lesson: UUID) -> Lesson:
        """As held, else as planned. Raises Refusal when there is none."""
        known = known_lesson(self.sheet(lesson), self.school)
        if known is None:
            raise Refusal("lesson-exists", "Такого урока нет в расписании.", status=404)
        return known

    def version(self, stream: UUID) -> int:
        """Of a stream that was read, else of one of the school's; 0 of an empty one."""
        if stream not in self.loaded:
            return self.school.version(stream)
        whole = self.loaded[stream]
        return whole[-1].version if whole else 0

    def sealed(self, text: str, *, about: UUID, part: int = 0) -> PersonalText:
        return self.seal(text, about, self.stamp.command_id, part)


def drafts(category: Category, stream: UUID, version: int, *events: object) -> tuple[Draft, ...]:
    """Drafts taking the stream's versions after `version`, in order."""
    return tuple(
        Draft(category=category, stream=stream, version=version + n, event=event)
        for n, event in enumerate(events, start=1)
    )
