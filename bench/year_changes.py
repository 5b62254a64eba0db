"""Days that do not go as planned: teachers away, substitutions, cancelled, moved and extra lessons, distance days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bench.year_founding import school
from bench.year_lessons import Making, day_stream
from bench.year_plan import Page
from bench.year_pupils import substitutes
from ledger import streams
from ledger.events import calendar, days, orders, roster, staff
from ledger.timetable import Lesson

EARLY = time(7, 20)
EIGHTH = time(14, 34), time(15, 14)  # after the seventh lesson
CANCELLED, EXTRAS = 0.003, 60


def plan_changes(making: Making) -> None:
    for away in making.people.teachers_away:
        absence = staff.StaffAbsenceRecorded(
            absence=making.plan.new(), kind=away.category, first=away.first, until=away.last
        )
        _by_deputy(making, away.first, away.person, absence)
        for lesson in _between(making, away.first, away.last):
            page = making.pages[lesson.journal]
            if page.teacher == away.person and lesson.id not in making.taken:
                _substitute(making, lesson, page)
    regular = making.school.timetable.lessons
    for lesson in regular:
        if making.chance(CANCELLED) and lesson.id not in making.taken:
            making.taken[lesson.id] = None
            cancelled = days.LessonCancelled(lesson=lesson.id, reason="by_order", order=None)
            _by_deputy(
                making, lesson.date, day_stream(making, making.pages[lesson.journal], lesson.date), cancelled
            )
    for n, lesson in enumerate(making.random.sample(regular, EXTRAS * 2)):
        if lesson.id not in making.taken and lesson.number < 7:
            _moved(making, lesson) if n % 2 else _extra(making, lesson, "8.3" if n % 4 else "7.13")
    _distance(making)
    _exemptions(making)


def _by_deputy(making: Making, on: date, stream: UUID, event: object) -> None:
    making.later[on].append((datetime.combine(on, EARLY), making.office("deputy"), (school(stream, event),)))


def _between(making: Making, first: date, last: date) -> list[Lesson]:
    known = making.school.timetable.by_day
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [lesson for on in span for lesson in known.get(on, ())]


def _substitute(making: Making, lesson: Lesson, page: Page) -> None:
    there = making.random.random() < 0.85
    substitute = making.random.choice(list(substitutes(making.plan, page))) if there else None
    making.taken[lesson.id] = substitute
    recorded = days.SubstitutionRecorded(
        substitution=making.plan.new(),
        lesson=lesson.id,
        absent=page.teacher,
        substitute=substitute,
        manner="same_subject" if there else "dropped",
        order=None,
    )
    _by_deputy(making, lesson.date, day_stream(making, page, lesson.date), recorded)


def _moved(making: Making, lesson: Lesson) -> None:
    page, on = making.pages[lesson.journal], making.after(lesson.date, 1)
    if on not in making.school.timetable.by_day:
        return
    moved = days.LessonMoved(
        lesson=lesson.id, date=on, number=8, starts=EIGHTH[0], ends=EIGHTH[1], room=None, order=None
    )
    _by_deputy(making, lesson.date, day_stream(making, page, lesson.date), moved)
    making.taken[lesson.id] = None
    there = replace(_eighth(lesson, on), moved_from=lesson.date)
    making.added[on].append(there)


def _eighth(lesson: Lesson, on: date) -> Lesson:
    starts, ends = (datetime.combine(on, hour) for hour in EIGHTH)
    return replace(lesson, date=on, number=8, starts=starts, ends=ends)


def _extra(making: Making, lesson: Lesson, mode: str) -> None:
    page, slot, order = making.pages[lesson.journal], making.plan.new(), making.plan.new()
    issued = orders.OrderIssued(kind="extracurricular", number=str(lesson.number + 90), date=lesson.date)
    replaces = lesson.id if mode == "8.3" else None
    scheduled = days.ExtraLessonScheduled(
        slot=slot,
        journal=page.id,
        date=lesson.date,
        number=8,
        starts=EIGHTH[0],
        ends=EIGHTH[1],
        room=None,
        mode=mode,
        form="экскурсия",
        replaces=replaces,
        order=order,
    )
    _by_deputy(making, lesson.date, order, issued)
    _by_deputy(making, lesson.date, day_stream(making, page, lesson.date), scheduled)
    if replaces is not None:
        making.taken[lesson.id] = None
    own = streams.lesson(making.plan.id, slot, lesson.date)
    extra = replace(_eighth(lesson, lesson.date), id=own, slot=slot, mode=mode)
    making.added[lesson.date].append(extra)


def _distance(making: Making) -> None:
    """A week of February in six classes."""
    plan = making.plan
    first, order = date(plan.year + 1, 2, 2), plan.new()
    classes = tuple(klass.id for klass in plan.classes[10:16])
    declared = calendar.DistanceDeclared(
        distance=plan.new(),
        mode="quarantine",
        first=first,
        last=first + timedelta(days=4),
        classes=classes,
        order=order,
    )
    _by_deputy(making, first, order, orders.OrderIssued(kind="distance", number="31", date=first))
    _by_deputy(making, first, streams.calendar(plan.id), declared)


def _exemptions(making: Making) -> None:
    for klass in making.plan.classes[::2]:
        pupil, first = klass.pupils[7], date(making.plan.year, 10, 6)
        last = first + timedelta(days=40)
        granted = roster.ExemptionGranted(
            exemption=making.plan.new(),
            first=first,
            until=last,
            document=making.sealed("Справка № 45", pupil),
        )
        _by_deputy(making, first, pupil, granted)
        making.exempt[pupil] = (first, last)
