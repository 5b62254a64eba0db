"""What the journal says of one pupil: marks, where the running period goes, absences, cases (matrix row 50)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.attestation import Evidence, least_marks, marks_counted, propose
from ledger.evidence import Facts, evidence_of
from ledger.period_sheet import NON_ATTESTATION
from ledger.span import Span
from projections.case_place import CasePlace, places
from projections.means import written
from projections.period_evidence import facts_of
from projections.pupil_marks import MarksTable, SubjectMarks, of_pupil
from projections.reading import Reading
from projections.topic_words import order_words
from projections.years import year_now

Sheets = frozenset[tuple[UUID, UUID]]  # page and period
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """Where the mark of the running period goes: what would be proposed today, of how many marks, how many it takes;
    lessons of the period `held` so far and `missed` by category."""

    value: str
    mean: str
    marks: int
    least: int
    held: int
    missed: Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectRecord:
    """`held` and `missed` lessons of the year so far, `missed` by category ("" not stated), the most first; `running`
    None outside a period."""

    marks: SubjectMarks
    running: Running | None
    held: int
    missed: Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRow:
    """`of`: correction, late_entry, error_report or exception; `person` asked or reported. `old` and `new` are of a
    correction."""

    of: str
    place: CasePlace
    status: str
    ground: str
    old: str
    new: str
    person: UUID | None
    at: datetime | None
    decided_by: UUID | None
    decided_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PromotionLine:
    year: int
    decision: str
    decided: bool
    order: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilRecord:
    """Of the study year of the page's day, from `first` to `last`: `late` marks of it came after their deadline, `seen`
    of all. Cases are of every year, the newest first."""

    year: int
    first: date
    last: date
    table: MarksTable
    subjects: tuple[SubjectRecord, ...]
    categories: Counts
    late: int
    entered: int
    cases: tuple[CaseRow, ...]
    promotions: tuple[PromotionLine, ...]


def record(reading: Reading, pupil: UUID) -> PupilRecord | None:
    """None before the first study year is set."""
    school = reading.school
    year = year_now(school, reading.today)
    if year is None:
        return None
    marks, span = of_pupil(reading, pupil, year), school.years[year]
    facts = facts_of(reading, [page for row in marks.subjects for page in row.journals], span, [pupil])
    granted = _granted(reading, pupil)
    subjects = tuple(_subject(reading, pupil, row, marks, facts, span, granted) for row in marks.subjects)
    total: Counter[str] = Counter()
    for subject in subjects:
        total.update(dict(subject.missed))
    cells = _cells(reading, pupil, span)
    return PupilRecord(
        year=year,
        first=span.first,
        last=min(reading.today, span.last or reading.today),
        table=marks,
        subjects=subjects,
        categories=tuple(total.most_common()),
        late=sum(cell.delay is not None for cell in cells),
        entered=len(cells),
        cases=_cases(reading, pupil),
        promotions=_promotions(reading, pupil),
    )


def _granted(reading: Reading, pupil: UUID) -> Sheets:
    """Where the deputy lets the pupil be attested though more than half was missed (W-36)."""
    where = "pupil = %(pupil)s AND ground = %(ground)s AND status = 'granted'"
    rows = reading.rows("exceptions", where, columns="journal, period", pupil=pupil, ground=NON_ATTESTATION)
    return frozenset((row.journal, row.period) for row in rows)


def _subject(
    reading: Reading,
    pupil: UUID,
    row: SubjectMarks,
    marks: MarksTable,
    facts: Facts,
    span: Span,
    granted: Sheets,
) -> SubjectRecord:
    regulation = reading.regulation()
    whole = evidence_of(pupil, row.journals[0], span, facts, reading.school, regulation)
    return SubjectRecord(
        marks=row,
        running=_running(reading, pupil, row, marks, facts, granted),
        held=whole.held,
        missed=_by_category(whole),
    )


def _by_category(evidence: Evidence) -> Counts:
    return tuple(Counter(each.category for each in evidence.missed).most_common())


def _running(
    reading: Reading,
    pupil: UUID,
    row: SubjectMarks,
    marks: MarksTable,
    facts: Facts,
    granted: Sheets,
) -> Running | None:
    head = next((each for each in marks.periods if each.runs), None)
    if head is None:
        return None
    regulation = reading.regulation()
    evidence = evidence_of(pupil, row.journals[0], head.span, facts, reading.school, regulation)
    attested = (row.journals[0], head.period) in granted
    proposal = propose(evidence, regulation, attested=attested)
    return Running(
        value=proposal.value,
        mean=written(proposal.mean),
        marks=marks_counted(evidence, regulation),
        least=least_marks(evidence, regulation),
        held=evidence.held,
        missed=_by_category(evidence),
    )


def _cells(reading: Reading, pupil: UUID, span: Span) -> list[Any]:
    where = "pupil = %(pupil)s AND value_kind = 'mark' AND date BETWEEN %(first)s AND %(last)s"
    last = span.last or reading.today
    return reading.rows("cells", where, columns="delay", pupil=pupil, first=span.first, last=last)


_OF = ("correction", "late_entry", "error_report", "exception")
_TABLES = ("corrections", "late_entries", "error_reports", "exceptions")


def _cases(reading: Reading, pupil: UUID) -> tuple[CaseRow, ...]:
    """Without their reasons: those stand where the case is decided."""
    rows = [
        (of, row)
        for of, name in zip(_OF, _TABLES, strict=True)
        for row in reading.rows(name, "pupil = %(pupil)s", pupil=pupil)
    ]
    where = places([row for _, row in rows], reading)
    found = [_case(of, row, place) for (of, row), place in zip(rows, where, strict=True)]
    return tuple(sorted(found, key=lambda case: str(case.at), reverse=True))


def _case(of: str, row: Any, place: CasePlace) -> CaseRow:
    report = of == "error_report"
    return CaseRow(
        of=of,
        place=place,
        status=row.status,
        ground=getattr(row, "ground", ""),
        old=getattr(row, "old", ""),
        new=getattr(row, "new", ""),
        person=row.reporter if report else getattr(row, "requester", None) or getattr(row, "asked_by", None),
        at=row.reported_at if report else row.asked_at or row.decided_at,
        decided_by=row.closed_by if report else row.decided_by,
        decided_at=row.closed_at if report else row.decided_at,
    )


def _promotions(reading: Reading, pupil: UUID) -> tuple[PromotionLine, ...]:
    return tuple(
        PromotionLine(
            year=each.year,
            decision=each.decision,
            decided=each.decided,
            order=order_words(each.order, reading.school, dated=True),
        )
        for each in reading.school.pupils[pupil].promotions
    )
