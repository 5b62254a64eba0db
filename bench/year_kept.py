"""The year of a large school in a folder: made once, found again by whoever measures next."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg

from bench.results import Numbers, row, timed
from bench.year import make_year
from bench.year_access import login_of
from bench.year_founding import ZONE, account_holders
from bench.year_plan import Plan
from projections.rebuild import give_room_back, rebuild
from web.embedded import Server
from web.premises import Premises

MINUTES_4 = 240


@dataclass(frozen=True, kw_only=True)
class YearSchool:
    """`pupil` of the class `klass` with a page `page` in its journal; logins of the office are its roles, `family` that
    of the pupil's guardian."""

    id: UUID
    first: date
    last: date
    klass: UUID
    page: UUID
    pupil: UUID
    teacher: UUID
    subject: UUID
    family: str

    def evening(self, on: date) -> datetime:
        """The end of that day, aware."""
        return datetime(on.year, on.month, on.day, 23, 59, 59, tzinfo=ZoneInfo(ZONE))


def made(here: Premises, server: Server, home: Path) -> tuple[YearSchool, Numbers]:
    """That of the folder; made, with how long it took, when there is none yet."""
    file = home / "year.json"
    if file.is_file():
        return _read(file), {}
    began = time.perf_counter()
    plan = make_year(here, server.dsns.superuser or "")
    making = time.perf_counter() - began
    rebuilding = timed(lambda: rebuild(here.store, here.pool, here.runner, plan.id))
    with psycopg.connect(server.dsns.superuser or "", autocommit=True) as plain:
        freeing = timed(lambda: give_room_back(plain))  # as `letopis rebuild` does
        plain.execute("VACUUM (ANALYZE)")  # as autovacuum does within minutes
    school = _school(plan)
    file.write_text(json.dumps(asdict(school), default=str), encoding="utf-8")
    entries = here.store.head(plan.id).position
    return school, {
        "year_entries": row(entries, "entries", None, "higher"),
        "year_made_s": row(making + rebuilding, "s", MINUTES_4, "lower"),
        "year_room_back_s": row(freeing, "s", None, "lower"),
        "year_rebuild_per_s": row(entries / rebuilding, "entries/s", 8000, "higher"),
    }


def _school(plan: Plan) -> YearSchool:
    """A class of the seventh grade, and a pupil whose family has an account."""
    klass = next(each for each in plan.classes if each.grade == 7)
    page = max(klass.pages, key=lambda each: (each.group is None, each.hours))
    holders = set(account_holders(plan))
    pupil = next(each for each in klass.pupils[10:] if plan.guardians[each][0] in holders)
    return YearSchool(
        id=plan.id,
        first=plan.first,
        last=plan.last,
        klass=klass.id,
        page=page.id,
        pupil=pupil,
        teacher=page.teacher,
        subject=plan.subjects[page.subject],
        family=login_of(plan, plan.guardians[pupil][0]),
    )


def _read(file: Path) -> YearSchool:
    kept = json.loads(file.read_text(encoding="utf-8"))
    made: dict[str, Callable[[str], Any]] = {
        "first": date.fromisoformat,
        "last": date.fromisoformat,
        "family": str,
    }
    return YearSchool(**{name: made.get(name, UUID)(value) for name, value in kept.items()})
