"""What went another way: marks forgotten and permitted, marks replaced, requests that wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from uuid import UUID, uuid5

from commands.homework import SetIndividualHomework
from commands.importing import ids
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.marks import AddWork, GiveMark
from ledger import windows
from ledger.lesson import Sheet
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson
from web.demo import chance
from web.demo.lessons import (
    fill,
    lesson_step,
    marked,
    present,
    records,
    teacher_of,
    work_column,
    work_of,
)
from web.demo.steps import Step, command_id

SICK = "Была на больничном с понедельника, работы проверила дома."
AWAY = "Весь день не было связи: урок записан в бумажном листе."
FORGOTTEN = "Тетради проверила в срок, но отметки в журнал не внесла."
OPEN = "independent"
REPLACED = 18  # marks put right the same day
PERSONAL = ("Решить задачу № 7 ещё раз", "Выучить правило, ответить устно", "Дописать работу над ошибками")


@dataclass(frozen=True, kw_only=True)
class Cases:
    """Lessons whose ordinary course is broken: `permitted` and `waiting` are columns of written works,
    `outage` and `asked` whole lessons; on `open` ones a work was written whose marks are not all due yet."""

    permitted: tuple[Lesson, ...]
    waiting: tuple[Lesson, ...]
    outage: tuple[Lesson, ...]
    asked: tuple[Lesson, ...]
    open: tuple[Lesson, ...]

    @property
    def unmarked(self) -> frozenset[UUID]:
        return frozenset(lesson.id for lesson in (*self.permitted, *self.waiting))

    @property
    def unfilled(self) -> frozenset[UUID]:
        return frozenset(lesson.id for lesson in (*self.outage, *self.asked))


def choose(school: School, regulation: Regulation, now: datetime) -> Cases:
    """By the people of the scenarios; the same for the same day."""
    lebedeva, petrov, sokolova = (ids.person(school.id, code) for code in ("lebedeva", "petrov", "sokolova"))
    overdue = [
        lesson
        for lesson in _past(school, now)
        if (kind := work_of(lesson, school)) is not None
        and windows.work_due(lesson, kind, school, regulation)[0] < now - timedelta(hours=2)
    ]
    old = now - timedelta(days=9)
    still = [
        lesson
        for lesson in _past(school, now)
        if work_of(lesson, school) is None
        and school.klass_of(lesson.journal).grade not in regulation.unmarked_grades
        and windows.work_due(lesson, OPEN, school, regulation)[0] > now + timedelta(hours=1)
    ]
    days = sorted({lesson.date for lesson in _past(school, now)})
    return Cases(
        permitted=tuple(_of(lebedeva, [lesson for lesson in overdue if lesson.ends < old], school)[-2:]),
        waiting=tuple(_of(sokolova, overdue, school)[-1:]),
        outage=tuple(_of(petrov, [e for e in _past(school, now) if e.ends < old], school)[-1:]),
        asked=tuple(_of(petrov, [e for e in _past(school, now) if e.date <= days[-3]], school)[-1:]),
        open=(*_of(sokolova, still, school)[-2:], *_of(lebedeva, still, school)[-1:]),
    )


def _past(school: School, now: datetime) -> tuple[Lesson, ...]:
    return tuple(lesson for lesson in school.timetable.lessons if lesson.date < now.date())


def _of(teacher: UUID, lessons: list[Lesson], school: School) -> list[Lesson]:
    return [lesson for lesson in lessons if school.teaches(teacher, lesson.journal, lesson.date)]


def steps(cases: Cases, school: School, regulation: Regulation, now: datetime) -> Iterator[Step]:
    for lesson in cases.permitted:
        yield from _permitted_column(lesson, school, regulation)
    for lesson in cases.outage:
        yield from _permitted_lesson(lesson, school, regulation)
    for lesson in cases.waiting:
        column = work_column(lesson, school, regulation)
        item = LateEntryItem(lesson=lesson.id, target="column", work=column)
        yield _request(lesson, item, FORGOTTEN, _recently(now, 2), school)
    for lesson in cases.asked:
        item = LateEntryItem(lesson=lesson.id, target="lesson")
        yield _request(lesson, item, AWAY, _recently(now, 1), school)
    for lesson in cases.open:
        yield from _half_filled(lesson, school, regulation)
    yield from _small_things(cases, school, regulation, now)


def _recently(now: datetime, hours: int) -> datetime:
    """Some hours ago, but not in the night: yesterday's afternoon then."""
    at = now - timedelta(hours=hours)
    evening = datetime.combine(now.date() - timedelta(days=1), time(16, 10 * hours))
    return at if at.hour >= 8 else evening


def _permitted_column(lesson: Lesson, school: School, regulation: Regulation) -> Iterator[Step]:
    kind, column = work_of(lesson, school), work_column(lesson, school, regulation)
    assert kind is not None
    assert column is not None  # they were chosen for their work
    due, _ = windows.work_due(lesson, kind, school, regulation)
    asked = datetime.combine(due.date() + timedelta(days=1), time(15, 10))
    item = LateEntryItem(lesson=lesson.id, target="column", work=column)
    yield _request(lesson, item, SICK, asked, school)
    yield _permit(lesson, asked + timedelta(minutes=35), school)
    yield Step(
        at=asked + timedelta(minutes=80),
        person=teacher_of(lesson, school),
        key=f"work/{lesson.id}",
        command=fill(lesson, column, kind, school, regulation),
    )


def _permitted_lesson(lesson: Lesson, school: School, regulation: Regulation) -> Iterator[Step]:
    asked = datetime.combine(lesson.date + timedelta(days=1), time(12, 15))
    yield _request(lesson, LateEntryItem(lesson=lesson.id, target="lesson"), AWAY, asked, school)
    yield _permit(lesson, asked + timedelta(minutes=50), school)
    ordinary = lesson_step(lesson, school, regulation)
    yield Step(
        at=asked + timedelta(minutes=70),
        person=ordinary.person,
        key=ordinary.key,
        command=records(lesson, school, regulation),
    )


def _half_filled(lesson: Lesson, school: School, regulation: Regulation) -> Iterator[Step]:
    """A work of which half of the class has its marks: the rest is in time yet."""
    key, teacher = f"open/{lesson.id}", teacher_of(lesson, school)
    column = uuid5(lesson.id, str(command_id(school.id, key)))
    added = AddWork(lesson=lesson.id, kind=OPEN, title="по теме урока", confirmed=True)
    yield Step(at=lesson.ends - timedelta(minutes=12), person=teacher, key=key, command=added)
    whole = fill(lesson, column, OPEN, school, regulation)
    half = replace(whole, marks=whole.marks[::2])
    at = lesson.ends + timedelta(minutes=25)
    yield Step(at=at, person=teacher, key=f"half/{lesson.id}", command=half)


def _request(lesson: Lesson, item: LateEntryItem, reason: str, at: datetime, school: School) -> Step:
    command = RequestLateEntry(items=(item,), reason=reason)
    return Step(at=at, person=teacher_of(lesson, school), key=f"request/{lesson.id}", command=command)


def _permit(lesson: Lesson, at: datetime, school: School) -> Step:
    case = uuid5(command_id(school.id, f"request/{lesson.id}"), "0")
    command = PermitLateEntries(cases=(CaseRef(case=case, lesson=lesson.id),), reason="Причина уважительная.")
    deputy = ids.person(school.id, "dyachkova")
    return Step(at=at, person=deputy, key=f"permit/{lesson.id}", command=command)


def _small_things(cases: Cases, school: School, regulation: Regulation, now: datetime) -> Iterator[Step]:
    """Marks put right the same day, and homework for one pupil."""
    yesterday = max((lesson.date for lesson in _past(school, now)), default=now.date())
    lessons = [
        lesson
        for lesson in _past(school, now)
        if lesson.date < yesterday and lesson.id not in cases.unfilled and marked(lesson, school, regulation)
    ]
    chance.of_lesson(school.id, "small").shuffle(lessons)
    chosen = list(islice((each for each in lessons if present(each, school)), 2 * REPLACED))
    for lesson in chosen[:REPLACED]:
        yield Step(
            at=datetime.combine(lesson.date, time(21, 30)),
            person=teacher_of(lesson, school),
            key=f"replaced/{lesson.id}",
            command=lambda look, lesson=lesson: _replacement(lesson, look(lesson.id)),
        )
    for n, lesson in enumerate(chosen[REPLACED : REPLACED + len(PERSONAL)]):
        command = SetIndividualHomework(
            lesson=lesson.id, pupil=present(lesson, school)[0], text=PERSONAL[n], confirmed=True
        )
        at = datetime.combine(lesson.date, time(17, 20))
        yield Step(at=at, person=teacher_of(lesson, school), key=f"personal/{lesson.id}", command=command)


def _replacement(lesson: Lesson, sheet: Sheet) -> GiveMark:
    """One better than the first answer of the lesson, or a four after a five."""
    (work, pupil), entry = next(iter(sheet.marks.items()))
    value = sheet.mark(work, pupil)
    assert value is not None
    better = 4 if value[0] == 5 else value[0] + 1
    return GiveMark(
        lesson=lesson.id, work=work, pupil=pupil, value=str(better), seen=entry.position, confirmed=True
    )
