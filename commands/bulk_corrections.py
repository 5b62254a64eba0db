"""What an order or a certificate dated back takes away: one request for all the «н» it covers (E-07, E-12).

Nothing is erased by the order itself: the cases go to the deputy as any others, and what they bring names its case.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.corrections import CorrectionItem, opened
from commands.deciding import Refusal, Sight
from ledger.correction_cell import ABSENCE
from ledger.entry import Draft
from ledger.rests import basis_of


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestBulkCorrection:
    """`order` is that of distance days, or the exemption from physical education."""

    order: UUID
    items: tuple[CorrectionItem, ...]
    reason: str
    confirmed: bool = False


def request_bulk_correction(command: RequestBulkCorrection, sight: Sight) -> tuple[Draft, ...]:
    basis = basis_of(command.order, sight.school)
    if basis is None:
        raise Refusal("order-exists", "Такого приказа о дистанционных днях или освобождения нет.", status=404)
    for item in command.items:
        if (item.target, item.new) != (ABSENCE, "") or item.lesson is None or item.pupil is None:
            raise Refusal("bulk-items", "Одним запросом по приказу снимают только «н».")
        lesson = sight.lesson(item.lesson)
        if not basis.covers(lesson.journal, lesson.date, item.pupil, sight.school):
            raise Refusal("bulk-items", "Среди записей есть «н», которую этот документ не отменяет.")
    return opened(command.items, "order", command.reason, sight, order=command.order)
