"""What waits for a teacher: what was asked and permitted, what others ask of the page, what the calendar asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from ledger.column import expected
from ledger.personal import KeyOf, opened
from ledger.school_records import Journal
from projections import tasks_asked
from projections.case_place import CasePlace, places
from projections.missing_period_marks import missing
from projections.reading import Reading
from projections.rechecks import rechecks
from projections.report_cards import over
from projections.task import Task, sheet_place

PAST = timedelta(days=14)  # a work whose deadline is longer ago waits for nobody
REMINDED = timedelta(days=14)  # and so does a reminder


def of_teacher(reading: Reading, person: UUID, key_of: KeyOf) -> tuple[Task, ...]:
    """What others wait for comes first, then what is past its time, then by the deadline."""
    pages = reading.school.journals_of_teacher(person, reading.today)
    ids = [page.id for page in pages]
    found = [
        *forwarded(reading, ids, key_of),
        *tasks_asked.late_entries(reading, person),
        *tasks_asked.corrections(reading, person, key_of),
        *tasks_asked.exceptions(reading, person, key_of),
        *tasks_asked.reinstatements(reading, person),
        *(_rechecks(reading, ids) if ids else ()),
        *missing(reading, pages),
        *reminders(reading, ids),
        *works_past_due(reading, pages),
    ]
    return tuple(found)


def _rechecks(reading: Reading, journals: list[UUID]) -> list[Task]:
    """One that an Act brought about waits for a deputy, not for its author (E-04)."""
    return [replace(task, calls=not task.text) for task in rechecks(reading, journals)]


def forwarded(reading: Reading, journals: list[UUID], key_of: KeyOf) -> list[Task]:
    """Error reports the deputy has sent on to whoever teaches the page (R-168)."""
    where = "status = 'forwarded' AND journal = ANY(%(journals)s)"
    rows = sorted(reading.rows("error_reports", where, journals=journals), key=lambda row: row.due)
    return [
        Task(
            kind="error_report",
            place=place,
            since=reading.school.local(row.forwarded_at),
            until=row.due,
            over=over(row, reading) is not None,
            calls=True,
            status=row.status,
            text=opened(row.reporter, row.text_nonce, row.text, key_of),
            person=row.forwarded_by,
        )
        for row, place in zip(rows, places(rows, reading), strict=True)
    ]


def reminders(reading: Reading, journals: list[UUID]) -> list[Task]:
    """The last one of each period about these pages, while it is fresh."""
    where = "journals && %(journals)s::uuid[] AND sent_at > %(after)s"
    rows = reading.rows("reminders", where, journals=journals, after=reading.as_of.instant - REMINDED)
    last = {row.period: row for row in sorted(rows, key=lambda row: row.sent_at)}
    return [
        _reminder(row, page, reading) for row in last.values() for page in row.journals if page in journals
    ]


def _reminder(row: Any, page: UUID, reading: Reading) -> Task:
    return Task(
        kind="reminder",
        place=sheet_place(reading.school, page, row.period),
        since=reading.school.local(row.sent_at),
        text=row.text,
        person=row.sent_by,
    )


def works_past_due(reading: Reading, pages: Iterable[Journal]) -> list[Task]:
    """Columns whose time is over with pupils who have neither a mark nor an «н»; the ready column asks nobody."""
    where = (
        "journal = ANY(%(journals)s) AND work <> lesson AND source IS NULL"
        " AND due < %(now)s AND due >= %(since)s"
    )
    now = reading.now.replace(microsecond=0)
    ids = [page.id for page in pages]
    works = reading.rows("works", where, journals=ids, now=now, since=now - PAST)
    lessons = [work.lesson for work in works]
    cells = reading.rows("cells", "lesson = ANY(%(lessons)s)", lessons=lessons) if lessons else []
    tasks = (_work(work, cells, reading) for work in sorted(works, key=lambda work: work.due))
    return [task for task in tasks if task.count]


def _work(work: Any, cells: list[Any], reading: Reading) -> Task:
    school, kind = reading.school, reading.regulation().work_kinds.get(work.kind)
    there = {cell.pupil for cell in cells if cell.work == work.work}
    there |= {cell.pupil for cell in cells if cell.lesson == work.lesson and cell.value_kind == "absence"}
    place = CasePlace(
        journal=work.journal,
        class_title=school.klass_of(work.journal).title,
        subject=school.subject_of(work.journal).title,
        target="column",
        lesson=work.lesson,
        date=work.date,
        work=work.work,
        kind_title=kind.title if kind is not None else work.kind,
        home=school.journals[work.journal].pupil,
    )
    missing_here = len(expected(school, work.journal, work.date, there))
    return Task(kind="work", place=place, until=work.due, over=True, count=missing_here)
