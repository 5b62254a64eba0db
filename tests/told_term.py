"""A term of one page, told lesson by lesson: presence, topics and marks, as far as period marks rest on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from commands.attendance import TakeAttendance
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from commands.period_marks import PeriodMarkItem, SetPeriodMarks
from ledger import streams
from ledger.events import calendar, journals, roster, timetable
from ledger.period_sheet import PERIOD, PeriodSheet, fold_period_sheet
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import FIRST, LAST, SCHOOL, SCHOOL_ID, named

FIRST_TERM = named("ООО I триместр")
FIRST_HALF = named("СОО I полугодие")
YEAR = streams.year(SCHOOL_ID, 2026)
PAGE_B = named("7Б Алгебра")


@dataclass(frozen=True, kw_only=True)
class Term:
    """`marks` by pupil: the values of the first lessons the pupil was at, «4», or «control 4»; `away` by pupil how many
    lessons are missed, from the first on."""

    page: str = "7А Алгебра"
    teacher: str = "Соколова"
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    away: Mapping[str, int] = field(default_factory=dict)

    def lessons(self, first: str = "2026-09-01", last: str = "2026-11-20") -> tuple[Lesson, ...]:
        whole = SCHOOL.timetable.by_journal[named(self.page)]
        days = date.fromisoformat(first), date.fromisoformat(last)
        return tuple(each for each in whole if days[0] <= each.date <= days[1])

    def tell(self, story: Story, lessons: tuple[Lesson, ...]) -> None:
        """Hold these lessons, in their order."""
        for lesson in lessons:
            n = self.lessons(last="2027-05-28").index(lesson)
            absent = tuple(named(who) for who, missed in self.away.items() if n < missed)
            story.do(self.teacher, during(lesson, 3), TakeAttendance(lesson=lesson.id, absent=absent))
            self._mark(story, lesson, n)
            story.do(self.teacher, during(lesson, 30), RecordTopic(lesson=lesson.id, text=f"Тема {n + 1}"))

    def _mark(self, story: Story, lesson: Lesson, n: int) -> None:
        for who, values in self.marks.items():
            since = n - self.away.get(who, 0)
            if 0 <= since < len(values):
                kind, _, value = values[since].rpartition(" ")
                work = self._work(story, lesson, kind) if kind else lesson.id
                give = GiveMark(lesson=lesson.id, work=work, pupil=named(who), value=value, confirmed=True)
                story.do(self.teacher, during(lesson, 20), give)

    def _work(self, story: Story, lesson: Lesson, kind: str) -> UUID:
        works = story.sheet(lesson).works
        known = next((id for id, work in works.items() if work.kind == kind), None)
        if known is not None:
            return known
        story.do(self.teacher, during(lesson, 10), AddWork(lesson=lesson.id, kind=kind, confirmed=True))
        return next(id for id, work in story.sheet(lesson).works.items() if work.kind == kind)


def during(lesson: Lesson, minute: int) -> str:
    return (lesson.starts + timedelta(minutes=minute)).isoformat(" ")


def setting(
    *items: tuple[str, str] | PeriodMarkItem,
    page: str = "7А Алгебра",
    period: UUID = FIRST_TERM,
    kind: str = PERIOD,
    confirmed: bool = False,
) -> SetPeriodMarks:
    """Marks by the pupils' names."""
    marks = tuple(
        item if isinstance(item, PeriodMarkItem) else PeriodMarkItem(pupil=named(item[0]), value=item[1])
        for item in items
    )
    return SetPeriodMarks(journal=named(page), period=period, kind=kind, marks=marks, confirmed=confirmed)


def sheet_of(story: Story, page: str = "7А Алгебра", period: UUID = FIRST_TERM) -> PeriodSheet:
    return fold_period_sheet(story.entries(streams.period_sheet(SCHOOL_ID, named(page), period)))


def _parallel() -> tuple[tuple[UUID, object], ...]:
    """7Б with algebra of Петров, an hour after that of 7А."""
    klass = named("7Б")
    rings = (
        calendar.BellsAssigned(class_id=klass, weekday=day, schedule=named("звонки"), first=FIRST)
        for day in range(1, 6)
    )
    slots = (
        timetable.SlotScheduled(
            journal=PAGE_B, weekday=day, number=3, week="all", first=FIRST, last=LAST, room=None
        )
        for day in (1, 3, 5)
    )
    listed = journals.JournalListed(class_id=klass, group=None, subject=named("Алгебра"), year=2026)
    taught = journals.WorkloadAssigned(teacher=named("Петров"), first=FIRST, until=None, hours=300)
    return (
        (klass, roster.ClassFormed(year=2026, title="7Б", grade=7, level="ООО")),
        *((streams.calendar(SCHOOL_ID), ring) for ring in rings),
        (PAGE_B, listed),
        (PAGE_B, taught),
        *((named(f"7Б Алгебра {slot.weekday}"), slot) for slot in slots),
    )


PARALLEL = _parallel()
