"""The thematic plan (КТП) as a fold of its stream: its items as they stand, who changed them and why (R-077, R-082)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events.plans import PlanApproved, PlanItemsSet, PlanReturned

Day = date  # for fields after one that is called date
HOUR = 100  # hundredths of an hour


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanItem:
    """A line of the plan. `number` is its own for ever, so that a lesson that took its topic keeps it when lines move;
    its place is that in `Plan.items`. `hours` in hundredths."""

    number: int
    section: str
    topic: str
    hours: int
    date: date | None
    kind: str
    control: bool
    homework: str

    @property
    def lessons(self) -> int:
        """Half an hour is a lesson too."""
        return max(1, -(-self.hours // HOUR))


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """From one version to the next: lines by number; `changed` as (before, after); `moved`: the order is another."""

    added: tuple[PlanItem, ...]
    changed: tuple[tuple[PlanItem, PlanItem], ...]
    removed: tuple[PlanItem, ...]
    moved: bool

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.moved)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """`version` counts all entries of the stream; `history` are the living ones, oldest first; `next_number` was never
    a line's."""

    version: int
    items: tuple[PlanItem, ...]
    history: tuple[Entry, ...]
    next_number: int

    @property
    def position(self) -> int:
        """What `seen` must be: the entry that stands, 0 for an empty plan."""
        return self.history[-1].position if self.history else 0

    @property
    def hours(self) -> int:
        return sum(item.hours for item in self.items)

    @property
    def was_approved(self) -> bool:
        return any(isinstance(entry.event, PlanApproved) for entry in self.history)

    @property
    def state(self) -> str:
        """empty, draft, approved, returned, or changed: set anew after it was approved."""
        last = self.history[-1].event if self.history else None
        if isinstance(last, PlanApproved):
            return "approved"
        if isinstance(last, PlanReturned):
            return "returned"
        if last is None:
            return "empty"
        return "changed" if self.was_approved else "draft"


def fold_plan(entries: Iterable[Entry]) -> Plan:
    """The plan after all `entries` of its stream (ascending, voids among them)."""
    sequence = tuple(entries)
    known = (PlanItemsSet, PlanApproved, PlanReturned)
    history = tuple(entry for entry in effective(sequence) if isinstance(entry.event, known))
    sets = [entry.event for entry in history if isinstance(entry.event, PlanItemsSet)]
    ever = [number for e in sequence if isinstance(e.event, PlanItemsSet) for number in e.event.numbers]
    return Plan(
        version=sequence[-1].version if sequence else 0,
        items=items_of(sets[-1]) if sets else (),
        history=history,
        next_number=max(ever, default=0) + 1,
    )


def items_of(event: PlanItemsSet) -> tuple[PlanItem, ...]:
    columns = zip(
        event.numbers,
        event.sections,
        event.topics,
        event.hours,
        event.dates,
        event.kinds,
        event.controls,
        event.homeworks,
        strict=True,
    )
    return tuple(
        PlanItem(
            number=number,
            section=section,
            topic=topic,
            hours=hours,
            date=on,
            kind=kind,
            control=control,
            homework=homework,
        )
        for number, section, topic, hours, on, kind, control, homework in columns
    )


def changes(before: tuple[PlanItem, ...], after: tuple[PlanItem, ...]) -> Changes:
    was, now = ({item.number: item for item in items} for items in (before, after))
    return Changes(
        added=tuple(item for item in after if item.number not in was),
        changed=tuple(
            (was[item.number], item) for item in after if item.number in was and was[item.number] != item
        ),
        removed=tuple(item for item in before if item.number not in now),
        moved=[n for n in was if n in now] != [n for n in now if n in was],
    )
