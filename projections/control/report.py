"""A control report as plain data (requirements 1.U): shown on a page, printed, written into a table, drawn.

Whoever shows it knows no report by name: a report says of its columns what they hold, of its lines what lies behind
them, and of the whole which few figures it comes to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ledger.personal import KeyOf, PersonalText, unseal
from projections.as_of import AsOf

# share: per cent, 0…100. hours: in hundredths. moment: the school's local time. mark: «4», «4/3», «н».
Kind = Literal["text", "count", "share", "mean", "hours", "day", "moment", "mark"]
# A text about a person stays sealed until whoever shows the report opens it (`opened`).
Value = str | int | float | date | datetime | PersonalText | None
Day = date


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """`key` never changes: comparisons, CSV and links use it. `better` says which way is good, "" for neither."""

    key: str
    title: str
    kind: Kind = "text"
    better: Literal["", "more", "less"] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """`key` names the line among those of its report (ids joined by «/»), the same in every period; `values` run as
    the columns do."""

    key: str
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """What the whole comes to: «92,0 % учителей». `part` of `whole`, when it is a share."""

    key: str
    title: str
    value: float | int | None
    kind: Kind
    part: int | None = None
    whole: int | None = None
    better: Literal["", "more", "less"] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """Bars or lines over `labels`; each series has as many values; `unit` «%» or what is counted."""

    title: str
    shape: Literal["bars", "lines"]
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    unit: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """`regulation` is the version it was judged by. `notes` are sentences below the table: who was left out and why."""

    code: str
    title: str
    asked: Asked
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]
    as_of: AsOf
    regulation: int
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a report is about: both days included; None: all. `teacher` and `class_id` are also what the right to see
    it is asked of (matrix row 45)."""

    first: date
    last: date
    level: str | None = None
    class_id: UUID | None = None
    subject: UUID | None = None
    teacher: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """One thing behind a figure: what is said of it, and where it stands. Of the ids those that name the place are set:
    a lesson (with the pupil's cell in it), a page with a pupil or a period, a class, a pupil, an incident."""

    words: str
    date: Day | None = None
    lesson: UUID | None = None
    journal: UUID | None = None
    work: UUID | None = None
    pupil: UUID | None = None
    period: UUID | None = None
    class_id: UUID | None = None
    incident: UUID | None = None


def share(part: int, whole: int) -> float | None:
    """Per cent to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def opened(report: Report, key_of: KeyOf) -> Report:
    """With its personal texts readable, «данные удалены» where the key was erased."""

    def read(value: Value) -> Value:
        return unseal(value, key_of) if isinstance(value, PersonalText) else value

    return replace(
        report, lines=tuple(replace(line, values=tuple(map(read, line.values))) for line in report.lines)
    )
