"""Subjects, pages of the journal and who teaches them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.importing import ids
from commands.importing.terms import Fact, Terms
from ledger import streams
from ledger.events import journals
from ledger.school import School, Span
from ledger.span import DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    class_id: UUID
    group: UUID | None
    subject: UUID

    def journal(self, school: UUID, year: int) -> UUID:
        return ids.journal(school, year, self.class_id, self.group, self.subject)


@dataclass(frozen=True, kw_only=True, slots=True)
class Teaching:
    """Who teaches a page; no `first`: from the beginning. `hours` a week, in hundredths."""

    teacher: UUID
    first: date | None
    until: date | None
    hours: int


def subject_facts(wanted: Iterable[tuple[UUID, str, str, tuple[str, ...]]], school: School) -> Iterator[Fact]:
    """`wanted`: id, title, short title, attributes."""
    for id_, title, short, attributes in wanted:
        known = school.subjects.get(id_)
        said = (title, short, frozenset(attributes))
        if known is None or (known.title, known.short, known.attributes) != said:
            event = journals.SubjectAdded(subject=id_, title=title, short=short, attributes=attributes)
            yield streams.calendar(school.id), event


def page_facts(pages: Mapping[Page, tuple[Teaching, ...]], school: School, terms: Terms) -> Iterator[Fact]:
    """Pages not there yet, and what changed in who teaches each."""
    for page, taught in pages.items():
        journal = page.journal(school.id, terms.year)
        if journal not in school.journals:
            listed = journals.JournalListed(
                class_id=page.class_id, group=page.group, subject=page.subject, year=terms.year
            )
            yield journal, listed
        yield from workload_facts(journal, taught, school, terms)


def workload_facts(
    journal: UUID, taught: tuple[Teaching, ...], school: School, terms: Terms
) -> Iterator[Fact]:
    """Only hours are not compared: nothing is folded from them yet."""
    known = school.journals.get(journal)
    standing = known.teachers if known else ()
    matched = {
        stretch: each
        for each in taught
        for stretch in standing
        if stretch[0] == each.teacher and same_stretch(stretch[1], each.first, each.until, terms)
    }
    for teacher, span in standing:
        if (teacher, span) not in matched and (span.last is None or span.last >= terms.change):
            last = max(terms.before, span.first - DAY)  # one that begins later is ended before it began
            yield journal, journals.WorkloadEnded(teacher=teacher, last=last)
    for each in taught:
        if each not in matched.values():
            first = each.first or terms.first
            first = max(first, terms.change) if standing else first
            event = journals.WorkloadAssigned(
                teacher=each.teacher, first=first, until=each.until, hours=each.hours
            )
            yield journal, event


def same_stretch(span: Span, first: date | None, last: date | None, terms: Terms) -> bool:
    """Whether what stands is what the file says: begun when the file says or, by an earlier import, since."""
    wanted = first or terms.first
    return span.last == last and wanted <= span.first <= max(terms.change, wanted)


def ended_pages(pages: Iterable[Page], school: School, terms: Terms) -> Iterator[Fact]:
    """For a file that names every page of the year: nobody teaches the others any more."""
    named = {page.journal(school.id, terms.year) for page in pages}
    for journal in school.journals.values():
        if journal.year == terms.year and journal.id not in named:
            yield from workload_facts(journal.id, (), school, terms)
