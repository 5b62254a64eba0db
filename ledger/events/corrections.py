"""Corrections as cases (R-163…R-172). Stream: `ledger.streams.corrections`, one for all cases about one lesson or one
period sheet, so that a cell finds its cases without an index; `case` tells them apart.

What a case brings is written by the same append as the word that settles it: the cell's own event, with `correction`
naming the case.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionRequested:
    """`target`: mark (`work`, `pupil`), absence (`pupil`), topic, homework, kind (`work`), move (to `to_date`,
    `to_number`) of a lesson; period_mark (`pupil`, `kind`) of a sheet. `old` is what stood there for the requester and
    `seen` its entry (0: nothing); `new` is wanted («» takes it away; «н» for an absence). `ground`: erroneous_entry,
    omitted, order (`order` says which), reinstatement (of what `act` made void, R-184), revision or other. `bulk` names
    the cases asked for together, `report` the error report they answer; `act` with another ground is the Act that made
    void what a mark for a period rests on (R-183). `reason` is about the requester; of a final
    mark it is the written explanation (7.14)."""

    case: UUID
    journal: UUID
    target: str
    old: str
    new: str
    seen: int
    ground: str
    reason: PersonalText
    lesson: UUID | None = None
    period: UUID | None = None
    work: UUID | None = None
    pupil: UUID | None = None
    kind: str = ""
    to_date: date | None = None
    to_number: int = 0
    order: UUID | None = None
    bulk: UUID | None = None
    report: UUID | None = None
    act: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionApproved:
    case: UUID
    reason: PersonalText | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionDeclined:
    case: UUID
    reason: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionWithdrawn:
    """The requester asks no longer."""

    case: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionConcluded:
    """The deputy's conclusion about a final mark of a graduating class (7.14(b10)); it approves nothing."""

    case: UUID
    conclusion: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionOrdered:
    """The director's распоряжение `order` settles it (7.14(b10)). Its entry stands in the order's own stream."""

    case: UUID
    order: UUID
