"""Rows of what a family has acknowledged and of what teachers wrote to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger import family
from ledger.entry import Entry
from ledger.events import families as events
from ledger.family import Family
from projections.sealed import by_whom, sealed

TABLES = (
    ("acknowledgements", ("person", "entry"), ("pupil_stream", "role", "at")),
    (
        "remarks",
        ("remark",),
        ("pupil", "kind", "journal", "lesson", "work", "text_nonce", "text", "written_by", "written_at"),
    ),
)

Key = tuple[Any, ...]


def empty(stream: UUID) -> Family:
    return Family()


step = family.step


def keys(state: Family, entry: Entry) -> Iterable[Key]:
    match entry.event:
        case events.Acknowledged(entries=positions):
            return tuple(("acknowledgements", entry.stamp.person, position) for position in positions)
        case events.RemarkWritten(remark=remark) | events.RemarkWithdrawn(remark=remark):
            return (("remarks", remark),)
        case _:
            return ()


def all_keys(state: Family) -> Iterable[Key]:
    yield from (("acknowledgements", *key) for key in state.acknowledged)
    yield from (("remarks", remark) for remark in state.remarks)


def row(state: Family, key: Key) -> tuple[Any, ...] | None:
    if key[0] == "acknowledgements":
        entry = state.acknowledged.get((key[1], key[2]))
        return None if entry is None else (entry.stream, entry.stamp.role.value, by_whom(entry)[1])
    entry = state.remarks.get(key[1])
    return None if entry is None else _remark(entry)


def _remark(entry: Entry) -> tuple[Any, ...]:
    e: events.RemarkWritten = entry.event  # type: ignore[assignment]
    return (e.text.person, e.kind, e.journal, e.lesson, e.work, *sealed(e.text), *by_whom(entry))
