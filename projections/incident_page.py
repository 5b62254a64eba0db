"""A breach of access step by step: what happened, what was done with it, how the journals would look, the Act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ledger.appending import Store
from ledger.personal import KeyOf
from ledger.void_selection import Selection
from projections import incident_card
from projections.as_of import AsOf
from projections.incident_card import IncidentCard
from projections.incident_operations import Operation, Operations, operations
from projections.incident_preview import PageChange, preview
from projections.incident_signs import Signs
from projections.incident_taint import Tainted, tainted
from projections.reading import Reading

AT_ONCE = 100  # entries on a page
# How one list of entries is read: what a group is called, by the entry.
GROUPS: dict[str, Callable[[Operation], str]] = {
    "journal": lambda each: str(each.line.journal or ""),
    "pupil": lambda each: str(each.whom or ""),
    "command": lambda each: each.line.what,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentPage:
    """`done` and `tainted` are as of the page's moment; `pages` where the journals would differ."""

    card: IncidentCard
    done: Operations
    tainted: tuple[Tainted, ...]
    pages: tuple[PageChange, ...]
    approvers: tuple[UUID, ...]
    as_of: AsOf
    signs: Signs | None = None

    @property
    def people(self) -> frozenset[UUID]:
        """Whom the page names."""
        pupils = {row.pupil for page in self.pages for row in page.pupils}
        marks = {who for each in self.tainted for who in (each.person, each.place.pupil) if who is not None}
        seen = self.signs.people if self.signs else frozenset()
        return frozenset(self.card.people | self.done.people | pupils | marks | seen | {*self.approvers})


def page(
    reading: Reading,
    store: Store,
    incident: UUID,
    selection: Selection,
    key_of: KeyOf,
    signs: Signs | None = None,
) -> IncidentPage:
    """Raises NoSuchPage."""
    found = incident_card.incident(reading, incident)
    return IncidentPage(
        card=incident_card.card_of(found, reading, key_of),
        done=operations(reading, store, selection, found.acts, key_of),
        tainted=tainted(reading, selection),
        pages=preview(reading, selection, found.acts),
        approvers=tuple(selection.approvers),
        as_of=reading.as_of,
        signs=signs,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One list of entries, `count` in all, of which `shown` stand on the page from number `start` on; `first` of them
    all names the list. `before` and `after`: where the neighbouring pages of it start, None for none."""

    key: str
    count: int
    first: Operation
    shown: tuple[Operation, ...]
    start: int = 0

    @property
    def before(self) -> int | None:
        return max(0, self.start - AT_ONCE) if self.start else None

    @property
    def after(self) -> int | None:
        following = self.start + AT_ONCE
        return following if self.shown and following < self.count else None


def part(key: str, entries: Sequence[Operation], start: int = 0) -> Part | None:
    """The list from `start` on, or from its beginning where it is not so long; None of nothing."""
    if not entries:
        return None
    start = start if 0 <= start < len(entries) else 0
    shown = tuple(entries[start : start + AT_ONCE])
    return Part(key=key, count=len(entries), first=entries[0], shown=shown, start=start)


def groups(done: Sequence[Operation], by: str, chosen: str | None = None, start: int = 0) -> tuple[Part, ...]:
    """All entries in their groups; of many those of the `chosen` group only, else of the first one."""
    found = grouped(done, by)
    opened = chosen if chosen in found else next(iter(found), None)
    few = len(done) <= AT_ONCE
    parts = (part(key, own, start if key == opened else 0) for key, own in found.items())
    return tuple(
        each if few or each.key == opened else replace(each, shown=()) for each in parts if each is not None
    )


def grouped(done: Iterable[Operation], by: str) -> dict[str, list[Operation]]:
    """The entries of each group, in the order the groups began. KeyError for no such grouping."""
    key = GROUPS[by]
    found: dict[str, list[Operation]] = {}
    for each in done:
        found.setdefault(key(each), []).append(each)
    return found
