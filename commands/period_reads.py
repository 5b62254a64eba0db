"""What a decision on a period sheet reads besides the sheet: where the evidence of its pupils stands (E-06, P-28)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from commands.period_facts import pages_concerned
from ledger import streams
from ledger.evidence import periods_of
from ledger.regulation import Regulation
from ledger.school import School
from ledger.sheet_periods import lessons_of


def of_marks(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """Of a command with `marks` of several pupils."""
    return _wanted(
        command.journal, command.period, (item.pupil for item in command.marks), school, regulation
    )


def of_mark(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """Of a command about one `pupil`."""
    return _wanted(command.journal, command.period, (command.pupil,), school, regulation)


def of_page(journal: UUID, period: UUID, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """Of all its pupils: which of them a case is about is known only when it was read."""
    pupils = school.members_ever(journal) if journal in school.journals else ()
    return _wanted(journal, period, pupils, school, regulation)


def _wanted(
    journal: UUID, period: UUID, named: Iterable[UUID], school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    """Nothing where there is no such page: the decider says so."""
    page = school.journals.get(journal)
    if page is None:
        return ()
    pupils = tuple(dict.fromkeys(pupil for pupil in named if pupil in school.pupils))
    pages = pages_concerned(school, journal, pupils)
    said = (streams.excuses(school.id, pupil) for pupil in pupils)
    if period == streams.year(school.id, page.year):
        return (*said, *_sheets(journal, pages, school))
    known = next((each for each in periods_of(school, journal) if each.id == period), None)
    if known is None:
        return ()
    marked = (*pages, *_literature(pages, school, regulation))
    lessons = (each.id for page in marked for each in lessons_of(school, page, known.span))
    return tuple(dict.fromkeys((*said, *lessons)))


def _sheets(journal: UUID, pages: Iterable[UUID], school: School) -> Iterator[UUID]:
    """Every period's and the year's, of these pages."""
    year = streams.year(school.id, school.journals[journal].year)
    periods = (*(each.id for each in periods_of(school, journal)), year)
    for page in pages:
        for period in periods:
            yield streams.period_sheet(school.id, page, period)


def _literature(pages: Iterable[UUID], school: School, regulation: Regulation | None) -> Iterator[UUID]:
    """The pages of literature whose literacy marks stand on one of these, a page of Russian (R-126, P-28)."""
    grades = () if regulation is None else regulation.literacy_grades
    classes = {
        school.journals[page].class_id
        for page in pages
        if "language" in school.subject_of(page).attributes and school.klass_of(page).grade in grades
    }
    for page in school.journals.values() if classes else ():
        if page.class_id in classes and "literature" in school.subject_of(page.id).attributes:
            yield page.id
