"""Marks for the periods that ended, some of the year, exceptions, «Ознакомлен», promotion."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from ledger import streams
from ledger.entry import Draft, Finding
from ledger.events import families, period_marks, promotion
from ledger.events.period_marks import PeriodClosed, PeriodMarkGiven
from tests.plain_year.founding import EVERYBODY, WITHOUT_ACCOUNT, guardians
from tests.plain_year.lessons import NAME_OF
from tests.plain_year.telling import Telling, of_case, of_school, of_sheet
from tests.world import SCHOOL_ID, named

YEAR = streams.year(SCHOOL_ID, 2026)
EXCEPTION = named("7А Физика"), named("Тынетегин Павел")


def give(telling: Telling, journal: UUID, period: UUID, span: tuple[date, date], n: int) -> None:
    """On one of the last three days; the deputy closes the sheet of some pages."""
    teachers = telling.school.teachers_of(journal, span[1])
    if not teachers:
        return
    who = NAME_OF[teachers[0]]
    late = n % 9 == 8
    at = datetime.combine(span[1] - timedelta(days=n % 3), time(17, n % 60))
    telling.then(at, who, lambda: _given(telling, journal, period, span, late))
    if n % 4 == 1:
        stream = streams.period_sheet(SCHOOL_ID, journal, period)
        closed = of_sheet(stream, PeriodClosed(journal=journal, period=period))
        telling.at(datetime.combine(span[1], time(21)), "Ефимова", closed)


def _given(telling: Telling, journal: UUID, period: UUID, span: tuple[date, date], late: bool) -> list[Draft]:
    stream, drafts = streams.period_sheet(SCHOOL_ID, journal, period), []
    found = (Finding(code="W-14", delay=3600),) if late else ()
    for pupil in telling.school.pupils_of(journal, span[1]):
        at_home = telling.school.pupils[pupil].at_home(span[1])
        if telling.chance(0.04) or (at_home and telling.school.journals[journal].pupil is None):
            continue
        drafts.append(of_sheet(stream, _mark(telling, journal, period, span, pupil), *found))
    return drafts


def _mark(
    telling: Telling, journal: UUID, period: UUID, span: tuple[date, date], pupil: UUID
) -> PeriodMarkGiven:
    by_id = telling.school.timetable.by_id
    rests = [
        each
        for (lesson, _, whose), each in telling.cells.items()
        if whose == pupil and telling.pages[lesson] == journal and span[0] <= by_id[lesson].date <= span[1]
    ]
    values = [value[0] for _, value in rests]
    proposed = str(int(sum(values) / len(values) + 0.5)) if len(values) >= 3 else ""
    value = proposed or ("осв" if telling.chance(0.1) else "н/а")
    if proposed and telling.chance(0.2):
        value = telling.random.choice("25")
    return PeriodMarkGiven(
        journal=journal,
        period=period,
        kind="period",
        pupil=pupil,
        value=value,
        proposed=proposed,
        rests_on=tuple(position for position, _ in rests),
    )


def of_year(telling: Telling, title: str, on: date) -> None:
    """A subject that is over early: marks of the year, of the attestation and final ones, with a change of mind."""
    journal = named(title)
    stream = streams.period_sheet(SCHOOL_ID, journal, YEAR)
    who = NAME_OF[telling.school.teachers_of(journal, on)[0]]
    for n, pupil in enumerate(telling.school.pupils_of(journal, on)):
        for kind in ("year", "attestation", "final"):
            if kind == "attestation" and n % 2:
                continue
            value = "5432"[(n + len(kind)) % 4]
            event = PeriodMarkGiven(
                journal=journal,
                period=YEAR,
                kind=kind,
                pupil=pupil,
                value=value,
                proposed=value,
                rests_on=(),
            )
            telling.at(datetime.combine(on, time(18, n)), who, of_sheet(stream, event))
        if n == 1:
            gone = period_marks.PeriodMarkWithdrawn(journal=journal, period=YEAR, kind="final", pupil=pupil)
            telling.at(datetime.combine(on, time(19)), who, of_sheet(stream, gone))


def exception(telling: Telling, period: UUID, on: date) -> None:
    journal, pupil = EXCEPTION
    stream = streams.period_sheet(SCHOOL_ID, journal, period)
    asked = period_marks.ExceptionRequested(
        case=uuid5(period, "exception"),
        journal=journal,
        period=period,
        pupil=pupil,
        ground="non_attestation",
        reason=telling.text("Болел", "Тынетегин Павел"),
    )
    granted = period_marks.ExceptionGranted(
        case=asked.case,
        journal=journal,
        period=period,
        pupil=pupil,
        ground="non_attestation",
        reason=telling.text("Согласовано", "Тынетегин Павел"),
    )
    telling.at(datetime.combine(on, time(12)), "Петров", of_sheet(stream, asked))
    telling.at(datetime.combine(on, time(14)), "Ефимова", of_sheet(stream, granted))


def acquaint(telling: Telling, period: UUID, last: date) -> None:
    """Two families of three, in the days after; the positions are those of the marks of the period."""
    for n, pupil in enumerate(EVERYBODY):
        if n % 3 == 2 or pupil in WITHOUT_ACCOUNT:
            continue
        when = datetime.combine(last + timedelta(days=1 + n % 9), time(20, n))
        telling.then(when, guardians(pupil)[0], lambda pupil=pupil: _read(telling, period, pupil))  # type: ignore[misc]


def _read(telling: Telling, period: UUID, pupil: str) -> tuple[Draft, ...]:
    entries = tuple(telling.sheets.get((period, named(pupil)), ()))
    stream = streams.family(SCHOOL_ID, named(pupil))
    return (of_case(stream, families.Acknowledged(entries=entries)),) if entries else ()


def promoted(telling: Telling, pupil: str, on: date) -> None:
    proposed = promotion.PromotionProposed(year=2026, decision="promoted")
    decided = promotion.PromotionDecided(year=2026, decision="conditionally")
    telling.at(datetime.combine(on, time(10)), "Громова", of_school(named(pupil), proposed))
    telling.at(datetime.combine(on, time(12)), "Орлова", of_school(named(pupil), decided))
