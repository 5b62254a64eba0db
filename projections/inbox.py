"""The inbox of a deputy and of the director: everything that waits for a word, in one list (W-40, R-144, R-151, R-157,
R-163…R-168), and what was decided lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf
from projections import (
    blocked_windows,
    correction_cards,
    disputes,
    exception_cards,
    late_entry_cards,
    report_cards,
)
from projections.as_of import AsOf
from projections.blocked_windows import BlockedWindows
from projections.correction_cards import CorrectionCard
from projections.disputes import DisputeLine
from projections.exception_cards import ExceptionCard
from projections.late_entry_cards import InboxCase
from projections.reading import Reading
from projections.report_cards import ReportCard
from projections.verdicts import Place, verdicts

SHOWN = 50  # decided cases of each sort on the page


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """The last of what was decided, newest first."""

    late_entries: tuple[InboxCase, ...]
    corrections: tuple[CorrectionCard, ...]
    exceptions: tuple[ExceptionCard, ...]
    reports: tuple[ReportCard, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxPage:
    """What waits, the oldest first. `escalated` are reports past their time, which are the director's too (W-22);
    `corrections` by what was asked for together, one alone is a group of one; `finals` take a распоряжение; for
    `blocked` nobody has asked, because nobody could."""

    escalated: tuple[ReportCard, ...]
    reports: tuple[ReportCard, ...]
    corrections: tuple[tuple[CorrectionCard, ...], ...]
    finals: tuple[CorrectionCard, ...]
    exceptions: tuple[ExceptionCard, ...]
    waiting: tuple[InboxCase, ...]
    disputes: tuple[DisputeLine, ...]
    blocked: tuple[BlockedWindows, ...]
    decided: Decided
    as_of: AsOf

    @property
    def total(self) -> int:
        """Cases that wait."""
        own = (self.escalated, self.reports, self.finals, self.exceptions, self.waiting, self.disputes)
        return sum(map(len, (*own, self.blocked, *self.corrections)))


def page(reading: Reading, person: UUID, key_of: KeyOf) -> InboxPage:
    """As `person` may see and decide it at the page's moment."""
    late = _oldest(reading.rows("late_entries", "status = 'asked'"))
    corrections = _oldest(reading.rows("corrections", "status = 'asked'"))
    exceptions = _oldest(reading.rows("exceptions", "status = 'asked'"))
    places = [*map(_of_lesson, late), *map(_of_case, corrections), *map(_of_sheet, exceptions)]
    may = verdicts(reading, person, places)
    asked = correction_cards.cards(corrections, reading, key_of, may)
    reports = report_cards.cards(_reported(reading), reading, key_of)
    return InboxPage(
        escalated=tuple(card for card in reports if card.over is not None),
        reports=tuple(card for card in reports if card.over is None),
        corrections=_together(card for card in asked if not card.by_order),
        finals=tuple(card for card in asked if card.by_order),
        exceptions=exception_cards.cards(exceptions, reading, key_of, may),
        waiting=late_entry_cards.cards(late, reading, key_of, may),
        disputes=disputes.waiting(reading, key_of),
        blocked=blocked_windows.waiting(reading, person),
        decided=_decided(reading, key_of),
        as_of=reading.as_of,
    )


def _of_lesson(row: Any) -> Place:
    return row.lesson, row.journal, None


def _of_case(row: Any) -> Place:
    return row.lesson, row.journal, row.period


def _of_sheet(row: Any) -> Place:
    return None, row.journal, row.period


def _oldest(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.asked_at)


def _reported(reading: Reading) -> list[Any]:
    """What nobody has said a word on; those that were forwarded are their teachers' while they are in time."""
    found = reading.rows("error_reports", "status <> 'closed'")
    shown = (row for row in found if row.status == "reported" or report_cards.over(row, reading) is not None)
    return sorted(shown, key=lambda row: row.due)


def _together(cards: Iterable[CorrectionCard]) -> tuple[tuple[CorrectionCard, ...], ...]:
    groups: dict[UUID, list[CorrectionCard]] = {}
    for card in cards:
        groups.setdefault(card.bulk or card.case, []).append(card)
    return tuple(tuple(group) for group in groups.values())


def _decided(reading: Reading, key_of: KeyOf) -> Decided:
    late = _last(reading.rows("late_entries", "status <> 'asked'"), "decided_at")
    corrections = _last(reading.rows("corrections", "status <> 'asked'"), "decided_at")
    exceptions = _last(reading.rows("exceptions", "status <> 'asked'"), "decided_at")
    said = reading.rows("error_reports", "status <> 'reported'")
    answered = [row for row in said if report_cards.over(row, reading) is None]  # the others still wait above
    reports = _last(answered, "forwarded_at", "closed_at")
    return Decided(
        late_entries=late_entry_cards.cards(late, reading, key_of),
        corrections=correction_cards.cards(corrections, reading, key_of),
        exceptions=exception_cards.cards(exceptions, reading, key_of),
        reports=report_cards.cards(reports, reading, key_of),
    )


def _last(rows: list[Any], *times: str) -> list[Any]:
    def decided(row: Any) -> datetime:
        said: list[datetime] = [at for name in times if (at := getattr(row, name)) is not None]
        return max(said)

    return sorted(rows, key=decided, reverse=True)[:SHOWN]
