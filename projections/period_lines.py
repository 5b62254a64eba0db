"""One pupil's line on a sheet of period marks: what there is, what it takes, what is proposed and what stands
(R-147…R-158, R-172)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.attestation import (
    Evidence,
    Proposal,
    is_control_work,
    least_marks,
    marks_counted,
    missed_too_much,
    propose_year,
)
from ledger.entry import Finding
from ledger.period_sheet import ATTESTATION, LEAST_MARKS, NON_ATTESTATION, PERIOD, YEAR
from ledger.personal import KeyOf, opened
from ledger.regulation import Mode, Regulation
from projections.means import written
from projections.period_changes import Change
from projections.period_waiting import Waiting

Day = date
TREND = 4  # the last control works shown beside a proposal


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlMark:
    date: Day
    kind_title: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Exceptional:
    """An attestation against the rule: `ground` least_marks or non_attestation, `status` asked, granted, declined."""

    case: UUID
    ground: str
    status: str
    reason: str
    asked_by: UUID | None
    asked_at: datetime | None
    agreed: bool
    decided_by: UUID | None
    decided_at: datetime | None
    decision: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkCell:
    """`value` what stands («» nothing) by the entry `seen`; `proposed` now, `by` as ledger.attestation.Proposal says;
    `reason` of a deviation. `changes`: what has changed since somebody last looked (R-172), `taint` the Act that made
    some of it void. `contested`: set with an access whose breach was notified. `delay` in seconds. `waiting`: the
    correction asked for."""

    kind: str
    value: str = ""
    seen: int = 0
    proposed: str = ""
    by: str = "no-marks"
    reason: str = ""
    entered_at: datetime | None = None
    entered_by: UUID | None = None
    delay: int | None = None
    rewritten: int = 0
    correction: UUID | None = None
    changes: tuple[Change, ...] = ()
    contested: bool = False
    taint: str = ""
    waiting: Waiting | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilLine:
    """`listed`: on the page's list when the period ends, or today; `at_home` taught on a page of the pupil's own (8.2).
    `marks` of `needed` (W-35), `missed` of `held` lessons by category. `lacks` is the ground an exception is needed
    for, "" for none; `refused`: without it the act refuses a mark. `periods` are the values of the year's periods,
    `cells` run parallel to the page's kinds."""

    pupil: UUID
    name: str
    listed: bool
    at_home: bool
    marks: int
    needed: int
    held: int
    missed: int
    categories: tuple[tuple[str, int], ...]
    mean: str
    control_mean: str
    trend: tuple[ControlMark, ...]
    exempt_percent: int
    lacks: str
    refused: bool
    exceptions: tuple[Exceptional, ...]
    periods: tuple[str, ...]
    cells: tuple[MarkCell, ...]


@dataclass(frozen=True, kw_only=True)
class Known:
    """Of one pupil, as it was read: `standing` the rows of period_marks by kind, `periods` those of the year's periods
    (None where none stands), `changes` by kind."""

    evidence: Evidence
    proposal: Proposal
    standing: Mapping[str, Any] = field(default_factory=dict)
    periods: tuple[Any | None, ...] = ()
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    exceptions: tuple[Exceptional, ...] = ()
    waiting: Mapping[str, Waiting] = field(default_factory=dict)


def line(
    pupil: UUID,
    name: str,
    known: Known,
    kinds: Sequence[str],
    regulation: Regulation,
    key_of: KeyOf,
    *,
    listed: bool,
    at_home: bool,
) -> PupilLine:
    evidence = known.evidence
    marks, needed = marks_counted(evidence, regulation), least_marks(evidence, regulation)
    lacks = _lacks(evidence, marks, needed, regulation) if kinds == (PERIOD,) else ""
    granted = any((each.ground, each.status) == (lacks, "granted") for each in known.exceptions)
    values = tuple("" if row is None else str(row.value) for row in known.periods)
    proposals = proposed(known, values, kinds, regulation)
    shown = proposals[kinds[0]]
    return PupilLine(
        pupil=pupil,
        name=name,
        listed=listed,
        at_home=at_home,
        marks=marks,
        needed=needed,
        held=evidence.held,
        missed=len(evidence.missed),
        categories=tuple(Counter(each.category for each in evidence.missed).most_common()),
        mean=written(shown.mean),
        control_mean=written(known.proposal.control_mean),
        trend=_trend(evidence, regulation),
        exempt_percent=int(100 * evidence.exempt_share),
        lacks=lacks,
        refused=bool(lacks) and not granted and _refuses(lacks, regulation),
        exceptions=known.exceptions,
        periods=values,
        cells=tuple(_cell(kind, pupil, known, proposals[kind], key_of) for kind in kinds),
    )


def proposed(
    known: Known, values: tuple[str, ...], kinds: Sequence[str], regulation: Regulation
) -> dict[str, Proposal]:
    """By kind. Nothing is proposed for an attestation or a final mark: an examination decides them."""
    found = dict.fromkeys(kinds, Proposal(value="", by="no-marks"))
    if PERIOD in kinds:
        found[PERIOD] = known.proposal
    if YEAR in kinds:
        exam = known.standing.get(ATTESTATION)
        found[YEAR] = propose_year(values, "" if exam is None else exam.value, regulation)
    return found


def _lacks(evidence: Evidence, marks: int, needed: int, regulation: Regulation) -> str:
    if missed_too_much(evidence.held, len(evidence.missed), regulation):
        return NON_ATTESTATION
    return LEAST_MARKS if marks < needed else ""


def _refuses(lacks: str, regulation: Regulation) -> bool:
    code = "W-36" if lacks == NON_ATTESTATION else "W-35"
    return regulation.word_on(Finding(code=code)).mode in (Mode.REFUSE, Mode.PERMIT)


def _trend(evidence: Evidence, regulation: Regulation) -> tuple[ControlMark, ...]:
    control = [mark for mark in evidence.marks if is_control_work(mark.kind, regulation)]
    return tuple(
        ControlMark(
            date=mark.date,
            kind_title=regulation.work_kinds[mark.kind].title,
            value="/".join(map(str, mark.value)),
        )
        for mark in control[-TREND:]
    )


def _cell(kind: str, pupil: UUID, known: Known, proposal: Proposal, key_of: KeyOf) -> MarkCell:
    row, waiting = known.standing.get(kind), known.waiting.get(kind)
    if row is None:
        return MarkCell(kind=kind, proposed=proposal.value, by=proposal.by, waiting=waiting)
    return MarkCell(
        kind=kind,
        value=row.value,
        seen=row.entry,
        proposed=proposal.value,
        by=proposal.by,
        reason=opened(pupil, row.reason_nonce, row.reason, key_of),
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        delay=row.delay,
        rewritten=row.rewritten,
        correction=row.correction,
        changes=known.changes.get(kind, ()),
        waiting=waiting,
    )


def exceptional(row: Any, key_of: KeyOf | None) -> Exceptional:
    """Of a row of `exceptions`; its texts are about the pupil, and without `key_of` (a family's pages) stay sealed."""
    return Exceptional(
        case=row.case_id,
        ground=row.ground,
        status=row.status,
        reason="" if key_of is None else opened(row.pupil, row.reason_nonce, row.reason, key_of),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        agreed=row.agreed_at is not None or row.agreed_on is not None,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision="" if key_of is None else opened(row.pupil, row.decision_nonce, row.decision, key_of),
    )
