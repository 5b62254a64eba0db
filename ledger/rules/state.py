"""What a rule sees besides the entry: the lesson as it stood before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ledger.dispute import Disputes
from ledger.entry import Entry, Finding
from ledger.late_entry import LateEntries
from ledger.lesson import Sheet
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonState:
    """`lesson` as planned or held, None when there is none; `previous` the sheets of the journal's earlier
    lessons with records, latest first, at most `regulation.soft_unsatisfactory.lookback` of them; `late`
    the lesson's late-entry cases, wanted by the rules on them only; `disputes` those about its «н»."""

    sheet: Sheet
    lesson: Lesson | None
    previous: tuple[Sheet, ...] = ()
    late: LateEntries | None = None
    disputes: Disputes = field(default_factory=dict)


Rule = Callable[[Entry, LessonState, School, Regulation], Finding | None]
