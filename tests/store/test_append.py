"""The contract of a store, run against memory and PostgreSQL: entries, versions, guards, positions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from ledger.appending import Append, Moved
from ledger.codec import UnknownEvent
from ledger.entry import Category, Finding, Origin
from ledger.events.voids import EntriesVoided
from tests.store.batches import SCHOOL, action, draft, mark
from tests.store.conftest import Ledger


def test_an_entry_is_read_as_it_was_written(ledger: Ledger) -> None:
    lesson, declared = uuid4(), datetime(2026, 10, 12, 9, 30, 15, 123456, tzinfo=UTC)
    ledger.store.append(action(ledger.by(), draft(uuid4(), 1)))
    findings = (Finding(code="late", delay=86400), Finding(code="outside-plan"))
    by = ledger.by(declared_at=declared, regulation=1)
    written = ledger.store.append(action(by, draft(lesson, 1, causation=1, findings=findings)))

    (entry,) = ledger.store.load(SCHOOL, streams=[lesson]).streams[lesson]
    assert entry.stamp == by
    assert entry.event == mark()
    assert (entry.position, entry.stream, entry.version, entry.command_part) == (2, lesson, 1, 1)
    assert (entry.category, entry.stamp.origin, entry.at) == (Category.LESSON, Origin.IMPORT, declared)
    assert (entry.causation, entry.findings, entry.recorded_at) == (1, findings, written.recorded_at)
    assert entry.recorded_at.utcoffset() == timedelta(0)
    assert (written.first, written.last, written.repeated) == (2, 2, False)


def test_an_event_of_an_unknown_topic_is_kept_as_it_is(ledger: Ledger) -> None:
    stream, event = uuid4(), UnknownEvent(topic="of-next-year", state=b"\x00\xff")
    ledger.store.append(action(ledger.by(), draft(stream, 1, event=event)))
    assert ledger.store.entries(SCHOOL)[0].event == event


def test_one_action_takes_successive_positions_and_versions(ledger: Ledger) -> None:
    first, second = uuid4(), uuid4()
    drafts = [draft(first, 1), draft(second, 1), draft(first, 2), draft(second, None), draft(first, 3)]
    written = ledger.store.append(action(ledger.by(), *drafts))
    entries = ledger.store.entries(SCHOOL)
    assert (written.first, written.last) == (1, 5)
    assert [entry.position for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.command_part for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.version for entry in entries] == [1, 1, 2, 2, 3]
    assert {entry.recorded_at for entry in entries} == {written.recorded_at}


@pytest.mark.parametrize("wrong", [(2,), (1, 1), (1, 3), (0,), (1, 2, 2)])
def test_a_stream_takes_only_its_next_version_and_a_rollback_gives_positions_back(
    ledger: Ledger, wrong: tuple[int, ...]
) -> None:
    stream = uuid4()
    with pytest.raises(Moved):
        ledger.store.append(action(ledger.by(), *[draft(stream, version) for version in wrong]))
    assert ledger.store.entries(SCHOOL) == ()
    written = ledger.store.append(action(ledger.by(), draft(stream, 1)))
    assert (written.first, ledger.store.head(SCHOOL).position) == (1, 1)


def test_a_taken_version_is_a_conflict_and_writes_nothing_of_the_action(ledger: Ledger) -> None:
    stream, other = uuid4(), uuid4()
    ledger.store.append(action(ledger.by(), draft(stream, 1)))
    with pytest.raises(Moved):
        ledger.store.append(action(ledger.by(), draft(other, 1), draft(stream, 1)))
    assert len(ledger.store.entries(SCHOOL)) == 1
    assert ledger.store.load(SCHOOL, streams=[other]).streams == {other: ()}


def test_a_fresh_guard_holds_and_a_stale_one_fails(ledger: Ledger) -> None:
    day, lesson = uuid4(), uuid4()
    ledger.store.append(action(ledger.by(), draft(day, 1), draft(day, 2)))
    for version in (0, 1, 3):
        with pytest.raises(Moved):
            ledger.store.append(action(ledger.by(), draft(lesson, 1), guards=((day, version),)))
    ledger.store.append(action(ledger.by(), draft(lesson, 1), guards=((day, 2),)))
    assert [entry.stream for entry in ledger.store.entries(SCHOOL)] == [day, day, lesson]


def test_a_guard_of_zero_demands_an_empty_stream(ledger: Ledger) -> None:
    empty, lesson = uuid4(), uuid4()
    ledger.store.append(action(ledger.by(), draft(lesson, 1), guards=((empty, 0), (lesson, 0))))
    ledger.store.append(action(ledger.by(), draft(empty, 1)))
    with pytest.raises(Moved):
        ledger.store.append(action(ledger.by(), draft(lesson, 2), guards=((lesson, 1), (empty, 0))))


def test_an_empty_decision_is_guarded_too(ledger: Ledger) -> None:
    with pytest.raises(Moved):
        ledger.store.append(action(ledger.by(), guards=((uuid4(), 1),)))


def test_an_act_over_busy_streams_takes_its_versions_under_the_lock(ledger: Ledger) -> None:
    """With versions read beforehand an Act failed 16 times of 16; with these, never (design 1)."""
    streams = [uuid4() for _ in range(20)]
    act = EntriesVoided(act=uuid4(), positions=(1,))

    def busy(stream: UUID) -> int:
        return sum(attempt(ledger, action(ledger.by(), draft(stream, n))) for n in range(1, 11))

    def void(_: int) -> bool:
        drafts = [draft(stream, None, event=act) for stream in streams]
        return attempt(ledger, action(ledger.by(), *drafts))

    with ThreadPoolExecutor(8) as pool:
        marks, voids = pool.map(busy, streams), pool.map(void, range(8))
        assert list(voids) == [True] * 8
        assert sum(marks) > 0
    entries = ledger.store.entries(SCHOOL, limit=10_000)
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    for whole in ledger.store.load(SCHOOL, streams=streams).streams.values():
        assert [entry.version for entry in whole] == list(range(1, len(whole) + 1))
        assert sum(entry.event == act for entry in whole) == 8


def test_a_school_is_founded_by_eight_at_once(ledger: Ledger) -> None:
    schools, together = [uuid4() for _ in range(20)], Barrier(8)

    def found(_: int) -> list[int | None]:
        firsts = []
        for school in schools:
            together.wait(timeout=30)
            firsts.append(ledger.store.append(action(ledger.by(school=school), draft(uuid4(), 1))).first)
        return firsts

    with ThreadPoolExecutor(8) as pool:
        by_writer = list(pool.map(found, range(8)))
    for school, firsts in zip(schools, zip(*by_writer, strict=True), strict=True):
        assert set(firsts) == set(range(1, 9))
        assert [entry.position for entry in ledger.store.entries(school)] == list(range(1, 9))
        assert {entry.stamp.school for entry in ledger.store.entries(school)} == {school}


def test_entries_are_read_by_position_and_news_by_category(ledger: Ledger) -> None:
    stream, plan = uuid4(), uuid4()
    for version in range(1, 4):
        drafts = [draft(stream, version), draft(plan, version, category=Category.PLAN)]
        ledger.store.append(action(ledger.by(), *drafts))
    positions = [entry.position for entry in ledger.store.entries(SCHOOL, after=1, upto=5, limit=3)]
    assert positions == [2, 3, 4]
    loaded = ledger.store.load(
        SCHOOL, command_id=uuid4(), streams=[plan, uuid4()], categories=[Category.LESSON], after=1
    )
    assert loaded.known is None
    assert [entry.position for entry in loaded.news] == [3, 5]
    assert [entry.version for entry in loaded.streams[plan]] == [1, 2, 3]
    assert ledger.store.load(SCHOOL).news == ()


def test_an_empty_ledger_has_no_head(ledger: Ledger) -> None:
    head = ledger.store.head(uuid4())
    assert (head.position, head.recorded_at) == (0, None)
    assert ledger.store.entries(uuid4()) == ()


def test_an_entry_names_only_what_was_before_it(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match=r"."):
        ledger.store.append(action(ledger.by(), draft(uuid4(), 1, causation=1)))
    with pytest.raises(ValueError, match=r"."):
        ledger.store.append(action(ledger.by(regulation=1), draft(uuid4(), 1)))
    assert ledger.store.head(SCHOOL).position == 0


def attempt(ledger: Ledger, batch: Append) -> bool:
    try:
        ledger.store.append(batch)
    except Moved:
        return False
    return True
