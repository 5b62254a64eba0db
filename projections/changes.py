"""The difference an entry makes to the rows of its scope (design 5: refold and write the difference).

Pure: entries in, row changes out. Ending and re-opening rows by hand was wrong in 2,918 of 20,000 random
histories; folding the scope again and comparing is right in all. For an entry that voids nothing only the
keys it names are compared: a property test (tests/projections/test_changes.py) proves it equal to all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events.voids import VOIDING
from projections.models import Key, Model, Values


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """At `position` the row `key` became `after` (None: it ended); `existed`: a row of it held before."""

    position: int
    key: Key
    existed: bool
    after: Values | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table key[0] and the positions it held from and to (None: it holds)."""

    key: Key
    values: Values
    since: int
    until: int | None


@dataclass(kw_only=True)
class Scope:
    """One stream as a model sees it: the entries so far, the state they fold to, the rows that hold."""

    model: Model
    id: UUID
    entries: list[Entry]
    state: Any
    rows: dict[Key, Values]

    @classmethod
    def of(cls, model: Model, stream: UUID, entries: Sequence[Entry]) -> Scope:
        """The scope after `entries` (ascending, voids among them)."""
        state = folded(model, stream, entries)
        return cls(model=model, id=stream, entries=list(entries), state=state, rows=rows_of(model, state))

    def advance(self, entry: Entry) -> list[Change]:
        """Take one more entry and say what became of the rows."""
        self.entries.append(entry)
        if not self.model.sees_dead and any(isinstance(each.event, VOIDING) for each in self.entries):
            # A void, or a record after one: it may bring back which lesson it is (ledger.effective).
            self.state = folded(self.model, self.id, self.entries)
            touched: Iterable[Key] = {*self.rows, *self.model.all_keys(self.state)}
        else:
            self.model.step(self.state, entry)
            touched = self.model.keys(self.state, entry)
        return list(self._changed(entry.position, touched))

    def _changed(self, position: int, touched: Iterable[Key]) -> Iterator[Change]:
        for key in touched:
            before, after = self.rows.get(key), self.model.row(self.state, key)
            if before == after:
                continue
            if after is None:
                del self.rows[key]
            else:
                self.rows[key] = after
            yield Change(position=position, key=key, existed=before is not None, after=after)


def folded(model: Model, stream: UUID, entries: Sequence[Entry]) -> Any:
    state = model.empty(stream)
    for entry in entries if model.sees_dead else effective(entries):
        model.step(state, entry)
    return state


def rows_of(model: Model, state: Any) -> dict[Key, Values]:
    return {key: row for key in model.all_keys(state) if (row := model.row(state, key)) is not None}


def intervals(changes: Iterable[Change]) -> tuple[list[tuple[Key, int]], list[Row]]:
    """The rows of before that ended, with the position that ended each, and the new rows with theirs."""
    ended: list[tuple[Key, int]] = []
    rows: list[Row] = []
    standing: dict[Key, Change] = {}
    for change in changes:
        before = standing.pop(change.key, None)
        if before is not None:
            rows.append(_row(before, change.position))
        elif change.existed:
            ended.append((change.key, change.position))
        if change.after is not None:
            standing[change.key] = change
    rows += [_row(change, None) for change in standing.values()]
    return ended, rows


def _row(change: Change, until: int | None) -> Row:
    assert change.after is not None
    return Row(change.key, change.after, change.position, until)
