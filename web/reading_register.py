"""The summary register and the readiness of the school, for whoever may look: right first, then one reading."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import abort, g

from ledger import sheet_periods
from ledger.school import Klass, School
from projections import readiness, readiness_square, register
from projections.readiness import ReadinessPage
from projections.readiness_square import SquarePage
from projections.register import RegisterPage
from web import reading


def sheet(class_id: UUID, chosen: Collection[str], at: str | None) -> RegisterPage:
    """R-160."""
    if class_id not in reading.school().classes:
        abort(404)
    reading.allowed("view_register", class_id=class_id)
    return reading.show(at, lambda r: register.page(r, class_id, chosen), "register", class_id=class_id)


def promotes(page: RegisterPage) -> tuple[str, ...]:
    """The commands this person may give about the pupils of the register (R-075)."""
    if not page.as_of.live:
        return ()
    may = (("decide_promotion", "DecidePromotion"), ("propose_promotion", "ProposePromotion"))
    return tuple(name for action, name in may if reading.may(action, class_id=page.class_id))


def classes(action: str, year: int) -> list[Klass]:
    """Of the study year, those this person may ask `action` of."""
    known = reading.school().classes.values()
    return [each for each in known if each.year == year and reading.may(action, class_id=each.id)]


def matrix(period: UUID | None, at: str | None) -> ReadinessPage:
    """R-162, of the classes one may ask about: a class teacher's own."""
    school = reading.school()
    year = reading.this_year(at) if period is None else _year_of(school, period) or abort(404)
    own = [klass.id for klass in classes("view_readiness", year)] if year is not None else []
    if not own:
        abort(403)
    reading.allowed("view_readiness", class_id=own[0])
    return reading.show(at, lambda r: readiness.page(r, period, own), "readiness")


def _year_of(school: School, period: UUID) -> int | None:
    known = school.periods.get(period)
    return sheet_periods.year_of(school, period) if known is None else known.year


def square(class_id: UUID, subject: UUID, period: UUID, at: str | None) -> SquarePage:
    if class_id not in reading.school().classes:
        abort(404)
    reading.allowed("view_readiness", class_id=class_id)
    return reading.show(
        at,
        lambda r: readiness_square.page(r, class_id, subject, period),
        "readiness of a page",
        class_id=class_id,
    )


def closes() -> bool:
    """Whether this person reminds and closes."""
    return reading.may("close_period")


def led() -> UUID | None:
    """The class one leads, for whoever is shown but that."""
    own = reading.school().classes_led(g.actor.person, reading.now().date())
    return own[0].id if own else None
