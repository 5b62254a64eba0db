"""Days that went another way than the week's timetable: at a distance, shortened, cut off, moved, outside school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID, uuid5

from commands.bells import Bell, SetBells, SetDayBells
from commands.by_order import OrderNamed
from commands.distance import DeclareDistance
from commands.extra_lessons import ScheduleExtraLesson
from commands.importing import ids
from commands.outages import RegisterOutage
from commands.single_lessons import MoveLesson
from ledger.clashes import clashes
from ledger.school import School
from ledger.timetable import Lesson, bell
from web.demo.school_days import after, at, before
from web.demo.steps import Step, command_id

AT_HOME, OUTSIDE = "6А", "5А"
SHORT = ((8, 30), (9, 10), (9, 50), (10, 35), (11, 20), (12, 0), (12, 40))  # thirty minutes each
LAST_NUMBER = 7


def steps(school: School, now: datetime) -> Iterator[Step]:
    past, ahead = before(school, now), after(school, now)
    yield from _outage(school, past[-11])
    yield from _distance(school, past[-5])
    yield from _outside(school, past[-8:-3])
    yield from _shortened(school, ahead[2], at(now.date(), 12, 0, days_before=4))
    yield from _moved(school, ahead, at(now.date(), 16, 10, days_before=1))


def _outage(school: School, on: date) -> Iterator[Step]:
    command = RegisterOutage(first=at(on, 15, 0), last=at(on, 18, 20))
    yield Step(at=at(on, 18, 40), person=_person(school, "nosov"), key="outage", command=command)


def _distance(school: School, on: date) -> Iterator[Step]:
    """A frosty day: declared at seven, the order has its number since."""
    command = DeclareDistance(
        mode="activated",
        first=on,
        last=on,
        classes=(_class(school, AT_HOME),),
        order=OrderNamed(number="84-ОД", on=on),
    )
    yield Step(at=at(on, 7, 0), person=_person(school, "keulkut"), key="distance", command=command)


def _outside(school: School, days: tuple[date, ...]) -> Iterator[Step]:
    """8.3: a lesson of history in the museum, in the place of the ordinary one."""
    title, class_id = "История", _class(school, OUTSIDE)
    lesson = next(
        lesson
        for day in days
        for lesson in school.timetable.by_day[day]
        if school.journals[lesson.journal].class_id == class_id
        and school.subject_of(lesson.journal).title == title
    )
    command = ScheduleExtraLesson(
        journal=lesson.journal,
        on=lesson.date,
        number=lesson.number,
        room="Музей села",
        mode="8.3",
        form="экскурсия",
        replaces=lesson.id,
        order=OrderNamed(number="79-ОД"),
    )
    made = at(lesson.date, 14, 30, days_before=2)
    yield Step(at=made, person=_person(school, "keulkut"), key="outside", command=command)


def _shortened(school: School, on: date, made: datetime) -> Iterator[Step]:
    bells = tuple(
        Bell(number=n, starts=time(hour, minute), ends=time(hour + (minute + 30) // 60, (minute + 30) % 60))
        for n, (hour, minute) in enumerate(SHORT, start=1)
    )
    deputy = _person(school, "efimova")
    yield Step(at=made, person=deputy, key="bells", command=SetBells(title="Сокращённый день", bells=bells))
    schedule = uuid5(command_id(school.id, "bells"), "bells")
    classes = tuple(klass.id for klass in school.classes.values() if klass.grade > 1)
    command = SetDayBells(on=on, schedule=schedule, classes=classes, confirmed=True)
    yield Step(at=made.replace(minute=5), person=deputy, key="bells/day", command=command)


def _moved(school: School, ahead: tuple[date, ...], made: datetime) -> Iterator[Step]:
    """Tomorrow's lesson of a senior class goes to the end of the next day, where everybody is free."""
    lesson, number = next(_possible(school, *ahead[:2]))
    command = MoveLesson(lesson=lesson.id, on=ahead[1], number=number, order=OrderNamed(number="92-ОД"))
    yield Step(at=made, person=_person(school, "keulkut"), key="moved", command=command)


def _possible(school: School, on: date, to: date) -> Iterator[tuple[Lesson, int]]:
    for lesson in reversed(school.timetable.by_day[on]):
        page = school.journals[lesson.journal]
        own = [
            e.number
            for e in school.timetable.by_day[to]
            if school.journals[e.journal].class_id == page.class_id
        ]
        number = max(own) + 1
        ring = bell(school, page.class_id, number, to) if number <= LAST_NUMBER else None
        if ring is None or page.group is not None or school.klass_of(page.id).grade < 8:
            continue
        starts, ends = (datetime.combine(to, each) for each in ring)
        moved = replace(lesson, date=to, number=number, starts=starts, ends=ends)
        if not any(clashes((moved,), school, without={lesson.id})):
            yield lesson, number


def _person(school: School, code: str) -> UUID:
    return ids.person(school.id, code)


def _class(school: School, title: str) -> UUID:
    return next(klass.id for klass in school.classes.values() if klass.title == title)
