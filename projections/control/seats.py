"""Who was to be at the lessons of a page on which days: for sums the database makes over a whole school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.evidence import steady
from ledger.school import Journal, School
from ledger.span import DAY, Span
from projections.reading import Reading

# The seats as a table; its parameters are `arrays`. Nobody knows beforehand how long the lists are, and the planner
# takes them for ten: then it goes through them for every lesson, minutes long. Hence `query`.
SEATS = """SELECT * FROM unnest(%(journals)s::uuid[], %(classes)s::uuid[], %(pupils)s::uuid[],
        %(begins)s::date[], %(ends)s::date[], %(wholes)s::bool[]) AS s(journal, class, pupil, first, last, whole)"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """The pupil was liable at every lesson of the page on these days and is on no other page of it before or after;
    `whole`: on all the days asked about."""

    journal: UUID
    class_id: UUID
    pupil: UUID
    span: Span
    whole: bool


def seats_of(school: School, pages: Iterable[Journal], days: Span) -> Iterator[Seat]:
    """`days` end."""
    assert days.last is not None
    for page in pages:
        for pupil in school.members_ever(page.id):
            if steady(pupil, page.id, days.first, days.last, school):
                yield _seat(page, pupil, days, whole=True)
                continue
            for span in stretches(pupil, page.id, days, school):
                yield _seat(page, pupil, span, whole=span == days)


def arrays(seats: Sequence[Seat]) -> dict[str, list[Any]]:
    return {
        "journals": [seat.journal for seat in seats],
        "classes": [seat.class_id for seat in seats],
        "pupils": [seat.pupil for seat in seats],
        "begins": [seat.span.first for seat in seats],
        "ends": [seat.span.last for seat in seats],
        "wholes": [seat.whole for seat in seats],
    }


def query(reading: Reading, sql: str, seats: Sequence[Seat], **parameters: Any) -> list[Any]:
    """`sql` joins the table of SEATS with others."""
    reading.connection.execute("SET LOCAL enable_nestloop = off")
    rows = reading.query(sql, **arrays(seats), **parameters)
    reading.connection.execute("SET LOCAL enable_nestloop = on")
    return rows


def stretches(pupil: UUID, journal: UUID, days: Span, school: School) -> Iterator[Span]:
    """The days among `days` on which the pupil was liable there (E-11): it changes only where something of the pupil
    begins or ends."""
    assert days.last is not None
    known = school.pupils[pupil]
    spans = [
        *(span for _, span in (*known.classes, *known.groups)),
        *(each.span for each in known.exemptions),
        *(each.span for each in known.tuitions),
    ]
    edges = {span.first for span in spans} | {span.last + DAY for span in spans if span.last is not None}
    cuts = [days.first, *sorted(day for day in edges if days.first < day <= days.last)]
    first = None
    for cut in cuts:
        if school.liable(pupil, journal, cut):
            first = first or cut
        elif first is not None:
            yield Span(first=first, last=cut - DAY)
            first = None
    if first is not None:
        yield Span(first=first, last=days.last)


def _seat(page: Journal, pupil: UUID, span: Span, *, whole: bool) -> Seat:
    return Seat(journal=page.id, class_id=page.class_id, pupil=pupil, span=span, whole=whole)
