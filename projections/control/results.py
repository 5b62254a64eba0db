"""What the marks of a reporting period, or of the year, come to in a class (Усть-Белая 9.2): who learns how."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.period_sheet import PERIOD, YEAR
from ledger.rules.marks import unmarked
from ledger.school import Klass, School
from ledger.school_records import Period
from projections.control.report import Asked, share
from projections.control.scope import pages_asked
from projections.outcome import Outcome, failing_values
from projections.reading import Reading
from projections.register_pages import page_at, seat_of
from projections.years import day_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Pupils; `total` and `numbers`: sum and count of their marks."""

    pupils: int = 0
    attested: int = 0
    not_attested: int = 0
    exempt: int = 0
    unset: int = 0
    excellent: int = 0
    one_four: int = 0
    good: int = 0
    one_three: int = 0
    failing: int = 0
    judged: int = 0
    passing: int = 0
    total: int = 0
    numbers: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Tally:
        own = tuple(outcomes)
        numbers = [int(value) for each in own for value in each.numbers]
        counts = {name: sum(getattr(each, name) for each in own) for name in COUNTED}
        return cls(pupils=len(own), total=sum(numbers), numbers=len(numbers), **counts)

    @property
    def success(self) -> float | None:
        return share(self.passing, self.judged)

    @property
    def quality(self) -> float | None:
        return share(self.excellent + self.good, self.judged)

    @property
    def mean(self) -> float | None:
        return round(self.total / self.numbers, 2) if self.numbers else None


COUNTED = (
    *("attested", "not_attested", "exempt", "unset", "excellent", "one_four", "good", "one_three"),
    *("failing", "judged", "passing"),
)
Term = tuple[Klass, Period]


def outcomes(
    reading: Reading, asked: Asked, terms: Sequence[Term]
) -> dict[tuple[UUID, UUID], tuple[Outcome, ...]]:
    """By class and period, of who is in the class at the period's end, or today while it lasts; in the subjects asked
    for that have marks. A mark brought from another class counts until the own one has its own (E-06)."""
    school, regulation = reading.school, reading.regulation()
    pages = {page.id for page in pages_asked(school, asked) if unmarked(page.id, school, regulation) is None}
    here = {
        (klass.id, term.id): school.pupils_of_class(klass.id, day_of(term.span, reading.today))
        for klass, term in terms
    }
    given = _given(reading, terms, {pupil for own in here.values() for pupil in own})
    failing = failing_values(regulation)
    return {
        (klass.id, term.id): tuple(
            Outcome(pupil=pupil, marks=marks, fails=failing)
            for pupil, marks in _marks(reading, klass, term, here[klass.id, term.id], pages, given)
        )
        for klass, term in terms
    }


Given = Mapping[tuple[UUID, UUID], Mapping[UUID, Any]]  # (pupil, period) → page → row


def _given(reading: Reading, terms: Iterable[Term], pupils: Collection[UUID]) -> Given:
    periods = {term.id: YEAR if term.kind == YEAR else PERIOD for _, term in terms}
    rows = reading.rows(
        "period_marks",
        "period = ANY(%(periods)s) AND kind = ANY(%(kinds)s) AND pupil = ANY(%(pupils)s)",
        columns="journal, period, pupil, value, entry",
        periods=list(periods),
        kinds=list(set(periods.values())),
        pupils=list(pupils),
    )
    found: dict[tuple[UUID, UUID], dict[UUID, Any]] = {}
    for row in rows:
        found.setdefault((row.pupil, row.period), {})[row.journal] = row
    return found


def _marks(
    reading: Reading, klass: Klass, term: Period, here: Iterable[UUID], pages: Collection[UUID], given: Given
) -> Iterator[tuple[UUID, dict[UUID, str]]]:
    """Each pupil's marks by subject; all who sit alike learn the same."""
    school, on = reading.school, day_of(term.span, reading.today)
    subjects = {page.subject for page in school.pages_of_class(klass.id, klass.year)}
    known: dict[Any, dict[UUID, UUID]] = {}
    for pupil in here:
        seat = seat_of(school, pupil, on)
        if seat is None:
            continue
        if seat not in known:
            places = {subject: page_at(school, seat, subject, klass.year) for subject in subjects}
            known[seat] = {s: page for s, page in places.items() if page is not None and page in pages}
        rows = given.get((pupil, term.id), {})
        yield pupil, {subject: _value(rows, subject, page, school) for subject, page in known[seat].items()}


def _value(rows: Mapping[UUID, Any], subject: UUID, page: UUID, school: School) -> str:
    """Of the page, else the latest of another page of the subject."""
    if page in rows:
        return str(rows[page].value)
    brought = (row for journal, row in rows.items() if school.journals[journal].subject == subject)
    best = max(brought, key=lambda row: row.entry, default=None)
    return "" if best is None else str(best.value)
