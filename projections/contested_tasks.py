"""What others wrote in lessons on what an Act made void, a request or a permission: it stands, and a deputy looks at it
(E-05). A correction settles each; after the days in which the void entries themselves may be asked for again (P-66)
what still stands was let stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from projections import reinstatement, void_signs
from projections.case_place import places
from projections.reading import Reading
from projections.task import Task
from projections.void_rows import named_by

# A cell, as projections.case_place asks of a lesson.
CELLS = "lesson, journal, entry, 'lesson' AS target, NULL::uuid AS pupil"


def contested_lessons(reading: Reading) -> Iterator[Task]:
    """One a lesson, `count` says how many places, `text` names the Act; where no Act is so young, nothing is read."""
    acts = void_signs.acts(reading)
    young = [act for act, named in acts.items() if not named.annulled and _young(act, reading)]
    dead = named_by(reading, young) if young else {}
    caused = {entry.position: entry for entry in reading.caused_by(dead)} if dead else {}
    cells = reading.rows(
        "cells",
        "lesson = ANY(%(lessons)s) AND entry = ANY(%(entries)s)",
        columns=CELLS,
        lessons=list({entry.stream for entry in caused.values()}),
        entries=list(caused),
    )
    counts, own = Counter(cell.lesson for cell in cells), {cell.lesson: cell for cell in cells}
    for cell, place in zip(own.values(), places(list(own.values()), reading), strict=True):
        cause = caused[cell.entry].causation
        yield Task(
            kind="contested",
            place=place,
            count=counts[cell.lesson],
            text=str(acts[dead[cause or 0]]),
            calls=True,
        )


def _young(act: UUID, reading: Reading) -> bool:
    return reading.now <= reinstatement.until_of(reading, act)
