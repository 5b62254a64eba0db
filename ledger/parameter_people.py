"""Parameters about people: who decides, who records, who receives (P-05, P-06, P-30…P-40, P-50, P-53…P-55)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.entry import Role
from ledger.parameter_values import Reader, choice, fields, listed, text, truth, whole

ANY_DEPUTY = "любой"
ALL_MATTERS = "all"
MATTERS = (
    "late_entry",
    "correction",
    "period_correction",
    "graduating",
    "non_attestation",
    "substitution",
    "timetable",
    "plan",
    "control",
    "print",
    "taint",
)
ROLES = tuple(role.value for role in Role if role not in (Role.SYSTEM, Role.NOBODY))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True, slots=True)
class GraduatingCorrection:
    """P-55: of which marks of the graduating grades (period, year, final; none: as P-54 says) a correction
    needs these papers (explanation, conclusion, order)."""

    kinds: frozenset[str]
    artefacts: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reinstatement:
    """P-66: the role that approves, and in how many working days it may be asked for."""

    approver: str
    working_days: int


def some(item: Reader) -> Reader:
    """A set that is not empty."""

    def read(raw: Any) -> frozenset[Any]:
        values = listed(item)(raw)
        if not values:
            raise ValueError("список пуст: тогда этого не мог бы никто")
        return frozenset(values)

    return read


roles = some(choice(*ROLES))


def any_of(*words: str) -> Reader:
    """A set of these words, possibly empty."""

    def read(raw: Any) -> frozenset[str]:
        return frozenset(listed(choice(*words))(raw))

    return read


def competences(raw: Any) -> Mapping[str, frozenset[str]]:
    """Of each competence (УВР, УМР; «любой»: of every deputy) the matters it decides."""
    if not isinstance(raw, dict) or not raw:
        raise ValueError('нужна таблица { "УВР" = ["all"] }')
    return {text(name): some(choice(*MATTERS, ALL_MATTERS))(matters) for name, matters in raw.items()}


def deputies(raw: Any) -> frozenset[str]:
    """Competences of the deputies who may; empty: any deputy."""
    return frozenset(some(text)(raw)) - {ANY_DEPUTY}


def plan(raw: Any) -> tuple[frozenset[str], bool]:
    values = fields(raw, authors=roles, approval=truth)
    return values["authors"], values["approval"]


def category(raw: Any) -> tuple[str, int]:
    """The role, and the ISO weekday (7 is Sunday) to whose 23:59:59 absences of that week want a category."""
    values = fields(raw, role=choice(*ROLES), deadline=choice(*_WEEKDAYS))
    return values["role"], _WEEKDAYS.index(values["deadline"]) + 1


def graduating_correction(raw: Any) -> GraduatingCorrection:
    return GraduatingCorrection(
        **fields(
            raw,
            kinds=any_of("period", "year", "final"),
            artefacts=any_of("explanation", "conclusion", "order"),
        )
    )


def reinstatement(raw: Any) -> Reinstatement:
    return Reinstatement(**fields(raw, approver=choice("deputy", "director"), working_days=whole(1, 60)))
