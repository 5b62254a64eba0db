"""An entry of the ledger: an event and its stamp (design 1 and 3).

The ledger is a sequence of entries. `Draft` is what a decider proposes, `Entry` is what the store
keeps: the same event with its place (position, version) and the instant it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID


class Category(StrEnum):
    """What is read together (streams are the unit of conflict, categories of reading)."""

    SCHOOL = "school"
    LESSON = "lesson"
    PERIOD = "period"
    PLAN = "plan"
    CASE = "case"
    ACCOUNT = "account"
    REGULATION = "regulation"


class Role(StrEnum):
    TEACHER = "teacher"
    CLASS_TEACHER = "class_teacher"
    DEPUTY = "deputy"
    METHODIST = "methodist"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"
    GUARDIAN = "guardian"
    PUPIL = "pupil"
    WORKING_GROUP = "working_group"
    SYSTEM = "system"
    NOBODY = "nobody"  # only of a refused attempt: nothing this person is allowed it


class Origin(StrEnum):
    UI = "ui"
    API = "api"
    IMPORT = "import"
    JOB = "job"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """Who, in which role, when, by which command. Instants are aware; UTC is stored.

    `received_at` is the moment the complete body of the request had been read and the only instant a
    rule decides by; `declared_at` is the time the source of an imported entry claims, and then rules
    judge by it (`judged_at`). `regulation` is the position of the RegulationAdopted entry in force.
    """

    school: UUID
    account: UUID
    person: UUID
    role: Role
    command_id: UUID
    received_at: datetime
    origin: Origin
    session: UUID | None = None
    credential: UUID | None = None
    on_behalf_of: UUID | None = None
    declared_at: datetime | None = None
    regulation: int | None = None

    def __post_init__(self) -> None:
        for name in ("received_at", "declared_at"):
            instant = getattr(self, name)
            if instant is not None and instant.tzinfo is None:
                raise ValueError(f"{name} must be an aware datetime, got {instant!r}")

    @property
    def judged_at(self) -> datetime:
        """The instant every rule compares with a deadline, and an Act with the receipt of the notice (aware)."""
        return (self.declared_at or self.received_at).astimezone(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a rule said of an entry: its code and, where a deadline had passed, by how many seconds.

    `details` fill the regulation's sentence and are not stored with the entry.
    """

    code: str
    delay: int | None = None
    details: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A proposed entry. `version` is the stream version it expects to take; None: whichever is next,
    taken under the append's lock (only for EntriesVoided and import)."""

    category: Category
    stream: UUID
    version: int | None
    event: object
    causation: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A written entry. Immutable for ever."""

    position: int
    category: Category
    stream: UUID
    version: int
    event: object
    stamp: Stamp
    recorded_at: datetime
    command_part: int = 1
    causation: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def at(self) -> datetime:
        """The instant this entry counts from when somebody travels in time."""
        return self.stamp.declared_at or self.recorded_at
