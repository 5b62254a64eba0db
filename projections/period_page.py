"""The sheet on which a class's marks for a period or the year are proposed and set, a line a pupil (R-147…R-162)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.attestation import propose
from ledger.evidence import periods_of
from ledger.late_entry import in_time
from ledger.period_sheet import ATTESTATION, FINAL, NON_ATTESTATION, PERIOD, YEAR
from ledger.personal import KeyOf
from ledger.school import School
from ledger.sheet_periods import last_lesson, owed, sheet_of
from ledger.span import Span
from ledger.timetable import Lesson
from ledger.windows import extended, mark_window
from projections.as_of import AsOf, Filled
from projections.period_changes import Change, changes
from projections.period_evidence import evidences
from projections.period_lines import Exceptional, Known, PupilLine, exceptional, line
from projections.period_taint import tainted
from projections.period_waiting import waiting
from projections.period_year import set_in_periods, span_of, year_id
from projections.reading import Reading
from projections.years import day_of


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetChoice:
    """Another sheet of the same page."""

    period: UUID
    title: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """When marks are set, in local time: from `opens`, in time to `soft`, late to `hard`; `early`: none is taken yet;
    `over`: only a correction changes a mark now. `last_lesson` is the day of the last lesson and `lesson` its id, None
    when there is none."""

    opens: datetime
    soft: datetime
    hard: datetime
    early: bool
    over: bool
    last_lesson: date | None
    lesson: UUID | None
    recorded: bool
    closed_at: datetime | None
    closed_by: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodPage:
    """`whole_year`: the sheet of the year, whose `kinds` are year, attestation and, in a graduating class, final. The
    `deviation`: a mark further than this
    from the proposal wants a reason (P-26). `titles` of the year's periods, of the year's sheet."""

    journal: UUID
    period: UUID
    title: str
    whole_year: bool
    class_id: UUID
    class_title: str
    group_title: str
    home: bool
    subject: str
    year: int
    first: date
    last: date
    terms: Terms
    teachers: tuple[UUID, ...]
    sheets: tuple[SheetChoice, ...]
    kinds: tuple[str, ...]
    titles: tuple[str, ...]
    deviation: int
    scale: tuple[int, ...]
    lines: tuple[PupilLine, ...]
    filled: Filled | None
    as_of: AsOf


def page(reading: Reading, journal: UUID, period: UUID, key_of: KeyOf) -> PeriodPage:
    """Raises NoSuchPage for a page or a period there is not."""
    school, regulation = reading.school, reading.regulation()
    span = span_of(school, journal, period)
    known, klass, last = school.journals[journal], school.klass_of(journal), span.last or span.first
    standing = reading.rows("period_marks", WHERE, journal=journal, period=period)
    kinds = _kinds(reading, journal, period)
    return PeriodPage(
        journal=journal,
        period=period,
        title=next((p.title for p in periods_of(school, journal) if p.id == period), ""),
        whole_year=kinds[0] == YEAR,
        class_id=klass.id,
        class_title=klass.title,
        group_title=school.group_title(journal),
        home=known.pupil is not None,
        subject=school.subject_of(journal).title,
        year=known.year,
        first=span.first,
        last=last,
        terms=_terms(reading, journal, period, Span(first=span.first, last=last), kinds[0]),
        teachers=school.teachers_of(journal, day_of(Span(first=span.first, last=last), reading.today)),
        sheets=_sheets(school, journal, period),
        kinds=kinds,
        titles=tuple(p.title for p in periods_of(school, journal)) if kinds[0] == YEAR else (),
        deviation=regulation.deviation.reason_above,
        scale=tuple(sorted(regulation.scale, reverse=True)),
        lines=tainted(_lines(reading, journal, period, span, standing, kinds, key_of), standing, reading),
        filled=_filled(standing),
        as_of=reading.as_of,
    )


def _terms(reading: Reading, journal: UUID, period: UUID, span: Span, kind: str) -> Terms:
    school, regulation = reading.school, reading.regulation()
    window = mark_window(kind, span, regulation)
    hard = extended(window.hard, window.opens, school, regulation)
    closed = next(iter(reading.rows("period_closings", WHERE, journal=journal, period=period)), None)
    last = last_lesson(school, journal, span)
    recorded = last is None or _recorded(reading, last)
    return Terms(
        opens=window.opens,
        soft=extended(window.soft, window.opens, school, regulation),
        hard=hard,
        early=not recorded and reading.now < window.opens,
        over=closed is not None or not in_time(reading.now, hard),
        last_lesson=None if last is None else last.date,
        lesson=None if last is None else last.id,
        recorded=recorded,
        closed_at=None if closed is None else closed.closed_at,
        closed_by=None if closed is None else closed.closed_by,
    )


WHERE = "journal = %(journal)s AND period = %(period)s"


def _kinds(reading: Reading, journal: UUID, period: UUID) -> tuple[str, ...]:
    """Those that are owed, and of the year the attestation, which may be held."""
    school = reading.school
    sheet = sheet_of(school, journal, period)
    kinds = () if sheet is None else owed(school.klass_of(journal), sheet, reading.regulation())
    return (YEAR, ATTESTATION, *kinds[1:]) if YEAR in kinds else (PERIOD,)


def _recorded(reading: Reading, last: Lesson) -> bool:
    """Whether its topic stands (W-14)."""
    rows = reading.rows("lessons", "lesson = %(lesson)s", columns="topic", lesson=last.id)
    return any(row.topic is not None for row in rows)


def _sheets(school: School, journal: UUID, chosen: UUID) -> tuple[SheetChoice, ...]:
    periods = [(period.id, period.title) for period in periods_of(school, journal)]
    return tuple(
        SheetChoice(period=id, title=title, chosen=id == chosen)
        for id, title in (*periods, (year_id(school, journal), ""))
    )


def _filled(standing: Sequence[Any]) -> Filled | None:
    last = max(standing, key=lambda row: row.entry, default=None)
    return None if last is None else Filled(at=last.entered_at, by=last.entered_by)


def _lines(
    reading: Reading,
    journal: UUID,
    period: UUID,
    span: Span,
    standing: Sequence[Any],
    kinds: tuple[str, ...],
    key_of: KeyOf,
) -> tuple[PupilLine, ...]:
    """Everybody who was on the list on a day of the period, or has a mark for it."""
    school, regulation = reading.school, reading.regulation()
    marked = {row.pupil for row in standing}
    pupils = tuple(
        p for p in school.members_ever(journal) if p in marked or was_listed(school, journal, p, span)
    )
    found = _known(reading, journal, period, pupils, span, standing, kinds, key_of)
    names = reading.names(pupils)
    day = day_of(span, reading.today)
    return tuple(
        line(
            pupil,
            names[pupil].listed,
            found[pupil],
            kinds,
            regulation,
            key_of,
            listed=school.enrolled(pupil, journal, day),
            at_home=school.journals[journal].pupil is None and school.pupils[pupil].at_home(day),
        )
        for pupil in reading.sorted(pupils, names)
        if pupil in names
    )


def was_listed(school: School, journal: UUID, pupil: UUID, span: Span) -> bool:
    """On any day of the span."""
    page, known = school.journals[journal], school.pupils[pupil]
    if page.pupil is not None:
        return any(tuition.span.overlaps(span) for tuition in known.tuitions)
    place, stretches = (page.group, known.groups) if page.group else (page.class_id, known.classes)
    return any(where == place and own.overlaps(span) for where, own in stretches)


def _known(
    reading: Reading,
    journal: UUID,
    period: UUID,
    pupils: tuple[UUID, ...],
    span: Span,
    standing: Sequence[Any],
    kinds: tuple[str, ...],
    key_of: KeyOf,
) -> dict[UUID, Known]:
    regulation = reading.regulation()
    evidence = evidences(reading, journal, pupils, span)
    own: dict[UUID, dict[str, Any]] = {}
    for row in standing:
        own.setdefault(row.pupil, {})[row.kind] = row
    asked, cases = _exceptions(reading, journal, period, key_of), waiting(reading, journal, period)
    year = kinds[0] == YEAR
    periods = set_in_periods(reading, journal, pupils) if year else {}
    titles = [each.title for each in periods_of(reading.school, journal)]
    rested = {row.pupil: row.rests_on for row in standing if row.kind == PERIOD and row.pupil in evidence}
    stirred = changes(reading, rested, evidence)
    return {
        pupil: Known(
            evidence=evidence[pupil],
            proposal=propose(evidence[pupil], regulation, attested=_attested(asked.get(pupil, ()))),
            standing=own.get(pupil, {}),
            periods=periods.get(pupil, ()),
            changes=_changes_of_year(
                own.get(pupil, {}), tuple(zip(titles, periods[pupil], strict=True)), reading
            )
            if year
            else {PERIOD: stirred.get(pupil, ())},
            exceptions=asked.get(pupil, ()),
            waiting=cases.get(pupil, {}),
        )
        for pupil in pupils
    }


def _attested(exceptions: Sequence[Exceptional]) -> bool:
    """The deputy let a mark stand though more than half was missed."""
    return any((each.ground, each.status) == (NON_ATTESTATION, "granted") for each in exceptions)


def _exceptions(
    reading: Reading, journal: UUID, period: UUID, key_of: KeyOf
) -> Mapping[UUID, tuple[Exceptional, ...]]:
    found: dict[UUID, tuple[Exceptional, ...]] = {}
    rows = reading.rows("exceptions", WHERE, journal=journal, period=period)
    for row in sorted(rows, key=lambda row: row.since):
        found[row.pupil] = (*found.get(row.pupil, ()), exceptional(row, key_of))
    return found


def _changes_of_year(
    standing: Mapping[str, Any], periods: Sequence[tuple[str, Any | None]], reading: Reading
) -> dict[str, tuple[Change, ...]]:
    """What is another mark now: the year's rests on those of its periods, a final one on the year's, either on the
    attestation."""
    exam = (ATTESTATION, standing.get(ATTESTATION))
    beneath = {YEAR: (*periods, exam), FINAL: ((YEAR, standing.get(YEAR)), exam)}
    return {
        kind: tuple(
            Change(date=reading.school.local(each.entered_at).date(), title=title, was="", now=each.value)
            for title, each in rests
            if each is not None and each.entry not in standing[kind].rests_on
        )
        for kind, rests in beneath.items()
        if kind in standing
    }
