"""What a period sheet says of one mark: every value it had, and what was looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.entry import Entry, Origin
from ledger.events.period_marks import PeriodMarkGiven, PeriodMarkRechecked
from ledger.period_sheet import Cell, PeriodSheet
from ledger.personal import KeyOf, PersonalText, unseal
from projections.cells import delay, entered_at
from projections.trail_things import fates


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A value of the mark. `proposed` is what the system proposed then; `reason` of a deviation, said of the pupil;
    `fate` stands, replaced, withdrawn, taken back or voided (by `act`); `correction` the case that brought it."""

    entry: int
    value: str
    proposed: str
    person: UUID
    role: str
    absent: UUID | None
    at: datetime
    delay: int | None
    imported: bool
    reason: str
    correction: UUID | None
    fate: str
    act: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recheck:
    """Somebody looked again after what the mark rests on had changed, and it stayed (R-172)."""

    person: UUID
    at: datetime
    reason: str


def decisions(entries: Sequence[Entry], cell: Cell, key_of: KeyOf) -> tuple[Decision, ...]:
    """Of the entries of the sheet's stream, dead ones among them; newest first."""
    told = fates(entries)
    own = [
        e for e in entries if isinstance(e.event, PeriodMarkGiven) and (e.event.kind, e.event.pupil) == cell
    ]
    return tuple(_decision(entry, *told[entry.position], key_of) for entry in reversed(own))


def _decision(entry: Entry, fate: str, act: UUID | None, key_of: KeyOf) -> Decision:
    event: PeriodMarkGiven = entry.event  # type: ignore[assignment]
    return Decision(
        entry=entry.position,
        value=event.value,
        proposed=event.proposed,
        person=entry.stamp.person,
        role=entry.stamp.role.value,
        absent=entry.stamp.on_behalf_of,
        at=entered_at(entry),
        delay=delay(entry),
        imported=entry.stamp.origin is Origin.IMPORT,
        reason=_said(event.reason, key_of),
        correction=event.correction,
        fate=fate,
        act=act,
    )


def _said(text: PersonalText | None, key_of: KeyOf | None) -> str:
    return "" if text is None or key_of is None else unseal(text, key_of)


def recheck(sheet: PeriodSheet, cell: Cell, key_of: KeyOf | None) -> Recheck | None:
    entry = sheet.rechecked.get(cell)
    if entry is None:
        return None
    event: PeriodMarkRechecked = entry.event  # type: ignore[assignment]
    return Recheck(person=entry.stamp.person, at=entered_at(entry), reason=_said(event.reason, key_of))


def rests_on(sheet: PeriodSheet, cell: Cell) -> tuple[int, ...] | None:
    """Positions the mark rests on, as somebody last looked at them; None where no mark stands."""
    given = sheet.marks.get(cell)
    if given is None:
        return None
    last = sheet.rechecked.get(cell, given)
    positions: tuple[int, ...] = last.event.rests_on  # type: ignore[attr-defined]
    return positions
