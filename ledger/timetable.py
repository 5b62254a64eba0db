"""Which lessons stand on which day: slots laid over the calendar (R-084, P-95)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from ledger import streams

if TYPE_CHECKING:
    from ledger.school import School


@dataclass(frozen=True, kw_only=True, slots=True)
class Bells:
    """Local (start, end) of each lesson number of a schedule."""

    id: UUID
    title: str
    times: dict[int, tuple[time, time]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One weekly place of a journal; see ledger.events.timetable.SlotScheduled."""

    id: UUID
    journal: UUID
    weekday: int
    number: int
    week: str
    first: date
    last: date
    room: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """A lesson as planned; `starts` and `ends` are the school's local date-times."""

    id: UUID
    slot: UUID
    journal: UUID
    date: date
    number: int
    starts: datetime
    ends: datetime
    room: str | None = None


@dataclass(frozen=True)
class Timetable:
    """Every planned lesson of the school, by id, by journal (in order of time) and by day."""

    lessons: tuple[Lesson, ...] = ()

    @classmethod
    def of(cls, school: School) -> Timetable:
        return cls(tuple(sorted(_lay(school), key=lambda lesson: lesson.starts)))

    @cached_property
    def by_id(self) -> dict[UUID, Lesson]:
        return {lesson.id: lesson for lesson in self.lessons}

    @cached_property
    def by_journal(self) -> dict[UUID, tuple[Lesson, ...]]:
        return _grouped(self.lessons, "journal")

    @cached_property
    def by_day(self) -> dict[date, tuple[Lesson, ...]]:
        return _grouped(self.lessons, "date")

    def next_after(self, journal: UUID, on: date) -> Lesson | None:
        """The journal's first planned lesson on a later day than `on` (K-06: a double lesson is one day)."""
        return next((lesson for lesson in self.by_journal.get(journal, ()) if lesson.date > on), None)

    def before(self, journal: UUID, on: date) -> tuple[Lesson, ...]:
        """The journal's planned lessons on earlier days than `on`, the latest first."""
        return tuple(lesson for lesson in reversed(self.by_journal.get(journal, ())) if lesson.date < on)


def class_end(school: School, class_id: UUID, on: date) -> datetime | None:
    """When the last lesson of the class (any of its groups) ends that day; None when it has none."""
    return max(
        (
            lesson.ends
            for lesson in school.timetable.by_day.get(on, ())
            if school.journals[lesson.journal].class_id == class_id
        ),
        default=None,
    )


def _grouped(lessons: tuple[Lesson, ...], key: str) -> dict:  # type: ignore[type-arg]
    groups: dict[object, list[Lesson]] = {}
    for lesson in lessons:
        groups.setdefault(getattr(lesson, key), []).append(lesson)
    return {k: tuple(v) for k, v in groups.items()}


def _lay(school: School) -> Iterator[Lesson]:
    free = _free_days(school)
    for slot in school.slots.values():
        journal = school.journals.get(slot.journal)
        year = school.years.get(journal.year) if journal else None
        if journal is None or year is None:
            continue
        for on in _days(slot, year.first):
            times = None if on in free else _times(school, journal.class_id, slot, on)
            if times is not None:
                yield Lesson(
                    id=streams.lesson(school.id, slot.id, on),
                    slot=slot.id,
                    journal=slot.journal,
                    date=on,
                    number=slot.number,
                    starts=datetime.combine(on, times[0]),
                    ends=datetime.combine(on, times[1]),
                    room=slot.room,
                )


def _free_days(school: School) -> frozenset[date]:
    return frozenset(
        span.first + timedelta(days=n)
        for span in school.holidays.values()
        for n in range((span.last - span.first).days + 1)
    )


def _days(slot: Slot, year_first: date) -> Iterator[date]:
    on = slot.first + timedelta(days=(slot.weekday - slot.first.isoweekday()) % 7)
    monday = year_first - timedelta(days=year_first.weekday())
    wanted = {"odd": 0, "even": 1}.get(slot.week)
    while on <= slot.last:
        if wanted is None or (on - monday).days // 7 % 2 == wanted:
            yield on
        on += timedelta(days=7)


def _times(school: School, class_id: UUID, slot: Slot, on: date) -> tuple[time, time] | None:
    rung = [schedule for first, schedule in school.rings.get((class_id, slot.weekday), ()) if first <= on]
    return school.bells[rung[-1]].times.get(slot.number) if rung else None
