"""When the journal could not be reached (W-39, 7.11): windows that an outage touches stay open longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from ledger import streams
from ledger.entry import Draft
from ledger.events.calendar import OutageRegistered
from ledger.windows import spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterOutage:
    """Local times of the school, both of them past: how long it was is known when it is over."""

    first: datetime
    last: datetime


def register_outage(command: RegisterOutage, sight: Sight) -> tuple[Draft, ...]:
    if command.last <= command.first:
        raise Refusal("outage", "Отключение кончилось раньше, чем началось.")
    if command.last > sight.now:
        raise Refusal(
            "outage", "Отключение записывают, когда оно кончилось: тогда известно, сколько оно длилось."
        )
    if sight.school.year_of(command.first.date()) is None:
        raise Refusal("date-in-year", f"{spoken(command.first.date())} — вне учебного года.")
    for other in sight.school.outages.values():
        if command.first < other.last and other.first < command.last:
            raise Refusal(
                "outage",
                f"Отключение {spoken(other.first)} – {spoken(other.last)} уже записано: одно время дважды не считают.",
                status=409,
            )
    event = OutageRegistered(
        outage=uuid5(sight.stamp.command_id, "outage"), first=command.first, last=command.last
    )
    return numbered([(streams.calendar(sight.school.id), event)], sight.school)
