"""W-21, P-60: a breach is reported within an hour of its detection (UstBelaya 10.3)."""

from __future__ import annotations

from datetime import datetime

import pytest

from commands.compromise import ReportCompromise
from commands.deciding import Refusal
from tests.breach import Breach, account_of
from tests.world import named


def findings(detected: str, reported: str) -> list[tuple[str, int, str]]:
    """Of a report that is registered at half past noon."""
    report = ReportCompromise(
        incident=named("incident"),
        account=account_of("Соколова"),
        detected_at=datetime.fromisoformat(f"2026-11-18 {detected}"),
        reported_at=datetime.fromisoformat(f"2026-11-18 {reported}"),
    )
    said = Breach().do("Кеулькут", "2026-11-18 12:30", report).findings
    return [(each["code"], each["delay"], each["sentence"]) for each in said]


@pytest.mark.case("AT-19")
@pytest.mark.parametrize("reported", ["10:50", "11:20:00", "11:20:00.900"])
def test_within_the_hour_it_is_in_time_though_it_was_registered_later(reported: str) -> None:
    assert findings("10:20", reported) == []


def test_a_second_after_the_hour_it_is_late_and_says_until_when_it_was_to_be_told() -> None:
    ((code, seconds, sentence),) = findings("10:20", "11:20:01")
    assert (code, seconds) == ("W-21", 1)
    assert "до 18.11.2026 11:20 (п. 10.3 Порядка)" in sentence


@pytest.mark.case("E-16")
@pytest.mark.parametrize("reported", ["10:20", "12:30"])
def test_it_was_told_at_the_earliest_when_it_was_detected_and_at_the_latest_now(reported: str) -> None:
    findings("10:20", reported)


@pytest.mark.case("E-16")
@pytest.mark.parametrize(
    ("reported", "sentence"),
    [
        ("10:19:59", "не могло быть раньше, чем обнаружено нарушение: .* 10:20 позже, чем .* 10:19:59"),
        ("12:30:01", "Время сообщения ещё не наступило: .* 12:30:01 позже, чем .* 12:30"),
    ],
)
def test_a_second_beyond_either_edge_is_refused_with_both_times(reported: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        findings("10:20", reported)


def test_lateness_refuses_nothing() -> None:
    assert findings("08:00", "12:00")[0][1] == 3 * 3600
