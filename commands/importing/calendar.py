"""The year, its reporting periods, holidays and bells: only what is new or says something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from uuid import UUID

from commands.deciding import Sight
from commands.files.bell_choice import schedule_for
from commands.files.csv_rows import Bell, BellDay, SchoolBundle, SchoolClass
from commands.files.names import match_key
from commands.holidays import keeps_days_begun
from commands.importing import ids
from commands.importing.begun import row_of
from commands.importing.terms import Fact, Terms
from commands.periods import stays_open
from ledger import streams
from ledger.events import calendar
from ledger.school import Holiday, Period, School, Span

Times = Mapping[int, tuple[time, time]]


def year_facts(school: School, terms: Terms) -> Iterator[Fact]:
    if school.years.get(terms.year) != Span(first=terms.first, last=terms.last):
        event = calendar.YearSet(year=terms.year, first=terms.first, last=terms.last)
        yield streams.calendar(school.id), event


def period_facts(bundle: SchoolBundle, sight: Sight, terms: Terms) -> Iterator[Fact]:
    """Raises Refusal for a period whose marks are given already (P-09)."""
    school = sight.school
    for row in bundle.periods:
        id_ = ids.period(school.id, terms.year, row.level, row.title)
        wanted = Period(
            id=id_,
            year=terms.year,
            level=row.level,
            kind=row.kind,
            title=row.title,
            span=Span(first=row.first, last=row.last),
        )
        known = school.periods.get(id_)
        if known != wanted:
            if known is not None and terms.stands and sight.adopted is not None:
                with row_of("periods.csv", row.line):
                    stays_open(known, wanted, sight)
            event = calendar.ReportingPeriodDefined(
                period=id_,
                year=terms.year,
                level=row.level,
                kind=row.kind,
                title=row.title,
                first=row.first,
                last=row.last,
            )
            yield streams.calendar(school.id), event


def holidays_of(bundle: SchoolBundle, school: UUID, year: int) -> Iterator[calendar.HolidayScheduled]:
    nth: Counter[str] = Counter()
    for row in bundle.holidays:
        nth[match_key(row.title)] += 1
        id_ = ids.holiday(school, year, row.title, nth[match_key(row.title)])
        yield calendar.HolidayScheduled(holiday=id_, title=row.title, first=row.first, last=row.last)


def holiday_facts(bundle: SchoolBundle, sight: Sight, terms: Terms) -> Iterator[Fact]:
    """Raises Refusal for days that have begun in a school whose lessons stand, as the calendar's page does."""
    school = sight.school
    for row, event in zip(bundle.holidays, holidays_of(bundle, school.id, terms.year), strict=True):
        known = school.holidays.get(event.holiday)
        wanted = Holiday(title=event.title, first=event.first, last=event.last)
        if known != wanted:
            if terms.stands:
                with row_of("holidays.csv", row.line):
                    keeps_days_begun(known, wanted, sight)
            yield streams.calendar(school.id), event


def times_of(bells: Iterable[Bell]) -> dict[str, dict[int, tuple[time, time]]]:
    """Schedule → number → (start, end), by the number."""
    found: dict[str, dict[int, tuple[time, time]]] = {}
    for bell in sorted(bells, key=lambda each: each.number):
        found.setdefault(bell.schedule, {})[bell.number] = (bell.start, bell.end)
    return found


def bell_facts(
    bells: Iterable[Bell],
    bell_days: tuple[BellDay, ...],
    classes: Mapping[UUID, SchoolClass],
    school: School,
    terms: Terms,
) -> Iterator[Fact]:
    """Schedules that no class rings by are not written."""
    written: set[UUID] = set()
    times = times_of(bells)
    for class_id, row in classes.items():
        for weekday in range(1, 8):
            title = schedule_for(bell_days, row, weekday)
            if title is None:
                continue
            schedule = schedule_of(school.id, title, times[title])
            if schedule not in school.bells and schedule not in written:
                written.add(schedule)
                yield streams.calendar(school.id), bells_set(schedule, title, times[title])
            yield from assigned(class_id, weekday, schedule, school, terms)


def schedule_of(school: UUID, title: str, times: Times) -> UUID:
    return ids.bells(school, title, (f"{n}={start:%H:%M}-{end:%H:%M}" for n, (start, end) in times.items()))


def bells_set(schedule: UUID, title: str, times: Times) -> calendar.BellsSet:
    starts, ends = zip(*times.values(), strict=True)
    return calendar.BellsSet(schedule=schedule, title=title, numbers=tuple(times), starts=starts, ends=ends)


def assigned(class_id: UUID, weekday: int, schedule: UUID, school: School, terms: Terms) -> Iterator[Fact]:
    known = school.rings.get((class_id, weekday), ())
    if known and known[-1][1] == schedule:
        return
    first: date = terms.change if known else terms.first
    event = calendar.BellsAssigned(class_id=class_id, weekday=weekday, schedule=schedule, first=first)
    yield streams.calendar(school.id), event
