"""The contract of a store: a retry gets the first answer, accepted, empty and refused alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from ledger.appending import CommandClash, Refused
from tests.store.batches import BODY, OTHER_BODY, PETROV, SCHOOL, SOKOLOVA, action, draft
from tests.store.conftest import Ledger

REFUSED = Refused(
    command="GiveMark",
    code="not_backdated",
    clause="УБ 7.9",
    sentence="Отметка за 09.10 ставится до 14:30.",
    stream=uuid4(),
)


def test_the_same_command_again_gets_the_first_answer_and_writes_nothing(ledger: Ledger) -> None:
    stream, command = uuid4(), uuid4()
    first = ledger.store.append(action(ledger.by(command_id=command), draft(stream, 1), answer="1"))
    # The browser's retry is received later and may have been decided otherwise: the first answer stands.
    again = ledger.store.append(action(ledger.by(command_id=command), draft(stream, 2), answer="2"))
    assert again == replace(first, repeated=True)
    assert (again.answer, again.first, ledger.store.head(SCHOOL).position) == ("1", 1, 1)


def test_the_same_command_fifty_times_at_once_is_written_once(ledger: Ledger) -> None:
    stream, command = uuid4(), uuid4()
    batch = action(ledger.by(command_id=command), draft(stream, None), draft(stream, None))
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: ledger.store.append(batch), range(50)))
    assert sorted(answer.repeated for answer in answers) == [False] + [True] * 49
    assert {(answer.first, answer.last) for answer in answers} == {(1, 2)}
    assert len({answer.recorded_at for answer in answers}) == 1
    assert ledger.store.head(SCHOOL).position == 2


@pytest.mark.parametrize(("account", "body"), [(PETROV, BODY), (SOKOLOVA, OTHER_BODY), (PETROV, OTHER_BODY)])
def test_the_same_id_of_another_account_or_with_another_body_is_a_clash(
    ledger: Ledger, account: object, body: bytes
) -> None:
    command = uuid4()
    ledger.store.append(action(ledger.by(command_id=command), draft(uuid4(), 1)))
    with pytest.raises(CommandClash):
        by = ledger.by(command_id=command, account=account)
        ledger.store.append(action(by, draft(uuid4(), 1), body=body))
    assert ledger.store.head(SCHOOL).position == 1


def test_the_same_id_in_another_school_is_another_command(ledger: Ledger) -> None:
    command, other = uuid4(), uuid4()
    ledger.store.append(action(ledger.by(command_id=command), draft(uuid4(), 1)))
    written = ledger.store.append(action(ledger.by(command_id=command, school=other), draft(uuid4(), 1)))
    assert (written.first, written.repeated) == (1, False)


def test_an_empty_decision_is_answered_once_and_takes_no_position(ledger: Ledger) -> None:
    """An empty decision meets a NULL bound (design 3, traps)."""
    command = uuid4()
    first = ledger.store.append(action(ledger.by(command_id=command), answer="nothing to do"))
    again = ledger.store.append(action(ledger.by(command_id=command), answer="something else"))
    assert (first.first, first.last, first.repeated) == (None, None, False)
    assert again == replace(first, repeated=True)
    assert ledger.store.head(SCHOOL).position == 0
    assert ledger.store.append(action(ledger.by(), draft(uuid4(), 1))).first == 1


def test_a_refusal_is_kept_once_and_repeated(ledger: Ledger) -> None:
    command = uuid4()
    ledger.store.append(action(ledger.by(), draft(uuid4(), 1)))
    by = ledger.by(command_id=command)
    first = ledger.store.append(action(by, refused=REFUSED, answer="refused"))
    again = ledger.store.append(action(ledger.by(command_id=command), refused=REFUSED, answer="?"))
    assert (first.first, first.last) == (None, None)
    assert (again.answer, again.repeated) == ("refused", True)

    (kept,) = ledger.store.refusals(SCHOOL)
    assert kept.refused == REFUSED
    assert (kept.command_id, kept.account, kept.person, kept.role) == (command, SOKOLOVA, SOKOLOVA, by.role)
    assert (kept.received_at, kept.recorded_at) == (by.received_at, first.recorded_at)
    assert (kept.position, ledger.store.head(SCHOOL).position) == (1, 1)


def test_a_refusal_has_no_entries(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="refusal"):
        ledger.store.append(action(ledger.by(), draft(uuid4(), 1), refused=REFUSED))
    assert ledger.store.refusals(SCHOOL) == ()


def test_a_known_command_is_loaded(ledger: Ledger) -> None:
    command = uuid4()
    written = ledger.store.append(action(ledger.by(command_id=command), draft(uuid4(), 1), answer="а"))
    known = ledger.store.load(SCHOOL, command_id=command).known
    assert known is not None
    assert (known.command_id, known.account, known.body_sha256) == (command, SOKOLOVA, BODY)
    assert (known.answer, known.first, known.last) == ("а", 1, 1)
    assert known.recorded_at == written.recorded_at
