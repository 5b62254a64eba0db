"""The summary register as it is printed: with the corrections of its marks and what they rest on (R-160, R-167)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from projections import correction_register, register
from projections.as_of import AsOf
from projections.correction_register import CorrectionLine
from projections.reading import Reading
from projections.register import RegisterPage


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedRegister:
    """`corrected` are settled cases about marks of the columns shown."""

    register: RegisterPage
    corrected: tuple[CorrectionLine, ...]
    as_of: AsOf


def page(reading: Reading, class_id: UUID, chosen: Collection[str] = ()) -> PrintedRegister:
    """As register.page, and raises what it does."""
    sheet = register.page(reading, class_id, chosen)
    journals = [each.id for each in reading.school.pages_of_class(class_id)]
    shown = {(column.period, column.kind) for column in sheet.shown}
    return PrintedRegister(
        register=sheet,
        corrected=tuple(
            line
            for line in correction_register.of_sheets(reading, journals)
            if (line.place.period, line.place.kind) in shown
        ),
        as_of=reading.as_of,
    )
