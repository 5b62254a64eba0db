"""Events to bytes and back (design 3).

`state` is canonical JSON (UTF-8, sorted keys, no blanks); events are rebuilt through their constructor, so a
field with a default may be added; anything else is a new name and an upcaster. Frozen samples of every name
ever written stand in tests/samples/events.json.
"""

from __future__ import annotations

import json
import types
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from ledger.events import TOPICS
from ledger.personal import PersonalText

Fields = dict[str, Any]
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
NAMES: dict[type, str] = {event: topic for topic, event in TOPICS.items()}

# topic once written -> (topic now, change of the JSON object). Upcasters never decrypt.
UPCASTERS: dict[str, tuple[str, Callable[[Fields], Fields]]] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class UnknownEvent:
    """An event of a newer version of the programme: changes nothing in any fold, and is kept as it is."""

    topic: str
    state: bytes


def encode(event: object) -> tuple[str, bytes]:
    """(topic, state) of an event. TypeError for an event that is not in the table."""
    if isinstance(event, UnknownEvent):
        return event.topic, event.state
    if type(event) not in NAMES:
        raise TypeError(f"{type(event).__name__} is not in ledger.events.TOPICS")
    # A field added later is left out while it has its default: what was written before has the same bytes.
    values = {
        f.name: _plain(value)
        for f in fields(event)  # type: ignore[arg-type]
        if (value := getattr(event, f.name)) != f.default
    }
    return NAMES[type(event)], _CANONICAL.encode(values).encode()


def decode(
    topic: str,
    state: bytes,
    upcasters: Mapping[str, tuple[str, Callable[[Fields], Fields]]] = UPCASTERS,
) -> object:
    """The event; UnknownEvent for a topic this programme does not know."""
    values: Fields | None = None
    current = topic
    while current in upcasters:
        current, change = upcasters[current]
        values = change(json.loads(state) if values is None else values)
    reader = _READERS.get(current)
    if reader is None:
        return UnknownEvent(topic=topic, state=bytes(state))
    return reader(json.loads(state) if values is None else values)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, PersonalText):
        return [str(value.person), b64encode(value.nonce).decode(), b64encode(value.sealed).decode()]
    raise TypeError(f"{type(value).__name__} has no plain form")


def _personal(value: list[str]) -> PersonalText:
    person, nonce, sealed = value
    return PersonalText(person=UUID(person), nonce=b64decode(nonce), sealed=b64decode(sealed))


_CONVERTERS: dict[Any, Callable[[Any], Any] | None] = {
    # The same pupils, works and lessons come again and again, and one object is equal to itself at once.
    UUID: lru_cache(maxsize=16_384)(UUID),
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    PersonalText: _personal,
    str: None,
    int: None,
    bool: None,
}


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = _converter(next(a for a in get_args(hint) if a is not type(None)))
        return None if inner is None else lambda v: None if v is None else inner(v)
    if origin is tuple:
        item = _converter(get_args(hint)[0])
        return tuple if item is None else lambda v: tuple([item(i) for i in v])
    return _CONVERTERS[hint]


def _reader(event: type) -> Callable[[Fields], object]:
    hints = get_type_hints(event)
    wanted = [(f.name, c) for f in fields(event) if (c := _converter(hints[f.name])) is not None]

    def read(values: Fields) -> object:
        for name, convert in wanted:
            if name in values:
                values[name] = convert(values[name])
        return event(**values)

    return read


_READERS: dict[str, Callable[[Fields], object]] = {topic: _reader(event) for topic, event in TOPICS.items()}
