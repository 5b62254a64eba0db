"""Subjects (stream: calendar), journals and who teaches them (stream: the journal)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectAdded:
    """`attributes`: language, literature, pe, foreign, laboratory, unmarked."""

    subject: UUID
    title: str
    short: str
    attributes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalListed:
    """A page of the journal: a class or a group of it × a subject × a year."""

    class_id: UUID
    group: UUID | None
    subject: UUID
    year: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkloadAssigned:
    """`hours` a week, in hundredths (3 hours are 300; a half an hour is 50)."""

    teacher: UUID
    first: date
    until: date | None
    hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkloadEnded:
    teacher: UUID
    last: date
