"""What a period mark rests on and what the system proposes (7.14(b8), K-10…K-14, P-17…P-27): plain arithmetic over
what a page of the journal says, in decimals; the same for the gate, the pages and the explanation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from ledger.period_sheet import EXEMPT, NOT_ATTESTED
from ledger.regulation import Regulation

ROUNDING = {"half_up": ROUND_HALF_UP, "half_down": ROUND_HALF_DOWN, "even": ROUND_HALF_EVEN}


class Counted(
    NamedTuple
):  # a page has 1,200 of them, and a frozen dataclass takes three times as long to make
    """A mark that counts on the page `journal`: `entry` its position, `kind` of its work, `value` one part or two."""

    entry: int
    lesson: UUID
    journal: UUID
    work: UUID
    date: date
    kind: str
    value: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """An «н»: `entry` its position, `category` what the class teacher said of it, «» nothing yet."""

    entry: int
    lesson: UUID
    date: date
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Of one pupil, subject and period, wherever he sat: `held` lessons that asked for his presence, `week_hours` of
    the subject in hundredths (0: not known), `exempt_days` of `days` of the period under an exemption from PE;
    `special`: in physical education, of the special medical group."""

    marks: tuple[Counted, ...] = ()
    missed: tuple[Missed, ...] = ()
    held: int = 0
    week_hours: int = 0
    days: int = 0
    exempt_days: int = 0
    special: bool = False

    @property
    def entries(self) -> tuple[int, ...]:
        """Positions a decision on it rests on, ascending."""
        return tuple(sorted({m.entry for m in self.marks} | {m.entry for m in self.missed}))

    @property
    def exempt_share(self) -> Decimal:
        return Decimal(self.exempt_days) / self.days if self.days else Decimal(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """`value` «4», «осв», «н/а» or «» for none; means are None without marks; `by` says how it was found: mean,
    control (the control works decided), special (the least good mark, R-135), exempt, missed, no-marks."""

    value: str
    by: str
    mean: Decimal | None = None
    control_mean: Decimal | None = None


def propose(evidence: Evidence, regulation: Regulation, *, attested: bool = False) -> Proposal:
    """The mark of a period (K-12); `attested`: the deputy lets the pupil be attested though more than half was missed
    (W-36)."""
    if evidence.exempt_days and evidence.exempt_share >= Decimal(str(regulation.exempt_share)):
        return Proposal(value=EXEMPT, by="exempt")
    mean, control = means(evidence.marks, regulation)
    if not attested and missed_too_much(evidence.held, len(evidence.missed), regulation):
        return Proposal(value=NOT_ATTESTED, by="missed", mean=mean, control_mean=control)
    if mean is None:
        return Proposal(value="", by="no-marks")
    value, by = _decided(mean, control, regulation)
    if evidence.special and int(value) in regulation.unsatisfactory:
        # 7.14(b11): the slightest progress, or diligence, is enough for a good mark there
        value, by = str(min(set(regulation.scale) - set(regulation.unsatisfactory))), "special"
    return Proposal(value=value, by=by, mean=mean, control_mean=control)


def means(marks: Iterable[Counted], regulation: Regulation) -> tuple[Decimal | None, Decimal | None]:
    """(of all marks, of the control works), each None of none."""
    whole, control = numbers(marks, regulation)
    return mean_of(whole), mean_of(control)


def numbers(
    marks: Iterable[Counted], regulation: Regulation
) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """What the means are of: (of all marks, of the control works). A fraction counts by P-25 (E-08); with P-23 =
    weight a control work counts that many times."""
    whole: list[Decimal] = []
    control: list[Decimal] = []
    weight, mode = regulation.control_weight, regulation.fractions.mean
    for mark in marks:
        parts, is_control = parts_of(mark.value, mode), is_control_work(mark.kind, regulation)
        whole += parts * (weight.weight if is_control and weight.mode == "weight" else 1)
        control += parts if is_control else ()
    return tuple(whole), tuple(control)


def is_control_work(kind: str, regulation: Regulation) -> bool:
    known = regulation.work_kinds.get(kind)
    return known is not None and known.control


@lru_cache(maxsize=1000)
def parts_of(value: tuple[int, ...], mode: str) -> tuple[Decimal, ...]:
    """The numbers a mark adds to a mean: two, mean or first (P-25)."""
    parts = tuple(Decimal(part) for part in value)
    if mode == "two":
        return parts
    return parts[:1] if mode == "first" else (sum(parts, Decimal(0)) / len(parts),)


def mean_of(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


def _decided(mean: Decimal, control: Decimal | None, regulation: Regulation) -> tuple[str, str]:
    """Near the half the control works decide: the neighbour their mean is nearer to (K-12)."""
    terms, floor = regulation.control_weight, mean // 1
    fraction = mean - floor
    if terms.mode == "tie_break" and control is not None:
        low, high = Decimal(str(terms.low)), Decimal(str(terms.high))
        if low <= fraction <= high and control != floor + Decimal("0.5"):
            return str(int(floor) + (1 if control > floor + Decimal("0.5") else 0)), "control"
    return rounded(mean, regulation), "mean"


def rounded(mean: Decimal, regulation: Regulation) -> str:
    """To a whole mark (P-24)."""
    return str(int(mean.quantize(Decimal(1), ROUNDING[regulation.rounding])))


def missed_too_much(held: int, missed: int, regulation: Regulation) -> bool:
    """W-36, K-29: strictly more than the share of the lessons held while the pupil was on the list."""
    return held > 0 and Decimal(missed) / held > Decimal(str(regulation.non_attestation.threshold))


def excused(evidence: Evidence) -> bool:
    """Whether any absence was for a valid reason (P-20): one the class teacher has named, but not a category of P-51
    «без …»."""
    return any(each.category and not each.category.casefold().startswith("без ") for each in evidence.missed)


def least_marks(evidence: Evidence, regulation: Regulation) -> int:
    """How many marks an attestation takes (W-35, P-19, P-20)."""
    terms, hours = regulation.least_marks, evidence.week_hours
    if hours < 200:
        return int(terms.under_2)
    if hours < 300:
        return int(terms.under_3)
    spared = regulation.least_marks_excused
    if hours >= 100 * spared.load and excused(evidence):
        return min(int(terms.from_3), int(spared.marks))
    return int(terms.from_3)


def marks_counted(evidence: Evidence, regulation: Regulation) -> int:
    """For the 3/5/7 and 25 % rules a fraction is one mark (K-14) or two, as P-25 says."""
    if regulation.fractions.count == 1:
        return len(evidence.marks)
    return sum(len(mark.value) for mark in evidence.marks)


def propose_year(periods: Iterable[str], attestation: str, regulation: Regulation) -> Proposal:
    """The mark of the year (R-154, K-13): the mean of the period marks, the attestation an equal member, a tie-break or
    ignored. «осв» never counts, and is the year's where there is nothing else; «н/а» is left out or blocks (P-27)."""
    values = [value for value in periods if value]
    terms = regulation.year_formula
    if NOT_ATTESTED in values and terms.not_attested == "blocks":
        return Proposal(value=NOT_ATTESTED, by="missed")
    numbers = [Decimal(value) for value in values if value.isdigit()]
    exam = Decimal(attestation) if attestation.isdigit() else None
    if exam is not None and terms.attestation == "member":
        numbers.append(exam)
    mean = mean_of(numbers)
    if mean is None:
        only = EXEMPT if all(value == EXEMPT for value in values) else NOT_ATTESTED
        return Proposal(value=only if values else "", by="no-marks")
    if exam is not None and terms.attestation == "tie_break" and mean % 1 == Decimal("0.5"):
        return Proposal(value=str(int(mean // 1) + (1 if exam > mean else 0)), by="control", mean=mean)
    return Proposal(value=rounded(mean, regulation), by="mean", mean=mean)
