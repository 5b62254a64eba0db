"""A breach of access step by step: what happened, what was done with it, how the journals would look, the Act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


def grouped(done: Iterable[Operation], by: str) -> dict[str, list[Operation]]:
    """The entries of each group, in the order the groups began. KeyError for no such grouping."""
    key = GROUPS[by]
    found: dict[str, list[Operation]] = {}
    for each in done:
        found.setdefault(key(each), []).append(each)
    return found
