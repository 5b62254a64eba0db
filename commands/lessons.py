"""The topic of a lesson, repeated to the parallel class when asked (R-097)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Sight
from commands.in_lesson import replacing
from commands.texts import tidy
from ledger.entry import Draft
from ledger.events.lessons import TopicRecorded


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordTopic:
    """`seen`: the entry whose topic was shown, 0 for none. `also` are lessons of the parallel that were about the
    same; what another topic says there nobody has seen, so it stays."""

    lesson: UUID
    text: str
    also: tuple[UUID, ...] = ()
    seen: int = 0
    confirmed: bool = False


def record_topic(command: RecordTopic, sight: Sight) -> tuple[Draft, ...]:
    event = TopicRecorded(text=tidy(command.text))
    seen = {**dict.fromkeys(command.also, 0), command.lesson: command.seen}
    lessons = dict.fromkeys((command.lesson, *command.also))
    return tuple(
        draft
        for lesson in lessons
        for draft in replacing(sight.sheet(lesson).topic, event, seen[lesson], lesson, sight)
    )
