"""Named moments for whoever travels in time: ends of periods, before and after an Act, the last check (screens.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from ledger.school import School
from projections.reading import Reading
from projections.void_rows import finalised


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """`at` is aware; `kind`: period (its last second), before_act, after_act, check (the end of a mandate). `entry`:
    the moment is right after that position, for no instant parts an Act from what it made void; None: it is `at`."""

    kind: str
    title: str
    at: datetime
    entry: int | None = None


def moments(reading: Reading, school: School, person: UUID, now: datetime) -> tuple[Moment, ...]:
    """Those that have been by `now` (aware), the latest first, whatever moment is shown: `school` is as it is now."""
    found = (*_periods(school), *_acts(reading), *_checks(school, person))
    past = (each for each in found if each.at <= now)
    return tuple(sorted(past, key=lambda each: (each.at, each.entry or 0, each.kind), reverse=True))


def last_check(school: School, person: UUID, today: date) -> datetime | None:
    """The end of the person's last mandate before the running one, or of anybody's where the person has had none;
    else the first day of the study year (aware); None outside of one."""
    own = _ends(school, (person,), today) or _ends(school, school.mandates, today)
    if own:
        return _end(max(own), school)
    year = school.year_of(today)
    return None if year is None else datetime.combine(school.years[year].first, time(), tzinfo=school.zone)


def _ends(school: School, persons: Iterable[UUID], today: date) -> list[date]:
    spans = (each.span for person in persons for each in school.mandates.get(person, ()))
    return [span.last for span in spans if span.last is not None and span.last < today]


def _periods(school: School) -> Iterator[Moment]:
    """Of one title for several levels, once each day they end on."""
    for title, last in {(p.title, p.span.last) for p in school.periods.values() if p.span.last is not None}:
        yield Moment(kind="period", title=title, at=_end(last, school))


def _acts(reading: Reading) -> Iterator[Moment]:
    for act in finalised(reading):
        for kind, entry in (("before_act", act.finalised - 1), ("after_act", act.last)):
            yield Moment(kind=kind, title=act.number, at=act.finalised_at, entry=entry)


def _checks(school: School, person: UUID) -> Iterator[Moment]:
    for mandate in school.mandates.get(person, ()):
        if mandate.span.last is not None:
            yield Moment(kind="check", title="", at=_end(mandate.span.last, school))


def _end(day: date, school: School) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=school.zone)
