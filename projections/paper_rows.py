"""Rows of papers handed over and archived, and of data given to other systems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ledger.entry import Entry
from ledger.events.papers import BatchExported, PaperArchived, ReportsAccepted, ReportsHandedOver
from projections.sealed import by_whom

TABLES = (
    (
        "handed_reports",
        ("class_id", "period"),
        ("papers", "position", "handed_by", "handed_at", "accepted_by", "accepted_at"),
    ),
    (
        "archive",
        ("item",),
        (
            *("number", "kind", "title", "year", "class_id", "sheets", "copies", "stitched", "place"),
            *("position", "sha256", "registered_by", "registered_at"),
        ),
    ),
    (
        "batches",
        ("target", "number"),
        ("first", "position", "records", "sha256", "exported_by", "exported_at"),
    ),
)

Key = tuple[Any, ...]


@dataclass(kw_only=True, slots=True)
class Papers:
    """Of one stream: a class's reports of a period, the archive register, or the batches of a target."""

    handed: Entry | None = None
    accepted: Entry | None = None
    archive: dict[UUID, Entry] = field(default_factory=dict)
    batches: dict[tuple[str, int], Entry] = field(default_factory=dict)


def empty(stream: UUID) -> Papers:
    return Papers()


def step(state: Papers, entry: Entry) -> None:
    """Reports handed over again wait to be accepted again."""
    match entry.event:
        case ReportsHandedOver():
            state.handed, state.accepted = entry, None
        case ReportsAccepted():
            state.accepted = entry
        case PaperArchived(item=item):
            state.archive[item] = entry
        case BatchExported(target=target, number=number):
            state.batches[target, number] = entry


def keys(state: Papers, entry: Entry) -> Iterable[Key]:
    match entry.event:
        case (
            ReportsHandedOver(class_id=class_id, period=period)
            | ReportsAccepted(class_id=class_id, period=period)
        ):
            return (("handed_reports", class_id, period),)
        case PaperArchived(item=item):
            return (("archive", item),)
        case BatchExported(target=target, number=number):
            return (("batches", target, number),)
        case _:
            return ()


def all_keys(state: Papers) -> Iterable[Key]:
    if state.handed is not None:
        e: ReportsHandedOver = state.handed.event  # type: ignore[assignment]
        yield ("handed_reports", e.class_id, e.period)
    yield from (("archive", item) for item in state.archive)
    yield from (("batches", *key) for key in state.batches)


def row(state: Papers, key: Key) -> tuple[Any, ...] | None:
    if key[0] == "handed_reports":
        return _handed(state)
    entry = state.archive.get(key[1]) if key[0] == "archive" else state.batches.get((key[1], key[2]))
    if entry is None:
        return None
    match entry.event:
        case PaperArchived() as e:
            told = (e.number, e.kind, e.title, e.year, e.class_id, e.sheets, e.copies, e.stitched, e.place)
            return (*told, min(e.position, entry.position), e.sha256, *by_whom(entry))
        case BatchExported() as e:
            return (e.since, e.position, e.records, e.sha256, *by_whom(entry))
    return None


def _handed(state: Papers) -> tuple[Any, ...] | None:
    if state.handed is None:
        return None
    e: ReportsHandedOver = state.handed.event  # type: ignore[assignment]
    return (
        list(e.papers),
        min(e.position, state.handed.position),
        *by_whom(state.handed),
        *by_whom(state.accepted),
    )
