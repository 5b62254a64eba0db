"""The week's timetable of a class, a teacher or a room: what stands, what came, what is not held, each in words
(R-084, R-085, R-090). It follows from School alone: no row is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger.school import School
from ledger.school_records import Change
from ledger.timetable import Lesson
from projections.as_of import AsOf
from projections.reading import NoSuchPage
from projections.topic_words import order_words

VIEWS = ("class", "teacher", "room")
Day = date  # for fields after one that is called date


@dataclass(frozen=True, kw_only=True, slots=True)
class GridLesson:
    """`gone` says why the lesson is not held here: cancelled, moved, replaced, dropped, "" for one that is; `other` is
    where a moved one was or is (day and number). `manner` is the substitution's, `substitute` who gives the lesson
    then; `mode` and `form` an extracurricular lesson's; `home`: of a pupil taught at home. `weekly`: a slot
    of the week brings it."""

    lesson: UUID
    slot: UUID
    journal: UUID
    date: date
    number: int
    starts: datetime
    ends: datetime
    class_title: str
    group_title: str
    home: bool
    subject: str
    room: str
    teachers: tuple[UUID, ...]
    substitute: UUID | None
    manner: str
    gone: str
    reason: str
    other: tuple[Day, int] | None
    mode: str
    form: str
    order: str
    with_classes: tuple[str, ...]
    weekly: bool
    week: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GridDay:
    """`holiday` is its title; `distance` the classes of the page that are at a distance, and by which order."""

    date: date
    holiday: str
    distance: tuple[str, ...]
    lessons: tuple[GridLesson, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekGrid:
    """`view` is class, teacher or room; `key` its id, or the room as written. `numbers` are the rows."""

    view: str
    key: str
    title: str
    monday: date
    days: tuple[GridDay, ...]
    numbers: tuple[int, ...]
    as_of: AsOf


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """Whose week it is, and which lessons are its own."""

    view: str
    key: str
    title: str
    wanted: Callable[[School, Lesson], bool]


def page(school: School, as_of: AsOf, chosen: Chosen, monday: date) -> WeekGrid:
    """The week that begins on `monday`."""
    days = [monday + timedelta(days=n) for n in range(7)]
    found = {day: tuple(_of_day(school, chosen, day)) for day in days}
    shown = [day for day in days if day.isoweekday() < 6 or found[day]]
    return WeekGrid(
        view=chosen.view,
        key=chosen.key,
        title=chosen.title,
        monday=monday,
        days=tuple(_day(school, day, found[day]) for day in shown),
        numbers=tuple(sorted({each.number for lessons in found.values() for each in lessons})),
        as_of=as_of,
    )


def of_class(school: School, class_id: UUID, *, home_of: UUID | None = None, family: bool = False) -> Chosen:
    """A family sees no other child's home tuition: `home_of` is its own. Raises NoSuchPage."""
    klass = school.classes.get(class_id)
    if klass is None:
        raise NoSuchPage(str(class_id))

    def wanted(school: School, lesson: Lesson) -> bool:
        page = school.journals[lesson.journal]
        return page.class_id == class_id and not (family and page.pupil not in (None, home_of))

    return Chosen(view="class", key=str(class_id), title=klass.title, wanted=wanted)


def of_teacher(person: UUID, name: str) -> Chosen:
    """Own lessons, those taken over, and one's own that somebody else gives."""

    def wanted(school: School, lesson: Lesson) -> bool:
        return person in school.teachers_of(lesson.journal, lesson.date) or bool(
            school.substituted_by(person, lesson.id)
        )

    return Chosen(view="teacher", key=str(person), title=name, wanted=wanted)


def of_room(room: str) -> Chosen:
    def wanted(school: School, lesson: Lesson) -> bool:
        return lesson.room is not None and lesson.room.casefold() == room.casefold()

    return Chosen(view="room", key=room, title=room, wanted=wanted)


def rooms(school: School, year: int | None) -> tuple[str, ...]:
    """Every room of the year's timetable."""
    slots = (s.room for s in school.slots.values() if school.journals[s.journal].year == year)
    named = {*slots, *(extra.room for extra in school.extras.values())}
    return tuple(sorted((room for room in named if room), key=lambda room: (len(room), room.casefold())))


def teachers(school: School, year: int | None) -> frozenset[UUID]:
    """Everybody with a page in the year."""
    return frozenset(
        teacher for page in school.journals.values() if page.year == year for teacher, _ in page.teachers
    )


def _of_day(school: School, chosen: Chosen, day: date) -> Iterator[GridLesson]:
    here = [each for each in school.timetable.by_day.get(day, ()) if chosen.wanted(school, each)]
    left = [each for each in school.timetable.left_by_day.get(day, ()) if chosen.wanted(school, each)]
    lessons = [_lesson(school, each) for each in here] + [_gone(school, each) for each in left]
    return iter(
        sorted(lessons, key=lambda each: (each.number, bool(each.gone), each.subject, each.group_title))
    )


def _day(school: School, day: date, lessons: Iterable[GridLesson]) -> GridDay:
    own = tuple(lessons)
    classes = {school.journals[each.journal].class_id for each in own}
    free = next((each.title for each in school.holidays.values() if day in each), "")
    return GridDay(date=day, holiday=free, distance=tuple(_at_distance(school, classes, day)), lessons=own)


def _at_distance(school: School, classes: Iterable[UUID], day: date) -> Iterator[str]:
    """«7А, приказ № 12»."""
    for class_id in sorted(classes, key=lambda each: school.classes[each].title):
        distance = school.distance(class_id, day)
        if distance is not None:
            order = order_words(distance.order, school)
            yield ", ".join(word for word in (school.classes[class_id].title, order) if word)


def _lesson(school: School, lesson: Lesson) -> GridLesson:
    standing = school.substitution(lesson.id)
    was = school.timetable.left.get(lesson.id)
    return _made(
        school,
        lesson,
        substitute=None if standing is None else standing.substitute,
        manner="" if standing is None else standing.manner,
        other=None if was is None else (was.date, was.number),
        order=_order(school, lesson, school.changes.get(lesson.id)),
    )


def _gone(school: School, lesson: Lesson) -> GridLesson:
    """A lesson in the place it has left."""
    now, change = school.timetable.by_id.get(lesson.id), school.changes.get(lesson.id)
    standing = school.substitution(lesson.id)
    dropped = "replaced" if standing is None else "dropped"
    return _made(
        school,
        lesson,
        gone="moved" if now is not None else "cancelled" if change is not None else dropped,
        manner="" if standing is None else standing.manner,
        reason="" if change is None else change.reason,
        other=None if now is None else (now.date, now.number),
        order=_order(school, lesson, change),
    )


def _order(school: School, lesson: Lesson, change: Change | None) -> str:
    extra, standing = school.extras.get(lesson.slot), school.substitution(lesson.id)
    by = next((each.order for each in (change, extra, standing) if each is not None and each.order), None)
    return order_words(by, school)


def _made(
    school: School,
    lesson: Lesson,
    *,
    substitute: UUID | None = None,
    manner: str = "",
    gone: str = "",
    reason: str = "",
    other: tuple[date, int] | None = None,
    order: str = "",
) -> GridLesson:
    journal, slot = school.journals[lesson.journal], school.slots.get(lesson.slot)
    extra = school.extras.get(lesson.slot)
    return GridLesson(
        lesson=lesson.id,
        slot=lesson.slot,
        journal=lesson.journal,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts,
        ends=lesson.ends,
        class_title=school.klass_of(journal.id).title,
        group_title=school.group_title(journal.id),
        home=journal.pupil is not None,
        subject=school.subject_of(journal.id).title,
        room=lesson.room or "",
        teachers=school.teachers_of(journal.id, lesson.date),
        substitute=substitute,
        manner=manner,
        gone=gone,
        reason=reason,
        other=other,
        mode=lesson.mode,
        form=extra.form if extra is not None else "",
        order=order,
        with_classes=() if slot is None or slot.joint is None else _joined(school, slot.id, slot.joint),
        weekly=slot is not None,
        week="all" if slot is None else slot.week,
    )


def _joined(school: School, slot: UUID, joint: UUID) -> tuple[str, ...]:
    """The other classes of a joint lesson."""
    return tuple(
        sorted(
            school.klass_of(each.journal).title
            for each in school.slots.values()
            if each.joint == joint and each.id != slot
        )
    )
