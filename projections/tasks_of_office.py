"""What waits for those who answer for the school: a deputy's inbox in figures, what has run out of time, and what only
the director's word settles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from ledger.rules.deputies import deputy_for, deputy_of
from projections import blocked_windows, tasks_of_papers
from projections.case_place import places
from projections.contested_tasks import contested_lessons
from projections.missing_period_marks import missing
from projections.reading import Reading
from projections.rechecks import rechecks
from projections.report_cards import over
from projections.task import Task
from projections.who_decides import own_word

WAITING = {  # kind of task → table and status of what waits
    "inbox_late_entries": ("late_entries", "asked"),
    "inbox_corrections": ("corrections", "asked"),
    "inbox_exceptions": ("exceptions", "asked"),
    "inbox_disputes": ("disputes", "waiting"),
    "inbox_reports": ("error_reports", "reported"),
}


def of_deputy(reading: Reading, person: UUID) -> tuple[Task, ...]:
    """Reports past their time first, then the inbox, then what teachers have left undone."""
    return (
        *overdue(reading),
        *inbox(reading, person),
        *closed_meanwhile(reading, person),
        *left_undone(reading),
        *looked_at_again(reading, person),
        *tasks_of_papers.of_deputy(reading),
    )


def looked_at_again(reading: Reading, person: UUID) -> list[Task]:
    """Marks whose ground has moved. Where an Act moved it the hand of a reviewer is waited for (P-96): of marks for a
    period, and of what was set in a lesson on a word that is void (E-05)."""
    act, today = reading.regulation(), reading.today
    reviews = deputy_of(act.taint_reviewers, person, today, reading.school) and deputy_for(
        "taint", person, today, reading.school, act
    )
    found = (*rechecks(reading), *contested_lessons(reading))
    return [task if reviews or not task.text else replace(task, calls=False) for task in found]


def of_director(reading: Reading, person: UUID) -> tuple[Task, ...]:
    return (
        *overdue(reading),
        *inbox(reading, person),
        *closed_meanwhile(reading, person),
        *awaiting_order(reading),
    )


def inbox(reading: Reading, person: UUID) -> Iterator[Task]:
    """How many of each sort wait for this very person's word, and since when: the figure of «Входящие»."""
    own = own_word(person, reading.school, reading.regulation(), reading.today)
    for kind, (table, status) in WAITING.items():
        found = reading.rows(table, f"status = '{status}'")
        mine = [row for row in found if (own.may(row) if table == "corrections" else table in own.kinds)]
        if mine:
            column = "reported_at" if table == "error_reports" else "asked_at"
            first = min(getattr(row, column) for row in mine)
            yield Task(kind=kind, since=reading.school.local(first), count=len(mine), calls=True)


def closed_meanwhile(reading: Reading, person: UUID) -> Iterator[Task]:
    """Windows that ended while an access was closed, of those this very person may open again."""
    for card in blocked_windows.waiting(reading, person):
        if card.stopped is None:
            yield Task(
                kind="blocked_windows",
                since=card.opened_at,
                count=len(card.places),
                calls=True,
                person=card.person,
                incident=card.incident,
            )


def overdue(reading: Reading) -> list[Task]:
    """Error reports nobody has answered in time, with the teacher or not: from then on the director's too (W-22)."""
    rows = [row for row in reading.rows("error_reports", "status <> 'closed'") if over(row, reading)]
    rows.sort(key=lambda row: row.due)
    return [
        Task(
            kind="overdue_report",
            place=place,
            since=reading.school.local(row.reported_at),
            until=row.due,
            over=True,
            calls=True,
            status=row.status,
            person=row.reporter,
        )
        for row, place in zip(rows, places(rows, reading), strict=True)
    ]


def awaiting_order(reading: Reading) -> list[Task]:
    """Final marks whose explanation has its conclusion: the распоряжение is the director's (7.14(b10))."""
    rows = reading.rows("corrections", "status = 'asked' AND concluded_by IS NOT NULL")
    return [_order(row, place, reading) for row, place in zip(rows, places(rows, reading), strict=True)]


def _order(row: Any, place: Any, reading: Reading) -> Task:
    return Task(
        kind="order",
        place=place,
        since=reading.school.local(row.concluded_at),
        calls=True,
        old=row.old,
        new=row.new,
        person=row.requester,
    )


def left_undone(reading: Reading) -> list[Task]:
    """Pages without all their period marks after the deadline (R-161), each with whoever teaches it."""
    school = reading.school
    late = (task for task in missing(reading, school.journals.values()) if task.over)
    return [_of_teacher(task, reading) for task in late]


def _of_teacher(task: Task, reading: Reading) -> Task:
    assert task.place is not None
    teachers = reading.school.teachers_of(task.place.journal, reading.today)
    return Task(
        kind="missing_marks_of",
        place=task.place,
        since=task.since,
        until=task.until,
        over=True,
        count=task.count,
        person=teachers[0] if teachers else None,
    )
