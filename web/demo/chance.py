"""What the demonstration leaves to chance, the same each time for the same lesson and pupil."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random
from uuid import UUID

MARKS, WEIGHTS = (5, 4, 3, 2), (34, 40, 21, 5)


def of_lesson(lesson: UUID, what: str = "") -> Random:
    return Random(f"{lesson}/{what}")


def mark(pupil: UUID, chance: Random, *, mild: bool) -> int:
    """A pupil has good or bad habits; `mild`: nothing below three (7.14(b6))."""
    value = chance.choices(MARKS, WEIGHTS)[0]
    habit = _habit(pupil)
    value = min(5, max(2, value + (habit if chance.random() < 0.5 else 0)))
    return max(3, value) if mild else value


@cache
def _habit(pupil: UUID) -> int:
    return Random(f"habit/{pupil}").choice((-1, 0, 0, 1))


@cache
def ill(pupil: UUID, on: date) -> bool:
    """Every eighth week a pupil stays at home for one to three days."""
    year, week, weekday = on.isocalendar()
    chance = Random(f"{pupil}/{year}/{week}")
    first, days = chance.randrange(1, 6), chance.choice((1, 1, 2, 3))
    return chance.random() < 0.12 and first <= weekday < first + days
