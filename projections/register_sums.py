"""What the marks of a column come to (C-11): achievement and quality of a subject, and who learns how in the class."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.period_sheet import EXEMPT
from projections.outcome import GOOD, Outcome

if TYPE_CHECKING:
    from projections.register import RegisterRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """Of one subject and column: `given` marks, «н/а» among them, «осв» not; whole percents of them, None of none."""

    given: int
    failing: int
    success: int | None
    quality: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """Of the class in one column, as projections.outcome tells them: `complete` are those every mark of whom is set."""

    pupils: int
    complete: int
    excellent: int
    good: int
    failing: int
    passing: int


def of_column(rows: Iterable[RegisterRow], subject: int, column: int, fails: Collection[str]) -> Sum:
    """Of the pupils on the list; `fails`: projections.outcome.failing_values."""
    values = [row.cells[subject][column].value for row in rows if not row.gone]
    counted = [value for value in values if value and value != EXEMPT]
    failing = sum(value in fails for value in counted)
    return Sum(
        given=len(counted),
        failing=failing,
        success=percent(len(counted) - failing, len(counted)),
        quality=percent(sum(value in GOOD for value in counted), len(counted)),
    )


def percent(part: int, whole: int) -> int | None:
    """Whole percents, halves up."""
    return (200 * part + whole) // (2 * whole) if whole else None


def total(outcomes: Iterable[Outcome]) -> Total:
    own = tuple(outcomes)
    return Total(
        pupils=len(own),
        complete=sum(each.judged for each in own),
        excellent=sum(each.excellent for each in own),
        good=sum(each.good for each in own),
        failing=sum(each.failing for each in own),
        passing=sum(each.passing for each in own),
    )
