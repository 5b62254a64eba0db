"""A step of the demonstration's story: who did what at which local time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from time import monotonic
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from commands.deciding import Sight
from commands.handle import NOBODY, Asking, House, handle, sight_of
from ledger import streams
from ledger.entry import Origin
from ledger.lesson import Sheet, fold_lesson
from ledger.period_sheet import PeriodSheet, fold_period_sheet


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a step sees of the school when its turn comes."""

    house: House
    asking: Asking

    def __call__(self, lesson: UUID) -> Sheet:
        """Of a lesson."""
        loaded = self.house.store.load(self.asking.school, streams=[lesson])
        return fold_lesson(lesson, loaded.streams[lesson])

    def period_sheet(self, journal: UUID, period: UUID) -> PeriodSheet:
        stream = streams.period_sheet(self.asking.school, journal, period)
        return fold_period_sheet(self.house.store.load(self.asking.school, streams=[stream]).streams[stream])

    def sight(self, command: object) -> Sight:
        """What the decision on this command would rest on."""
        return sight_of(command, self.asking, self.house)


@dataclass(frozen=True, kw_only=True)
class Access:
    """What somebody is signed in with."""

    account: UUID
    credential: UUID
    session: UUID


@dataclass(frozen=True, kw_only=True)
class Step:
    """`at` is the school's local time (naive), `key` names the step for ever: a demonstration that was cut
    off goes on where it stopped. `command` may be made from what the sheets then say. `access` is that of the few whose
    accounts the story is about."""

    at: datetime
    person: UUID
    key: str
    command: object | Callable[[Look], object]
    access: Access | None = None


def system(at: datetime, key: str, command: object) -> Step:
    return Step(at=at, person=NOBODY, key=key, command=command)


def command_id(school: UUID, key: str) -> UUID:
    return uuid5(school, f"demonstration/{key}")


def run(
    steps: Iterable[Step], school: UUID, zone: ZoneInfo, house: House, clock: Callable[[], datetime] = utc_now
) -> int:
    """Do them in order of time; how many there were. Pages are brought up by the caller, once."""
    quiet = replace(house, catch_up=lambda _school: True)

    ordered = sorted(steps, key=lambda step: (step.at, step.key))
    for step in ordered:
        asking = _asking(step, school, zone, clock())
        command = step.command(Look(house=quiet, asking=asking)) if callable(step.command) else step.command
        handle(command, asking, quiet)
    return len(ordered)


def _asking(step: Step, school: UUID, zone: ZoneInfo, now: datetime) -> Asking:
    id_, tick, access = command_id(school, step.key), monotonic(), step.access
    return Asking(
        school=school,
        account=NOBODY if access is None else access.account,
        credential=None if access is None else access.credential,
        session=None if access is None else access.session,
        person=step.person,
        command_id=id_,
        received_at=now,
        origin=Origin.IMPORT,
        # The id says which step it is; what it is made of may be looked up anew after an interruption.
        body_sha256=sha256(id_.bytes).digest(),
        declared_at=step.at.replace(tzinfo=zone).astimezone(UTC),
        age=lambda: monotonic() - tick,
    )
