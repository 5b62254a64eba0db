"""Honest marks of a lesson whose work, permission, substitution or request an Act made void: they stay, and a deputy
decides (design 1, E-05, E-14). Those whose column is gone are seen here only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.events.marks import MarkGiven
from ledger.streams import corrections, late_entries
from projections.reading import Reading
from projections.unsupported import unsupported
from projections.void_signs import Signs


@dataclass(frozen=True, kw_only=True, slots=True)
class ContestedMark:
    """`ground`: permission, work, substitution or request; `act` which Act made it void."""

    pupil: UUID
    value: str
    ground: str
    act: str
    entry: int


def contested_marks(reading: Reading, lesson: UUID, found: Signs) -> tuple[ContestedMark, ...]:
    """Nothing is read where no Act was ever finalised."""
    if not found.acts:
        return ()
    late, cases = late_entries(reading.school.id, lesson), corrections(reading.school.id, lesson)
    streams = reading.streams((lesson, late, cases))
    entries = streams.get(lesson, ())
    grounds = unsupported(lesson, entries, streams.get(late, ()), streams.get(cases, ()), reading)
    marks = ((entry, entry.event) for entry in entries if entry.position in grounds)
    return tuple(
        ContestedMark(
            pupil=event.pupil,
            value="/".join(map(str, event.value)),
            ground=grounds[entry.position][0],
            act=str(found.acts.get(grounds[entry.position][1], "")),
            entry=entry.position,
        )
        for entry, event in marks
        if isinstance(event, MarkGiven) and _stands(entry.position, event, reading)
    )


def _stands(entry: int, given: MarkGiven, reading: Reading) -> bool:
    where = "work = %(work)s AND pupil = %(pupil)s AND entry = %(entry)s"
    return bool(
        reading.rows("cells", where, columns="entry", work=given.work, pupil=given.pupil, entry=entry)
    )
