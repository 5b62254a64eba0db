"""The columns of the summary register: the reporting periods of a class, its year, attestation and final marks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger import streams
from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from ledger.school import Klass, School
from ledger.span import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterColumn:
    """`key` names it in an address; `title` is «» but of a period; `over`: its last day has passed; `running`: today is
    one of its days; `wanted`: everybody has to have a mark there once it is over."""

    key: str
    period: UUID
    kind: str
    title: str
    span: Span
    over: bool
    running: bool
    wanted: bool


def columns_of(school: School, klass: Klass, today: date, graduating: bool) -> tuple[RegisterColumn, ...]:
    """Every column there may be, in order."""
    own = [p for p in school.periods.values() if (p.level, p.year) == (klass.level, klass.year)]
    found = [
        _column(str(each.id), each.id, PERIOD, each.title, each.span, today, True)
        for each in sorted(own, key=lambda period: period.span.first)
    ]
    whole, days = streams.year(school.id, klass.year), school.years[klass.year]
    for kind, wanted in ((YEAR, True), (ATTESTATION, False), (FINAL, graduating)):
        found.append(_column(kind, whole, kind, "", days, today, wanted))
    return tuple(found)


def _column(
    key: str, period: UUID, kind: str, title: str, span: Span, today: date, wanted: bool
) -> RegisterColumn:
    return RegisterColumn(
        key=key,
        period=period,
        kind=kind,
        title=title,
        span=span,
        over=span.last is not None and span.last < today,
        running=today in span,
        wanted=wanted,
    )


def shown_of(
    columns: tuple[RegisterColumn, ...], chosen: Collection[str], filled: Collection[tuple[UUID, str]]
) -> tuple[RegisterColumn, ...]:
    """Those chosen; by default the periods that have begun, and of the year what is over or has marks. `filled` are
    (period, kind) with any."""
    named = tuple(each for each in columns if each.key in chosen)
    if named:
        return named
    return tuple(
        each
        for each in columns
        if (each.period, each.kind) in filled
        or (each.over and each.wanted)
        or (each.kind == PERIOD and each.running)
    )
