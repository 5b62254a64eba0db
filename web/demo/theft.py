"""The evening somebody marked with a teacher's password: which day, whose marks, what stood there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from commands.importing import ids
from ledger import windows
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson
from web.demo import chance, works
from web.demo.lessons import fill, marked, present, records, work_column, work_of
from web.demo.school_days import at, before
from web.demo.steps import command_id

OWNER = "lebedeva"
CLASS, CHILD = "7А", "p117"  # of the parent and the pupil who sign in (web/demo/sign_ins.py)
SCHOOL_DAYS = 15  # ago, or a few more
KEPT, VOIDED, ADDED = 4, 4, 3  # marks raised before and after the receipt, answers nobody gave


@dataclass(frozen=True, kw_only=True)
class Forged:
    """A mark given with the stolen access at the local time `at`; `own`: by its owner. `before` is the honest one."""

    at: datetime
    lesson: Lesson
    work: UUID
    pupil: UUID
    value: str
    before: str = ""
    own: bool = False


@dataclass(frozen=True, kw_only=True)
class Theft:
    """`days` are the school days from the evening on; `marks` ascending, one of them her own."""

    owner: UUID
    account: UUID
    days: tuple[date, ...]
    marks: tuple[Forged, ...]

    @property
    def received(self) -> datetime:
        """When the director heard of it by telephone."""
        return at(self.days[0], 22, 5)


@dataclass(frozen=True, kw_only=True)
class _Evening:
    """The evening's day and those after it, the written work whose column is open then, and a lesson of the day."""

    days: tuple[date, ...]
    work: Lesson
    lesson: Lesson


def choose(school: School, regulation: Regulation, now: datetime) -> Theft:
    """The same for the same day. Raises LookupError where the story has no such evening."""
    evening = _evening(school, regulation, now)
    return Theft(
        owner=ids.person(school.id, OWNER),
        account=command_id(school.id, "compromise/account"),
        days=evening.days,
        marks=tuple(_marks(evening, school, regulation)),
    )


def _evening(school: School, regulation: Regulation, now: datetime) -> _Evening:
    """The latest on which a work of the class may still be marked, and on the next afternoon too."""
    owner, days = ids.person(school.id, OWNER), before(school, now)
    own = [
        lesson
        for lesson in school.timetable.lessons
        if school.klass_of(lesson.journal).title == CLASS
        and school.teaches(owner, lesson.journal, lesson.date)
        and school.substitution(lesson.id) is None
    ]
    for n in range(len(days) - SCHOOL_DAYS, 0, -1):
        day, today = days[n], [lesson for lesson in own if lesson.date == days[n]]
        if days[n + 1] != day + timedelta(days=1) or not today:
            continue
        for work in reversed([lesson for lesson in own if lesson.date < day]):
            if _open(work, day, school, regulation):
                return _Evening(days=days[n:], work=work, lesson=today[0])
    raise LookupError("the demonstration has no evening with an open column")


def _open(lesson: Lesson, day: date, school: School, regulation: Regulation) -> bool:
    kind = work_of(lesson, school)
    if kind is None or not marked(lesson, school, regulation):
        return False
    given = works.marked_at(lesson, kind, school, regulation, chance.of_lesson(lesson.id, "marked"))
    due, _ = windows.work_due(lesson, kind, school, regulation)
    return given < at(day, 20, 0) and due > at(day, 17, 0) + timedelta(days=1)


def _marks(evening: _Evening, school: School, regulation: Regulation) -> Iterator[Forged]:
    """Low marks of the work become fives, a few answers are invented; a five of one child becomes a three."""
    written, column = work_of(evening.work, school), work_column(evening.work, school, regulation)
    assert written is not None
    assert column is not None  # it was chosen for its work
    whole = fill(evening.work, column, written, school, regulation).marks
    honest = {mark.pupil: mark.value for mark in sorted(whole, key=lambda mark: sum(_parts(mark.value)))}
    child = ids.pupil(school.id, CHILD)
    low = [pupil for pupil in honest if pupil != child][: KEPT + VOIDED]
    silent = list(_unasked(evening.lesson, school, regulation))[: ADDED + 1]
    cells = [
        *((evening.work, column, pupil) for pupil in low[:KEPT]),
        (evening.lesson, evening.lesson.id, silent[0]),
        *((evening.work, column, pupil) for pupil in (*low[KEPT:], *((child,) if child in honest else ()))),
        *((evening.lesson, evening.lesson.id, pupil) for pupil in silent[1:]),
    ]
    for n, (lesson, work, pupil) in enumerate(cells):
        was = honest[pupil] if work == column else ""
        yield Forged(
            # The sixth comes after the receipt at 22:05.
            at=at(evening.days[0], 21, 44) + timedelta(minutes=4 * n + (2 if n > KEPT else 0), seconds=7 * n),
            lesson=lesson,
            work=work,
            pupil=pupil,
            value="4" if n == len(cells) - 1 else _forged(was),
            before=was,
            own=n == len(cells) - 1,
        )


def _unasked(lesson: Lesson, school: School, regulation: Regulation) -> Iterator[UUID]:
    """Those who were there and have no mark for an answer."""
    asked = {mark.pupil for work in records(lesson, school, regulation).works for mark in work.marks}
    return (pupil for pupil in present(lesson, school) if pupil not in asked)


def _forged(honest: str) -> str:
    """All fives; threes where it was that already."""
    parts = _parts(honest) if honest else (1,)
    return "/".join("3" if set(parts) == {5} else "5" for _ in parts)


def _parts(value: str) -> tuple[int, ...]:
    return tuple(int(part) for part in value.split("/"))
