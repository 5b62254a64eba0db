"""When the journal could not be reached (W-39, 7.11): windows that an outage touches stay open longer.

So an outage opens again what had closed. A short one is written down by whoever mends the journal, at once; a long
or a late one by the deputy or the director, who answer for the journal, and what it saves carries a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid5

from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from ledger import streams
from ledger.entry import Draft, Role
from ledger.events.calendar import OutageRegistered
from ledger.windows import day_end, delay, spoken, working_day_after

ALONE = timedelta(days=1)  # the longest an administrator registers


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
    _by_whom(command, sight)
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


def _by_whom(command: RegisterOutage, sight: Sight) -> None:
    """Raises Refusal for one that is not the administrator's to register alone."""
    if sight.stamp.role is not Role.ADMINISTRATOR:
        return
    until = day_end(working_day_after(command.last.date(), 1, sight.school))
    if command.last - command.first > ALONE or delay(sight.now, until) is not None:
        raise Refusal(
            "W-39",
            "Отключение дольше суток, или записываемое позже следующего рабочего дня после него, открывает уже"
            " закрытые сроки: его записывает заместитель директора или директор.",
            status=403,
        )
