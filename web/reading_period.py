"""A page's sheets of period marks, for whoever may look: right first, then one reading transaction (web/reading.py)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import abort, g

from ledger import regulation as regulations
from ledger.rules.deputies import deputy_for, deputy_of
from projections import period_page
from projections.period_page import PeriodPage
from projections.years import day_of
from web import reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Acts:
    """What this person may do on a sheet shown as of now; nothing in the past."""

    sets: bool = False
    rechecks: bool = False
    reviews: bool = False
    asks: bool = False
    corrects: bool = False
    reports: bool = False


def sheet(journal: UUID, period: UUID, at: str | None) -> PeriodPage:
    known = reading.school().journals.get(journal) or abort(404)
    year, today = reading.school().years.get(known.year), reading.now().date()
    reading.allowed("view_period_sheet", on=day_of(year, today) if year else today, journal=journal)
    keys = reading.person_keys()
    return reading.show(
        at,
        lambda r: period_page.page(r, journal, period, keys),
        "period marks",
        journal_id=journal,
        class_id=known.class_id,
    )


def _reviews() -> bool:
    """Whether the person looks at marks that rested on void entries (P-96)."""
    school, today, person = reading.school(), reading.now().date(), g.actor.person
    found = regulations.in_force(school, today)
    if found is None:
        return False
    named = deputy_of(found[1].taint_reviewers, person, today, school)
    return named and deputy_for("taint", person, today, school, found[1])


def acts(page: PeriodPage) -> Acts:
    """After the close or the end of the period only a correction changes a mark (W-14, R-162)."""
    if not page.as_of.live:
        return Acts()
    of = {"journal": page.journal}
    corrects = reading.may("request_correction", **of)
    return Acts(
        sets=not page.terms.over and reading.acts("set_period_mark", **of),
        rechecks=reading.may("recheck_period_mark", **of),
        reviews=_reviews(),
        asks=not (page.terms.over or page.terms.early) and reading.may("request_exception", **of),
        corrects=page.terms.over and corrects,
        reports=page.terms.over and not corrects and reading.may("report_error", **of),
    )
