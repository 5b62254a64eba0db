"""What a rule sees besides the entry: the lesson, the period sheet and the cases as they stood before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from ledger.attestation import Evidence
from ledger.correction import Corrections
from ledger.dispute import Disputes
from ledger.entry import Entry, Finding
from ledger.error_report import ErrorTickets
from ledger.incident import Incident
from ledger.late_entry import LateEntries
from ledger.lesson import Sheet
from ledger.period_sheet import PeriodSheet
from ledger.regulation import Regulation
from ledger.school import School
from ledger.span import Span
from ledger.timetable import Lesson


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodState:
    """The sheet of one page and period. `span` of the period, or of the year; `last_lesson` its last one that is not
    cancelled, None when there is none, and whether it was `recorded`; `evidence` of the pupils asked about;
    `periods`, by pupil, the values that stand in the periods of the year («» for none)."""

    sheet: PeriodSheet
    span: Span
    last_lesson: Lesson | None = None
    recorded: bool = True
    evidence: Mapping[UUID, Evidence] = field(default_factory=dict)
    periods: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """`lesson` as planned or held, None when there is none; `previous` the sheets of the journal's earlier
    lessons with records, latest first, at most `regulation.soft_unsatisfactory.lookback` of them; `late`
    the lesson's late-entry cases, wanted by the rules on them only; `disputes` those about its «н». `period` of an
    entry about a period sheet; `corrections` and `tickets` of the lesson or the sheet; `incident` a command names."""

    sheet: Sheet
    lesson: Lesson | None
    previous: tuple[Sheet, ...] = ()
    late: LateEntries | None = None
    disputes: Disputes = field(default_factory=dict)
    period: PeriodState | None = None
    corrections: Corrections = field(default_factory=Corrections)
    tickets: ErrorTickets = field(default_factory=ErrorTickets)
    incident: Incident | None = None


Rule = Callable[[Entry, State, School, Regulation], Finding | None]
