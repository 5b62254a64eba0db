"""What happened to a lesson of a day, as «Сегодня» and the diary say it: who stands in, what took its place, where it
went (R-088, R-090)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.school import School
from ledger.substitutes import replacement
from ledger.timetable import Lesson

Day = date


@dataclass(frozen=True, kw_only=True, slots=True)
class Fate:
    """`kind`: same_subject, joined, independent (see ledger.events.days) and instead (taught in the place of
    `subject`), moved_here of a lesson that is held; another_subject (`subject` is what was taught), dropped, cancelled
    (with its `reason`), moved_away of one that is not. `day` is where a moved one was or is."""

    kind: str
    absent: UUID | None = None
    substitute: UUID | None = None
    subject: str = ""
    reason: str = ""
    day: Day | None = None


def fate_of(lesson: Lesson, school: School) -> Fate | None:
    """Of a lesson that is held; None when it stands as it always did."""
    standing = school.substitution(lesson.id)
    if standing is not None:
        return Fate(kind=standing.manner, absent=standing.absent, substitute=standing.substitute)
    put = school.extras.get(lesson.slot)
    if put is not None and put.replaces is not None:
        return _instead(put.replaces, school)
    if lesson.moved_from is not None:
        return Fate(kind="moved_here", day=lesson.moved_from)
    return None


def _instead(replaced: UUID, school: School) -> Fate | None:
    was, standing = school.timetable.left.get(replaced), school.substitution(replaced)
    if was is None:
        return None
    return Fate(
        kind="instead",
        subject=school.subject_of(was.journal).title,
        absent=standing.absent if standing is not None else None,
        substitute=standing.substitute if standing is not None else None,
    )


def left_on(school: School, on: date) -> Iterator[tuple[Lesson, Fate]]:
    """Lessons planned for the day that are not held in their place, in it."""
    for lesson in school.timetable.left_by_day.get(on, ()):
        yield lesson, _gone(lesson, school)


def _gone(lesson: Lesson, school: School) -> Fate:
    now, change = school.timetable.by_id.get(lesson.id), school.changes.get(lesson.id)
    standing, put = school.substitution(lesson.id), replacement(lesson.id, school)
    if now is not None:
        return Fate(kind="moved_away", day=now.date)
    if put is not None:
        return Fate(
            kind="another_subject",
            subject=school.subject_of(put.journal).title,
            absent=standing.absent if standing is not None else None,
            substitute=standing.substitute if standing is not None else None,
        )
    if standing is not None and standing.drops:
        return Fate(kind="dropped", absent=standing.absent)
    return Fate(kind="cancelled", reason=change.reason if change is not None else "")
