"""A report beside the same report of the period before, or as it was at the last check: what became better or worse."""

from __future__ import annotations

from dataclasses import dataclass

from projections.as_of import AsOf
from projections.control.report import Asked, Column, Figure, Line, Report, Value
from projections.control.said import NUMBERS, line_words
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """`by` is now less `before`, None where one of them is nothing; `good` whether that is better, None where it is the
    same or neither way is good."""

    before: Value
    by: float | int | None
    good: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """`figures` by key, `lines` by the line's key and then the column's: only columns that know which way is good.
    `new`: lines that were not there, `gone`: what those are about that are no more; of a list of happenings, which has
    no line in common, neither is told."""

    asked: Asked
    as_of: AsOf
    figures: dict[str, Change]
    lines: dict[str, dict[str, Change]]
    new: int
    gone: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """The last check there was: the director's control of a month or an issued certificate, of the journal as of
    `position`."""

    kind: str
    title: str
    position: int


def compared(now: Report, then: Report) -> Compared:
    """Of two reports with the same code; a column or figure only one of them has is left out."""
    figures, lines = {each.key: each for each in then.figures}, {each.key: each for each in then.lines}
    stay = {line.key for line in now.lines if line.key in lines}
    return Compared(
        asked=then.asked,
        as_of=then.as_of,
        figures={each.key: _figure(each, figures[each.key]) for each in now.figures if each.key in figures},
        lines={line.key: _line(line, lines[line.key], now, then) for line in now.lines if line.key in lines},
        new=len(now.lines) - len(stay) if stay else 0,
        gone=tuple(line_words(line, then) for line in then.lines if line.key not in stay) if stay else (),
    )


def last_check(reading: Reading) -> Check | None:
    """Before the page's own moment; None when nothing was checked yet."""
    found = [
        *(
            Check(kind="control", title=f"{row.month:%m.%Y}", position=row.position)
            for row in reading.rows("director_controls", "TRUE", columns="month, position")
        ),
        *(
            Check(kind="certificate", title=row.number, position=row.position)
            for row in reading.rows("certificates", "issued_at IS NOT NULL", columns="number, position")
        ),
    ]
    earlier = [each for each in found if each.position < reading.as_of.position]
    return max(earlier, key=lambda each: each.position, default=None)


def _figure(now: Figure, then: Figure) -> Change:
    return _change(now.value, then.value, now.better)


def _line(now: Line, then: Line, report: Report, earlier: Report) -> dict[str, Change]:
    before = dict(zip((column.key for column in earlier.columns), then.values, strict=True))
    return {
        column.key: _change(value, before[column.key], column.better)
        for column, value in zip(report.columns, now.values, strict=True)
        if comparable(column) and column.key in before
    }


def comparable(column: Column) -> bool:
    return bool(column.better) and column.kind in NUMBERS


def _change(now: Value, before: Value, better: str) -> Change:
    if not (isinstance(now, int | float) and isinstance(before, int | float)):
        return Change(before=before, by=None, good=None)
    by = round(now - before, 2)
    return Change(before=before, by=by, good=(by > 0) == (better == "more") if by and better else None)
