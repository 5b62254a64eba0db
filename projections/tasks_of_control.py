"""What the school's own control of its journal asks of people: certificates to read and findings to put right (R-209),
the director's month (R-210, W-26), the class teacher's day (R-211, W-25)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from ledger import windows
from ledger.personal import KeyOf, opened
from ledger.school_records import Klass
from projections import director_control
from projections.daily_check import unchecked
from projections.reading import Reading
from projections.task import Task


def of_person(reading: Reading, person: UUID, key_of: KeyOf) -> tuple[Task, ...]:
    """Of anybody of the staff: findings one answers for, then certificates one is named by and has not read."""
    where = "responsible = %(person)s"
    own = (_finding("finding", *each, reading, key_of) for each in _open(reading, where, person=person))
    return (*own, *_to_read(reading, person))


def _open(reading: Reading, where: str, **asked: Any) -> Iterator[tuple[Any, Any]]:
    """Findings of issued certificates nobody has reported on, each with its certificate, by their days."""
    found = reading.rows("certificate_findings", f"resolved_at IS NULL AND {where}", **asked)
    ids = list({row.certificate for row in found})
    issued = reading.rows("certificates", "certificate = ANY(%(ids)s) AND issued_at IS NOT NULL", ids=ids)
    certificates = {row.certificate: row for row in issued}
    for row in sorted(found, key=lambda row: row.due):
        if row.certificate in certificates:
            yield row, certificates[row.certificate]


def _finding(kind: str, row: Any, certificate: Any, reading: Reading, key_of: KeyOf) -> Task:
    until = windows.day_end(row.due)
    return Task(
        kind=kind,
        certificate=row.certificate,
        since=reading.school.local(certificate.issued_at),
        until=until,
        over=windows.delay(reading.now, until) is not None,
        calls=kind == "finding",
        new=certificate.number,
        text=opened(row.text_about, row.text_nonce, row.text, key_of),
        person=row.responsible if kind != "finding" else None,
    )


def _to_read(reading: Reading, person: UUID) -> Iterator[Task]:
    where = "issued_at IS NOT NULL AND %(person)s = ANY(people) AND NOT %(person)s = ANY(acquainted)"
    for row in reading.rows("certificates", where, person=person):
        yield Task(
            kind="certificate",
            certificate=row.certificate,
            since=reading.school.local(row.issued_at),
            calls=True,
            new=row.number,
            text=row.title,
            person=row.issued_by,
        )


def of_deputy(reading: Reading, key_of: KeyOf) -> Iterator[Task]:
    """Findings whose day has passed, with whoever answers for them."""
    found = _open(reading, "due < %(today)s", today=reading.today)
    return (_finding("finding_overdue", *each, reading, key_of) for each in found)


def of_director(reading: Reading) -> Iterator[Task]:
    """The running month from the 25th on, and the month before while it is missing."""
    for month in director_control.missing(reading):
        last = director_control.last_day(month)
        until = windows.day_end(last)
        yield Task(
            kind="director_control",
            since=datetime.combine(director_control.reminded_on(month), time()),
            until=until,
            over=windows.delay(reading.now, until) is not None,
            calls=True,
            month=month,
        )


def of_class(reading: Reading, klass: Klass) -> Iterator[Task]:
    """The last day whose lessons are over, where the class teacher looks every day (P-81) and has not."""
    found = unchecked(reading, klass.id)
    if found is not None:
        yield _day(klass, *found, reading)


def _day(klass: Klass, day: date, ended: datetime, reading: Reading) -> Task:
    return Task(
        kind="check_day",
        class_id=klass.id,
        class_title=klass.title,
        since=ended,
        until=windows.day_end(day),
        over=windows.delay(reading.now, windows.day_end(day)) is not None,
    )
