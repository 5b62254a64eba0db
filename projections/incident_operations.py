"""What was done with an access, entry by entry: what each changed, what comes back when it is void (R-176…R-183)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ledger.appending import Store
from ledger.effective import dead_positions
from ledger.entry import Entry
from ledger.events.voids import EntriesVoided
from ledger.personal import KeyOf
from ledger.void_selection import Selection
from projections.reading import Reading
from projections.trail_lines import TrailLine, lines_of
from projections.trail_things import TAKES_AWAY, Thing, thing_of
from projections.trail_words import value_of

OPEN = UUID(int=0)  # the Act of a preview, which nobody has drawn up


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One entry, with what stood in its place `before` it and what stands there `after` the Act, "" for nothing. `line`
    says where, when and what. `whom` it is about, a pupil or a member of the staff; entries of one `command` are one
    action."""

    line: TrailLine
    command: UUID
    before: str
    after: str
    whom: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Operations:
    """Each ascending. `void` and `cascade` the Act makes void; `suspicious` was done before the receipt and stays;
    `contested` honest people did because of void entries, and it stays."""

    void: tuple[Operation, ...]
    cascade: tuple[Operation, ...]
    suspicious: tuple[Operation, ...]
    contested: tuple[Operation, ...]

    @property
    def people(self) -> frozenset[UUID]:
        every = (*self.void, *self.cascade, *self.suspicious, *self.contested)
        return frozenset(who for each in every for who in (each.whom, each.line.person) if who is not None)


def operations(
    reading: Reading, store: Store, selection: Selection, acts: Collection[UUID], key_of: KeyOf
) -> Operations:
    """Of the page's moment; `acts` are those of the incident itself, whose voids are left out of «before»."""
    position = reading.as_of.position
    parts = (selection.void, selection.cascade, selection.suspicious, selection.contested)
    found = {e.position: e for part in parts for e in part if e.position <= position}
    by_stream = reading.streams({entry.stream for entry in found.values()})
    lines = {
        line.position: line
        for line in lines_of(reading, store, tuple(by_stream), lambda e: e.position in found, key_of)
    }
    void = {entry.position for entry in selection.entries}
    places: dict[int, tuple[str, str]] = {}
    for entries in by_stream.values():
        places |= around(entries, found, void, acts, key_of)

    def told(entries: Sequence[Entry]) -> tuple[Operation, ...]:
        return tuple(_told(e, lines[e.position], places, reading) for e in entries if e.position in lines)

    return Operations(
        **dict(zip(("void", "cascade", "suspicious", "contested"), map(told, parts), strict=True))
    )


def _told(
    entry: Entry, line: TrailLine, places: Mapping[int, tuple[str, str]], reading: Reading
) -> Operation:
    before, after = places[entry.position]
    known = entry.stream in reading.school.pupils
    whom = line.pupil or getattr(entry.event, "person", None) or (entry.stream if known else None)
    return Operation(line=line, command=entry.stamp.command_id, before=before, after=after, whom=whom)


def without_acts(entries: Iterable[Entry], acts: Collection[UUID]) -> list[Entry]:
    """As if these Acts had never been: what the journal said before them."""
    return [e for e in entries if not (isinstance(e.event, EntriesVoided) and e.event.act in acts)]


def with_void(entries: Sequence[Entry], void: Collection[int]) -> tuple[Entry, ...]:
    """As if an Act had named those of `void` that stand in this stream, which is not empty."""
    named = tuple(entry.position for entry in entries if entry.position in void)
    last = entries[-1]
    event = EntriesVoided(act=OPEN, positions=named)
    return (*entries, replace(last, position=last.position + 1, version=last.version + 1, event=event))


def around(
    entries: Iterable[Entry],
    wanted: Collection[int],
    void: Collection[int],
    acts: Collection[UUID],
    key_of: KeyOf,
) -> dict[int, tuple[str, str]]:
    """Of one stream: what stood in the place of each wanted entry before it, and what will stand after the Act."""
    own = without_acts(entries, acts)
    standing: dict[Thing, Entry] = {}
    before: dict[int, Entry | None] = {}
    places: dict[int, Thing] = {}
    dead = dead_positions(own)
    for entry in own:
        thing = thing_of(entry.event)
        if entry.position in wanted:
            before[entry.position], places[entry.position] = standing.get(thing), thing
        if entry.position not in dead:
            standing[thing] = entry
    after = _standing(with_void(own, void)) if own else {}
    return {
        position: (_value(before[position], key_of), _value(after.get(thing), key_of))
        for position, thing in places.items()
    }


def _standing(entries: Sequence[Entry]) -> dict[Thing, Entry]:
    dead = dead_positions(entries)
    return {thing_of(entry.event): entry for entry in entries if entry.position not in dead}


def _value(entry: Entry | None, key_of: KeyOf) -> str:
    if entry is None or isinstance(entry.event, TAKES_AWAY):
        return ""
    return value_of(entry.event, key_of)
