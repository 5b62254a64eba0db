"""A step of the demonstration's story: who did what at which local time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from time import monotonic
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from commands.handle import NOBODY, Asking, House, handle
from ledger.entry import Origin
from ledger.lesson import Sheet, fold_lesson


def utc_now() -> datetime:
    return datetime.now(UTC)


Look = Callable[[UUID], Sheet]  # the sheet of a lesson as it then is


@dataclass(frozen=True, kw_only=True)
class Step:
    """`at` is the school's local time (naive), `key` names the step for ever: a demonstration that was cut
    off goes on where it stopped. `command` may be made from what the sheets then say."""

    at: datetime
    person: UUID
    key: str
    command: object | Callable[[Look], object]


def system(at: datetime, key: str, command: object) -> Step:
    return Step(at=at, person=NOBODY, key=key, command=command)


def command_id(school: UUID, key: str) -> UUID:
    return uuid5(school, f"demonstration/{key}")


def run(
    steps: Iterable[Step], school: UUID, zone: ZoneInfo, house: House, clock: Callable[[], datetime] = utc_now
) -> int:
    """Do them in order of time; how many there were. Pages are brought up by the caller, once."""
    quiet = replace(house, catch_up=lambda _school: True)

    def look(lesson: UUID) -> Sheet:
        return fold_lesson(lesson, house.store.load(school, streams=[lesson]).streams[lesson])

    ordered = sorted(steps, key=lambda step: (step.at, step.key))
    for step in ordered:
        command = step.command(look) if callable(step.command) else step.command
        handle(command, _asking(step, school, zone, clock()), quiet)
    return len(ordered)


def _asking(step: Step, school: UUID, zone: ZoneInfo, now: datetime) -> Asking:
    id_, tick = command_id(school, step.key), monotonic()
    return Asking(
        school=school,
        account=NOBODY,
        person=step.person,
        command_id=id_,
        received_at=now,
        origin=Origin.IMPORT,
        # The id says which step it is; what it is made of may be looked up anew after an interruption.
        body_sha256=sha256(id_.bytes).digest(),
        declared_at=step.at.replace(tzinfo=zone).astimezone(UTC),
        age=lambda: monotonic() - tick,
    )
