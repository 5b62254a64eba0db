"""The check of what a paper shows: the same page gives the same 64 letters, whoever prints it again (R-225)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any


def digest(*shown: Any) -> str:
    """SHA-256, in hexadecimal, of page objects: dataclasses, tuples, mappings, sets and plain values."""
    text = json.dumps([_plain(each) for each in shown], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return sorted(([str(key), _plain(each)] for key, each in value.items()), key=lambda pair: pair[0])
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return str(value)
