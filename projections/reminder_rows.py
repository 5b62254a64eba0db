"""Rows of reminders about pages that are not ready for the close of a period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events.reminders import ReadinessReminded
from projections.cells import entered_at

TABLES = (("reminders", ("reminder",), ("period", "journals", "text", "sent_at", "sent_by")),)

Reminders = dict[UUID, Entry]


def empty(stream: UUID) -> Reminders:
    return {}


def step(state: Reminders, entry: Entry) -> None:
    if isinstance(entry.event, ReadinessReminded):
        state[entry.event.reminder] = entry


def keys(state: Reminders, entry: Entry) -> Iterable[tuple[Any, ...]]:
    ours = isinstance(entry.event, ReadinessReminded)
    return (("reminders", entry.event.reminder),) if ours else ()  # type: ignore[attr-defined]


def all_keys(state: Reminders) -> Iterable[tuple[Any, ...]]:
    return (("reminders", reminder) for reminder in state)


def row(state: Reminders, key: tuple[Any, ...]) -> tuple[Any, ...] | None:
    entry = state.get(key[1])
    if entry is None:
        return None
    e: ReadinessReminded = entry.event  # type: ignore[assignment]
    return (e.period, list(e.journals), e.text, entered_at(entry), entry.stamp.person)
