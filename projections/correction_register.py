"""The register of corrections (C-16): every case, settled or waiting, in the order it was asked for (R-163…R-167)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from ledger.personal import KeyOf
from projections.as_of import AsOf
from projections.case_place import CasePlace, places
from projections.correction_notes import CorrectionNote, notes
from projections.reading import NoSuchPage, Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionLine:
    """`hours` from the request to the decision, None while there is none; `pupil` in words. Times are local."""

    number: int
    asked_at: datetime
    decided_at: datetime | None
    place: CasePlace
    pupil: str
    note: CorrectionNote
    hours: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionRegister:
    first: date
    last: date
    lines: tuple[CorrectionLine, ...]
    as_of: AsOf

    @property
    def people(self) -> tuple[UUID, ...]:
        """Who asked, concluded and decided."""
        found = (
            who
            for line in self.lines
            for who in (line.note.requester, line.note.concluded_by, line.note.decided_by)
        )
        return tuple(dict.fromkeys(who for who in found if who is not None))


def page(
    reading: Reading,
    first: date,
    last: date,
    key_of: KeyOf | None,
    journals: Iterable[UUID],
    requester: UUID | None = None,
) -> CorrectionRegister:
    """Of the cases asked for on these days, of these pages of the journal, by that person where one is named. Without
    `key_of` nobody reads what people wrote."""
    school = reading.school
    since, until = (
        datetime.combine(day, time(), tzinfo=school.zone) for day in (first, last + timedelta(days=1))
    )
    where = (
        "asked_at >= %(since)s AND asked_at < %(until)s AND journal = ANY(%(journals)s)"
        " AND (%(requester)s::uuid IS NULL OR requester = %(requester)s)"
    )
    bounds = {"since": since, "until": until, "journals": list(journals), "requester": requester}
    found = notes(reading, where, key_of, **bounds)
    return CorrectionRegister(first=first, last=last, lines=_lines(found, reading), as_of=reading.as_of)


def one(reading: Reading, case: UUID, key_of: KeyOf | None) -> CorrectionLine:
    """A single case. Raises NoSuchPage."""
    found = notes(reading, "case_id = %(case)s", key_of, case=case)
    if not found:
        raise NoSuchPage(str(case))
    return _lines(found, reading)[0]


def of_sheets(reading: Reading, journals: Iterable[UUID]) -> tuple[CorrectionLine, ...]:
    """Marks for periods and years of these pages that were corrected, without what people wrote."""
    where = "journal = ANY(%(journals)s) AND period IS NOT NULL AND status = 'approved'"
    return _lines(notes(reading, where, None, journals=list(journals)), reading)


def _lines(found: Sequence[CorrectionNote], reading: Reading) -> tuple[CorrectionLine, ...]:
    school = reading.school
    names = reading.names({note.pupil for note in found if note.pupil is not None})
    return tuple(
        CorrectionLine(
            number=n,
            asked_at=school.local(note.asked_at),
            decided_at=None if note.decided_at is None else school.local(note.decided_at),
            place=place,
            pupil=names[note.pupil].listed if note.pupil in names else "",
            note=note,
            hours=_hours(note),
        )
        for n, (note, place) in enumerate(zip(found, places(found, reading), strict=True), 1)
    )


def _hours(note: CorrectionNote) -> float | None:
    if note.decided_at is None:
        return None
    return round((note.decided_at - note.asked_at).total_seconds() / 3600, 1)
