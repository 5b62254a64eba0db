"""Which entries are about which pupil, dead or alive: what the trail of a pupil reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ledger.entry import Entry

TABLES = (("mentions", ("pupil", "entry"), ("lesson",)),)


@dataclass(kw_only=True, slots=True)
class Mentions:
    lesson: UUID
    keys: list[tuple[Any, ...]] = field(default_factory=list)


def empty(lesson: UUID) -> Mentions:
    return Mentions(lesson=lesson)


def step(state: Mentions, entry: Entry) -> None:
    state.keys.extend(keys(state, entry))


def keys(state: Mentions, entry: Entry) -> Iterable[tuple[Any, ...]]:
    pupil = getattr(entry.event, "pupil", None)
    return () if pupil is None else (("mentions", pupil, entry.position),)


def all_keys(state: Mentions) -> Iterable[tuple[Any, ...]]:
    return tuple(state.keys)


def row(state: Mentions, key: tuple[Any, ...]) -> tuple[Any, ...] | None:
    return (state.lesson,)
