"""The control reports C-01…C-31 (requirements 1.U): one file a report, all of the same shape (`report`, `behind`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from projections.control import participation
from projections.control.report import Asked, Behind, Report
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """`report` makes it; `behind` tells what a line of it counted. `needs` names filters it cannot do without."""

    title: str
    report: Callable[[Reading, Asked], Report]
    behind: Callable[[Reading, Asked, str], Iterable[Behind]]
    needs: frozenset[str] = frozenset()


REPORTS: dict[str, Row] = {
    "C-01": Row(title=participation.TITLE, report=participation.report, behind=participation.behind),
}
