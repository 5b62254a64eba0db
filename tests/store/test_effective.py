"""`effective` against the definition of a void, entry by entry (requirements 0.3, E-17, E-18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ledger.effective import dead_positions, effective
from ledger.entry import Entry
from ledger.events.voids import EntriesVoided
from ledger.memory import MemoryStore
from tests.store.batches import SCHOOL, action, draft, mark, stamp

MORNING = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
LESSON = UUID(int=7)

# An entry is an ordinary mark, or a void of any positions: earlier ones, its own, and ones not yet written.
events = st.lists(st.none() | st.lists(st.integers(1, 25), max_size=6), max_size=25)


def history(voids: Sequence[Sequence[int] | None]) -> tuple[Entry, ...]:
    store = MemoryStore()
    for named in voids:
        event = mark() if named is None else EntriesVoided(act=UUID(int=1), positions=tuple(named))
        store.append(action(stamp(MORNING), draft(LESSON, None, event=event)))
    return store.entries(SCHOOL)


def counts(position: int, entries: Sequence[Entry]) -> bool:
    """The definition: an entry counts unless a later void that counts itself names it."""
    return not any(
        isinstance(later.event, EntriesVoided)
        and position in later.event.positions
        and counts(later.position, entries)
        for later in entries
        if later.position > position
    )


@given(events)
def test_effective_is_what_the_definition_says(voids: list[list[int] | None]) -> None:
    entries = history(voids)
    expected = tuple(entry for entry in entries if counts(entry.position, entries))
    assert effective(entries) == expected
    assert effective(iter(entries)) == expected
    assert dead_positions(entries) & {e.position for e in entries} == {
        e.position for e in entries if not counts(e.position, entries)
    }


@given(events, st.lists(st.integers(1, 25), max_size=6))
def test_an_annulled_act_leaves_everything_before_it_as_it_was(
    voids: list[list[int] | None], act: list[int]
) -> None:
    entries = history([*voids, act, [len(voids) + 1]])
    before = entries[: len(voids)]
    assert effective(entries) == (*effective(before), entries[-1])


def test_annulling_one_of_two_overlapping_acts_leaves_what_both_voided_void() -> None:
    entries = history([None, None, None, [1, 2], [2, 3], [4]])
    assert [entry.position for entry in effective(entries)] == [1, 5, 6]


def test_an_annulment_may_itself_be_annulled() -> None:
    entries = history([None, [1], [2], [3]])
    assert [entry.position for entry in effective(entries)] == [2, 4]


def test_entries_without_voids_all_count() -> None:
    entries = history([None, None])
    assert effective(entries) == entries
