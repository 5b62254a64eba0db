"""Closing the sheets of a period: from then on only a case touches them (R-162)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from commands.period_facts import span_of
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.period_marks import PeriodClosed
from ledger.school import School
from ledger.windows import period_mark_window, spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRef:
    """A page and its period; the year (`streams.year`) is one too."""

    journal: UUID
    period: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosePeriods:
    """All of them or none; what is closed already stays so. A school has more than one command takes: the page sends
    them in portions and shows how far it is."""

    sheets: tuple[SheetRef, ...]
    confirmed: bool = False


def sheets(command: ClosePeriods, school: School) -> tuple[tuple[UUID, UUID], ...]:
    return tuple(dict.fromkeys((ref.journal, ref.period) for ref in command.sheets))


def close_periods(command: ClosePeriods, sight: Sight) -> tuple[Draft, ...]:
    return tuple(draft for ref in dict.fromkeys(command.sheets) for draft in _closed(ref, sight))


def _closed(ref: SheetRef, sight: Sight) -> tuple[Draft, ...]:
    span = span_of(sight.school, ref.journal, ref.period)
    sheet = sight.period_sheet(ref.journal, ref.period)
    if sheet.closed is not None:
        return ()
    opens = period_mark_window(span.last or sight.now.date(), sight.regulation).opens
    if sight.now < opens:
        raise Refusal(
            "close-early",
            f"Последняя неделя начинается {spoken(opens.date())}: раньше ведомость не закрывают.",
        )
    stream = streams.period_sheet(sight.school.id, ref.journal, ref.period)
    event = PeriodClosed(journal=ref.journal, period=ref.period)
    return drafts(Category.PERIOD, stream, sheet.version, event)
