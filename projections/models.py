"""The read models: which rows an entry's scope has after every entry (design 5).

A model is plain things. Its scope is the stream it refolds; `empty` and `step` give the state; `keys` names the
rows an entry may touch, `all_keys` all there are, and `row` says what one is now, or None when it is not.
A void needs no code here: the scope is folded again and the difference written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ledger.entry import Category, Entry
from projections import absences, cells, late_entries, mentions

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
    sees_dead: bool = False  # the trail shows all entries, dead or alive


SHEETS = Model(
    name="sheets",
    category=Category.LESSON,
    tables=tuple(Table(name=n, key=k, values=v) for n, k, v in cells.TABLES),
    empty=cells.empty,
    step=cells.step,
    keys=cells.keys,
    all_keys=cells.all_keys,
    row=cells.row,
)
LATE_ENTRIES = Model(
    name="late_entries",
    category=Category.CASE,
    tables=tuple(Table(name=n, key=k, values=v) for n, k, v in late_entries.TABLES),
    empty=late_entries.empty,
    step=late_entries.step,
    keys=late_entries.keys,
    all_keys=late_entries.all_keys,
    row=late_entries.row,
)
MENTIONS = Model(
    name="mentions",
    category=Category.LESSON,
    tables=tuple(Table(name=n, key=k, values=v) for n, k, v in mentions.TABLES),
    empty=mentions.empty,
    step=mentions.step,
    keys=mentions.keys,
    all_keys=mentions.all_keys,
    row=mentions.row,
    sees_dead=True,
)

ABSENCES = Model(
    name="absences",
    category=Category.CASE,
    tables=tuple(Table(name=n, key=k, values=v) for n, k, v in absences.TABLES),
    empty=absences.empty,
    step=absences.step,
    keys=absences.keys,
    all_keys=absences.all_keys,
    row=absences.row,
)

MODELS: tuple[Model, ...] = (SHEETS, LATE_ENTRIES, MENTIONS, ABSENCES)
