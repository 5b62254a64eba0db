"""The arithmetic of a proposal in numbers, and the act that says how to reckon (P-19…P-27, P-97)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ledger import regulation as regulations
from ledger.attestation import (
    Evidence,
    Proposal,
    least_marks,
    marks_counted,
    mean_of,
    missed_too_much,
    numbers,
)
from ledger.parameter_attestation import ControlWeight
from ledger.regulation import Regulation
from ledger.school import School
from projections.means import written
from projections.reading import NoSuchPage

CLAUSES = ("W-14", "W-35", "W-36", "P-20", "P-23", "P-24", "P-25", "P-26", "P-27", "P-97")


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """The regulation a mark is judged by: its version is named by the day it came into force. `clauses` by the number
    of the rule or parameter."""

    title: str
    in_force: date
    clauses: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mean:
    """«28 / 8 = 3,50»; all "" of nothing."""

    total: str
    count: int
    mean: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """How the proposal was found: `by` as in Proposal, "" where nothing is proposed (an attestation). `weight` of a
    control work, 1 where it weighs nothing; they decide from `low` to `high` of
    a half where `decides`, but for being `tied` there: at exactly the half. `marks` count
    for the rule of at least `least`, which an excused absence `spared` (P-20); `missed` of `held` lessons, `too_much`
    of them; `exempt` of `days`, `share` percent of which make «осв»."""

    value: str
    by: str
    all_marks: Mean
    control: Mean
    weight: int
    decides: bool
    tied: bool
    low: str
    high: str
    rounding: str
    marks: int
    least: int
    spared: bool
    held: int
    missed: int
    too_much: bool
    threshold: int
    exempt: int
    days: int
    share: int


def act_on(school: School, on: date) -> tuple[Act, Regulation]:
    """In force that day. Raises NoSuchPage before any was adopted."""
    found = regulations.in_force(school, on)
    if found is None:
        raise NoSuchPage("no regulation was in force")
    position, regulation = found
    adopted = next(entry.event for entry in school.regulations if entry.position == position)
    clauses = {code: regulation.clauses[code] for code in CLAUSES}
    return Act(title=regulation.title, in_force=adopted.in_force, clauses=clauses), regulation  # type: ignore[attr-defined]


def sums(evidence: Evidence, proposal: Proposal, regulation: Regulation) -> Sums:
    """Of a mark of a period."""
    whole, control = numbers(evidence.marks, regulation)
    return _sums(proposal, mean(whole), mean(control), evidence, regulation)


def sums_of_year(values: Iterable[str], proposal: Proposal, regulation: Regulation) -> Sums:
    """Of the values that are members of the year's mean (K-13)."""
    whole = tuple(Decimal(value) for value in values if value.isdigit())
    return _sums(proposal, mean(whole), mean(()), Evidence(), regulation)


def mean(numbers: tuple[Decimal, ...]) -> Mean:
    total = sum(numbers, Decimal(0))
    shown = f"{total.normalize():f}".replace(".", ",") if numbers else ""
    return Mean(total=shown, count=len(numbers), mean=written(mean_of(numbers)))


def _sums(proposal: Proposal, whole: Mean, control: Mean, evidence: Evidence, regulation: Regulation) -> Sums:
    terms = regulation.control_weight
    return Sums(
        value=proposal.value,
        by=proposal.by,
        all_marks=whole,
        control=control,
        weight=terms.weight if terms.mode == "weight" else 1,
        decides=terms.mode == "tie_break",
        tied=_tied(proposal, terms),
        low=written(Decimal(str(terms.low))),
        high=written(Decimal(str(terms.high))),
        rounding=regulation.rounding,
        marks=marks_counted(evidence, regulation),
        least=least_marks(evidence, regulation),
        spared=least_marks(evidence, regulation) < least_marks(replace(evidence, missed=()), regulation),
        held=evidence.held,
        missed=len(evidence.missed),
        too_much=missed_too_much(evidence.held, len(evidence.missed), regulation),
        threshold=round(100 * regulation.non_attestation.threshold),
        exempt=evidence.exempt_days,
        days=evidence.days,
        share=round(100 * regulation.exempt_share),
    )


def _tied(proposal: Proposal, terms: ControlWeight) -> bool:
    """The mean lies where the control works decide, and theirs is the half itself: they do not (K-12)."""
    whole, control = proposal.mean, proposal.control_mean
    if terms.mode != "tie_break" or proposal.by != "mean" or whole is None or control is None:
        return False
    near = Decimal(str(terms.low)) <= whole % 1 <= Decimal(str(terms.high))
    return near and control == whole // 1 + Decimal("0.5")
