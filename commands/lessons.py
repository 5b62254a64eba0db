"""The topic of a lesson, repeated to the parallel class when asked (R-097)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Sight
from commands.in_lesson import in_lesson
from commands.texts import tidy
from ledger.entry import Draft
from ledger.events.lessons import TopicRecorded


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordTopic:
    """`also` are lessons of the parallel that were about the same."""

    lesson: UUID
    text: str
    also: tuple[UUID, ...] = ()
    confirmed: bool = False


def record_topic(command: RecordTopic, sight: Sight) -> tuple[Draft, ...]:
    text = tidy(command.text)
    lessons = dict.fromkeys((command.lesson, *command.also))
    return tuple(d for lesson in lessons for d in _recorded(lesson, text, sight))


def _recorded(lesson: UUID, text: str, sight: Sight) -> tuple[Draft, ...]:
    standing = sight.sheet(lesson).topic
    event = TopicRecorded(text=text)
    return () if standing is not None and standing.event == event else in_lesson(lesson, sight, event)
