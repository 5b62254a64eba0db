"""A batch for an outside diary as JSON Lines (docs/portal-format.md): a head, then one line a place."""

from __future__ import annotations

import json
from dataclasses import fields
from hashlib import sha256
from typing import Any

from projections.portal import Batch, Record

FORMAT = "letopis-portal/1"


def jsonl(batch: Batch, *, target: str, number: int) -> bytes:
    """UTF-8; the same batch gives the same bytes."""
    head = {
        "format": FORMAT,
        "school": str(batch.school),
        "target": target,
        "number": number,
        "since": batch.since,
        "position": batch.position,
        "records": len(batch.records),
    }
    return "".join(_line(each) for each in (head, *map(_told, batch.records))).encode()


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _told(record: Record) -> dict[str, Any]:
    """Without what is not there; `action` is delete where the place is empty now."""
    named = {each.name: getattr(record, each.name) for each in fields(record)}
    told = {name: _plain(value) for name, value in named.items() if value not in (None, "")}
    return {"action": "set" if record.value else "delete", **told}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) else str(value)


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"
