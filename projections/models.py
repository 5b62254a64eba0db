"""The read models: which rows an entry's scope has after every entry (design 5).

A model is plain things. Its scope is the stream it refolds; `empty` and `step` give the state; `keys` names the
rows an entry may touch, `all_keys` all there are, and `row` says what one is now, or None when it is not.
A void needs no code here: the scope is folded again and the difference written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ledger.entry import Category, Entry
from projections import (
    absences,
    cells,
    certificate_rows,
    control_rows,
    correction_rows,
    error_report_rows,
    family_rows,
    incident_rows,
    late_entries,
    mentions,
    paper_rows,
    period_rows,
    reminder_rows,
    slip_rows,
)

Key = tuple[Any, ...]  # (table, *key columns)
Values = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """`key` and `values` are the columns between school_id and since."""

    name: str
    key: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Model:
    name: str
    category: Category
    tables: tuple[Table, ...]
    empty: Callable[[Any], Any]  # scope -> state
    step: Callable[[Any, Entry], None]  # a living entry that voids nothing
    keys: Callable[[Any, Entry], Iterable[Key]]  # rows this entry may have touched
    all_keys: Callable[[Any], Iterable[Key]]
    row: Callable[[Any, Key], Values | None]
    sees_dead: bool = False  # all entries, dead or alive: those of the trail, of cases


def _model(name: str, category: Category, module: ModuleType, *, sees_dead: bool = False) -> Model:
    """The parts of a model under the names a file of this folder gives them."""
    return Model(
        name=name,
        category=category,
        tables=tuple(Table(name=n, key=k, values=v) for n, k, v in module.TABLES),
        empty=module.empty,
        step=module.step,
        keys=module.keys,
        all_keys=module.all_keys,
        row=module.row,
        sees_dead=sees_dead,
    )


SHEETS = _model("sheets", Category.LESSON, cells)
LATE_ENTRIES = _model("late_entries", Category.CASE, late_entries)
MENTIONS = _model("mentions", Category.LESSON, mentions, sees_dead=True)
ABSENCES = _model("absences", Category.CASE, absences)

PERIODS = _model("periods", Category.PERIOD, period_rows)
CORRECTIONS = _model("corrections", Category.CASE, correction_rows, sees_dead=True)
ERROR_REPORTS = _model("error_reports", Category.CASE, error_report_rows)
REMINDERS = _model("reminders", Category.CASE, reminder_rows)
INCIDENTS = _model("incidents", Category.CASE, incident_rows)
FAMILIES = _model("families", Category.CASE, family_rows)
SLIPS = _model("slips", Category.CASE, slip_rows)
CERTIFICATES = _model("certificates", Category.CASE, certificate_rows)
CONTROLS = _model("controls", Category.CASE, control_rows)
PAPERS = _model("papers", Category.CASE, paper_rows)

MODELS: tuple[Model, ...] = (
    SHEETS,
    LATE_ENTRIES,
    MENTIONS,
    ABSENCES,
    PERIODS,
    CORRECTIONS,
    ERROR_REPORTS,
    REMINDERS,
    INCIDENTS,
    FAMILIES,
    SLIPS,
    CERTIFICATES,
    CONTROLS,
    PAPERS,
)
