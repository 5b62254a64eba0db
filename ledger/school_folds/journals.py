"""Subjects, pages of the journal, who teaches them and by which plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events import journals
from ledger.school_folds import Apply, Tables
from ledger.school_records import Journal, LongSubstitution, PlanHead, Subject
from ledger.span import Span, ended


def _change(tables: Tables, id: UUID, **fields: Any) -> None:
    known: Journal | None = tables["journals"].get(id)
    if known is not None:
        tables["journals"][id] = replace(known, **fields)


def _subject(tables: Tables, e: journals.SubjectAdded, entry: Entry) -> None:
    tables["subjects"][e.subject] = Subject(
        id=e.subject, title=e.title, short=e.short, attributes=frozenset(e.attributes)
    )


def _listed(tables: Tables, e: journals.JournalListed, entry: Entry) -> None:
    tables["journals"][entry.stream] = Journal(
        id=entry.stream, class_id=e.class_id, group=e.group, subject=e.subject, year=e.year
    )


def _home_listed(tables: Tables, e: journals.HomeJournalListed, entry: Entry) -> None:
    tables["journals"][entry.stream] = Journal(
        id=entry.stream, class_id=e.class_id, group=None, pupil=e.pupil, subject=e.subject, year=e.year
    )


def _workload(tables: Tables, e: journals.WorkloadAssigned, entry: Entry) -> None:
    known: Journal | None = tables["journals"].get(entry.stream)
    if known is not None:
        _change(
            tables,
            entry.stream,
            teachers=(*known.teachers, (e.teacher, Span(first=e.first, last=e.until))),
            hours=(*((t, h) for t, h in known.hours if t != e.teacher), (e.teacher, e.hours)),
        )


def _workload_ended(tables: Tables, e: journals.WorkloadEnded, entry: Entry) -> None:
    known: Journal | None = tables["journals"].get(entry.stream)
    if known is not None:
        kept = tuple(t for t in known.teachers if t[0] != e.teacher)
        own = ended((t for t in known.teachers if t[0] == e.teacher), e.last)
        _change(tables, entry.stream, teachers=kept + own)


def _long(tables: Tables, e: journals.LongSubstitutionRecorded, entry: Entry) -> None:
    known: Journal | None = tables["journals"].get(entry.stream)
    if known is not None:
        recorded = LongSubstitution(
            id=e.substitution,
            absent=e.absent,
            substitute=e.substitute,
            span=Span(first=e.first, last=e.until),
            order=e.order,
        )
        _change(tables, entry.stream, long=(*known.long, recorded))


def _long_ended(tables: Tables, e: journals.LongSubstitutionEnded, entry: Entry) -> None:
    known: Journal | None = tables["journals"].get(entry.stream)
    if known is not None:
        long = tuple(
            replace(each, span=replace(each.span, last=e.last)) if each.id == e.substitution else each
            for each in known.long
        )
        _change(tables, entry.stream, long=long)


def _granted(tables: Tables, e: journals.PeriodMarksGranted, entry: Entry) -> None:
    known: Journal | None = tables["journals"].get(entry.stream)
    if known is not None:
        granted = tuple(
            replace(each, period_marks=True) if each.id == e.substitution else each for each in known.long
        )
        _change(tables, entry.stream, long=granted)


def _plan(tables: Tables, e: journals.PlanOpened, entry: Entry) -> None:
    tables["plans"][e.plan] = PlanHead(
        id=e.plan, subject=e.subject, grade=e.grade, year=e.year, title=e.title
    )


def _bound(tables: Tables, e: journals.PlanBound, entry: Entry) -> None:
    _change(tables, entry.stream, plan=e.plan)


APPLY: dict[type, Apply] = {
    journals.SubjectAdded: _subject,
    journals.JournalListed: _listed,
    journals.HomeJournalListed: _home_listed,
    journals.WorkloadAssigned: _workload,
    journals.WorkloadEnded: _workload_ended,
    journals.LongSubstitutionRecorded: _long,
    journals.LongSubstitutionEnded: _long_ended,
    journals.PeriodMarksGranted: _granted,
    journals.PlanOpened: _plan,
    journals.PlanBound: _bound,
}
