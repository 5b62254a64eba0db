"""Certificates of control for whoever may read them (matrix row 46): their writers all of them, the director and the
inspector the issued ones, everybody else the issued ones that name them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from time import monotonic
from uuid import UUID

from flask import abort, current_app, g

from ledger.entry import Role
from projections import certificate_list, certificate_page
from projections import reading as pages
from projections.certificate_list import CertificatesPage
from projections.certificate_page import CertificatePage
from projections.class_list import in_order
from projections.control import REPORTS, control_page, spans
from projections.control.report import Asked, Figure
from projections.control.spans import Preset
from projections.reading import NoSuchPage, Reading
from web import reading, reading_control, reading_papers
from web.reading_papers import Paper, Where

READS_ALL = (Role.DIRECTOR, Role.INSPECTOR)
KEPT = "certificate figures"  # of the application: what a report comes to at a past position never changes
MOST_KEPT = 5000
Key = tuple[UUID, int, str, Asked]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """`drafts`: those that are not issued as well; `person`: only those that name that person."""

    drafts: bool = False
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCertificate:
    """`indicators` are (code, title, chosen: P-84 names it); `classes` (id, title); figures are those of `position`."""

    number: str
    days: Preset
    classes: tuple[tuple[UUID, str], ...]
    indicators: tuple[tuple[str, str, bool], ...]
    position: int


def sight() -> Sight:
    """403 for whoever is no member of the staff and no inspector of the whole school."""
    if reading.acts("write_certificate"):
        return Sight(drafts=True)
    if reading.acts("view_certificate"):
        return Sight() if g.acting_role in READS_ALL else Sight(person=g.actor.person)
    reading.allowed("acknowledge_certificate")
    return Sight(person=g.actor.person)


def listed(at: str | None) -> CertificatesPage:
    mine = sight()
    return reading.show(
        at,
        lambda found: certificate_list.listed(found, drafts=mine.drafts, person=mine.person),
        "certificates",
        log=False,
    )


def one(certificate: UUID, at: str | None, patience: float | None = None) -> CertificatePage:
    """404 for one that is not for this person. With `patience` (seconds) what was not counted by then is left for the
    next look: eight reports of forty classes take half a minute once."""
    return reading.show(at, _page(certificate, sight(), patience), "certificate")


def printed(where: Where, certificate: UUID) -> Paper[CertificatePage]:
    return reading_papers.show(where, "certificate", _page(certificate, sight()))


def _page(
    certificate: UUID, mine: Sight, patience: float | None = None
) -> Callable[[Reading], CertificatePage]:
    keys, until = reading.person_keys(), None if patience is None else monotonic() + patience

    def count(then: Reading, code: str, asked: Asked) -> tuple[Figure, ...] | None:
        return _counted(then, code, asked, until)

    def page(found: Reading) -> CertificatePage:
        made = certificate_page.page(found, certificate, keys, lambda position: _then(found, position), count)
        hidden = made.issued_at is None and not mine.drafts
        if hidden or (mine.person is not None and mine.person not in {each.person for each in made.readers}):
            raise NoSuchPage("not for this person")
        return made

    return page


def _then(found: Reading, position: int) -> Reading:
    """What stood after that entry, and the lessons over when the next one came: on a quiet day nobody fills anything,
    and just that is to be seen."""
    then = reading_control.earlier(found, position)
    following = pages.instant_of(found.connection, found.school.id, position + 1) or then.as_of.instant
    instant = max(following.replace(microsecond=0), then.as_of.instant)
    return replace(then, as_of=replace(then.as_of, instant=instant))


def _counted(then: Reading, code: str, asked: Asked, until: float | None) -> tuple[Figure, ...] | None:
    """Made once, then kept; None for what is not when the time is over."""
    kept: dict[Key, tuple[Figure, ...]] = current_app.extensions.setdefault(KEPT, {})
    key = (then.school.id, then.as_of.position, code, asked)
    if key not in kept:
        if until is not None and monotonic() > until:
            return None
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = control_page.made(then, REPORTS[code], asked).figures
    return kept[key]


def new() -> NewCertificate:
    """What a new one offers: the running period, the indicators the act names."""
    reading.allowed("write_certificate")
    year = reading.this_year()
    days = spans.default(reading.school(), year, reading.now().date()) if year is not None else None
    return (
        reading.show(None, lambda found: _new(found, days), "certificates", log=False) if days else abort(404)
    )


def _new(found: Reading, days: Preset) -> NewCertificate:
    classes = (
        klass for klass in found.school.classes.values() if klass.year == found.school.year_of(days.first)
    )
    named = frozenset(found.regulation().control_indicators)
    written = [row.number for row in found.rows("certificates", "TRUE", columns="number")]
    return NewCertificate(
        number=_next(written),
        days=days,
        classes=tuple((klass.id, klass.title) for klass in sorted(classes, key=in_order)),
        indicators=tuple((code, row.title, code in named) for code, row in sorted(REPORTS.items())),
        position=found.as_of.position,
    )


def _next(numbers: Iterable[str]) -> str:
    """After the greatest that is a plain number; there may be gaps, and numbers like «2-к»."""
    return str(max((int(each) for each in numbers if each.isascii() and each.isdecimal()), default=0) + 1)
