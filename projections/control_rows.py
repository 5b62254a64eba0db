"""Rows of the director's monthly control and of the class teacher's daily one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events.control import ControlRecorded, DayChecked
from projections.sealed import by_whom, sealed

TABLES = (
    (
        "director_controls",
        ("control",),
        ("month", "position", "text_nonce", "text", "recorded_by", "recorded_at"),
    ),
    ("daily_checks", ("check_stream", "day"), ("position", "missing", "checked_by", "checked_at")),
)

Key = tuple[Any, ...]


@dataclass(kw_only=True, slots=True)
class Checks:
    """Of one stream: the director's controls, or the last look at each day of one class."""

    stream: UUID
    controls: dict[UUID, Entry] = field(default_factory=dict)
    days: dict[date, Entry] = field(default_factory=dict)


def empty(stream: UUID) -> Checks:
    return Checks(stream=stream)


def step(state: Checks, entry: Entry) -> None:
    match entry.event:
        case ControlRecorded(control=control):
            state.controls[control] = entry
        case DayChecked(day=day):
            state.days[day] = entry


def keys(state: Checks, entry: Entry) -> Iterable[Key]:
    match entry.event:
        case ControlRecorded(control=control):
            return (("director_controls", control),)
        case DayChecked(day=day):
            return (("daily_checks", state.stream, day),)
        case _:
            return ()


def all_keys(state: Checks) -> Iterable[Key]:
    yield from (("director_controls", control) for control in state.controls)
    yield from (("daily_checks", state.stream, day) for day in state.days)


def row(state: Checks, key: Key) -> tuple[Any, ...] | None:
    entry = state.controls.get(key[1]) if key[0] == "director_controls" else state.days.get(key[2])
    if entry is None:
        return None
    match entry.event:
        case ControlRecorded(month=month, position=position, text=text):
            return (month, min(position, entry.position), *sealed(text), *by_whom(entry))
        case DayChecked(position=position, missing=missing):
            return (min(position, entry.position), list(missing), *by_whom(entry))
    return None
