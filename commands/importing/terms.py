"""What an import goes by: the year it brings and the day from which its changes count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger.entry import Category, Draft
from ledger.school import School
from ledger.timetable import Slot

Fact = tuple[UUID, object]  # the stream and the event that says it


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """`year` begins on `first` and ends on `last`; `change` is the first day of what the file changes.
    `fresh`: the year has no timetable yet, so its first one counts from the first day; `stands`: it has one."""

    year: int
    first: date
    last: date
    today: date
    change: date
    fresh: bool
    stands: bool

    @property
    def before(self) -> date:
        """The last day of what the file ends."""
        return self.change - timedelta(days=1)


def terms(sight: Sight, year: int, first: date, last: date, since: date | None) -> Terms:
    """Changes count from `since`, by default from tomorrow: today's lessons may have records already.

    Raises Refusal for a day that has passed in a school whose lessons stand."""
    today = sight.now.date()
    fresh = not any(_of_year(sight.school, year))
    if since is not None and since < today and not fresh:
        raise Refusal("import-since", "Изменения действуют с сегодняшнего дня или позже, не задним числом.")
    change = since or (first if fresh else today + timedelta(days=1))
    return Terms(
        year=year,
        first=first,
        last=last,
        today=today,
        change=change,
        fresh=fresh and since is None,
        stands=not fresh,
    )


def _of_year(school: School, year: int) -> Iterator[Slot]:
    return (slot for slot in school.slots.values() if school.journals[slot.journal].year == year)


def numbered(facts: Iterable[Fact], school: School) -> tuple[Draft, ...]:
    """Drafts of category school, each taking the next version of its stream."""
    taken: Counter[UUID] = Counter()
    found = []
    for stream, event in facts:
        taken[stream] += 1
        version = school.version(stream) + taken[stream]
        found.append(Draft(category=Category.SCHOOL, stream=stream, version=version, event=event))
    return tuple(found)
