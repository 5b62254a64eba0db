"""Final marks of the graduating classes: conclusion and распоряжение (7.14(b10), P-55, K-26, R-167).

The teacher's explanation is the request itself. The director orders and types no mark: what the case asked for is
written by the same append.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from commands.applying import Brought, numbered
from commands.by_order import NUMBER_LENGTH
from commands.corrections import brought, in_cases, unchanged, waiting
from commands.deciding import Refusal, Sight
from commands.texts import plain
from ledger import streams
from ledger.correction import CorrectionCase
from ledger.entry import Category, Draft
from ledger.events.corrections import CorrectionConcluded, CorrectionOrdered
from ledger.events.orders import OrderIssued
from ledger.events.turns import TurnTaken
from ledger.rules.corrections import papers_for
from ledger.windows import spoken

CONCLUSION_LENGTH = 2000  # characters
KIND = "final_correction"  # of the order, in the dictionary order_kind


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcludeFinalCorrection:
    case: UUID
    journal: UUID
    period: UUID
    conclusion: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderFinalCorrection:
    """`number` and `date` of the signed распоряжение: neither may be missing."""

    case: UUID
    journal: UUID
    period: UUID
    number: str = ""
    date: date | None = None
    confirmed: bool = False


def conclude_final_correction(command: ConcludeFinalCorrection, sight: Sight) -> tuple[Draft, ...]:
    case = _final(command, "conclusion", sight)
    if case.concluded is not None:
        raise Refusal("correction-concluded", "Заключение по этому запросу уже дано.", status=409)
    unchanged(case.asked, sight)
    words = plain(command.conclusion, CONCLUSION_LENGTH)
    sealed = sight.sealed(words, about=case.requested.stamp.person)
    event = CorrectionConcluded(case=case.case, conclusion=sealed)
    return numbered((in_cases(event, command, sight),), sight)


def order_final_correction(command: OrderFinalCorrection, sight: Sight) -> tuple[Draft, ...]:
    case = _final(command, "order", sight)
    unchanged(case.asked, sight)
    number, on = _number(command), _date(command, case, sight)
    orders = sight.school.orders.values()
    if any((each.kind, each.number, each.date) == (KIND, number, on) for each in orders):
        raise Refusal("order-numbered", f"Распоряжение № {number} с этой датой уже записано.", status=409)
    order = uuid5(sight.stamp.command_id, "order")
    issued = OrderIssued(kind=KIND, number=number, date=on)
    return numbered(
        (
            Brought(category=Category.SCHOOL, stream=order, event=issued),
            Brought(category=Category.SCHOOL, stream=streams.orders(sight.school.id), event=TurnTaken()),
            *brought(case, CorrectionOrdered(case=case.case, order=order), sight),
        ),
        sight,
    )


def _final(command: Any, paper: str, sight: Sight) -> CorrectionCase:
    """The case that waits, when it takes this paper."""
    case = waiting(command, sight)
    if paper not in papers_for(case.asked, sight.school, sight.regulation):
        raise Refusal(
            "correction-not-final",
            "Эту отметку исправляют без распоряжения директора: запрос решает заместитель.",
        )
    return case


def _number(command: OrderFinalCorrection) -> str:
    if not command.number.strip():
        raise Refusal("order-number", "Укажите номер распоряжения: без него исправление не вносится.")
    return plain(command.number, NUMBER_LENGTH)


def _date(command: OrderFinalCorrection, case: CorrectionCase, sight: Sight) -> date:
    """Not ahead of its day, nor before the conclusion it follows (K-26)."""
    if command.date is None:
        raise Refusal("order-date", "Укажите дату распоряжения: без неё исправление не вносится.")
    if command.date > sight.now.date():
        raise Refusal("order-date", "Распоряжение с будущей датой ещё не подписано: исправьте дату.")
    said = case.requested if case.concluded is None else case.concluded
    earliest = sight.school.local(said.stamp.judged_at).date()
    if command.date < earliest:
        raise Refusal(
            "order-date",
            f"Распоряжение подписывают после объяснения и заключения, не раньше {spoken(earliest)}.",
        )
    return command.date
