"""Parameters about period marks and what they rest on (P-07, P-17…P-27, P-94, P-97)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.parameter_values import choice, fields, listed, share, truth, whole

LEVELS = ("НОО", "ООО", "СОО")
PERIOD_KINDS = ("quarter", "trimester", "half_year", "year")
EXTRACURRICULAR = ("7.13", "8.3", "course")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fullness:
    """P-18, shares of the lessons held: at least `min_share` of them marked; from `medium` on the fullness is
    medium, from `high` on high."""

    min_share: float
    medium: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class LeastMarks:
    """P-19: marks an attestation needs with less than 2, less than 3, and 3 or more lessons a week."""

    under_2: int
    under_3: int
    from_3: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ExcusedMarks:
    """P-20: `marks` are enough after an excused absence when there are `load` lessons a week or more."""

    load: int
    marks: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Extracurricular:
    """P-21: what is recorded of an extracurricular lesson of one mode."""

    marks: bool
    homework: bool
    attendance: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NonAttestation:
    """P-22: whoever missed more than `threshold` of the lessons; `scope` is subject or all_subjects."""

    threshold: float
    scope: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlWeight:
    """P-23, K-12: `mode` is mean, tie_break (control works decide where the fraction of the mean is between
    `low` and `high`) or weight (a control work counts as `weight` marks)."""

    mode: str
    low: float
    high: float
    weight: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Deviation:
    """P-26: a period mark further than `reason_above` from the proposed one needs a reason, further than
    `flag_above` is reported."""

    reason_above: int
    flag_above: int


@dataclass(frozen=True, kw_only=True, slots=True)
class YearFormula:
    """P-27, K-13: what the mark of the intermediate attestation is to the mean (member, tie_break, ignored) and
    what «н/а» is (excluded, blocks)."""

    attestation: str
    not_attested: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PeExempt:
    """P-94: an exempt pupil gets no «н» on PE; the page shows until when the exemption holds."""

    no_absence_mark: bool
    show_until: bool


def period_kinds(raw: Any) -> Mapping[str, str]:
    """The kind of period of each level of education."""
    return fields(raw, **dict.fromkeys(LEVELS, choice(*PERIOD_KINDS)))


def fullness(raw: Any) -> Fullness:
    return Fullness(**fields(raw, min_share=share, medium=share, high=share))


def least_marks(raw: Any) -> LeastMarks:
    return LeastMarks(**fields(raw, under_2=whole(0, 100), under_3=whole(0, 100), from_3=whole(0, 100)))


def excused_marks(raw: Any) -> ExcusedMarks:
    return ExcusedMarks(**fields(raw, load=whole(1, 20), marks=whole(0, 100)))


def extracurricular(raw: Any) -> Mapping[str, Extracurricular]:
    """By mode: "7.13" instead of lessons, "8.3" the programme outside the classroom, "course" a course of
    primary school."""
    values = fields(raw, **dict.fromkeys(EXTRACURRICULAR, _extracurricular))
    return {mode: values[mode] for mode in EXTRACURRICULAR}


def _extracurricular(raw: Any) -> Extracurricular:
    """A list of what is recorded."""
    recorded = listed(choice("marks", "homework", "attendance"))(raw)
    return Extracurricular(
        marks="marks" in recorded, homework="homework" in recorded, attendance="attendance" in recorded
    )


def non_attestation(raw: Any) -> NonAttestation:
    return NonAttestation(**fields(raw, threshold=share, scope=choice("subject", "all_subjects")))


def control_weight(raw: Any) -> ControlWeight:
    mode = choice("mean", "tie_break", "weight")
    return ControlWeight(**fields(raw, mode=mode, low=share, high=share, weight=whole(1, 10)))


def deviation(raw: Any) -> Deviation:
    return Deviation(**fields(raw, reason_above=whole(0, 5), flag_above=whole(0, 5)))


def year_formula(raw: Any) -> YearFormula:
    attestation = choice("member", "tie_break", "ignored")
    return YearFormula(**fields(raw, attestation=attestation, not_attested=choice("excluded", "blocks")))


def pe_exempt(raw: Any) -> PeExempt:
    return PeExempt(**fields(raw, no_absence_mark=truth, show_until=truth))
