"""Honest entries whose ground an Act took away: the permission they were written by, the work they stand in, the
substitution they were made in, the request they answered (design 1, E-05, E-14). They stay, and are contested until a
deputy decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from ledger import streams
from ledger.effective import effective
from ledger.entry import Entry
from ledger.events.days import SubstitutionRecorded
from ledger.events.marks import MarkGiven, WorkAdded
from ledger.events.voids import EntriesVoided
from projections.reading import Reading

PERMISSION, WORK, SUBSTITUTION, REQUEST = "permission", "work", "substitution", "request"
Ground = tuple[str, UUID]  # which ground, and the Act that made it void


def unsupported(
    lesson: UUID,
    entries: Sequence[Entry],
    late: Iterable[Entry],
    cases: Iterable[Entry],
    reading: Reading,
) -> dict[int, Ground]:
    """By position, of the living entries of a lesson's stream; `late` and `cases` are the streams of its late entries
    and of its corrections."""
    permits = voids(late)
    own = voids(entries)
    works = {
        e.event.work: own[e.position] for e in entries if isinstance(e.event, WorkAdded) and e.position in own
    }
    substituted = _substitution(lesson, entries, reading)
    found = on_request(entries, cases)
    for entry in effective(entries):
        event = entry.event
        if isinstance(event, WorkAdded):
            works.pop(event.work, None)
        if entry.causation in permits:
            found[entry.position] = (PERMISSION, permits[entry.causation])
        elif isinstance(event, MarkGiven) and event.work in works:
            found[entry.position] = (WORK, works[event.work])
        elif substituted is not None and entry.stamp.on_behalf_of is not None:
            found[entry.position] = (SUBSTITUTION, substituted)
    return found


def on_request(entries: Sequence[Entry], cases: Iterable[Entry]) -> dict[int, Ground]:
    """Of the living entries of a lesson or of a sheet: what an honest deputy's word brought on a request that was the
    intruder's."""
    asked = voids(cases)
    brought = ((entry.position, entry.causation) for entry in effective(entries)) if asked else ()
    return {position: (REQUEST, asked[cause]) for position, cause in brought if cause in asked}


def voids(entries: Iterable[Entry]) -> dict[int, UUID]:
    """The positions a living EntriesVoided of this stream names, with its Act."""
    return {
        position: entry.event.act
        for entry in effective(entries)
        if isinstance(entry.event, EntriesVoided)
        for position in entry.event.positions
    }


def _substitution(lesson: UUID, entries: Sequence[Entry], reading: Reading) -> UUID | None:
    """The Act that took away the lesson's substitution while records made in it stand."""
    school = reading.school
    if not any(entry.stamp.on_behalf_of for entry in entries) or school.substitution(lesson) is not None:
        return None
    planned = school.timetable.by_id.get(lesson)
    if planned is None:
        return None
    day = streams.day(school.id, school.journals[planned.journal].class_id, planned.planned)
    recorded = reading.streams([day]).get(day, ())
    dead = voids(recorded)
    own = (e for e in recorded if isinstance(e.event, SubstitutionRecorded) and e.event.lesson == lesson)
    return next((dead[entry.position] for entry in own if entry.position in dead), None)
