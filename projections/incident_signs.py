"""What is unusual in the use of an access, and what was looked at with it (R-186, R-187). Pure: rows in, signs out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ledger.entry import Entry
from ledger.school import School
from ledger.sessions import SessionRow
from ledger.views_log import View

NIGHT_ENDS, NIGHT_BEGINS = 6, 22  # hours of the school's clock
MANY, WITHIN = 20, timedelta(minutes=10)  # entries that many minutes apart at most are a mass change


@dataclass(frozen=True, kw_only=True, slots=True)
class Burst:
    """`count` entries between two local moments."""

    first: datetime
    last: datetime
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A session from an address, local times; `also` there was another open at another address."""

    address: str
    device: str
    first: datetime
    last: datetime
    also: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What sort of page or export was looked at, how often, of how many pupils."""

    page: str
    count: int
    pupils: int
    last: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """Another account seen from an address of this one."""

    account: UUID
    person: UUID
    address: str
    sessions: int
    last: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """All since the breach was noticed. `pupils` are those whose pages of their own were looked at."""

    night: int
    bursts: tuple[Burst, ...]
    places: tuple[Place, ...]
    looked: tuple[Looked, ...]
    pupils: tuple[UUID, ...]
    neighbours: tuple[Neighbour, ...]

    @property
    def twice(self) -> bool:
        return any(place.also for place in self.places)

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset((*self.pupils, *(each.person for each in self.neighbours)))


def signs(
    school: School,
    entries: Sequence[Entry],
    sessions: Sequence[SessionRow],
    views: Sequence[View],
    neighbours: Iterable[Neighbour],
) -> Signs:
    """`entries` are what was done with the access, ascending."""
    times = [school.local(entry.stamp.judged_at) for entry in entries]
    pupils = dict.fromkeys(view.pupil_id for view in views if view.pupil_id is not None)
    return Signs(
        night=sum(1 for at in times if not NIGHT_ENDS <= at.hour < NIGHT_BEGINS),
        bursts=tuple(bursts(times)),
        places=tuple(_place(each, sessions, school) for each in sessions),
        looked=tuple(_looked(views, school)),
        pupils=tuple(pupils),
        neighbours=tuple(neighbours),
    )


def bursts(times: Sequence[datetime]) -> Iterable[Burst]:
    """Runs of MANY or more whose first and last are WITHIN of each other, each entry in one of them."""
    start = 0
    while start < len(times):
        end = start
        while end + 1 < len(times) and times[end + 1] - times[start] <= WITHIN:
            end += 1
        if end - start + 1 >= MANY:
            yield Burst(first=times[start], last=times[end], count=end - start + 1)
        start = end + 1


def _place(one: SessionRow, sessions: Sequence[SessionRow], school: School) -> Place:
    return Place(
        address=one.ip,
        device=one.user_agent,
        first=school.local(one.created_at),
        last=school.local(_end(one)),
        also=any(
            other.ip != one.ip and other.created_at < _end(one) and one.created_at < _end(other)
            for other in sessions
        ),
    )


def _end(session: SessionRow) -> datetime:
    """When it was last used: an open session that nobody uses is no second place."""
    return min(session.ended_at, session.last_seen) if session.ended_at else session.last_seen


def _looked(views: Sequence[View], school: School) -> Iterable[Looked]:
    counts = Counter(view.page for view in views)
    for page, count in counts.most_common():
        own = [view for view in views if view.page == page]
        pupils = {view.pupil_id for view in own if view.pupil_id is not None}
        yield Looked(page=page, count=count, pupils=len(pupils), last=school.local(own[-1].at))
