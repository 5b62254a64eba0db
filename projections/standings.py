"""How pupils stand before the deadline of a period: marks against the least number (P-19), lessons missed against
those held (P-22). The same figures as ledger.evidence gives, but counted by the database wherever nothing ever
happened to the pupil: a school's period has a hundred thousand marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from ledger.attestation import Evidence, least_marks, marks_counted, missed_too_much, propose
from ledger.evidence import evidences_of, pages_of, steady, week_hours
from ledger.regulation import Regulation
from ledger.school import School
from ledger.span import Span
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


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Of whole pages over the span: `lessons` written, (journal, mode, how many, first and last day); of each cell
    (marks, their parts, «н»)."""

    lessons: Iterable[tuple[UUID, str, int, date, date]]
    cells: Mapping[Cell, tuple[int, int, int]]


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


def standings(
    reading: Reading, wanted: Mapping[UUID, Collection[UUID]], span: Span, counts: Counts | None = None
) -> dict[Cell, Standing]:
    """Of the pupils of each page, by (journal, pupil); `counts` of whoever has read the pages already."""
    if not any(wanted.values()):
        return {}
    counts = counts or _counts(reading, wanted, span)
    pages = _pages(reading, wanted, span, counts)
    found: dict[Cell, Standing] = {}
    for journal, pupils in wanted.items():
        found |= _counted(reading, journal, pupils, pages[journal], counts)
    left = [(journal, p) for journal, pupils in wanted.items() for p in pupils if (journal, p) not in found]
    return found | _of_evidence(reading, left, pages, span)


def _between(journals: Iterable[UUID], span: Span) -> dict[str, Any]:
    return {"journals": list(journals), "first": span.first, "last": span.last or date.max}


def _counts(reading: Reading, journals: Iterable[UUID], span: Span) -> Counts:
    """By the database."""
    between = _between(journals, span)
    lessons = reading.rows("lessons", WHERE, columns=LESSONS, grouped="journal, mode", **between)
    cells = reading.rows("cells", WHERE, columns=COUNTS, grouped="journal, pupil", **between)
    return Counts(
        lessons=lessons,
        cells={(row.journal, row.pupil): (row.marks, row.parts, row.missed) for row in cells},
    )


def _pages(reading: Reading, journals: Iterable[UUID], span: Span, counts: Counts) -> dict[UUID, _Page]:
    school, regulation, found = reading.school, reading.regulation(), {}
    for journal in journals:
        hours, share = week_hours(school, journal, span), _share(journal, span, reading)
        found[journal] = _Page(hours=hours, share=share)
    for journal, mode, held, first, last in counts.lessons:
        page, terms = found[journal], regulation.extracurricular.get(mode)
        kept = terms is None or terms.attendance
        found[journal] = replace(
            page,
            held=page.held + (held if kept else 0),
            plain=page.plain and kept,
            first=min(page.first or first, first),
            last=max(page.last or last, last),
        )
    return found


def _share(journal: UUID, span: Span, reading: Reading) -> tuple[int, int]:
    planned = [each for each in reading.school.timetable.by_journal.get(journal, ()) if each.date in span]
    now = reading.now
    return sum(each.ends <= now for each in planned), max(1, len(planned))


def _counted(
    reading: Reading, journal: UUID, pupils: Iterable[UUID], page: _Page, counts: Counts
) -> dict[Cell, Standing]:
    """Of those whose counts decide: an excused absence may lower the number, so who is short has to be looked at."""
    regulation = reading.regulation()
    whole = regulation.fractions.count == 1
    needed = least_marks(Evidence(week_hours=page.hours), regulation)
    lenient = page.hours >= 100 * regulation.least_marks_excused.load
    made: dict[tuple[int, int], Standing] = {}
    found = {}
    for pupil in _plain(journal, pupils, page, reading.school):
        entered, parts, missed = counts.cells.get((journal, pupil), (0, 0, 0))
        marks = entered if whole else parts
        if marks < needed and missed and lenient:
            continue
        if (marks, missed) not in made:
            made[marks, missed] = _standing(marks, needed, missed, page.held, page.share, regulation)
        found[journal, pupil] = made[marks, missed]
    return found


def _plain(journal: UUID, pupils: Iterable[UUID], page: _Page, school: School) -> Iterator[UUID]:
    """Those whose evidence the plain counts of the page are: always on it, and on no other of its subject."""
    if not page.plain or page.first is None or page.last is None:
        return
    known, alone = school.journals[journal], {}
    homes = {each.pupil for each in school.pages_of_class(known.class_id, known.year)}
    for pupil in pupils:
        if pupil in homes or not steady(pupil, journal, page.first, page.last, school):
            continue
        groups = school.pupils[pupil].groups
        if groups not in alone:  # all who sit alike have the same pages
            alone[groups] = pages_of(school, journal, pupil) == (journal,)
        if alone[groups]:
            yield pupil


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
    asked: dict[UUID, list[UUID]] = {}
    for journal, pupil in cells:
        asked.setdefault(journal, []).append(pupil)
    for journal, pupils in asked.items():
        known = evidences_of(pupils, journal, span, facts, school, regulation)
        for pupil, evidence in known.items():
            marks, needed = marks_counted(evidence, regulation), least_marks(evidence, regulation)
            share = pages[journal].share
            standing = _standing(marks, needed, len(evidence.missed), evidence.held, share, regulation)
            exempt = propose(evidence, regulation).by == "exempt"
            found[journal, pupil] = replace(standing, exempt=exempt)
    return found
