"""How a pupil came into a class and left it, by which order (R-060, E-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.school import Pupil, School
from ledger.span import DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """`kind`: arrived (the first day there) or left (the last one). `order` as «91 от 16.10.2026»."""

    kind: str
    on: date
    order: str | None


def movements(pupil: Pupil, class_id: UUID, school: School) -> tuple[Movement, ...]:
    """In order of days; who was there when the study year began has not arrived."""
    klass = school.classes[class_id]
    year = school.years.get(klass.year)
    orders = {(kind == "departed", on): order for kind, on, order in pupil.movements}
    found: list[Movement] = []
    for place, span in pupil.classes:
        if place != class_id:
            continue
        if year is None or span.first > year.first:
            found.append(Movement(kind="arrived", on=span.first, order=orders.get((False, span.first))))
        if span.last is not None:
            order = orders.get((True, span.last)) or orders.get((False, span.last + DAY))
            found.append(Movement(kind="left", on=span.last, order=order))
    return tuple(found)
