"""The thematic plan, КТП (R-077…R-082). Stream: the plan, category plan; its head is `PlanOpened`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanItemsSet:
    """The whole plan as it is from now on: tuples in parallel, an item an hour or more (`hours` in hundredths).
    `date` is the planned day, `kind` a kind of work or "", `control` marks control works; `reason` says why an
    approved plan changes."""

    numbers: tuple[int, ...]
    sections: tuple[str, ...]
    topics: tuple[str, ...]
    hours: tuple[int, ...]
    dates: tuple[date | None, ...]
    kinds: tuple[str, ...]
    controls: tuple[bool, ...]
    homeworks: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanApproved:
    """As it stands now (P-30)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanReturned:
    reason: str
