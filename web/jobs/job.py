"""What a job is: when it is due by the clock of its school, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.regulation import Regulation
from web.premises import Premises


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One run: for which time of the timetable (aware), and since when nothing was done; `home` is where files go."""

    school: UUID
    at: datetime
    since: datetime
    here: Premises
    folder: str


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """Hours by the school's own clock; `weekdays` in the words of APScheduler («fri», «mon-sun»), whose numbers are
    shifted; `days` of the month."""

    hour: int
    minute: int = 0
    weekdays: str = "mon-sun"
    days: str = "*"


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """`when` of a school whose regulation this is; None: it has no such job. `run` does it, as often as it is asked
    with the same result, and says in a sentence what it did; an exception is a failure that is tried again."""

    name: str
    title: str
    why: str
    when: Callable[[Regulation], When | None]
    run: Callable[[Due], str]
