"""A stretch of school days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

Thing = TypeVar("Thing")
DAY = timedelta(days=1)


def monday_of(day: date) -> date:
    """The first day of the week that holds `day`."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From `first` to `last`, both included; no `last`: still so."""

    first: date
    last: date | None = None

    def __contains__(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)

    def overlaps(self, other: Span) -> bool:
        return (other.last is None or self.first <= other.last) and (
            self.last is None or other.first <= self.last
        )


Stretches = tuple[tuple[Thing, Span], ...]


def until(stretches: Iterable[tuple[Thing, Span]], last: date) -> Stretches[Thing]:
    """The stretches, none of them reaching past `last`."""
    return tuple(
        (thing, span if span.last is not None and span.last <= last else replace(span, last=last))
        for thing, span in stretches
        if span.first <= last
    )


def ended(stretches: Iterable[tuple[Thing, Span]], last: date) -> Stretches[Thing]:
    """The stretches without those days after `last` that are of the stretch it lies in; one that begins on the next
    day is ended before it began. What begins later is another stretch and stands."""
    return tuple(
        (thing, replace(span, last=last) if last in span else span)
        for thing, span in stretches
        if (span.first - last).days != 1
    )


def without(stretches: Iterable[tuple[Thing, Span]], gap: Span) -> Stretches[Thing]:
    """The stretches with the days of `gap` cut out of them."""
    found: list[tuple[Thing, Span]] = []
    for thing, span in stretches:
        if not span.overlaps(gap):
            found.append((thing, span))
            continue
        if span.first < gap.first:
            found.append((thing, Span(first=span.first, last=gap.first - DAY)))
        if gap.last is not None and (span.last is None or span.last > gap.last):
            found.append((thing, Span(first=gap.last + DAY, last=span.last)))
    return tuple(found)
