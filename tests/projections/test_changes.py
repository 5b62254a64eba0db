"""Refold and difference: right in every random history, shortcut or not (design 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.appending import Append
from ledger.entry import Category, Draft, Entry
from projections.changes import Row, Scope, folded, intervals, rows_of
from projections.models import LATE_ENTRIES, MENTIONS, SHEETS, Model
from projections.rebuild import check, rebuild
from tests.projections.histories import CASE_EVENTS, LESSON, histories
from tests.projections.pouring import Paper

OF_A_LESSON, OF_CASES = histories(), histories(CASE_EVENTS, Category.CASE)


def _advanced(model: Model, entries: list[Entry]) -> list[Row]:
    scope = Scope.of(model, LESSON, ())
    return intervals([change for entry in entries for change in scope.advance(entry)])[1]


def _holding(rows: list[Row], position: int) -> dict[tuple, tuple]:
    holding = [r for r in rows if r.since <= position and (r.until is None or r.until > position)]
    assert len({r.key for r in holding}) == len(holding), "two rows of one key hold at once"
    return {r.key: r.values for r in holding}


def _agrees(model: Model, entries: list[Entry]) -> None:
    rows = _advanced(model, entries)
    for n, entry in enumerate(entries, start=1):
        whole = rows_of(model, folded(model, LESSON, entries[:n]))
        assert _holding(rows, entry.position) == whole


@given(OF_A_LESSON)
@settings(max_examples=300, deadline=None)
def test_the_rows_of_a_lesson_at_every_position_are_the_fold_up_to_there(entries: list[Entry]) -> None:
    _agrees(SHEETS, entries)


@given(OF_CASES)
@settings(max_examples=150, deadline=None)
def test_the_rows_of_late_entries_at_every_position_are_the_fold_up_to_there(entries: list[Entry]) -> None:
    _agrees(LATE_ENTRIES, entries)


@given(OF_A_LESSON)
@settings(max_examples=50, deadline=None)
def test_mentions_stand_for_ever_whatever_is_voided(entries: list[Entry]) -> None:
    rows = _advanced(MENTIONS, entries)
    assert all(row.until is None for row in rows)
    assert [row.since for row in rows] == [e.position for e in entries if hasattr(e.event, "pupil")]


@given(OF_A_LESSON, st.integers(0, 30))
@settings(max_examples=150, deadline=None)
def test_a_scope_taken_up_anywhere_goes_on_the_same(entries: list[Entry], cut: int) -> None:
    scope = Scope.of(SHEETS, LESSON, entries[:cut])
    for entry in entries[cut:]:
        scope.advance(entry)
    assert scope.rows == rows_of(SHEETS, folded(SHEETS, LESSON, entries))


@given(history=OF_A_LESSON, cases=OF_CASES, cuts=st.lists(st.integers(1, 12), max_size=5), data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_in_the_database_are_the_fold_and_what_a_rebuild_makes(
    paper: Paper, history: list[Entry], cases: list[Entry], cuts: list[int], data: st.DataObject
) -> None:
    """A school of its own for each history, caught up in random pieces."""
    school = uuid4()
    entries = _written(paper, school, history, cases, cuts)
    expected = dict.fromkeys(check(paper.pool, paper.runner, school), 0)
    assert {n: sum(pair) for n, pair in check(paper.pool, paper.runner, school).items()} == expected
    position = data.draw(st.integers(0, len(entries)))
    _same_at(paper, school, entries, position)
    rebuild(paper.store, paper.pool, paper.runner, school)
    assert {n: sum(pair) for n, pair in check(paper.pool, paper.runner, school).items()} == expected
    _same_at(paper, school, entries, position)


def _written(
    paper: Paper, school: UUID, history: list[Entry], cases: list[Entry], cuts: list[int]
) -> list[Entry]:
    """Appended as they are told, the positions that voids name moved to where this school's entries stand."""
    breaks = {sum(cuts[:n]) for n in range(1, len(cuts) + 1)}
    shifts = {Category.LESSON: history[0].position - 1, Category.CASE: cases[0].position - 1 - len(history)}
    for n, entry in enumerate([*history, *cases]):
        draft = Draft(
            category=entry.category,
            stream=UUID(int=LESSON.int + (entry.category is Category.CASE)),
            version=None,
            event=_moved(entry.event, shifts[entry.category]),
            findings=entry.findings,
        )
        stamp = replace(entry.stamp, school=school, command_id=uuid4(), received_at=datetime.now(UTC))
        paper.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=(draft,)))
        if n in breaks:
            assert paper.runner.advance(school, patience=30.0)
    assert paper.runner.advance(school, patience=30.0)
    return list(paper.store.entries(school, limit=1000))


def _moved(event: object, shift: int) -> object:
    positions = getattr(event, "positions", None)
    if positions is None:
        return event
    return replace(event, positions=tuple(p - shift for p in positions if p > shift))  # type: ignore[type-var]


def _same_at(paper: Paper, school: UUID, entries: list[Entry], position: int) -> None:
    for model in (SHEETS, LATE_ENTRIES, MENTIONS):
        for stream in {e.stream for e in entries if e.category is model.category}:
            own = [e for e in entries if e.stream == stream and e.position <= position]
            wanted = rows_of(model, folded(model, stream, own))
            found = {}
            for table in model.tables:
                for row in paper.rows(
                    table.name,
                    f"school_id = '{school}' AND since <= {position}"
                    f" AND (until IS NULL OR until > {position})",
                ):
                    key = (table.name, *(row[name] for name in table.key))
                    found[key] = tuple(row[name] for name in table.values)
            assert found == wanted
