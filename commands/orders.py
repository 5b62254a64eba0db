"""The order (приказ) a command rests on: its number and date as the person gives them, its entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.deciding import Sight
from commands.importing.terms import Fact
from ledger.events.orders import OrderIssued
from ledger.windows import spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderNamed:
    """`number` is None for «номер позже»."""

    number: str | None
    date: date

    def words(self) -> str:
        """«91 от 16.10.2026»: what an entry that has no order of its own says of it (R-060)."""
        return f"{self.number or 'б/н'} от {spoken(self.date)}"


def issued(kind: str, order: OrderNamed | None, sight: Sight) -> tuple[UUID | None, tuple[Fact, ...]]:
    """The order's id and the fact of it; (None, ()) where none is named."""
    if order is None:
        return None, ()
    id = uuid5(sight.stamp.command_id, f"order/{kind}")
    return id, ((id, OrderIssued(kind=kind, number=order.number, date=order.date)),)
