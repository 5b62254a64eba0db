"""Marks for a reporting period and for the year (R-147…R-162).

Stream: `ledger.streams.period_sheet`, one a page and period; marks for the year, of the intermediate attestation and
final ones stand in the page's sheet of the year (`period` is `ledger.streams.year`).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodMarkGiven:
    """`kind`: period, year, attestation or final; `value` «5»…«1», «осв» or «н/а»; `proposed` what the system proposed
    («» for nothing), `rests_on` the positions of the marks, absences and period marks it was decided on. Given over
    another it replaces it. `reason` of a deviation is about the pupil; `correction` the case that brought it."""

    journal: UUID
    period: UUID
    kind: str
    pupil: UUID
    value: str
    proposed: str
    rests_on: tuple[int, ...]
    reason: PersonalText | None = None
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodMarkWithdrawn:
    journal: UUID
    period: UUID
    kind: str
    pupil: UUID
    correction: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodMarkRechecked:
    """Somebody looked at the mark again after what it rests on had changed, and it stays (R-172); `act` made void some
    of it (R-183), None where nothing of it was."""

    journal: UUID
    period: UUID
    kind: str
    pupil: UUID
    rests_on: tuple[int, ...]
    reason: PersonalText
    act: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExceptionRequested:
    """An attestation against the rule (R-151, R-157): `ground` is least_marks (fewer marks than it takes) or
    non_attestation (more than half missed). `reason` is about the pupil."""

    case: UUID
    journal: UUID
    period: UUID
    pupil: UUID
    ground: str
    reason: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class ExceptionAgreed:
    """A parent agrees in the diary."""

    case: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ExceptionGranted:
    """`agreed_on` and `document`: the parents' written agreement; None where they agreed in the diary or where the
    ground needs none. A grant without a request has a case of its own."""

    case: UUID
    journal: UUID
    period: UUID
    pupil: UUID
    ground: str
    reason: PersonalText
    agreed_on: date | None = None
    document: PersonalText | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExceptionDeclined:
    case: UUID
    reason: PersonalText


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodClosed:
    """From now on only a case touches the sheet (R-162)."""

    journal: UUID
    period: UUID
