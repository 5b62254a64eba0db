"""What is done by order names it; the number may follow («приказ: номер позже»)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.deciding import Sight
from commands.importing.terms import Fact
from commands.texts import plain
from ledger.events.orders import OrderIssued

NUMBER_LENGTH = 40  # characters of «91-ОД»


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderNamed:
    """`number` is "" while it is to come; `on` the order's day, by default today."""

    number: str = ""
    on: date | None = None


def ordered(named: OrderNamed | None, kind: str, sight: Sight) -> tuple[UUID | None, tuple[Fact, ...]]:
    """The order's id, and the fact that it was issued when the school does not know it yet. Raises Refusal for a
    number that is no plain text."""
    if named is None:
        return None, ()
    number = plain(named.number, NUMBER_LENGTH) if named.number.strip() else None
    on = named.on or sight.now.date()
    known = (each.id for each in sight.school.orders.values() if (each.number, each.date) == (number, on))
    found = None if number is None else next(known, None)
    if found is not None:
        return found, ()
    new = uuid5(sight.stamp.command_id, "order")
    return new, ((new, OrderIssued(kind=kind, number=number, date=on)),)
