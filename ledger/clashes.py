"""Nobody is in two places at once: class, teacher and room of a lesson somebody proposes against those that stand.

Asked of lessons of single days, so that alternate weeks, stretches of dates, bells of their own, moves and
cancellations need no rule of their own here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
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
        pairs = [(new, old) for new in by_day[on] for old in standing] + [*combinations(by_day[on], 2)]
        for new, old in pairs:
            kind = _kind(new, old, known, school)
            if kind:
                yield Clash(kind=kind, proposed=new, standing=old)


def _kind(a: Lesson, b: Lesson, joints: Mapping[UUID, UUID], school: School) -> str:
    """What the two lessons cannot share, "" when they do not meet."""
    if a.id == b.id or a.starts >= b.ends or b.starts >= a.ends:
        return ""
    if _same_pupils(a, b, school):
        return "class"
    if _together(a, b, joints, school):
        return ""
    if _same_teacher(a, b, school):
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
    classes = {school.journals[a.journal].class_id, school.journals[b.journal].class_id}
    return len(classes) == 2 and any(classes <= {*each.classes} for each in school.class_sets.values())


def _same_teacher(a: Lesson, b: Lesson, school: School) -> bool:
    """Of a page with two teachers either may give the lesson, so one of them may be busy."""
    first, second = _teachers(a, school), _teachers(b, school)
    return bool(first and second) and (first <= second or second <= first)


def _teachers(lesson: Lesson, school: School) -> frozenset[UUID]:
    """Who gives it: the substitute where one is recorded."""
    standing = school.substitution(lesson.id)
    if standing is not None and standing.substitute is not None:
        return frozenset({standing.substitute})
    return frozenset(school.teachers_of(lesson.journal, lesson.date))
