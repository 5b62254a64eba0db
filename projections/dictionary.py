"""«Справочники» (R-070): every entry as it stands, whose word it is, and all it has been before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger import streams
from ledger.appending import Store
from ledger.dictionary import CATEGORY, DICTIONARIES, ORDER_KIND, WORK_KIND
from ledger.entry import Entry
from ledger.events.calendar import TermSet
from ledger.events.journals import SubjectAdded
from ledger.lesson import ANSWER
from projections.as_of import AsOf
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """What an entry was called from `recorded_at` (aware) on, and by whom."""

    title: str
    flags: tuple[str, ...]
    retired: bool
    person: UUID
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TermLine:
    """`by_act`: the school's act names it. `fixed`: it can be neither renamed nor retired."""

    key: str
    title: str
    flags: tuple[str, ...]
    retired: bool
    by_act: bool
    fixed: bool
    history: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectLine:
    subject: UUID
    title: str
    short: str
    attributes: tuple[str, ...]
    pages: int
    history: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DictionaryPage:
    """`terms` by dictionary, in the order the act names them, the school's own after."""

    terms: dict[str, tuple[TermLine, ...]]
    subjects: tuple[SubjectLine, ...]
    as_of: AsOf


def page(reading: Reading, store: Store, order_kinds: Iterable[tuple[str, str]]) -> DictionaryPage:
    """`order_kinds`: keys and titles of the orders the programme itself writes."""
    entries = store.load(reading.school.id, streams=[streams.calendar(reading.school.id)]).streams
    written = [
        entry
        for entry in next(iter(entries.values()))
        if entry.position <= reading.as_of.position and isinstance(entry.event, TermSet | SubjectAdded)
    ]
    by_act = _by_act(reading, order_kinds)
    return DictionaryPage(
        terms={name: _terms(name, by_act[name], reading, written) for name in DICTIONARIES},
        subjects=_subjects(reading, written),
        as_of=reading.as_of,
    )


def _by_act(
    reading: Reading, order_kinds: Iterable[tuple[str, str]]
) -> dict[str, dict[str, tuple[str, tuple[str, ...]]]]:
    regulation, school = reading.regulation(), reading.school
    own = {key for (name, key) in school.terms if name == CATEGORY}
    return {
        WORK_KIND: {k: (kind.title, kind.flags) for k, kind in regulation.work_kinds.items() if not kind.own},
        CATEGORY: {word: (word, ()) for word in regulation.absence_categories if word not in own},
        ORDER_KIND: {key: (title, ()) for key, title in order_kinds},
    }


def _terms(
    name: str,
    by_act: dict[str, tuple[str, tuple[str, ...]]],
    reading: Reading,
    written: list[Entry],
) -> tuple[TermLine, ...]:
    own = {key: term for (of, key), term in reading.school.terms.items() if of == name}
    found = []
    for key in dict.fromkeys((*by_act, *own)):
        title, flags = by_act.get(key, ("", ()))
        term = own.get(key)
        line = TermLine(
            key=key,
            title=term.title if term else title,
            flags=flags or (term.flags if term else ()),
            retired=term.retired if term else False,
            by_act=key in by_act,
            fixed=(name == WORK_KIND and key == ANSWER) or (name == ORDER_KIND and key in by_act),
            history=tuple(_versions(written, name, key)),
        )
        found.append(line)
    return tuple(sorted(found, key=lambda line: line.retired))


def _versions(written: list[Entry], name: str, key: str) -> Iterable[Version]:
    for entry in reversed(written):
        event = entry.event
        if isinstance(event, TermSet) and (event.dictionary, event.key) == (name, key):
            yield _version(entry, event.title, event.flags, event.retired)


def _version(entry: Entry, title: str, flags: tuple[str, ...], retired: bool) -> Version:
    return Version(
        title=title,
        flags=flags,
        retired=retired,
        person=entry.stamp.person,
        recorded_at=entry.recorded_at,
    )


def _subjects(reading: Reading, written: list[Entry]) -> tuple[SubjectLine, ...]:
    pages: dict[UUID, int] = {}
    for journal in reading.school.journals.values():
        pages[journal.subject] = pages.get(journal.subject, 0) + 1
    lines = (
        SubjectLine(
            subject=subject.id,
            title=subject.title,
            short=subject.short,
            attributes=tuple(sorted(subject.attributes)),
            pages=pages.get(subject.id, 0),
            history=tuple(_subject_versions(written, subject.id)),
        )
        for subject in reading.school.subjects.values()
    )
    return tuple(sorted(lines, key=lambda line: ("retired" in line.attributes, line.title.casefold())))


def _subject_versions(written: list[Entry], subject: UUID) -> Iterable[Version]:
    for entry in reversed(written):
        event = entry.event
        if isinstance(event, SubjectAdded) and event.subject == subject:
            title = f"{event.title} ({event.short})" if event.short else event.title
            yield _version(entry, title, event.attributes, "retired" in event.attributes)
