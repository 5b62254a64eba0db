"""The sheet of period marks of one page and period as a fold of its stream (R-147, R-157, R-162)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events import period_marks as events

PERIOD, YEAR, ATTESTATION, FINAL = "period", "year", "attestation", "final"
KINDS = (PERIOD, YEAR, ATTESTATION, FINAL)
EXEMPT, NOT_ATTESTED = "осв", "н/а"
LEAST_MARKS, NON_ATTESTATION = "least_marks", "non_attestation"

Cell = tuple[str, UUID]  # kind, pupil


@dataclass(kw_only=True, slots=True)
class ExceptionCase:
    """An attestation against the rule: `asked` is None where the deputy granted it unasked; `decided` is the entry of
    the grant or of the refusal, `agreed` of the parents' word in the diary."""

    case: UUID
    pupil: UUID
    ground: str
    asked: Entry | None = None
    agreed: Entry | None = None
    decided: Entry | None = None

    @property
    def status(self) -> str:
        """asked · granted · declined."""
        if self.decided is None:
            return "asked"
        return "granted" if isinstance(self.decided.event, events.ExceptionGranted) else "declined"


@dataclass(kw_only=True, slots=True)
class PeriodSheet:
    """`marks`, `rechecked` and `rewritten` by (kind, pupil); `rewritten` counts the earlier values of a cell. `version`
    counts dead entries too."""

    version: int = 0
    marks: dict[Cell, Entry] = field(default_factory=dict)
    rechecked: dict[Cell, Entry] = field(default_factory=dict)
    rewritten: dict[Cell, int] = field(default_factory=dict)
    exceptions: dict[UUID, ExceptionCase] = field(default_factory=dict)
    closed: Entry | None = None

    def value(self, kind: str, pupil: UUID) -> str:
        """«5», «осв», «н/а» … or «» where none stands."""
        entry = self.marks.get((kind, pupil))
        return "" if entry is None else entry.event.value  # type: ignore[attr-defined]

    def granted(self, pupil: UUID, ground: str) -> ExceptionCase | None:
        """The exception that stands for this pupil."""
        cases = (each for each in self.exceptions.values() if (each.pupil, each.ground) == (pupil, ground))
        return next((each for each in cases if each.status == "granted"), None)


def fold_period_sheet(entries: Iterable[Entry]) -> PeriodSheet:
    """The sheet after all `entries` of its stream (ascending, voids among them)."""
    sequence = tuple(entries)
    sheet = PeriodSheet()
    for entry in effective(sequence):
        step(sheet, entry)
    sheet.version = sequence[-1].version if sequence else 0
    return sheet


def step(sheet: PeriodSheet, entry: Entry) -> None:
    """Advance by one living entry that voids nothing; an unknown event changes nothing."""
    sheet.version = entry.version
    event = entry.event
    match event:
        case events.PeriodMarkGiven(kind=kind, pupil=pupil):
            sheet.rewritten[kind, pupil] = sheet.rewritten.get((kind, pupil), -1) + 1
            sheet.marks[kind, pupil] = entry
            sheet.rechecked.pop((kind, pupil), None)
        case events.PeriodMarkWithdrawn(kind=kind, pupil=pupil):
            sheet.marks.pop((kind, pupil), None)
            sheet.rechecked.pop((kind, pupil), None)
        case events.PeriodMarkRechecked(kind=kind, pupil=pupil):
            sheet.rechecked[kind, pupil] = entry
        case events.PeriodClosed():
            sheet.closed = entry
        case _:
            _exception(sheet, entry)


def _exception(sheet: PeriodSheet, entry: Entry) -> None:
    match entry.event:
        case events.ExceptionRequested(case=case, pupil=pupil, ground=ground):
            sheet.exceptions[case] = ExceptionCase(case=case, pupil=pupil, ground=ground, asked=entry)
        case events.ExceptionGranted(case=case, pupil=pupil, ground=ground):
            known = sheet.exceptions.setdefault(case, ExceptionCase(case=case, pupil=pupil, ground=ground))
            known.decided = entry
        case events.ExceptionAgreed(case=case) if case in sheet.exceptions:
            sheet.exceptions[case].agreed = entry
        case events.ExceptionDeclined(case=case) if case in sheet.exceptions:
            sheet.exceptions[case].decided = entry
