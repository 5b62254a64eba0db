"""«Что изменилось» as a page: the differing places by class and subject, with what the causes are called (R-254)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from projections import correction_notes
from projections.as_of import AsOf
from projections.class_list import in_order
from projections.correction_notes import CorrectionNote
from projections.difference import Changed, Difference, Scope, between
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class OnPage:
    """What changed on one page of the journal, the latest first."""

    journal: UUID
    class_title: str
    group_title: str
    subject: str
    changed: tuple[Changed, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangesPage:
    """From `since` (aware) to the moment of `as_of`. `periods` and `works` are the titles of what the lines name,
    `cases` the corrections, `acts` the numbers of the Acts."""

    since: datetime
    difference: Difference
    pages: tuple[OnPage, ...]
    periods: dict[UUID, str]
    cases: dict[UUID, CorrectionNote]
    acts: dict[UUID, str]
    as_of: AsOf


def page(reading: Reading, since: datetime, earlier: int, scope: Scope, why: str) -> ChangesPage:
    """`earlier` is the position of `since`; no later than the reading's own."""
    found = between(reading, earlier, scope, why)
    cases = {each.case for each in found.changed if each.case is not None}
    acts = sorted({each.act for each in found.changed if each.act is not None})
    known = reading.rows("acts", "act = ANY(%(acts)s)", acts=acts) if acts else []
    return ChangesPage(
        since=since,
        difference=found,
        pages=_by_page(reading, found),
        periods=_periods(reading),
        cases=correction_notes.of_cases(reading, sorted(cases), None),
        acts={row.act: row.number for row in known},
        as_of=reading.as_of,
    )


def _by_page(reading: Reading, found: Difference) -> tuple[OnPage, ...]:
    school = reading.school

    def order(each: Changed) -> tuple[object, ...]:
        klass, subject = school.klass_of(each.journal), school.subject_of(each.journal)
        return (klass.year, *in_order(klass), subject.title, str(each.journal))

    # a stable sort: within a page what happened last stays first
    ordered = sorted(found.changed, key=order)
    return tuple(
        OnPage(
            journal=journal,
            class_title=school.klass_of(journal).title,
            group_title=school.group_title(journal),
            subject=school.subject_of(journal).title,
            changed=tuple(own),
        )
        for journal, own in groupby(ordered, key=lambda each: each.journal)
    )


def _periods(reading: Reading) -> dict[UUID, str]:
    return {period.id: period.title for period in reading.school.periods.values()}
