"""Late entry: asked for by a teacher, permitted once by a deputy (R-120, W-40).

Stream: `ledger.streams.late_entries(school, lesson)`, one for all cases of a lesson, so that a mark finds its
permission by the lesson alone; `case` tells them apart.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntryRequested:
    """`target`: mark (one cell: `work`, `pupil`), column (`work`), attendance, topic, homework or lesson (all of
    it). `reason` is about the requester."""

    case: UUID
    lesson: UUID
    journal: UUID
    target: str
    work: UUID | None
    pupil: UUID | None
    reason: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntryPermitted:
    """`until` is local, its last second included."""

    case: UUID
    until: datetime
    reason: PersonalText | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntryDeclined:
    case: UUID
    reason: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntryUsed:
    """One use of the permission: `use` names what was written, e.g. mark/<work>/<pupil>, topic."""

    case: UUID
    use: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntryWithdrawn:
    """The deputy took the permission back before it was used up."""

    case: UUID
    reason: PersonalText | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockedWindowPermitted:
    """A permission nobody had to ask for: the window of `person` ended while the access was blocked after a notice
    (`incident`). `target` and `work` as in LateEntryRequested, `until` as in LateEntryPermitted; `reason` is about
    `person`."""

    case: UUID
    lesson: UUID
    journal: UUID
    target: str
    person: UUID
    until: datetime
    incident: UUID
    reason: PersonalText
    work: UUID | None = None
    pupil: UUID | None = None
