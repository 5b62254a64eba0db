"""A mark for a period that rested on void entries: which Act it was, and a case opened by whoever looks at it again
(R-183, P-96, E-04). Keeping it with a reason is commands.period_marks.RecheckPeriodMark."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger.effective import effective
from ledger.entry import Entry
from ledger.events.voids import EntriesVoided
from ledger.period_sheet import Cell, PeriodSheet


def act_behind(cell: Cell, sheet: PeriodSheet, sight: Sight) -> UUID | None:
    """The latest Act that made void what the mark rested on when it was last looked at; None where none did. Raises
    Refusal when whoever decides is the one with whose access it was written (E-05)."""
    rested = _rested(cell, sheet)
    found = [(void, dead) for whole in sight.loaded.values() for void, dead in _voided(rested, whole)]
    if not found:
        return None
    if any(entry.stamp.person == sight.stamp.person for _, dead in found for entry in dead):
        raise Refusal(
            "taint-owner", "Эту отметку проверяет другой: недействительны записи вашего доступа.", status=403
        )
    void, _ = max(found, key=lambda each: each[0].position)
    return void.event.act  # type: ignore[attr-defined, no-any-return]


def _rested(cell: Cell, sheet: PeriodSheet) -> frozenset[int]:
    entry = sheet.rechecked.get(cell) or sheet.marks.get(cell)
    return frozenset() if entry is None else frozenset(entry.event.rests_on)  # type: ignore[attr-defined]


def _voided(rested: Collection[int], whole: tuple[Entry, ...]) -> Iterator[tuple[Entry, list[Entry]]]:
    for entry in effective(whole):
        if isinstance(entry.event, EntriesVoided):
            named = set(entry.event.positions) & set(rested)
            if named:
                yield entry, [each for each in whole if each.position in named]
