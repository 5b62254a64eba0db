"""Papers of a class as files: what is printed is what is stitched and registered, byte for byte (R-224, R-234)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from exports import class_journal, class_report, register_sheet
from exports.paper import Imprint
from web import reading_papers as papers
from web.paper_words import plain
from web.reading_papers import Where
from web.titles import HEALTH, MARK_KINDS, PROMOTIONS

_SHEET = re.compile(rb"/Type /Page\b(?!s)")


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """`name` without its ending."""

    content: bytes
    name: str
    imprint: Imprint

    @property
    def sheets(self) -> int:
        """Counted in the file itself: its page objects stand uncompressed."""
        return len(_SHEET.findall(self.content))


def _words() -> register_sheet.Words:
    return register_sheet.Words(kinds=plain(MARK_KINDS), promotions=plain(PROMOTIONS))


def sheet(where: Where, class_id: UUID, columns: tuple[str, ...], *, promoting: bool) -> File:
    """«Ведомость» of these columns of the register, or the сводная with promotion."""
    paper = papers.sheet(where, class_id, columns)
    leader = paper.leader(class_id)
    content = register_sheet.pdf(paper.page, _words(), paper.imprint, leader=leader, promoting=promoting)
    return File(content=content, name="sheet", imprint=paper.imprint)


def report(where: Where, class_id: UUID, column: str) -> File:
    """«Отчёт по классу»."""
    paper = papers.results(where, class_id, column)
    content = class_report.pdf(paper.page, paper.names, plain(MARK_KINDS), paper.imprint)
    return File(content=content, name="class-report", imprint=paper.imprint)


def journal(where: Where, class_id: UUID) -> File:
    """The whole journal of the class."""
    paper = papers.whole(where, class_id)
    content = class_journal.pdf(paper.page, paper.names, _words(), plain(HEALTH), paper.imprint)
    return File(content=content, name="class-journal", imprint=paper.imprint)


@dataclass(frozen=True, kw_only=True, slots=True)
class Archived:
    """A kind of paper of a class that is archived: the address it is printed at, without its moment, and what makes
    it; both of a class and a column of the register («» of the whole year)."""

    address: Callable[[UUID, str], str]
    make: Callable[[Where, UUID, str], File]


ARCHIVED = {
    "journal": Archived(
        address=lambda class_id, column: url_for("papers.whole", class_id=class_id),
        make=lambda where, class_id, column: journal(where, class_id),
    ),
    "year_sheets": Archived(
        address=lambda class_id, column: url_for("papers.sheet", class_id=class_id, year="yes"),
        make=lambda where, class_id, column: sheet(where, class_id, (), promoting=True),
    ),
    "class_report": Archived(
        address=lambda class_id, column: url_for("papers.report", class_id=class_id, column=column),
        make=lambda where, class_id, column: report(where, class_id, column),
    ),
    "class_sheet": Archived(
        address=lambda class_id, column: url_for("papers.sheet", class_id=class_id, column=column),
        make=lambda where, class_id, column: sheet(where, class_id, (column,), promoting=False),
    ),
}
