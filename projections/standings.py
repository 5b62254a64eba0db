"""How pupils stand before the deadline of a period: marks against the least number (P-19), lessons missed against
those held (P-22). The same figures as ledger.evidence gives, but counted by the database wherever nothing ever
happened to the pupil: a school's period has a hundred thousand marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from ledger.attestation import Evidence, least_marks, marks_counted, missed_too_much, propose
from ledger.evidence import evidence_of, pages_of, week_hours
from ledger.regulation import Regulation
from ledger.school import School
from ledger.span import Span
from projections.absence_facts import steady
from projections.period_evidence import facts_of
from projections.reading import Reading

WHERE = "journal = ANY(%(journals)s) AND date BETWEEN %(first)s AND %(last)s"
COUNTS = (
    "journal, pupil, count(*) FILTER (WHERE value_kind = 'mark')::int AS marks,"
    " (coalesce(sum(1 + (value LIKE '%%/%%')::int) FILTER (WHERE value_kind = 'mark'), 0))::int AS parts,"
    " count(*) FILTER (WHERE value_kind = 'absence')::int AS missed"
)
LESSONS = "journal, mode, count(*)::int AS held, min(date) AS first, max(date) AS last"

Cell = tuple[UUID, UUID]  # journal, pupil


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """`needed` marks by the end of the period (of who has more, what it would be without an excused absence), `due` of
    them by now; `absent`: more lessons missed than an attestation bears; `exempt`: «осв» is to be set."""

    marks: int
    needed: int
    due: int
    missed: int
    held: int
    absent: bool
    exempt: bool = False

    @property
    def short(self) -> bool:
        return not self.exempt and self.marks < self.needed

    @property
    def behind(self) -> bool:
        return not self.exempt and self.marks < self.due


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """What is known of a page over the span: `held` lessons that ask for presence, days of the first and last one
    written; `plain`: every lesson does. `share` of the planned lessons that are over."""

    held: int = 0
    plain: bool = True
    first: date | None = None
    last: date | None = None
    hours: int = 0
    share: tuple[int, int] = (0, 1)


def standings(reading: Reading, wanted: Mapping[UUID, Iterable[UUID]], span: Span) -> dict[Cell, Standing]:
    """Of the pupils of each page, by (journal, pupil)."""
    school, cells = reading.school, [(page, pupil) for page, pupils in wanted.items() for pupil in pupils]
    if not cells:
        return {}
    pages = _pages(reading, wanted, span)
    quick = {cell for cell in cells if _quick(cell, pages[cell[0]], school)}
    found = _counted(reading, quick, pages, span)
    return found | _of_evidence(reading, [cell for cell in cells if cell not in found], pages, span)


def _between(journals: Iterable[UUID], span: Span) -> dict[str, Any]:
    return {"journals": list(journals), "first": span.first, "last": span.last or date.max}


def _pages(reading: Reading, journals: Iterable[UUID], span: Span) -> dict[UUID, _Page]:
    school, regulation, found = reading.school, reading.regulation(), {}
    for journal in journals:
        hours, share = week_hours(school, journal, span), _share(journal, span, reading)
        found[journal] = _Page(hours=hours, share=share)
    rows = reading.rows(
        "lessons", WHERE, columns=LESSONS, grouped="journal, mode", **_between(journals, span)
    )
    for row in rows:
        page, terms = found[row.journal], regulation.extracurricular.get(row.mode)
        kept = terms is None or terms.attendance
        found[row.journal] = replace(
            page,
            held=page.held + (row.held if kept else 0),
            plain=page.plain and kept,
            first=min(page.first or row.first, row.first),
            last=max(page.last or row.last, row.last),
        )
    return found


def _share(journal: UUID, span: Span, reading: Reading) -> tuple[int, int]:
    planned = [each for each in reading.school.timetable.by_journal.get(journal, ()) if each.date in span]
    return sum(each.ends <= reading.now for each in planned), max(1, len(planned))


def _quick(cell: Cell, page: _Page, school: School) -> bool:
    """Whether the plain counts of the page are the pupil's evidence."""
    journal, pupil = cell
    if not page.plain or page.first is None or page.last is None:
        return False
    return steady(pupil, journal, page.first, page.last, school) and pages_of(school, journal, pupil) == (
        journal,
    )


def _counted(
    reading: Reading, cells: set[Cell], pages: Mapping[UUID, _Page], span: Span
) -> dict[Cell, Standing]:
    """Of those whose counts decide: an excused absence may lower the number, so who is short has to be looked at."""
    regulation, found = reading.regulation(), {}
    whole = regulation.fractions.count == 1
    rows = reading.rows(
        "cells", WHERE, columns=COUNTS, grouped="journal, pupil", **_between({j for j, _ in cells}, span)
    )
    counted = {(row.journal, row.pupil): (row.marks if whole else row.parts, row.missed) for row in rows}
    least = {
        journal: least_marks(Evidence(week_hours=page.hours), regulation) for journal, page in pages.items()
    }
    lenient = {j: page.hours >= 100 * regulation.least_marks_excused.load for j, page in pages.items()}
    for cell in cells:
        page, (marks, missed) = pages[cell[0]], counted.get(cell, (0, 0))
        needed = least[cell[0]]
        if marks < needed and missed and lenient[cell[0]]:
            continue
        found[cell] = _standing(marks, needed, missed, page.held, page.share, regulation)
    return found


def _standing(
    marks: int, needed: int, missed: int, held: int, share: tuple[int, int], regulation: Regulation
) -> Standing:
    return Standing(
        marks=marks,
        needed=needed,
        due=needed * share[0] // share[1],
        missed=missed,
        held=held,
        absent=missed_too_much(held, missed, regulation),
    )


def _of_evidence(
    reading: Reading, cells: list[Cell], pages: Mapping[UUID, _Page], span: Span
) -> dict[Cell, Standing]:
    if not cells:
        return {}
    school, regulation, found = reading.school, reading.regulation(), {}
    read = {page for journal, pupil in cells for page in pages_of(school, journal, pupil)}
    facts = facts_of(reading, read, span, {pupil for _, pupil in cells})
    for journal, pupil in cells:
        evidence = evidence_of(pupil, journal, span, facts, school, regulation)
        marks, needed = marks_counted(evidence, regulation), least_marks(evidence, regulation)
        share = pages[journal].share
        standing = _standing(marks, needed, len(evidence.missed), evidence.held, share, regulation)
        exempt = propose(evidence, regulation).by == "exempt"
        found[journal, pupil] = replace(standing, exempt=exempt)
    return found
