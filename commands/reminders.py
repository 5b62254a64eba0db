"""One reminder to the teachers of all pages that are not ready for the close (R-161)."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight, drafts
from commands.period_facts import span_of
from commands.texts import plain
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.reminders import ReadinessReminded
from ledger.regulation import Regulation
from ledger.school import School

TEXT_LENGTH = 500  # characters
MOST_PAGES = 2000  # of one reminder: forty classes have seven hundred


@dataclass(frozen=True, kw_only=True, slots=True)
class RemindReadiness:
    """`period` may be the year (`streams.year`); `text` is a word of the deputy's own, «» for none."""

    period: UUID
    journals: tuple[UUID, ...] = field(metadata={"longest": MOST_PAGES})
    text: str = ""
    confirmed: bool = False


def sent(command: RemindReadiness, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """What was reminded of before."""
    return (streams.reminders(school.id, command.period),)


def remind_readiness(command: RemindReadiness, sight: Sight) -> tuple[Draft, ...]:
    journals = tuple(dict.fromkeys(command.journals))
    for journal in journals:
        span_of(sight.school, journal, command.period)
    if not journals:
        raise Refusal("reminder-journals", "Выберите, о каких страницах напомнить.")
    event = ReadinessReminded(
        reminder=uuid5(sight.stamp.command_id, "reminder"),
        period=command.period,
        journals=journals,
        text=plain(command.text, TEXT_LENGTH) if command.text.strip() else "",
    )
    stream = streams.reminders(sight.school.id, command.period)
    return drafts(Category.CASE, stream, sight.version(stream), event)
