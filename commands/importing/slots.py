"""The timetable's slots: an unchanged row keeps its slot, so that a lesson keeps its id (design 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from uuid import UUID

from commands.importing import ids
from commands.importing.pages import same_stretch
from commands.importing.terms import Fact, Terms
from ledger.events.timetable import SlotEnded, SlotJoined, SlotScheduled
from ledger.school import School, Span
from ledger.timetable import Slot


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A row of a timetable; no `first` and no `last`: the whole year; `joint`: taught with other pages."""

    journal: UUID
    weekday: int
    number: int
    week: str
    room: str | None
    first: date | None = None
    last: date | None = None
    joint: UUID | None = None


def slot_facts(places: Iterable[Place], school: School, terms: Terms) -> Iterator[Fact]:
    """`places` are the whole timetable of the year: what it no longer has ends before `terms.change`."""
    standing = [slot for slot in school.slots.values() if school.journals[slot.journal].year == terms.year]
    known: dict[tuple[object, ...], list[Slot]] = {}
    for slot in standing:
        known.setdefault(_key(slot), []).append(slot)
    kept: set[UUID] = set()
    new: list[Place] = []
    for place in dict.fromkeys(places):
        match = _match(place, known.get(_key(place), []), kept, terms)
        if match is None:
            new.append(place)
        else:
            kept.add(match)
            yield from _joined(match, school.slots[match].joint, place)
    for slot in standing:
        if slot.id not in kept and slot.last >= terms.change:
            yield slot.id, SlotEnded(last=terms.before)
    yield from _scheduled(new, school, terms)


def _key(place: Place | Slot) -> tuple[object, ...]:
    return place.journal, place.weekday, place.number, place.week, place.room


def _match(place: Place, slots: Iterable[Slot], kept: set[UUID], terms: Terms) -> UUID | None:
    last = place.last or terms.last
    return next(
        (
            slot.id
            for slot in slots
            if slot.id not in kept
            and same_stretch(Span(first=slot.first, last=slot.last), place.first, last, terms)
        ),
        None,
    )


def _scheduled(places: Iterable[Place], school: School, terms: Terms) -> Iterator[Fact]:
    taken = set(school.slots)
    for place in places:
        first, last = place.first or terms.first, place.last or terms.last
        first = first if terms.fresh else max(first, terms.change)
        if first > last:
            continue  # over before it could count
        where = (place.journal, place.weekday, place.number, place.week, first)
        id_ = next(each for n in count(1) if (each := ids.slot(school.id, where, n)) not in taken)
        taken.add(id_)
        event = SlotScheduled(
            journal=place.journal,
            weekday=place.weekday,
            number=place.number,
            week=place.week,
            first=first,
            last=last,
            room=place.room,
        )
        yield id_, event
        yield from _joined(id_, None, place)


def _joined(slot: UUID, before: UUID | None, place: Place) -> Iterator[Fact]:
    """A slot that is joint no more is joined to nothing but itself."""
    joint = place.joint or (slot if before is not None else None)
    if joint is not None and joint != before:
        yield slot, SlotJoined(joint=joint)
