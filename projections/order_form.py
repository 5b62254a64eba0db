"""What the director's распоряжение about a mark of a period sheet says (7.14(b10), R-167)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.clause import point
from ledger.personal import KeyOf
from projections import correction_register
from projections.as_of import AsOf
from projections.correction_register import CorrectionLine
from projections.reading import NoSuchPage, Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderForm:
    """`clause` of the school's act, "" where it is silent."""

    line: CorrectionLine
    clause: str
    as_of: AsOf


def page(reading: Reading, case: UUID, key_of: KeyOf) -> OrderForm:
    """Raises NoSuchPage: no such case, or one about a lesson."""
    line = correction_register.one(reading, case, key_of)
    if line.place.period is None:
        raise NoSuchPage(str(case))
    return OrderForm(line=line, clause=point(reading.regulation().clause("P-55")), as_of=reading.as_of)
