"""What a sheet of period marks says of a breach of access: a mark set with that access is contested, one that rests on
what an Act made void asks for a look, and the Act is named (R-177, R-183)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from projections import void_signs
from projections.period_lines import MarkCell, PupilLine
from projections.reading import Reading
from projections.void_rows import named_by
from projections.void_signs import Named, Signs


def tainted(lines: tuple[PupilLine, ...], standing: Sequence[Any], reading: Reading) -> tuple[PupilLine, ...]:
    """`standing` are the rows of the sheet's marks."""
    found = void_signs.signs(reading, None)
    if not (found.contested or found.acts):
        return lines
    causes = behind(standing, found.acts, reading)
    return tuple(
        replace(line, cells=tuple(_cell(cell, causes, found) for cell in line.cells)) for line in lines
    )


def _cell(cell: MarkCell, causes: Mapping[int, Named], found: Signs) -> MarkCell:
    act = causes.get(cell.seen)
    if act is None and cell.seen not in found.contested:
        return cell
    return replace(cell, contested=cell.seen in found.contested, taint=str(act) if act else "")


def behind(marks: Iterable[Any], acts: Mapping[UUID, Named], reading: Reading) -> dict[int, Named]:
    """By the entry of each mark that rests on something an Act in force made void: which Act. `marks` are rows of
    period_marks, whose `rests_on` is that of the last look: one that was looked at since asks no more."""
    in_force = {act: named for act, named in acts.items() if not named.annulled}
    if not in_force:
        return {}
    dead = named_by(reading, in_force)
    found = (
        (mark.entry, [dead[position] for position in mark.rests_on if position in dead]) for mark in marks
    )
    return {entry: in_force[causes[-1]] for entry, causes in found if causes}
