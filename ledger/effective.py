"""Which entries still count (design 1, `effective`; requirements 0.3, E-17, E-18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.entry import Entry
from ledger.events.lessons import LessonHeld
from ledger.events.voids import VOIDING


def dead_positions(entries: Sequence[Entry]) -> frozenset[int]:
    """Positions voided by a living EntriesVoided among `entries` (ascending positions).

    Going backwards, a void that was itself voided adds nothing: so overlapping Acts are a union and
    annulling one voids its voids. Which lesson it is stays said while anything of it lives, whoever wrote first:
    a substitute's honest records outlive the intruder's (E-14).
    """
    dead: set[int] = set()
    for entry in reversed(entries):
        if isinstance(entry.event, VOIDING) and entry.position not in dead:
            dead.update(p for p in entry.event.positions if p < entry.position)
    return frozenset(dead - _still_said(entries, dead)) if dead else frozenset()


def _still_said(entries: Sequence[Entry], dead: set[int]) -> set[int]:
    """The dead words on which lesson it is, of a stream with a living record."""
    said = {e.position for e in entries if isinstance(e.event, LessonHeld)}
    records = (e for e in entries if e.position not in said and not isinstance(e.event, VOIDING))
    return said & dead if any(e.position not in dead for e in records) else set()


def effective(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """`entries` without the voided ones; the previous valid value resurfaces in every fold."""
    sequence = tuple(entries)
    dead = dead_positions(sequence)
    return tuple(e for e in sequence if e.position not in dead) if dead else sequence
