"""«Что если»: what would be proposed if the next work were a 5, a 4, a 3, a 2. Computed and never stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ledger.attestation import Counted, Evidence, is_control_work, propose
from ledger.lesson import ANSWER
from ledger.regulation import Regulation
from projections.means import written

VALUES = (5, 4, 3, 2)
NOT_WRITTEN = UUID(int=0)  # of a lesson and a work that nobody has held or set yet


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What is proposed then, and the mean it follows from."""

    value: str
    mean: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatIf:
    """If the next mark is `mark`: in an ordinary work, in a control work; None where the act knows none."""

    mark: int
    ordinary: Outcome
    control: Outcome | None


def what_if(evidence: Evidence, on: date, regulation: Regulation, *, attested: bool) -> tuple[WhatIf, ...]:
    """`on`: the day the next work is taken to be written on; `attested` as in `propose`."""
    kinds = regulation.work_kinds
    control = next((kind for kind in kinds if is_control_work(kind, regulation)), None)
    ordinary = ANSWER if not is_control_work(ANSWER, regulation) else ""

    def then(mark: int, kind: str) -> Outcome:
        proposal = propose(with_mark(evidence, mark, kind, on), regulation, attested=attested)
        return Outcome(value=proposal.value, mean=written(proposal.mean))

    return tuple(
        WhatIf(
            mark=mark,
            ordinary=then(mark, ordinary),
            control=None if control is None else then(mark, control),
        )
        for mark in VALUES
        if mark in regulation.scale
    )


def with_mark(evidence: Evidence, mark: int, kind: str, on: date) -> Evidence:
    """The same with one more mark; no lesson more, so that what is missed stays as it is."""
    more = Counted(
        entry=0, lesson=NOT_WRITTEN, journal=NOT_WRITTEN, work=NOT_WRITTEN, date=on, kind=kind, value=(mark,)
    )
    return replace(evidence, marks=(*evidence.marks, more))
