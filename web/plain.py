"""A page object as JSON: dataclasses and named tuples as objects, tuples as lists, ids and times as text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """TypeError for what has no plain form: a page shows only what it names."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):  # a named one: its fields have names too
        return {name: plain(item) for name, item in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(plain(name)): plain(item) for name, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no plain form")
