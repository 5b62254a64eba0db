"""The number of an order that was issued without one («номер позже», R-060)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.by_order import NUMBER_LENGTH
from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.texts import plain
from ledger import streams
from ledger.entry import Draft
from ledger.events.orders import OrderNumbered
from ledger.events.turns import TurnTaken
from ledger.school import School


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberOrder:
    """`date` is that of the signed order, None: as it was written down."""

    order: UUID
    number: str
    date: date | None = None


def number_order(command: NumberOrder, sight: Sight) -> tuple[Draft, ...]:
    known = sight.school.orders.get(command.order)
    if known is None:
        raise Refusal("order-exists", "Такого приказа нет.", status=404)
    number = plain(command.number, NUMBER_LENGTH)
    event = OrderNumbered(number=number, date=command.date or known.date)
    if (known.number, known.date) == (event.number, event.date):
        return ()
    if known.number is not None:
        raise Refusal("order-numbered", f"У этого приказа уже есть номер: {known.number}.", status=409)
    same = _same(event, known.kind, sight.school)
    if same is not None:
        raise Refusal("order-numbered", f"Приказ № {number} с этой датой уже записан.", status=409)
    turn = (streams.orders(sight.school.id), TurnTaken())  # nobody else takes the number meanwhile
    return numbered([(command.order, event), turn], sight.school)


def _same(event: OrderNumbered, kind: str, school: School) -> UUID | None:
    """Two orders of one kind, number and date would be one order written down twice."""
    wanted = (kind, event.number, event.date)
    return next((o.id for o in school.orders.values() if (o.kind, o.number, o.date) == wanted), None)
