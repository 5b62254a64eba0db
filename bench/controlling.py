"""Every control report over the whole year of the large school, at the head and at a past position (issue 6)."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from functools import partial
from statistics import median
from time import perf_counter

from bench.results import Numbers, row, timed
from bench.year_kept import YearSchool
from ledger.schools import Schools
from ledger.store import Pool, PostgresStore
from projections.control import REPORTS
from projections.control.report import Asked
from projections.difference import Scope, between
from projections.reading import Reading, reading
from projections.runner import Runner
from web import garbage

ROUNDS, LIMIT_S, DIFFERENCE_S = 3, 1.5, 2
PAST = (1, 20)  # month and day of the school's second winter: half a year lies before it
LONG_AGO = (2, 3)
HEAVIEST = ("C-07", "C-21", "C-29")
UNSEEN = ((5, 12), (5, 13), (5, 14))  # almost the whole year, and no other number looks at these days


class Moments:
    """The school as read at its head and in the past; folded once for each moment, as in a worker of the web server."""

    def __init__(self, pool: Pool, school: YearSchool) -> None:
        self.pool, self.school = pool, school
        self.schools, self.runner = Schools(PostgresStore(pool)), Runner(pool)

    def timed(self, work: Callable[..., object], at: datetime | None = None, rounds: int = ROUNDS) -> float:
        """Median seconds of `work(reading)`, the page's own transaction apart; once before for what is kept."""
        now = self.school.evening(self.school.last)
        with self._reading(now, at) as found:
            work(found)
            return median(timed(partial(work, found)) for _ in range(rounds))

    def first_look(self, on: tuple[int, int], work: Callable[[Reading], object]) -> float:
        """Seconds of `work(reading)` of that evening, with all that must be made for it first."""
        then = self.school.evening(date(self.school.last.year, *on))
        began = perf_counter()
        with self._reading(then, then) as found:
            work(found)
        return perf_counter() - began

    def position(self, on: date) -> int:
        now = self.school.evening(on)
        with self._reading(now, now) as found:
            return found.as_of.position

    def _reading(self, now: datetime, at: datetime | None) -> AbstractContextManager[Reading]:
        return reading(self.pool, self.schools, self.runner, self.school.id, now=now, at=at)


def measure(pool: Pool, school: YearSchool) -> Numbers:
    with _as_served():
        moments = Moments(pool, school)
        return _first_looks(moments) | _reports(moments) | _differences(moments)


@contextmanager
def _as_served() -> Iterator[None]:
    """Garbage is looked for as in a worker of the web server."""
    usual = gc.get_threshold()
    garbage.seldom()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


def _past(school: YearSchool) -> datetime:
    return school.evening(date(school.last.year, *PAST)).astimezone(UTC)


def _first_looks(moments: Moments) -> Numbers:
    """Nobody has looked at that day before: the school is folded up to it and its timetable laid, then read."""
    assert moments.schools.current(moments.school.id).timetable.lessons  # a worker knows today's
    found = {"past_school_folded_s": row(moments.first_look(LONG_AGO, _laid), "s", None, "lower")}
    for day, code in zip(UNSEEN, HEAVIEST, strict=True):
        work = partial(_report, REPORTS[code].report, _asked(moments.school, REPORTS[code].needs))
        found[f"control_{code}_first_look_s"] = row(moments.first_look(day, work), "s", LIMIT_S, "lower")
    return found


def _laid(found: Reading) -> None:
    assert found.school.timetable.lessons


def _reports(moments: Moments) -> Numbers:
    found: Numbers = {}
    for code, each in sorted(REPORTS.items()):
        work = partial(_report, each.report, _asked(moments.school, each.needs))
        for name, at in (("", None), ("_at", _past(moments.school))):
            found[f"control_{code}{name}_s"] = row(moments.timed(work, at), "s", LIMIT_S, "lower")
    return found


def _report(report: Callable[..., object], asked: Asked, found: object) -> object:
    return report(found, asked)


def _asked(school: YearSchool, needs: frozenset[str]) -> Asked:
    """The whole year of the whole school; of one class (or …) where the report cannot do without."""
    known = {"class_id": school.klass, "teacher": school.teacher, "subject": school.subject, "level": "ООО"}
    return Asked(first=school.first, last=school.last, **{need: known[need] for need in needs})  # type: ignore[arg-type]


def _differences(moments: Moments) -> Numbers:
    """Of the school, nothing chosen: a week, a month, around the Act, half a year, the whole year."""
    last, act = moments.school.last, date(moments.school.first.year, 11, 17)
    spans = {
        "week": (date(last.year, 5, 24), None),
        "month": (date(last.year, 4, 30), None),
        "act": (date(act.year, 11, 16), moments.school.evening(act)),
        "half_year": (date(last.year, 1, 8), None),
        "year": (moments.school.first, None),
    }
    found: Numbers = {}
    for name, (earlier, at) in spans.items():
        position = moments.position(earlier)
        seconds = moments.timed(lambda r, p=position: between(r, p, Scope()), at)
        found[f"difference_of_{name}_s"] = row(seconds, "s", DIFFERENCE_S, "lower")
    return found
