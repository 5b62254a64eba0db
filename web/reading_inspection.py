"""What an inspector takes along: entries for study elsewhere, and a certified extract of a page."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import abort, g

from ledger.scanning import whole_rows
from ledger.school import Journal
from projections import journal as journal_page
from projections.class_list import in_order
from projections.entries_of_page import streams_of
from projections.journal import JournalPage
from projections.reading import Reading
from web import entry_lines, reading
from web.premises import premises


def exported(class_id: UUID | None, journal: UUID | None, at: str | None) -> Iterator[str]:
    """Lines of every entry of the pages in scope up to the moment `at`, page after page. 404 for a class or a page out
    of the scope, 403 for whoever exports nothing. Asked and logged before the first line."""
    pages = _exportable(class_id, journal)
    position = reading.show(
        at,
        lambda found: found.as_of.position,
        "export entries",
        journal_id=journal,
        class_id=class_id,
    )
    return _lines(pages, position, at)


def _exportable(class_id: UUID | None, journal: UUID | None) -> list[Journal]:
    known = reading.school()
    found = [
        page
        for page in known.journals.values()
        if class_id in (None, page.class_id)
        and journal in (None, page.id)
        and reading.acts("export_entries", on=reading.own_day(page), journal=page.id)
    ]
    if not found:
        abort(404 if class_id or journal else 403)
    return sorted(
        found, key=lambda p: (p.year, *in_order(known.klass_of(p.id)), known.subject_of(p.id).title)
    )


def _lines(pages: list[Journal], position: int, at: str | None) -> Iterator[str]:
    """A page at a time in memory; the log of views has the export already."""
    here, school = premises(), g.actor.school
    for page in pages:
        with reading.opened(at) as found:
            streams = tuple(streams_of(found, page.id)) if page.id in found.school.journals else ()
        yield from entry_lines.lines(whole_rows(here.pool, school, streams, position))


def extract_of(journal: UUID, period: UUID | None, at: str) -> JournalPage:
    """The page at a moment, for print; logged as an extract."""
    known = _may_print(journal)

    def page(found: Reading) -> JournalPage:
        return journal_page.page(found, journal, period)

    return reading.show(at, page, "extract", journal_id=journal, class_id=known.class_id)


def _may_print(journal: UUID) -> Journal:
    known = reading.school().journals.get(journal) or abort(404)
    reading.allowed("view_journal", on=reading.own_day(known), journal=journal)
    return known


def last_entry(journal: UUID) -> int:
    """The position the pages stand at now: what a live page is printed as, for whoever may read it."""
    _may_print(journal)
    with reading.opened(None) as found:
        return found.as_of.position
