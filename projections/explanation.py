"""«Почему эта отметка?»: everything a mark of a period, of the year, of an attestation or a final one follows from, for
whoever may read it; the same before it is set (design 4 and 6, R-147…R-172)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.attestation import Evidence, propose, propose_year
from ledger.entry import Entry
from ledger.evidence import evidence_of, pages_of, periods_of
from ledger.late_entry import in_time
from ledger.period_sheet import (
    ATTESTATION,
    FINAL,
    KINDS,
    NON_ATTESTATION,
    PERIOD,
    YEAR,
    fold_period_sheet,
)
from ledger.personal import KeyOf
from ledger.regulation import Regulation
from ledger.school import School
from ledger.span import Span
from ledger.streams import period_sheet
from ledger.windows import extended, mark_window
from projections.as_of import AsOf
from projections.cells import entered_at
from projections.correction_notes import CorrectionNote, shown
from projections.explanation_decisions import Decision, Recheck, decisions, recheck, rests_on
from projections.explanation_marks import MarkLine, lines
from projections.explanation_sums import Act, Sums, act_on, sums, sums_of_year
from projections.period_changes import Change, changes
from projections.period_evidence import facts_of
from projections.period_lines import Exceptional, exceptional
from projections.period_year import set_in_periods, span_of, year_id
from projections.reading import NoSuchPage, Reading
from projections.what_if import WhatIf, what_if

WHERE = "journal = %(journal)s AND period = %(period)s"
Day = date


@dataclass(frozen=True, kw_only=True, slots=True)
class MissedLine:
    """A lesson the pupil was not at; `category` "" while nobody has said why."""

    lesson: UUID
    date: Day
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A mark another rests on: `title` of its period, "" of the year's own. `value` "" where none stands; `since`: it
    was set or changed after the mark that rests on it."""

    kind: str
    title: str
    journal: UUID
    period: UUID
    value: str
    since: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """Which mark: `title` of its period, "" of a mark of the whole `year`; `first` and `last` day of what it is for."""

    journal: UUID
    period: UUID
    kind: str
    pupil: UUID
    name: str
    class_title: str
    subject: str
    title: str
    year: int
    first: Day
    last: Day


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """`value` is what stands, "" while nothing does: then `overdue` says that `due` (local) is over (R-161), `running`
    that the period is. `history` has every value, newest first. `act` judged what stands, or judges today; `sums` is
    None for a mark an examination decides. `marks` and `missed` are of a period, `members` of a mark of the year.
    `stale`: what it rests on has changed since somebody last looked, `changed` in what. `what_if` is empty but for
    whoever it is meant for, while the period runs."""

    about: About
    value: str
    history: tuple[Decision, ...]
    due: datetime
    running: bool
    overdue: bool
    closed_at: datetime | None
    closed_by: UUID | None
    act: Act
    sums: Sums | None
    marks: tuple[MarkLine, ...]
    missed: tuple[MissedLine, ...]
    categories: tuple[tuple[str, int], ...]
    members: tuple[Member, ...]
    recheck: Recheck | None
    stale: bool
    changed: tuple[Change, ...]
    exceptions: tuple[Exceptional, ...]
    cases: tuple[CorrectionNote, ...]
    what_if: tuple[WhatIf, ...]
    as_of: AsOf

    @property
    def standing(self) -> Decision | None:
        return next((each for each in self.history if each.fate == "stands"), None)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What is explained, and who may read what: `key_of` opens what is said of the pupil, `inner` of staff as well;
    `seen` ends with the pupil's stay where the reader's right does, else it is the whole `span`."""

    reading: Reading
    journal: UUID
    period: UUID
    kind: str
    pupil: UUID
    span: Span
    seen: Span
    key_of: KeyOf
    inner: bool

    @property
    def pages(self) -> tuple[UUID, ...]:
        return pages_of(self.reading.school, self.journal, self.pupil)

    @property
    def staff_key(self) -> KeyOf | None:
        return self.key_of if self.inner else None


def page(
    reading: Reading,
    journal: UUID,
    period: UUID,
    kind: str,
    pupil: UUID,
    key_of: KeyOf,
    *,
    inner: bool,
    ahead: bool,
    stay: bool = False,
) -> Explanation:
    """`inner`: whether what is said of staff may be read; `ahead`: whether «что если» is meant for the reader; `stay`:
    whether they read the pupil by this page alone, so no longer than the pupil is on it. Raises NoSuchPage for a page,
    period, kind of mark or pupil there is not."""
    school = reading.school
    span = span_of(school, journal, period)
    whole_year = period == year_id(school, journal)
    if kind not in KINDS or (kind == PERIOD) == whole_year or pupil not in school.members_ever(journal):
        raise NoSuchPage(f"{kind} of {pupil}")
    asked = _Asked(
        reading=reading,
        journal=journal,
        period=period,
        kind=kind,
        pupil=pupil,
        span=span,
        seen=_stay(school, journal, pupil, span) if stay else span,
        key_of=key_of,
        inner=inner,
    )
    return _explained(asked, ahead)


def _stay(school: School, journal: UUID, pupil: UUID, span: Span) -> Span:
    """To the pupil's last day on the page in `span`. Raises NoSuchPage for one who was not on it then."""
    last = span.last or span.first
    days = (last - timedelta(days=n) for n in range((last - span.first).days + 1))
    left = next((day for day in days if school.enrolled(pupil, journal, day)), None)
    if left is None:
        raise NoSuchPage(f"{pupil} is not of {journal}")
    return Span(first=span.first, last=left)


def _explained(asked: _Asked, ahead: bool) -> Explanation:
    reading = asked.reading
    stream = period_sheet(reading.school.id, asked.journal, asked.period)
    entries = reading.streams([stream]).get(stream, ())
    sheet, cell = fold_period_sheet(entries), (asked.kind, asked.pupil)
    given, rested = sheet.marks.get(cell), rests_on(sheet, cell)
    act, regulation = act_on(reading.school, reading.today if given is None else _day_of(given, reading))
    evidence = _evidence(asked, regulation)
    members = _members(asked, rested)
    due = _due(asked, regulation)
    changed = _changed(asked, rested, evidence)
    running = reading.today in asked.span
    attested = sheet.granted(asked.pupil, NON_ATTESTATION) is not None
    meant = ahead and running and given is None
    return Explanation(
        about=_about(asked),
        value=sheet.value(*cell),
        history=decisions(entries, cell, asked.key_of),
        due=due,
        running=running,
        overdue=given is None and not in_time(reading.now, due),
        closed_at=entered_at(sheet.closed) if sheet.closed else None,
        closed_by=sheet.closed.stamp.person if sheet.closed else None,
        act=act,
        sums=_sums(asked, evidence, members, regulation, attested=attested),
        marks=_marks(asked, regulation),
        missed=_missed(evidence),
        categories=_categories(evidence),
        members=tuple(member for member, _ in members),
        recheck=recheck(sheet, cell, asked.staff_key),
        stale=bool(changed) or _other_members(members, rested),
        changed=changed,
        exceptions=_exceptions(asked),
        cases=_cases(asked),
        what_if=_what_if(evidence, reading.today, regulation, attested=attested) if meant else (),
        as_of=reading.as_of,
    )


def _about(asked: _Asked) -> About:
    school, span = asked.reading.school, asked.span
    known = school.periods.get(asked.period)
    return About(
        journal=asked.journal,
        period=asked.period,
        kind=asked.kind,
        pupil=asked.pupil,
        name=asked.reading.names([asked.pupil])[asked.pupil].full,
        class_title=school.klass_of(asked.journal).title,
        subject=school.subject_of(asked.journal).title,
        title=known.title if known else "",
        year=school.journals[asked.journal].year,
        first=span.first,
        last=span.last or span.first,
    )


def _day_of(entry: Entry, reading: Reading) -> date:
    return reading.school.local(entered_at(entry)).date()


def _due(asked: _Asked, regulation: Regulation) -> datetime:
    """By the time marks of its kind have (W-15, W-16), outages reckoned in."""
    window = mark_window(asked.kind, asked.span, regulation)
    return extended(window.soft, window.opens, asked.reading.school, regulation)


def _evidence(asked: _Asked, regulation: Regulation) -> Evidence | None:
    """None of a mark that rests on other marks than those of lessons."""
    if asked.kind != PERIOD:
        return None
    facts = facts_of(asked.reading, asked.pages, asked.seen, [asked.pupil])
    return evidence_of(asked.pupil, asked.journal, asked.seen, facts, asked.reading.school, regulation)


def _marks(asked: _Asked, regulation: Regulation) -> tuple[MarkLine, ...]:
    if asked.kind != PERIOD:
        return ()
    return lines(asked.reading, asked.pages, asked.pupil, asked.seen, regulation, asked.staff_key)


def _missed(evidence: Evidence | None) -> tuple[MissedLine, ...]:
    if evidence is None:
        return ()
    return tuple(
        MissedLine(lesson=each.lesson, date=each.date, category=each.category) for each in evidence.missed
    )


def _categories(evidence: Evidence | None) -> tuple[tuple[str, int], ...]:
    return () if evidence is None else tuple(Counter(m.category for m in evidence.missed).most_common())


def _changed(asked: _Asked, rested: tuple[int, ...] | None, evidence: Evidence | None) -> tuple[Change, ...]:
    if rested is None or evidence is None:
        return ()
    found = changes(asked.reading, {asked.pupil: rested}, {asked.pupil: evidence})
    return found.get(asked.pupil, ())


def _members(asked: _Asked, rested: tuple[int, ...] | None) -> list[tuple[Member, Any | None]]:
    """With the rows they are made of. The year's mark rests on its periods and the attestation, a final one on the
    year and the attestation; an attestation on nothing of the journal."""
    reading, journal = asked.reading, asked.journal
    if asked.kind not in (YEAR, FINAL):
        return []
    of_year = _of_year(asked)
    found = [
        (kind, "", asked.period, of_year.get(kind)) for kind in (YEAR, ATTESTATION) if kind != asked.kind
    ]
    if asked.kind == YEAR:
        rows = set_in_periods(reading, journal, [asked.pupil])[asked.pupil]
        periods = zip(periods_of(reading.school, journal), rows, strict=True)
        found = [(PERIOD, period.title, period.id, row) for period, row in periods] + found
    if asked.seen != asked.span:
        found = [
            each if each[3] is None or each[3].journal == journal else (*each[:3], None) for each in found
        ]
    return [
        (
            Member(
                kind=kind,
                title=title,
                journal=getattr(row, "journal", journal),
                period=period,
                value="" if row is None else row.value,
                since=row is not None and rested is not None and row.entry not in rested,
            ),
            row,
        )
        for kind, title, period, row in found
    ]


def _of_year(asked: _Asked) -> dict[str, Any]:
    """Rows of the year's marks by kind, on whichever page of the subject they were set, this one first (E-06)."""
    where = "journal = ANY(%(pages)s) AND period = %(period)s AND pupil = %(pupil)s"
    pages = list(asked.pages)
    rows = asked.reading.rows("period_marks", where, pages=pages, period=asked.period, pupil=asked.pupil)
    return {row.kind: row for row in sorted(rows, key=lambda row: -pages.index(row.journal))}


_WHOSE = f"{WHERE} AND pupil = %(pupil)s"


def _whose(asked: _Asked) -> dict[str, Any]:
    return {"journal": asked.journal, "period": asked.period, "pupil": asked.pupil}


def _other_members(members: Sequence[tuple[Member, Any | None]], rested: tuple[int, ...] | None) -> bool:
    """Whether the marks that stand are others than those the decision rested on."""
    standing = {row.entry for _, row in members if row is not None}
    return rested is not None and bool(members) and standing != set(rested)


def _sums(
    asked: _Asked,
    evidence: Evidence | None,
    members: Sequence[tuple[Member, Any | None]],
    regulation: Regulation,
    *,
    attested: bool,
) -> Sums | None:
    """None for a mark an examination decides."""
    if evidence is not None:
        return sums(evidence, propose(evidence, regulation, attested=attested), regulation)
    if asked.kind != YEAR:
        return None
    values = [member.value for member, _ in members if member.kind == PERIOD]
    exam = next((member.value for member, _ in members if member.kind == ATTESTATION), "")
    proposal = propose_year(values, exam, regulation)
    counted = (*values, exam) if regulation.year_formula.attestation == "member" else values
    return sums_of_year(counted, proposal, regulation)


def _what_if(
    evidence: Evidence | None, today: date, regulation: Regulation, *, attested: bool
) -> tuple[WhatIf, ...]:
    return () if evidence is None else what_if(evidence, today, regulation, attested=attested)


def _exceptions(asked: _Asked) -> tuple[Exceptional, ...]:
    if asked.kind != PERIOD:
        return ()
    where = _WHOSE if asked.inner else f"{_WHOSE} AND status = 'granted'"
    rows = asked.reading.rows("exceptions", where, **_whose(asked))
    return tuple(exceptional(row, asked.staff_key) for row in sorted(rows, key=lambda row: row.since))


def _cases(asked: _Asked) -> tuple[CorrectionNote, ...]:
    """About the mark itself; those of the marks it was made of stand with them."""
    return shown(
        asked.reading, f"{_WHOSE} AND kind = %(kind)s", asked.staff_key, kind=asked.kind, **_whose(asked)
    )
