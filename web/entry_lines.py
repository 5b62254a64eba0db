"""Entries as JSON Lines (docs/export-format.md): every hashed column and the leaf, as they are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID


def line(row: Mapping[str, Any]) -> str:
    """One entry on one line, its end included; columns in the order of docs/entry-format.md."""
    return json.dumps({name: _plain(name, value) for name, value in row.items()}, ensure_ascii=False) + "\n"


def lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return map(line, rows)


def _plain(name: str, value: Any) -> Any:
    """`state` is JSON text already and stays the text whose bytes are hashed."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode() if name == "state" else bytes(value).hex()
    return value
