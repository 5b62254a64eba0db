"""Until when something may be recorded (requirements 1.T), in the school's own local time.

A deadline is a naive local date-time whose whole last second is still in time: 23:59:59.900 is in,
00:00:00.000 is out (E-01). What is fixed at a work's creation is never computed again; an outage registered since
holds it open where it is judged and shown (W-39).
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from pathlib import Path

from ledger.parameter_values import Moment, WindowTerms
from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from ledger.regulation import Regulation
from ledger.school import School
from ledger.span import Span, monday_of
from ledger.timetable import Lesson, class_end

LAST_SECOND = time(23, 59, 59)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Open from `opens`; after `soft` an entry is late, after `hard` it needs a permission."""

    opens: datetime
    soft: datetime
    hard: datetime


def delay(at: datetime, deadline: datetime) -> int | None:
    """Whole seconds by which the local time `at` is past the deadline (1 or more), None when it is in
    time."""
    return int((at - deadline).total_seconds()) if at >= deadline + SECOND else None


def spoken(moment: date) -> str:
    """A deadline or a day as people write it: 12.10.2026 23:59:59, 12.10.2026 11:05, 12.10.2026."""
    if not isinstance(moment, datetime):
        return f"{moment:%d.%m.%Y}"
    return f"{moment:%d.%m.%Y %H:%M:%S}" if moment.second else f"{moment:%d.%m.%Y %H:%M}"


def answer_window(lesson: Lesson, school: School, regulation: Regulation) -> Window:
    """Current marks (W-01, P-41)."""
    return _open_window(regulation.answer_terms, lesson, school, regulation)


def answer_due(lesson: Lesson, school: School, regulation: Regulation) -> datetime:
    """The deadline of the ready column as LessonHeld fixes it: outages extend it where it is judged."""
    return _window(regulation.answer_terms, lesson, school).hard


def topic_window(lesson: Lesson, school: School, regulation: Regulation) -> Window:
    """The topic (W-03, P-42)."""
    return _open_window(regulation.topic_terms, lesson, school, regulation)


def homework_window(lesson: Lesson, school: School, regulation: Regulation) -> Window:
    """Homework (W-04, P-43): an hour after the end of all lessons of the class that day, 9.5(b7)."""
    return _open_window(regulation.homework_terms, lesson, school, regulation)


def absence_window(lesson: Lesson, school: School, regulation: Regulation) -> Window:
    """Presence and absence (W-05, P-44)."""
    return _open_window(regulation.absence_terms, lesson, school, regulation)


def _open_window(terms: WindowTerms, lesson: Lesson, school: School, regulation: Regulation) -> Window:
    """With the outages of the journal (W-39)."""
    window = _window(terms, lesson, school)
    soft = extended(window.soft, window.opens, school, regulation)
    hard = extended(window.hard, window.opens, school, regulation)
    return Window(opens=window.opens, soft=soft, hard=max(soft, hard))


def extended(deadline: datetime, opens: datetime, school: School, regulation: Regulation) -> datetime:
    """The deadline of a window open from `opens` on, as the registered outages leave it (W-39, P-48): each that touches
    the window adds its duration; one the window would end in moves its end to that of the next working day."""
    if not school.outages or not regulation.outage_extends:
        return deadline
    for outage in sorted(school.outages.values(), key=lambda each: each.first):
        if outage.first > deadline or outage.last <= opens:
            continue
        if outage.last < deadline:
            deadline += outage.last - outage.first
        while deadline <= outage.last:
            deadline = day_end(working_day_after(deadline.date(), 1, school))
    return deadline


def _window(terms: WindowTerms, lesson: Lesson, school: School) -> Window:
    hard = _moment(terms.hard, lesson, school)
    return Window(
        opens=_moment(terms.opens, lesson, school),
        soft=min(_moment(terms.soft, lesson, school), hard),
        hard=hard,
    )


def _moment(moment: Moment, lesson: Lesson, school: School) -> datetime:
    return _anchor(moment.anchor, lesson, school) + timedelta(minutes=moment.minutes)


def _anchor(anchor: str, lesson: Lesson, school: School) -> datetime:
    if anchor == "lesson_start":
        return lesson.starts
    if anchor == "lesson_end":
        return lesson.ends
    if anchor == "day_end":
        return day_end(lesson.date)
    # A lesson that has left the timetable since it was held may be the day's last.
    return max(class_end(school, lesson.journal, lesson.date) or lesson.ends, lesson.ends)


def category_due(on: date, school: School, regulation: Regulation) -> datetime:
    """Until when an absence of that day wants its category (W-06, P-50): the end of a weekday of its week."""
    monday = monday_of(on)
    due = day_end(monday + timedelta(days=regulation.category_deadline - 1))
    return extended(due, datetime.combine(monday, time()), school, regulation)


def day_end(on: date) -> datetime:
    return datetime.combine(on, LAST_SECOND)


def work_due(lesson: Lesson, kind: str, school: School, regulation: Regulation) -> tuple[datetime, str]:
    """Deadline of a work of `kind` written at `lesson`, and the code of the rule that set it.

    The lines of P-45 are tried in order, so that monitoring (W-10) goes before the rest; a kind that none
    of them covers (an oral one) is a current mark (W-01). P-49 cuts the deadline at the close of the period
    (W-17), the code staying what it was. KeyError: no such kind.
    """
    due, code = work_due_uncut(lesson, kind, school, regulation)
    close = period_close(lesson, school, regulation) if regulation.period_close_cuts_windows else None
    return due if close is None else min(due, close), code


def work_due_uncut(lesson: Lesson, kind: str, school: School, regulation: Regulation) -> tuple[datetime, str]:
    """The same without the cut: W-17 tells the teacher what was lost."""
    flags = regulation.work_kinds[kind].flags
    subject = school.subject_of(lesson.journal).attributes
    grade = school.klass_of(lesson.journal).grade
    terms = next((t for t in regulation.work_terms if t.covers(flags, subject, grade)), None)
    if terms is None:
        return answer_due(lesson, school, regulation), "W-01"
    if terms.days is None:
        return _next_lesson(lesson, school, regulation), terms.code
    return day_end(_days_after(lesson.date, terms.days, school, regulation)), terms.code


def _next_lesson(lesson: Lesson, school: School, regulation: Regulation) -> datetime:
    """The last second before the journal's next lesson on another day; none planned: the period's or year's
    end."""
    following = school.timetable.next_after(lesson.journal, lesson.date)
    if following is not None:
        return following.starts - SECOND
    close = period_close(lesson, school, regulation)
    year = school.years[school.journals[lesson.journal].year]
    return close or day_end(max(lesson.date, year.last or lesson.date))


def period_close(lesson: Lesson, school: School, regulation: Regulation) -> datetime | None:
    """Last second of the lesson's reporting period (P-09), never before the lesson's day."""
    period = school.period_on(school.klass_of(lesson.journal).level, lesson.date)
    if period is None or period.span.last is None:
        return None
    return day_end(max(lesson.date, _closing_day(period.span.last, regulation)))


def period_mark_window(last: date, regulation: Regulation) -> Window:
    """Marks for the period that ends on the day `last` (W-14, W-15): from its last week on (P-08), in time to the
    close (P-09), late until the holidays begin."""
    opens = last + timedelta(days=1 - regulation.last_week_days)
    return Window(
        opens=datetime.combine(opens, time()),
        soft=day_end(_closing_day(last, regulation)),
        hard=day_end(last),
    )


def mark_window(kind: str, span: Span, regulation: Regulation) -> Window:
    """When a mark of this kind is given in the sheet of `span`, outages apart. ValueError: the span has no end."""
    if span.last is None:
        raise ValueError(f"{span} has no last day")
    return _MARK_WINDOWS[kind](span.first, span.last, regulation)


def _of_the_period(first: date, last: date, regulation: Regulation) -> Window:
    return period_mark_window(last, regulation)


def _of_the_year(first: date, last: date, regulation: Regulation) -> Window:
    """W-16: the marks of the periods open it, the summer holidays close it."""
    return Window(opens=datetime.combine(first, time()), soft=day_end(last), hard=day_end(last))


def _of_its_last_week(first: date, last: date, regulation: Regulation) -> Window:
    """9.5(b8): the attestation is held in the last week."""
    opens = period_mark_window(last, regulation).opens
    return Window(opens=opens, soft=day_end(last), hard=day_end(last))


def _after_the_exams(first: date, last: date, regulation: Regulation) -> Window:
    """Final marks follow the exams of June: until the school passes to the new year (P-89). One that stands is replaced
    in its own year only (7.14(b10))."""
    opens = period_mark_window(last, regulation).opens
    rollover = date(last.year, *regulation.rollover.first)
    return Window(opens=opens, soft=day_end(last), hard=day_end(max(last, rollover - timedelta(days=1))))


_MARK_WINDOWS: dict[str, Callable[[date, date, Regulation], Window]] = {
    PERIOD: _of_the_period,
    YEAR: _of_the_year,
    ATTESTATION: _of_its_last_week,
    FINAL: _after_the_exams,
}


def _closing_day(last: date, regulation: Regulation) -> date:
    """«За 3 дня до начала каникул» (P-09 = 3) is the third day before their first, which follows `last`."""
    return last - timedelta(days=max(0, regulation.period_close_days - 1))


def _days_after(on: date, days: int, school: School, regulation: Regulation) -> date:
    """The day D+n (K-07), in calendar or in working days (P-46)."""
    calendar = regulation.day_count == "calendar"
    return on + timedelta(days=days) if calendar else working_day_after(on, days, school)


def working_day_after(on: date, days: int, school: School) -> date:
    """The `days`-th day after `on` with a planned lesson of anybody; where so many are not planned, D+n."""
    working = sorted(day for day in school.timetable.by_day if day > on)
    return working[days - 1] if 0 < days <= len(working) else on + timedelta(days=days)


def reinstatement_until(on: date, school: School, regulation: Regulation) -> datetime:
    """Until when what an Act of that day made void may be asked for again (P-66, K-24)."""
    return day_end(working_day_after(on, regulation.reinstatement.working_days, school))


def permission_until(permitted_at: datetime, school: School, regulation: Regulation) -> datetime:
    """End of a late-entry permission given at this local time (W-40): 23:59:59 of the first working day
    after the day it was given on, so that whoever is permitted something in the evening has a whole working
    day for it."""
    days = regulation.late_entry.valid_working_days
    return day_end(working_day_after(permitted_at.date(), days, school))


@cache
def tzdb_version() -> str:
    """Release of the time zone data in use, as `zoneinfo` finds them: the system's before the package's."""
    places = [Path(folder) for folder in zoneinfo.TZPATH] + [resources.files("tzdata") / "zoneinfo"]
    release = next(place / "tzdata.zi" for place in places if (place / "tzdata.zi").is_file())
    with release.open(encoding="utf-8") as lines:
        return str(lines.readline()).removeprefix("# version").strip()
