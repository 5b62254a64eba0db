"""One page of a pupil: what orders made of him, and what the journal says of him, for those who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.personal import KeyOf
from projections import pupil_card, pupil_record
from projections.as_of import AsOf
from projections.pupil_card import PupilCard
from projections.pupil_record import PupilRecord
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilPage:
    """`record` is None for whoever keeps the lists and reads no marks (matrix row 1)."""

    card: PupilCard
    record: PupilRecord | None
    as_of: AsOf


def page(reading: Reading, pupil: UUID, key_of: KeyOf | None, *, marks: bool, record: bool) -> PupilPage:
    """`key_of` opens the certificates (see pupil_card.page); `marks`: whether their values may be read; `record`: the
    journal's side too. Raises NoSuchPage."""
    card = pupil_card.page(reading, pupil, key_of, marks=marks)
    told = pupil_record.record(reading, pupil) if record else None
    return PupilPage(card=card, record=told, as_of=reading.as_of)
