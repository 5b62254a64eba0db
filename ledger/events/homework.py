"""Homework (R-099…R-101). Stream: the lesson it was set at."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeworkSet:
    """`manner` says how it is done (written, oral, by_heart, practical …); `due` is the day of the lesson
    it is due at and `due_lesson` that lesson, both None when no later lesson is planned."""

    text: str
    manner: tuple[str, ...]
    due: date | None
    due_lesson: UUID | None
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeworkNotSet:
    """«Не задано» is a value, not an absence of one."""

    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class IndividualHomeworkSet:
    pupil: UUID
    text: PersonalText
    due: date | None
    due_lesson: UUID | None
