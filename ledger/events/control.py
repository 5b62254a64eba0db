"""Control of the journal by the school itself (R-209…R-211). Streams: `ledger.streams.director_control`,
`ledger.streams.daily_checks` of a class, and a certificate of its own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlRecorded:
    """The director's control of a month (its first day), of the journal as of `position` (R-210, W-26)."""

    control: UUID
    month: date
    position: int
    text: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class DayChecked:
    """The class teacher looked whether the lessons of this day are written down (R-211, W-25); `position` is what
    was looked at, `missing` the lessons that were not."""

    day: date
    position: int
    missing: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateDrawnUp:
    """Справка по итогам контроля (C-30): `indicators` are codes of control reports, counted at `position` over the days
    `first`…`last` of these classes (none: the whole school)."""

    number: str
    title: str
    first: date
    last: date
    classes: tuple[UUID, ...]
    indicators: tuple[str, ...]
    position: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateWorded:
    """The text as a whole; the last one counts."""

    text: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateFindingSet:
    """What was found, who answers for it and by when; the same finding set again is its new wording."""

    finding: UUID
    responsible: UUID
    text: PersonalText
    due: date


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateFindingDropped:
    finding: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateIssued:
    """From now on nothing in it changes; `people` are to acquaint themselves with it."""

    people: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateAcknowledged:
    """Whoever wrote this has read it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateFindingResolved:
    """The one who answers for it says what was done."""

    finding: UUID
    text: PersonalText
