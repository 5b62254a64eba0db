"""Named moments for whoever travels in time: ends of periods, before and after an Act, the last check (screens.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from projections.reading import Reading

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """`at` is aware; `kind`: period (its last second), before_act, after_act, mandate (the end of the last one)."""

    kind: str
    title: str
    at: datetime


def moments(reading: Reading, person: UUID) -> tuple[Moment, ...]:
    """Those that have been, the latest first."""
    found = (*_periods(reading), *_acts(reading), *_checks(reading, person))
    past = (each for each in found if each.at <= reading.as_of.instant)
    return tuple(sorted(past, key=lambda each: each.at, reverse=True))


def _periods(reading: Reading) -> Iterator[Moment]:
    """Of one title for several levels, once each day they end on."""
    ends = {(p.title, p.span.last) for p in reading.school.periods.values() if p.span.last is not None}
    for title, last in ends:
        yield Moment(kind="period", title=title, at=_end(last, reading))


def _acts(reading: Reading) -> Iterator[Moment]:
    for act in reading.rows("acts", "finalised_at IS NOT NULL"):
        yield Moment(kind="before_act", title=act.number, at=act.finalised_at - SECOND)
        yield Moment(kind="after_act", title=act.number, at=act.finalised_at)


def _checks(reading: Reading, person: UUID) -> Iterator[Moment]:
    for mandate in reading.school.mandates.get(person, ()):
        if mandate.span.last is not None:
            yield Moment(kind="mandate", title="", at=_end(mandate.span.last, reading))


def _end(day: date, reading: Reading) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=reading.school.zone)
