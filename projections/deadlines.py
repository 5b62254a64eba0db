"""What ran out or is about to, counted once a day for whoever keeps the school: nothing here needs a job to happen, for
rows hold deadlines and every page compares them with its own instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger.span import Span
from projections import tasks_of_papers
from projections.reading import Reading

REMINDED_ON = 25  # the day of the month from which the director's control is missed (W-26)
AHEAD = timedelta(days=7)  # before a period ends


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """`key` names the kind for ever; `title` says it in words, `count` how many."""

    key: str
    title: str
    count: int


def found(reading: Reading, since: date) -> tuple[Deadline, ...]:
    """What ran out on the days after `since` up to the page's day, and what is due; without what is none."""
    return tuple(each for each in _all(reading, since) if each.count)


def _all(reading: Reading, since: date) -> Iterator[Deadline]:
    yield from _of_cases(reading, since)
    yield from _of_people(reading, since)
    yield Deadline(
        key="periods",
        title="отчётных периодов кончается за неделю",
        count=sum(_soon(each.span, reading.today) for each in reading.school.periods.values()),
    )
    yield Deadline(
        key="director_control",
        title="контроль директора за этот месяц не записан",
        count=int(director_control_missing(reading)),
    )
    yield _archive(reading)


def _of_cases(reading: Reading, since: date) -> Iterator[Deadline]:
    overdue = "status = 'reported' AND due < %(now)s"
    unused = "status = 'permitted' AND uses = 0 AND valid_until < %(now)s AND valid_until >= %(since)s"
    yield _counted(
        reading, "tickets", "сообщений об ошибке без ответа дольше срока", "error_reports", overdue
    )
    title = "разрешений на внесение истекло неиспользованными"
    yield _counted(reading, "permissions", title, "late_entries", unused, since=since)


def _of_people(reading: Reading, since: date) -> Iterator[Deadline]:
    school, today = reading.school, reading.today
    exemptions = (each.span for pupil in school.pupils.values() for each in pupil.exemptions)
    mandates = (each.span for own in school.mandates.values() for each in own)
    for key, title, spans in (
        ("exemptions", "освобождений от физкультуры закончилось", exemptions),
        ("mandates", "полномочий проверяющих закончилось", mandates),
    ):
        ended = sum(span.last is not None and since <= span.last < today for span in spans)
        yield Deadline(key=key, title=title, count=ended)


def _soon(span: Span, today: date) -> bool:
    return span.last is not None and today <= span.last <= today + AHEAD


def director_control_missing(reading: Reading) -> bool:
    """From the 25th, where the director controls every month (P-81, W-26)."""
    regulation = reading.regulation()
    if regulation.control_frequency.director != "monthly" or reading.today.day < REMINDED_ON:
        return False
    month = reading.today.replace(day=1)
    return not reading.rows("director_controls", "month = %(month)s", columns="control", month=month)


def _archive(reading: Reading) -> Deadline:
    """Papers of the year the act wants stitched and registered, by the terms it names (P-85, W-31)."""
    waiting = tuple(tasks_of_papers.year_papers(reading))
    terms = sorted({each.until.date() for each in waiting if each.until is not None})
    due = ", ".join(f"до {day:%d.%m.%Y}" for day in terms)
    return Deadline(
        key="archive",
        title=f"бумаг классов за учебный год не сдано в архив ({due})",
        count=sum(each.count for each in waiting),
    )


def _counted(reading: Reading, key: str, title: str, table: str, where: str, **more: Any) -> Deadline:
    rows = reading.rows(table, where, columns="count(*) AS n", now=reading.now, **more)
    return Deadline(key=key, title=title, count=int(rows[0].n))
