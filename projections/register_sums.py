"""What the marks of a column come to (C-11): achievement and quality of a subject, and who learns how in the class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.period_sheet import EXEMPT, NOT_ATTESTED

if TYPE_CHECKING:
    from projections.register import RegisterRow

GOOD, ENOUGH = ("4", "5"), ("3", "4", "5")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """Of one subject and column: `given` marks, «н/а» among them, «осв» not; whole percents of them, None of none."""

    given: int
    failing: int
    success: int | None
    quality: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """Of the class in one column. `complete` pupils have a mark in every subject they learn; of them `passing` have
    none that fails, `excellent` 5 only, `good` 4 and 5; `failing` anybody with an unsatisfactory mark or «н/а»."""

    pupils: int
    complete: int
    excellent: int
    good: int
    failing: int
    passing: int


def of_column(rows: Iterable[RegisterRow], subject: int, column: int) -> Sum:
    """Of the pupils who are in the class."""
    values = [row.cells[subject][column].value for row in rows if not row.gone]
    counted = [value for value in values if value and value != EXEMPT]
    enough = sum(value in ENOUGH for value in counted)
    return Sum(
        given=len(counted),
        failing=len(counted) - enough,
        success=percent(enough, len(counted)),
        quality=percent(sum(value in GOOD for value in counted), len(counted)),
    )


def percent(part: int, whole: int) -> int | None:
    """Whole percents, halves up."""
    return (200 * part + whole) // (2 * whole) if whole else None


def total(rows: Iterable[RegisterRow], column: int) -> Total:
    complete = excellent = good = failing = passing = pupils = 0
    for row in rows:
        if row.gone:
            continue
        pupils += 1
        own = [subject[column] for subject in row.cells]
        values = {cell.value for cell in own if cell.value}
        learns = any(cell.journal is not None for cell in own)
        fails = bool(values & {"1", "2", NOT_ATTESTED})
        failing += fails
        if not learns or any(cell.journal is not None and not cell.value for cell in own):
            continue
        complete += 1
        passing += not fails
        marks = values - {EXEMPT}
        excellent += marks == {"5"}
        good += "4" in marks and marks <= {"4", "5"}
    return Total(
        pupils=pupils, complete=complete, excellent=excellent, good=good, failing=failing, passing=passing
    )
