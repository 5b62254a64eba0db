"""The contract of a store: two clocks, neither of which may poison the ledger (design 3)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from ledger.appending import ClockAhead, ClockSkew
from tests.store.batches import SCHOOL, action, draft
from tests.store.conftest import Ledger


@pytest.mark.parametrize("offset", [-1.9, 1.9])
def test_clocks_less_than_two_seconds_apart_are_good(ledger: Ledger, offset: float) -> None:
    ledger.store.append(action(ledger.by(offset=offset), draft(uuid4(), 1)))
    assert ledger.store.head(SCHOOL).position == 1


@pytest.mark.parametrize("offset", [-2.1, 2.1])
def test_clocks_more_than_two_seconds_apart_are_refused(ledger: Ledger, offset: float) -> None:
    with pytest.raises(ClockSkew):
        ledger.store.append(action(ledger.by(offset=offset), draft(uuid4(), 1)))
    assert ledger.store.head(SCHOOL).position == 0


def test_a_request_may_be_ten_seconds_old(ledger: Ledger) -> None:
    ledger.store.append(action(ledger.by(offset=-9.9), draft(uuid4(), 1), age=9.9))
    assert ledger.store.head(SCHOOL).position == 1


@pytest.mark.parametrize(("offset", "age"), [(-10.1, 10.1), (0.1, -0.1), (-5.0, 0.0), (0.0, 5.0)])
def test_an_older_request_or_an_age_that_does_not_fit_is_refused(
    ledger: Ledger, offset: float, age: float
) -> None:
    with pytest.raises(ClockSkew):
        ledger.store.append(action(ledger.by(offset=offset), draft(uuid4(), 1), age=age))


def test_a_known_command_is_answered_however_late_its_retry(ledger: Ledger) -> None:
    batch = action(ledger.by(offset=-1), draft(uuid4(), 1), age=1.0)
    ledger.store.append(batch)
    late = action(ledger.by(offset=-60, command_id=batch.stamp.command_id), draft(uuid4(), 1), age=60.0)
    assert ledger.store.append(late).repeated


def test_recorded_at_never_runs_backwards(ledger: Ledger) -> None:
    ledger.store.append(action(ledger.by(), draft(uuid4(), 1)))
    ledger.leap(1.5)
    head = ledger.store.head(SCHOOL)
    written = [ledger.store.append(action(ledger.by(), draft(uuid4(), 1))).recorded_at for _ in range(3)]
    assert written == [head.recorded_at] * 3
    assert all(written_at > ledger.now() for written_at in written)


def test_a_head_more_than_two_seconds_ahead_of_the_clock_is_refused(ledger: Ledger) -> None:
    ledger.store.append(action(ledger.by(), draft(uuid4(), 1)))
    ledger.leap(3.0)
    with pytest.raises(ClockAhead):
        ledger.store.append(action(ledger.by(), draft(uuid4(), 1)))
    assert ledger.store.head(SCHOOL).position == 1
