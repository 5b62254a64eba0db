"""What waits for a class teacher: reasons of absences, attestations against the rule, forecasts, promotion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from ledger import windows
from ledger.school_records import Klass
from ledger.span import monday_of
from projections import absence_facts, tasks_of_control, tasks_of_papers, tasks_of_slips
from projections.case_place import places
from projections.readiness_gaps import mark_lists
from projections.reading import Reading
from projections.register_pages import of_class as pages_of_class
from projections.standings import standings
from projections.task import Task, sheet_place

WEEKS_BACK = 3  # in which a reason that is missing is looked for
FORECAST = timedelta(days=21)  # before the end of a period


def of_class(reading: Reading, klass: Klass) -> tuple[Task, ...]:
    return (
        *tasks_of_control.of_class(reading, klass),
        *unexplained(reading, klass),
        *asked_exceptions(reading, klass),
        *forecasts(reading, klass),
        *promotions(reading, klass),
        *tasks_of_papers.to_hand_over(reading, klass),
        *tasks_of_slips.of_class(reading, klass),
    )


def unexplained(reading: Reading, klass: Klass) -> Iterator[Task]:
    """Missed lessons without a reason, a task for each week whose Sunday is past and one for the running (W-06)."""
    school, regulation = reading.school, reading.regulation()
    first = monday_of(reading.today) - timedelta(weeks=WEEKS_BACK)
    facts = absence_facts.of_class(reading, klass.id, first, reading.today)
    rows = {row.lesson: row for row in facts.lessons}
    weeks: dict[datetime, int] = {}
    for lesson, pupil in facts.absent:
        row = rows.get(lesson)
        if row is None or facts.explained(pupil, row.date) is not None:
            continue
        if absence_facts.counts(pupil, row, school, regulation):
            due = windows.category_due(row.date, school, regulation)
            weeks[due] = weeks.get(due, 0) + 1
    for due, count in sorted(weeks.items()):
        yield Task(
            kind="unexplained",
            class_id=klass.id,
            class_title=klass.title,
            since=datetime.combine(monday_of(due.date()), time()),
            until=due,
            over=windows.delay(reading.now, due) is not None,
            count=count,
        )


def asked_exceptions(reading: Reading, klass: Klass) -> list[Task]:
    """Those of the class that wait for the deputy, or for the parents' agreement."""
    journals = [page.id for page in reading.school.pages_of_class(klass.id)]
    rows = reading.rows("exceptions", "status = 'asked' AND journal = ANY(%(journals)s)", journals=journals)
    return [
        Task(
            kind="class_exception",
            place=place,
            class_id=klass.id,
            class_title=klass.title,
            since=reading.school.local(row.asked_at),
            status="agreed" if row.agreed_at else "asked",
            text=row.ground,
            person=row.asked_by,
        )
        for row, place in zip(rows, places(rows, reading), strict=True)
    ]


def forecasts(reading: Reading, klass: Klass) -> Iterator[Task]:
    """Pupils who, as things stand, have missed more than an attestation bears, while there is time to act."""
    school, today = reading.school, reading.today
    period = school.period_on(klass.level, today)
    if period is None or period.span.last is None or period.span.last - today > FORECAST:
        return
    pages = [page.id for page in pages_of_class(school, klass.id)]
    found = standings(reading, mark_lists(reading, pages, period), period.span)
    for (journal, pupil), standing in sorted(found.items(), key=lambda each: -each[1].missed):
        if standing.absent and not standing.exempt:
            yield Task(
                kind="forecast",
                place=sheet_place(school, journal, period.id, pupil),
                class_id=klass.id,
                class_title=klass.title,
                until=windows.period_mark_window(period.span.last, reading.regulation()).soft,
                count=standing.missed,
                text=str(standing.held),
            )


def promotions(reading: Reading, klass: Klass) -> Iterator[Task]:
    """From the last week of the year's last period on: pupils nobody has proposed anything for (R-075)."""
    school = reading.school
    periods = [p for p in school.periods.values() if (p.level, p.year) == (klass.level, klass.year)]
    last = max((p.span.last for p in periods if p.span.last is not None), default=None)
    if last is None:
        return
    window = windows.period_mark_window(last, reading.regulation())
    if reading.now < window.opens:
        return
    pupils = school.pupils_of_class(klass.id, min(last, reading.today))
    without = sum(school.pupils[pupil].promotion(klass.year) is None for pupil in pupils)
    if without:
        yield Task(
            kind="promotion",
            class_id=klass.id,
            class_title=klass.title,
            since=window.opens,
            until=window.hard,
            over=windows.delay(reading.now, window.hard) is not None,
            count=without,
        )
