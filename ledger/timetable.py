"""Which lessons stand on which day: slots laid over the calendar (R-084, P-95)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger import streams
from ledger.span import monday_of

if TYPE_CHECKING:
    from ledger.school import School
    from ledger.school_records import Change, Journal

Day = date  # for fields after one that is called date
CALENDAR = ("years", "holidays", "bells", "rings", "day_bells")  # tables of a school every slot is laid by


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
    joint: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """A lesson as planned; `starts` and `ends` are the school's local date-times. `moved_from` is the
    day it was planned for before a move; `mode` that of an extra lesson (ledger.events.days)."""

    id: UUID
    slot: UUID
    journal: UUID
    date: date
    number: int
    starts: datetime
    ends: datetime
    room: str | None = None
    moved_from: Day | None = None
    mode: str = ""

    @property
    def planned(self) -> Day:
        return self.moved_from or self.date


class Timetable:
    """Every lesson of the school, by id, by journal (in order of time) and by day; laid out when first asked for.

    `regular` is what the weekly slots bring; a substitution, a move or an extra lesson changes single lessons and
    does not lay the year anew. `dropped` are lessons that will not be held: cancelled, or replaced by another.
    """

    def __init__(self, school: School | None = None, regular: Regular | None = None) -> None:
        self._school = school
        self._regular = regular or Regular(school)
        self.ends: dict[tuple[UUID, UUID | None, date], datetime | None] = {}  # what class_end has found

    def changed(self, school: School) -> Timetable:
        """After a change of single lessons of `school`."""
        return Timetable(school, self._regular)

    def relaid(self, school: School) -> Timetable:
        """Of `school`, whose calendar, bells or slots may be others: what lies alike here is not laid again."""
        return Timetable(school, Regular(school, self._regular.laid))

    @cached_property
    def _overlay(self) -> tuple[dict[UUID, Lesson], dict[UUID, Lesson]]:
        """(lessons that are new or stand elsewhere, regular lessons that stand there no more)."""
        return ({}, {}) if self._school is None else _overlay(self._school, self._regular.by_id)

    @cached_property
    def dropped(self) -> dict[UUID, Lesson]:
        standing, gone = self._overlay
        return {id_: lesson for id_, lesson in gone.items() if id_ not in standing}

    @property
    def left(self) -> dict[UUID, Lesson]:
        """Lessons that are not where they were first planned, as they were planned: the dropped and the moved."""
        return self._overlay[1]

    @cached_property
    def left_by_day(self) -> dict[date, tuple[Lesson, ...]]:
        return _grouped(tuple(self.left.values()), "date")

    @cached_property
    def by_id(self) -> dict[UUID, Lesson]:
        standing, gone = self._overlay
        if not gone:
            return {**self._regular.by_id, **standing} if standing else self._regular.by_id
        kept = {id_: lesson for id_, lesson in self._regular.by_id.items() if id_ not in gone}
        return {**kept, **standing}

    @cached_property
    def by_journal(self) -> dict[UUID, tuple[Lesson, ...]]:
        return self._merged(self._regular.by_journal, "journal")

    @cached_property
    def by_day(self) -> dict[date, tuple[Lesson, ...]]:
        return self._merged(self._regular.by_day, "date")

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(sorted(self.by_id.values(), key=_starts))

    def _merged(self, regular: dict[Any, tuple[Lesson, ...]], key: str) -> dict[Any, tuple[Lesson, ...]]:
        standing, gone = self._overlay
        touched = {getattr(lesson, key) for lesson in (*standing.values(), *gone.values())}
        merged = dict(regular)
        for place in touched:
            kept = [lesson for lesson in regular.get(place, ()) if lesson.id not in gone]
            new = [lesson for lesson in standing.values() if getattr(lesson, key) == place]
            merged[place] = tuple(sorted((*kept, *new), key=_starts))
        return merged

    def next_after(self, journal: UUID, on: date) -> Lesson | None:
        """The journal's first planned lesson on a later day than `on` (K-06: a double lesson is one day)."""
        return next((lesson for lesson in self.by_journal.get(journal, ()) if lesson.date > on), None)

    def before(self, journal: UUID, on: date) -> tuple[Lesson, ...]:
        """The journal's planned lessons on earlier days than `on`, the latest first."""
        return tuple(lesson for lesson in reversed(self.by_journal.get(journal, ())) if lesson.date < on)


class Regular:
    """The lessons the weekly slots bring, laid over the calendar; those of a slot that lies as in `like` are its."""

    def __init__(self, school: School | None, like: Regular | None = None) -> None:
        self._school, self._like = school, like

    @property
    def laid(self) -> Regular | None:
        """This one, or what it would be laid like while nobody has asked for its lessons."""
        return self if "_laid" in self.__dict__ else self._like

    @cached_property
    def _laid(self) -> _Laid:
        like = _Laid() if self._like is None else self._like._laid
        laid = _Laid() if self._school is None else _lay_like(self._school, like)
        self._school = self._like = None  # one laid timetable does not keep every earlier school alive
        return laid

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(sorted(chain.from_iterable(self._laid.by_slot.values()), key=_starts))

    @cached_property
    def by_id(self) -> dict[UUID, Lesson]:
        return {lesson.id: lesson for lesson in self.lessons}

    @cached_property
    def by_journal(self) -> dict[UUID, tuple[Lesson, ...]]:
        return _grouped(self.lessons, "journal")

    @cached_property
    def by_day(self) -> dict[date, tuple[Lesson, ...]]:
        return _grouped(self.lessons, "date")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Laid:
    """The lessons of each slot, and what they were laid by: the `calendar`, and how each slot was `placed` in it."""

    calendar: tuple[Any, ...] = ()
    placed: Mapping[UUID, tuple[Any, ...]] = field(default_factory=dict)
    by_slot: Mapping[UUID, tuple[Lesson, ...]] = field(default_factory=dict)


def _lay_like(school: School, like: _Laid) -> _Laid:
    calendar = tuple(getattr(school, name) for name in CALENDAR)
    placed = {slot.id: (slot, *_place(school.journals.get(slot.journal))) for slot in school.slots.values()}
    known = like if like.calendar == calendar else _Laid()
    fresh = {slot.id: slot for slot in school.slots.values() if known.placed.get(slot.id) != placed[slot.id]}
    laid = _grouped(lay(school, fresh.values()), "slot")
    by_slot = {each: (laid if each in fresh else known.by_slot).get(each, ()) for each in placed}
    return _Laid(calendar=calendar, placed=placed, by_slot=by_slot)


def _place(page: Journal | None) -> tuple[Any, ...]:
    """What `lay` asks of a page."""
    return () if page is None else (page.class_id, page.year)


def _starts(lesson: Lesson) -> datetime:
    return lesson.starts


def _overlay(school: School, regular: dict[UUID, Lesson]) -> tuple[dict[UUID, Lesson], dict[UUID, Lesson]]:
    extras = {lesson.id: lesson for lesson in _extra_lessons(school)}
    gone: dict[UUID, Lesson] = {}
    standing = dict(extras)
    for change in school.changes.values():
        lesson = extras.get(change.lesson) or regular.get(change.lesson)
        if lesson is None:
            continue
        gone[lesson.id] = lesson
        standing.pop(lesson.id, None)
        if change.date is not None:
            standing[lesson.id] = _moved(lesson, change)
    for id_ in _dropping(school):
        lesson = standing.pop(id_, None) or regular.get(id_)
        if lesson is not None:
            gone[id_] = lesson
    return standing, gone


def _dropping(school: School) -> Iterator[UUID]:
    """Lessons not held because of their substitution, or because an extra lesson takes their place."""
    for lesson, recorded in school.substitutions.items():
        if recorded[-1].drops and not recorded[-1].cancelled:
            yield lesson
    for extra in school.extras.values():
        if extra.replaces is not None:
            yield extra.replaces


def _moved(lesson: Lesson, change: Change) -> Lesson:
    assert change.date is not None
    assert change.starts is not None
    assert change.ends is not None
    return replace(
        lesson,
        date=change.date,
        number=change.number,
        starts=datetime.combine(change.date, change.starts),
        ends=datetime.combine(change.date, change.ends),
        room=change.room,
        moved_from=lesson.date,
    )


def _extra_lessons(school: School) -> Iterator[Lesson]:
    for extra in school.extras.values():
        yield Lesson(
            id=streams.lesson(school.id, extra.slot, extra.date),
            slot=extra.slot,
            journal=extra.journal,
            date=extra.date,
            number=extra.number,
            starts=datetime.combine(extra.date, extra.starts),
            ends=datetime.combine(extra.date, extra.ends),
            room=extra.room,
            mode=extra.mode,
        )


def class_end(school: School, journal: UUID, on: date) -> datetime | None:
    """When the last lesson of the class of this page (any of its groups) ends that day; None when it has none. A pupil
    taught at home is no group of it: those lessons count for that pupil's own pages only."""
    asked, ends = school.journals[journal], school.timetable.ends
    key = (asked.class_id, asked.pupil, on)
    if key not in ends:
        planned = school.timetable.by_day.get(on, ())
        found = (each.ends for each in planned if _is_asked(school.journals[each.journal], asked))
        ends[key] = max(found, default=None)
    return ends[key]


def _is_asked(page: Journal, asked: Journal) -> bool:
    return page.class_id == asked.class_id and page.pupil in (None, asked.pupil)


def _grouped(lessons: Iterable[Lesson], key: str) -> dict[Any, tuple[Lesson, ...]]:
    groups: dict[Any, list[Lesson]] = {}
    for lesson in lessons:
        groups.setdefault(getattr(lesson, key), []).append(lesson)
    return {k: tuple(v) for k, v in groups.items()}


def lay(school: School, slots: Iterable[Slot]) -> Iterator[Lesson]:
    """The lessons these slots bring, whether they stand in `school` already or not.

    Thirty lessons a week for forty classes are 46,000 a year: what repeats is made once."""
    free, moments = _free_days(school), cache(datetime.combine)
    for slot in slots:
        journal = school.journals.get(slot.journal)
        if journal is None or journal.year not in school.years:
            continue
        ids = streams.lessons_of(school.id, slot.id)
        rung = school.rings.get((journal.class_id, slot.weekday), ())
        for on in _days(slot, school.years[journal.year].first):
            times = None if on in free else _bell(school, journal.class_id, slot.number, on, rung)
            if times is not None:
                yield Lesson(
                    id=ids(on),
                    slot=slot.id,
                    journal=slot.journal,
                    date=on,
                    number=slot.number,
                    starts=moments(on, times[0]),
                    ends=moments(on, times[1]),
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
    monday = monday_of(year_first)
    wanted = {"odd": 0, "even": 1}.get(slot.week)
    while on <= slot.last:
        if wanted is None or (on - monday).days // 7 % 2 == wanted:
            yield on
        on += timedelta(days=7)


def bell(school: School, class_id: UUID, number: int, on: date) -> tuple[time, time] | None:
    """When the lesson `number` of the class begins and ends that day; None where no bell rings for it."""
    return _bell(school, class_id, number, on, school.rings.get((class_id, on.isoweekday()), ()))


def _bell(
    school: School, class_id: UUID, number: int, on: date, rung: tuple[tuple[date, UUID], ...]
) -> tuple[time, time] | None:
    """`rung`: the schedules of the class on that weekday, each from its day on, ascending."""
    schedule = school.day_bells.get((class_id, on)) if school.day_bells else None
    if schedule is None:
        for first, each in rung:
            if first <= on:
                schedule = each
    return school.bells[schedule].times.get(number) if schedule in school.bells else None
