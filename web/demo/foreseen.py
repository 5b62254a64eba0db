"""The school as the demonstration's affairs will leave it, rehearsed in memory.

Lessons are told of a school that already knows who was away, moved or taught at home that day; and yet every entry
is to stand in the ledger in the order of its own time. So the affairs are done first where nobody sees them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from commands.handle import House
from ledger import regulation
from ledger.memory import MemoryStore
from ledger.personal import PersonalText, seal
from ledger.regulation import Regulation
from ledger.school import School
from ledger.schools import Schools
from web.demo import affairs, founding
from web.demo.steps import Step, run


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """`affairs` are the steps that lead from the founded school to `school`."""

    affairs: tuple[Step, ...]
    school: School
    regulation: Regulation


def foresee(laid: founding.Plan, school: UUID, zone: ZoneInfo, now: datetime) -> Foreseen:
    """Up to the local time `now`."""
    store = MemoryStore()
    house = House(store=store, schools=Schools(store), seal=_sealed)
    instant = now.replace(tzinfo=zone)

    def done(steps: tuple[Step, ...]) -> School:
        run(steps, school, zone, house, lambda: instant)
        return house.schools.current(school)

    founded = done(founding.founding_steps(laid))
    first = affairs.of_the_year(founded, now)
    settled = done(first)
    second = affairs.of_these_days(settled, now)
    adopted = regulation.in_force(founded, now.date())
    if adopted is None:
        raise ValueError("the demonstration's regulation is not in force")
    return Foreseen(affairs=(*first, *second), school=done(second), regulation=adopted[1])


def _sealed(text: str, about: UUID, command_id: UUID, part: int) -> PersonalText:
    """Nothing of the rehearsal is kept, so there is nothing to keep secret."""
    nonce = sha256(command_id.bytes + bytes([part])).digest()[:12]
    return seal(text, person=about, key=bytes(32), nonce=nonce)
