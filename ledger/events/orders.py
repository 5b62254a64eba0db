"""Orders (приказ, распоряжение): what rests on one names it by id; its number may follow. Stream: the order."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderIssued:
    """`kind` is a key of the dictionary order_kind (distance, substitution, movement, extracurricular …);
    `number` is None for «номер позже»."""

    kind: str
    number: str | None
    date: date


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderNumbered:
    number: str
    date: date
