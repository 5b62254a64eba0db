"""Rows of weekly paper slips: prepared, handed out by whom to whom (C-25)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger import slips
from ledger.entry import Entry
from ledger.events import families as events
from ledger.slips import Slips
from projections.sealed import by_whom

TABLES = (
    (
        "slips",
        ("week", "pupil"),
        ("class_id", "position", "prepared_at", "handed_by", "handed_at", "receiver"),
    ),
)

Key = tuple[Any, ...]


def empty(stream: UUID) -> Slips:
    return Slips()


step = slips.step


def keys(state: Slips, entry: Entry) -> Iterable[Key]:
    return all_keys(state) if isinstance(entry.event, events.SlipsPrepared | events.SlipHandedOut) else ()


def all_keys(state: Slips) -> Iterable[Key]:
    return tuple(("slips", _said(entry).week, pupil) for pupil, entry in state.prepared.items())


def row(state: Slips, key: Key) -> tuple[Any, ...] | None:
    entry = state.prepared.get(key[2])
    if entry is None:
        return None
    handed = state.handed.get(key[2])
    to: events.SlipHandedOut | None = handed.event if handed else None  # type: ignore[assignment]
    said = _said(entry)
    return (
        *(said.class_id, min(said.position, entry.position), by_whom(entry)[1]),
        *(*by_whom(handed), to.receiver if to else None),
    )


def _said(entry: Entry) -> events.SlipsPrepared:
    said: events.SlipsPrepared = entry.event  # type: ignore[assignment]
    return said
