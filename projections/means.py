"""The mean of marks shown on pages; a proposal for a period is another matter (issue «Period marks»)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from ledger.attestation import parts_of
from ledger.regulation import Regulation


def shown_mean(values: Iterable[str], regulation: Regulation) -> str:
    """«4,20» of values like «4» and «4/3», or "" of none. A fraction counts by P-25: two, mean or first."""
    parts = [p for value in values for p in fraction_parts(value, regulation.fractions.mean)]
    if not parts:
        return ""
    return written(sum(parts, Decimal(0)) / len(parts))


def written(mean: Decimal | None) -> str:
    """«4,20», "" for none."""
    return "" if mean is None else str(mean.quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


@lru_cache(maxsize=1000)
def fraction_parts(value: str, mode: str) -> tuple[Decimal, ...]:
    """The numbers a mark adds to a mean (E-08)."""
    return parts_of(tuple(map(int, value.split("/"))), mode)
