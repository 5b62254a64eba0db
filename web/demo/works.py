"""Which written works a page of the demonstration has, and when their marks are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random

from ledger import windows
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson

EVERY = 6  # lessons of a page: the fifth of each six has a written work
KINDS: Mapping[str, tuple[str, ...]] = {
    "Русский язык": ("dictation_grammar", "independent", "exposition"),
    "Литература": ("creative", "test"),
    "Литературное чтение": ("check",),
    "Английский язык": ("test", "independent"),
    "Математика": ("control", "independent"),
    "Алгебра": ("control", "independent"),
    "Геометрия": ("independent", "control"),
    "Физика": ("laboratory", "control"),
    "Химия": ("practical", "control"),
    "Биология": ("laboratory", "test"),
    "География": ("practical", "test"),
    "История": ("test",),
    "Обществознание": ("test",),
    "Информатика": ("practical",),
}


def work_of(lesson: Lesson, nth: int, school: School) -> tuple[str, str] | None:
    """Kind and title of the work written at the page's `nth` lesson (from 0), None for most lessons."""
    subject, klass = school.subject_of(lesson.journal), school.klass_of(lesson.journal)
    kinds = KINDS.get(subject.title)
    if kinds is None or klass.grade == 1 or nth % EVERY != EVERY - 2:
        return None
    number = nth // EVERY
    kind = kinds[number % len(kinds)]
    if klass.grade >= 10 and kind in ("creative", "exposition"):
        kind = "essay"
    return kind, f"№ {number + 1}"


def marked_at(lesson: Lesson, kind: str, school: School, regulation: Regulation, chance: Random) -> datetime:
    """The next afternoon, or earlier where the deadline comes sooner."""
    due, _ = windows.work_due(lesson, kind, school, regulation)
    afternoon = datetime.combine(lesson.date + timedelta(days=1), time(15, 30))
    wished = afternoon + timedelta(minutes=chance.randrange(180))
    return max(lesson.ends + timedelta(minutes=30), min(wished, due - timedelta(minutes=45)))
