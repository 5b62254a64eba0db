"""The archive register and the class reports handed over, for whoever may look: right first, then one reading."""

from __future__ import annotations

from uuid import UUID

from flask import abort

from projections import archive_page, handed
from projections.archive_page import ArchiveItem, ArchivePage
from projections.handed import HandedPage
from web import reading, reading_papers
from web.reading_papers import Paper, Where

SEES_ALL = ("accept_report", "view_handed_reports")


def _may_look() -> None:
    if not reading.acts("print_year"):
        reading.allowed("view_archive")


def register(year: int | None, at: str | None) -> ArchivePage:
    """R-224; 404 for a study year there is none of."""
    _may_look()
    asked = reading.this_year(at) if year is None else year
    if asked is None:
        abort(404)
    return reading.show(at, lambda found: archive_page.page(found, asked), "archive", log=False)


def keeps() -> bool:
    """Whether this person writes into the register."""
    return reading.may("print_year")


def register_paper(where: Where, year: int | None) -> Paper[ArchivePage]:
    _may_look()
    asked = reading.this_year(where.at) if year is None else year
    if asked is None:
        abort(404)
    return reading_papers.show(where, "archive", lambda found: archive_page.page(found, asked))


def item(where: Where, id: UUID) -> Paper[ArchiveItem]:
    _may_look()
    return reading_papers.show(where, "archive label", lambda found: archive_page.item(found, id))


def reports(year: int | None, at: str | None) -> HandedPage:
    """R-219: of every class, or of those one leads."""
    asked = reading.this_year(at) if year is None else year
    classes = [each.id for each in reading.school().classes.values() if each.year == asked]
    if not any(reading.acts(action) for action in SEES_ALL):
        classes = [each for each in classes if reading.acts("hand_over_report", class_id=each)]
        if not classes:
            abort(403)
    if asked is None:
        abort(404)
    return reading.show(at, lambda found: handed.page(found, asked, classes), "handed reports", log=False)


def hands_over(page: HandedPage) -> frozenset[UUID]:
    """Classes whose reports this person hands over today."""
    if not page.as_of.live:
        return frozenset()
    found = {line.class_id for line in page.lines}
    return frozenset(each for each in found if reading.may("hand_over_report", class_id=each))


def accepts(page: HandedPage) -> bool:
    return page.as_of.live and reading.may("accept_report")
