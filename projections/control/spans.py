"""The days a control report may be asked for by one choice, and the days it is compared with."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.school import School
from ledger.span import DAY, Span

SUMMER = 100  # days between two study years, and then some


@dataclass(frozen=True, kw_only=True, slots=True)
class Preset:
    """`kind`: period (of `levels`), month (`title` is empty: whoever shows it names the month) or year."""

    kind: str
    title: str
    first: date
    last: date
    levels: tuple[str, ...] = ()


def presets(school: School, year: int) -> tuple[Preset, ...]:
    """Reporting periods of every level, months, the whole study year; empty for a year there is not."""
    if year not in school.years:
        return ()
    return (*_periods(school, year), *_months(school, year), *_year(school, year))


def default(school: School, year: int, today: date, level: str | None = None) -> Preset | None:
    """The reporting period that runs or ended last, of the level if one is meant, of several the one of most levels;
    the year where no period has begun."""
    found = presets(school, year)
    begun = [
        each
        for each in found
        if each.kind == "period" and each.first <= today and (level is None or level in each.levels)
    ]
    if begun:
        return max(begun, key=lambda each: (each.first, len(each.levels)))
    return found[-1] if found else None


def wrong(school: School, first: date, last: date) -> str:
    """Why these days are no period of a report: `order` or `years` (they are not of one study year it has); "" for a
    good one."""
    if last < first:
        return "order"
    year = _study_year(school, first)
    return "" if year is not None and year == _study_year(school, last) else "years"


def _study_year(school: School, day: date) -> int | None:
    """The one the day is in, or the nearest to a day of its summer; None far from any."""
    away = {year: _days_from(span, day) for year, span in school.years.items()}
    nearest = min(away, key=lambda year: away[year], default=None)
    return nearest if nearest is not None and away[nearest] <= SUMMER else None


def _days_from(span: Span, day: date) -> int:
    last = span.last or max(day, span.first)
    return max((span.first - day).days, (day - last).days, 0)


def before(school: School, first: date, last: date, level: str | None = None) -> tuple[date, date] | None:
    """The reporting period before a reporting period, the month before a month, the year before a year, else as many
    days right before; None where they lie in no study year."""
    found = _before_period(school, first, last, level) or _before_month(first, last)
    found = _before_year(school, first, last) or found or (first - (last - first) - DAY, first - DAY)
    return found if any(_meets(school, year, *found) for year in school.years) else None


def _before_period(school: School, first: date, last: date, level: str | None) -> tuple[date, date] | None:
    """Of the same level and kind; None for what is no reporting period, or the first there was."""
    periods = [p for p in school.periods.values() if level in (None, p.level)]
    own = next((p for p in periods if (p.span.first, p.span.last) == (first, last)), None)
    if own is None:
        return None
    earlier = [p.span for p in periods if (p.level, p.kind) == (own.level, own.kind) and p.span.first < first]
    nearest = max(earlier, key=lambda span: span.first, default=None)
    return (nearest.first, nearest.last) if nearest is not None and nearest.last is not None else None


def _before_month(first: date, last: date) -> tuple[date, date] | None:
    if first.day != 1 or (last + DAY).day != 1 or (last.year, last.month) != (first.year, first.month):
        return None
    return (first - DAY).replace(day=1), first - DAY


def _before_year(school: School, first: date, last: date) -> tuple[date, date] | None:
    year = next((y for y, span in school.years.items() if (span.first, span.last) == (first, last)), None)
    earlier = school.years.get(year - 1) if year is not None else None
    return (earlier.first, earlier.last) if earlier is not None and earlier.last is not None else None


def _meets(school: School, year: int, first: date, last: date) -> bool:
    span = school.years[year]
    return span.first <= last and first <= (span.last or last)


def _periods(school: School, year: int) -> Iterator[Preset]:
    found: dict[tuple[date, date, str], list[str]] = {}
    for period in school.periods.values():
        if period.year == year and period.span.last is not None:
            found.setdefault((period.span.first, period.span.last, period.title), []).append(period.level)
    for (first, last, title), levels in sorted(found.items()):
        yield Preset(kind="period", title=title, first=first, last=last, levels=tuple(sorted(set(levels))))


def _months(school: School, year: int) -> Iterator[Preset]:
    """Every month the year has a day of, whole."""
    span = school.years[year]
    day = span.first.replace(day=1)
    while day <= (span.last or span.first):
        last = day.replace(day=monthrange(day.year, day.month)[1])
        yield Preset(kind="month", title="", first=day, last=last)
        day = last + DAY


def _year(school: School, year: int) -> Iterator[Preset]:
    span = school.years[year]
    if span.last is not None:
        yield Preset(kind="year", title="", first=span.first, last=span.last)
