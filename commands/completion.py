"""The safety briefing and the teacher's word that the lesson is filled in (R-108, matrix row 8)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Sight
from commands.in_lesson import in_lesson, replacing
from commands.texts import tidy
from ledger.entry import Draft
from ledger.events.lessons import BriefingRecorded, LessonCompleted


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordBriefing:
    """The safety briefing in the teacher's words; `seen` the entry of the one that was shown, 0 for none."""

    lesson: UUID
    text: str
    seen: int = 0
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CompleteLesson:
    """Everything is filled in; what is missing the rules say."""

    lesson: UUID
    confirmed: bool = False


def record_briefing(command: RecordBriefing, sight: Sight) -> tuple[Draft, ...]:
    event = BriefingRecorded(text=tidy(command.text))
    return replacing(sight.sheet(command.lesson).briefing, event, command.seen, command.lesson, sight)


def complete_lesson(command: CompleteLesson, sight: Sight) -> tuple[Draft, ...]:
    """Once: what is written after it has its own deadlines."""
    if sight.sheet(command.lesson).completed is not None:
        return ()
    return in_lesson(command.lesson, sight, LessonCompleted())
