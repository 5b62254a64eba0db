"""Nobody is in two places at once: class, teacher and room of a lesson somebody proposes against those that stand.

Asked of lessons of single days, so that alternate weeks, stretches of dates, bells of their own, moves and
cancellations need no rule of their own here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger.school import School
from ledger.timetable import Lesson


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """`kind` says what is in two places: class, teacher or room. `standing` may be another proposed lesson."""

    kind: str
    proposed: Lesson
    standing: Lesson


def clashes(
    proposed: Iterable[Lesson],
    school: School,
    *,
    joints: Mapping[UUID, UUID] | None = None,
    without: Collection[UUID] = (),
) -> Iterator[Clash]:
    """Day by day. `without` are lessons and slots that give way; `joints` the joint lessons (SlotJoined) of slots
    that are only proposed."""
    teachers = _remembered(school)
    known = {slot.id: slot.joint for slot in school.slots.values() if slot.joint is not None}
    known.update(joints or {})
    by_day: dict[date, list[Lesson]] = {}
    for lesson in proposed:
        by_day.setdefault(lesson.date, []).append(lesson)
    for on in sorted(by_day):
        standing = [
            each
            for each in school.timetable.by_day.get(on, ())
            if each.id not in without and each.slot not in without
        ]
        for new, old in _at_one_time(by_day[on], standing):
            kind = _kind(new, old, known, teachers, school)
            if kind:
                yield Clash(kind=kind, proposed=new, standing=old)


def _at_one_time(proposed: Iterable[Lesson], standing: Iterable[Lesson]) -> Iterator[tuple[Lesson, Lesson]]:
    """Pairs of one day whose hours overlap, each proposed lesson with those proposed before it too. A day has two
    hundred lessons and a dozen hours: whole hours are passed over at once."""
    by_hours: dict[tuple[datetime, datetime], list[Lesson]] = {}
    for each in standing:
        by_hours.setdefault((each.starts, each.ends), []).append(each)
    for new in proposed:
        for (starts, ends), there in by_hours.items():
            if new.starts < ends and starts < new.ends:
                yield from ((new, old) for old in there)
        by_hours.setdefault((new.starts, new.ends), []).append(new)


Teachers = Callable[[Lesson], frozenset[UUID]]


def _kind(a: Lesson, b: Lesson, joints: Mapping[UUID, UUID], teachers: Teachers, school: School) -> str:
    """What two lessons at one time cannot share, "" for nothing."""
    if a.id == b.id:
        return ""
    if _same_pupils(a, b, school):
        return "class"
    if _together(a, b, joints, school):
        return ""
    if _same_teacher(teachers(a), teachers(b)):
        return "teacher"
    return "room" if a.room and b.room and a.room.casefold() == b.room.casefold() else ""


def _same_pupils(a: Lesson, b: Lesson, school: School) -> bool:
    """Groups of one class stand in parallel unless a pupil is in both; a page of home tuition concerns its own pupil
    only (8.2)."""
    first, second = school.journals[a.journal], school.journals[b.journal]
    if first.class_id != second.class_id:
        return False
    if first.pupil is not None or second.pupil is not None:
        return first.pupil == second.pupil
    if first.group is None or second.group is None or first.group == second.group:
        return True
    return bool({*school.pupils_of(a.journal, a.date)} & {*school.pupils_of(b.journal, b.date)})


def _together(a: Lesson, b: Lesson, joints: Mapping[UUID, UUID], school: School) -> bool:
    """One hour of one teacher in one room for several: a joint lesson, or the classes of a class set."""
    joint = joints.get(a.slot)
    if joint is not None and joint == joints.get(b.slot):
        return True
    if not school.class_sets:
        return False
    classes = {school.journals[a.journal].class_id, school.journals[b.journal].class_id}
    return len(classes) == 2 and any(classes <= {*each.classes} for each in school.class_sets.values())


def _same_teacher(first: frozenset[UUID], second: frozenset[UUID]) -> bool:
    """Of a page with two teachers either may give the lesson, so one of them may be busy."""
    return bool(first and second) and (first <= second or second <= first)


def _remembered(school: School) -> Teachers:
    """A lesson meets dozens of others; who gives it is asked once."""
    known: dict[UUID, frozenset[UUID]] = {}

    def of(lesson: Lesson) -> frozenset[UUID]:
        found = known.get(lesson.id)
        if found is None:
            found = known[lesson.id] = _teachers(lesson, school)
        return found

    return of


def _teachers(lesson: Lesson, school: School) -> frozenset[UUID]:
    """Who gives it: the substitute where one is recorded."""
    standing = school.substitution(lesson.id)
    if standing is not None and standing.substitute is not None:
        return frozenset({standing.substitute})
    return frozenset(school.teachers_of(lesson.journal, lesson.date))
