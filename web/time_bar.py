"""The time bar under a page (R-254): at which entry one looks, the entries before and after it, named moments.

For those who check: it is noted where a page is read (web.reading.show) and drawn by base.html."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, request

from ledger.store import SYSTEM
from projections.as_of import AsOf
from projections.moments import Moment, moments
from projections.reading import Reading
from web.premises import premises

TRAVELLERS = frozenset({"inspector", "deputy", "director", "working_group"})
ENTRY = "entry-"  # `?at=entry-1234`: right after the entry at that position


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeBar:
    """`here` is the last entry that moved this page, made `at` (aware); `before` and `after` the ones beside it.
    `whole`: the page is of the school, and every entry moves it. `keeps`: what else the address says."""

    as_of: AsOf
    here: int | None
    at: datetime | None
    by: UUID | None
    before: str
    after: str
    whole: bool
    moments: tuple[Moment, ...]
    path: str
    keeps: tuple[tuple[str, str], ...]

    def address(self, moment: Moment) -> str:
        """What `?at=` says of a named moment."""
        return moment.at.isoformat() if moment.entry is None else f"{ENTRY}{moment.entry}"

    def stands_at(self, moment: Moment) -> bool:
        if self.as_of.live:
            return False
        if moment.entry is None:
            return moment.at == self.as_of.instant
        return moment.entry == self.as_of.position


def travels() -> bool:
    return bool({str(role) for role in g.actor.roles} & TRAVELLERS)


def note(reading: Reading, about: dict[str, UUID | None]) -> None:
    """Of the first page that is read for a screen; a fragment and the JSON twin have no bar."""
    if "time_bar" in g or request.path.startswith("/api/") or "fragment" in request.args or not travels():
        return
    here = premises()
    whole, (step, before, after) = _steps(reading, about)
    cause = reading.stamps([step]).get(step) if step else None
    g.time_bar = TimeBar(
        as_of=reading.as_of,
        here=step,
        at=cause.at if cause else None,
        by=cause.person if cause and cause.person != SYSTEM else None,
        before=f"{ENTRY}{before}" if before else "",
        after=f"{ENTRY}{after}" if after and not reading.as_of.live else "",
        whole=whole,
        moments=moments(reading, here.school(g.actor.school), g.actor.person, here.now()),
        path=request.path,
        keeps=tuple((name, value) for name, value in request.args.items(multi=True) if name != "at"),
    )


def _steps(reading: Reading, about: dict[str, UUID | None]) -> tuple[bool, tuple[Any, Any, Any]]:
    scope = _scope(reading, about)
    if scope is None:
        position = reading.as_of.position
        after = position + 1 if not reading.as_of.live and position < reading.head() else None
        return True, (position, position - 1, after)
    found = reading.steps(**scope)
    return False, (found.here, found.before, found.after)


def _scope(reading: Reading, about: dict[str, UUID | None]) -> dict[str, Any] | None:
    """Of one lesson, page, pupil or class; None for what is of the whole school."""
    lesson, journal = (request.view_args or {}).get("lesson"), about.get("journal_id")
    pupil, class_id = about.get("pupil_id"), about.get("class_id")
    if not (lesson or journal or pupil or class_id):
        return None
    pages = None
    if journal:
        pages = [journal]
    elif class_id:
        pages = [page.id for page in reading.school.pages_of_class(class_id)]
    return {"journals": pages, "lesson": lesson, "pupil": pupil}
