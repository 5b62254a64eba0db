"""What an import would change, before it is applied: its events counted, and each in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.entry import Draft, Entry, Stamp
from ledger.people import Name
from ledger.school import School
from ledger.school_fold import advance

SHOWN = 60  # lines of one kind of event
_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Changes of one kind: `event` the class name, `lines` the first of them in words."""

    event: str
    count: int
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NameChange:
    """`before` is "" for somebody new."""

    before: str
    after: str


def after(school: School, drafts: Sequence[Draft], stamp: Stamp) -> School:
    """The school as the drafts would leave it."""
    entries = [
        Entry(
            position=school.position + number,
            category=draft.category,
            stream=draft.stream,
            version=draft.version or 1,
            event=draft.event,
            stamp=stamp,
            recorded_at=stamp.received_at,
        )
        for number, draft in enumerate(drafts, start=1)
    ]
    return advance(school, entries)


def groups(drafts: Sequence[Draft], then: School, names: Mapping[UUID, Name]) -> tuple[Group, ...]:
    """In the order they would be written; `then` is the school after them."""
    kinds: dict[str, list[Draft]] = {}
    for draft in drafts:
        kinds.setdefault(type(draft.event).__name__, []).append(draft)
    return tuple(
        Group(event=kind, count=len(own), lines=tuple(in_words(draft, then, names) for draft in own[:SHOWN]))
        for kind, own in kinds.items()
    )


def name_changes(known: Mapping[UUID, Name], wanted: Mapping[UUID, Name]) -> tuple[NameChange, ...]:
    """Those who would be called otherwise; `known` has no entry for somebody nobody has named."""
    return tuple(
        NameChange(before=known[person].full, after=name.full)
        for person, name in wanted.items()
        if person in known and known[person] != name
    )


def in_words(draft: Draft, then: School, names: Mapping[UUID, Name]) -> str:
    """«Каляна Мария · 7А · с 01.09.2026»: whom it is about, then what it says."""
    about = _thing(draft.stream, then, names)
    said = [about] if about else []
    for field in fields(draft.event):  # type: ignore[arg-type]
        word = _word(field.name, getattr(draft.event, field.name), then, names)
        if word and word not in said:
            said.append(word)
    return " · ".join(said)


def _word(field: str, value: Any, then: School, names: Mapping[UUID, Name]) -> str:
    if isinstance(value, bool) or value in (None, "", ()):
        return ""
    if isinstance(value, UUID):
        return _thing(value, then, names)
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{_PREPOSITIONS.get(field, '')}{value:%d.%m.%Y}"
    if field == "weekday":
        return _WEEKDAYS[int(value) - 1]
    if field == "hours":
        return f"{value / 100:g} ч".replace(".", ",")
    if isinstance(value, int):
        return _NUMBERS[field].format(value) if field in _NUMBERS else ""
    return _CODES.get(value, value) if isinstance(value, str) else ""


_PREPOSITIONS = {"first": "с ", "last": "по ", "until": "по ", "on": ""}
_NUMBERS = {"number": "{}-й урок", "grade": "{} класс", "year": "{} год"}
_CODES = {
    "all": "",
    "odd": "нечётная неделя",
    "even": "чётная неделя",
    "teacher": "учитель",
    "director": "директор",
    "deputy": "заместитель директора",
    "methodist": "методист",
    "administrator": "администратор",
    "inspector": "проверяющий",
    "quarter": "четверть",
    "trimester": "триместр",
    "half_year": "полугодие",
    "regular": "",
}


def _thing(id: UUID, then: School, names: Mapping[UUID, Name]) -> str:
    """What the id stands for, "" for a thing without words (a calendar, an order)."""
    if id in names:
        return names[id].full
    if id in then.journals:
        return page_words(id, then)
    if id in then.slots:
        return page_words(then.slots[id].journal, then)
    if id in then.groups:
        group = then.groups[id]
        return f"{then.classes[group.class_id].title}, группа {group.title}"
    for table in (then.classes, then.subjects, then.periods, then.bells, then.holidays):
        known: Any = table.get(id)
        if known is not None:
            return str(getattr(known, "title", ""))
    return ""


def page_words(journal: UUID, then: School) -> str:
    page = then.journals[journal]
    group = f" ({then.groups[page.group].title})" if page.group in then.groups else ""
    return f"{then.klass_of(journal).title} {then.subject_of(journal).title}{group}"
