"""The page of one control report: the report itself and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from projections.as_of import AsOf
from projections.control import Row
from projections.control.compared import Check, Compared, comparable, compared, last_check
from projections.control.report import Asked, Behind, Report
from projections.control.said import NUMBERS, line_words
from projections.control.spans import before
from projections.reading import NoSuchPage, Reading

BEFORE, CHECK, NOTHING = "before", "check", "no"
AGAINST = (BEFORE, CHECK, NOTHING)


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlPage:
    """`against` is what it was to be compared with; `compared` None where there is no such period or check, or nothing
    in it that could be better or worse. `check`: the last one, when it was asked for."""

    report: Report
    against: str
    compared: Compared | None
    check: Check | None
    as_of: AsOf


def page(
    reading: Reading, row: Row, asked: Asked, against: str, earlier: Callable[[int], Reading]
) -> ControlPage:
    """`earlier` reads right after the entry at a position."""
    report = made(reading, row, asked)
    check = last_check(reading) if against == CHECK else None
    then: Report | None = None
    if against == BEFORE and _tells(report):
        days = before(reading.school, asked.first, asked.last, _level(reading, asked))
        then = row.report(reading, replace(asked, first=days[0], last=days[1])) if days else None
    elif check is not None and _tells(report):
        then = row.report(earlier(check.position), asked)
    return ControlPage(
        report=report,
        against=against,
        compared=compared(report, then) if then is not None else None,
        check=check,
        as_of=reading.as_of,
    )


def made(reading: Reading, row: Row, asked: Asked) -> Report:
    """Raises NoSuchPage for a class or subject the school had not then."""
    school = reading.school
    if asked.class_id is not None and asked.class_id not in school.classes:
        raise NoSuchPage("no such class")
    if asked.subject is not None and asked.subject not in school.subjects:
        raise NoSuchPage("no such subject")
    return row.report(reading, asked)


@dataclass(frozen=True, kw_only=True, slots=True)
class BehindPage:
    """What a line of a report counted: `shown` from the number `first` (0 is the first) on, `more` whether others
    follow."""

    report: Report
    key: str
    shown: tuple[Behind, ...]
    first: int
    more: bool
    as_of: AsOf

    @property
    def title(self) -> str:
        own = next(line for line in self.report.lines if line.key == self.key)
        return line_words(own, self.report)


def behind(reading: Reading, row: Row, asked: Asked, key: str, first: int, most: int) -> BehindPage:
    """Only of a line that is there for whoever asks. Raises NoSuchPage for another."""
    report = made(reading, row, asked)
    if all(line.key != key for line in report.lines):
        raise NoSuchPage("no such line")
    found = tuple(row.behind(reading, asked, key))
    return BehindPage(
        report=report,
        key=key,
        shown=found[first : first + most],
        first=first,
        more=len(found) > first + most,
        as_of=reading.as_of,
    )


def _tells(report: Report) -> bool:
    """Whether anything of it can be compared."""
    return any(each.kind in NUMBERS for each in report.figures) or any(map(comparable, report.columns))


def _level(reading: Reading, asked: Asked) -> str | None:
    return reading.school.classes[asked.class_id].level if asked.class_id is not None else asked.level
