"""Records are plain text: 9.5(b2) «без выделения»."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.events.lessons import TopicRecorded
from ledger.rules.texts import text_finding
from tests.world import codes, given_lesson, given_work, homework_for, judged

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")


def said(text: str) -> list[str]:
    return codes(judged(TopicRecorded(text=text), ALGEBRA, "2026-10-12 10:00"))


@pytest.mark.parametrize(
    "text",
    [
        "Р.р. Изложение с элементами сочинения",
        "Степень aⁿ, n ∈ ℕ; «квадрат» — a²",
        "Ӈотқэн — чукотский; Ы́твыт",
        "Опыт с лампочкой 💡, семья 👩‍👩‍👧",
        "сло\u00adво с мягким переносом",
        "строка\nи вторая",
    ],
)
def test_any_language_formula_and_emoji_is_accepted(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "тема\u202eамет",
        "\u2067тема",
        "те\u200fма",
        "те\x00ма",
        "те\x1b[31mма",
        "те\tма",
        "\u2028тема",
        "\ud800",
    ],
)
def test_control_characters_and_turned_reading_directions_are_refused(text):
    assert said(text) == ["plain-text refuse"]


@pytest.mark.parametrize("text", ["", "   ", "\u00a0\u2003", "\u200b", "\n\n"])
def test_a_blank_record_is_refused(text):
    found = judged(TopicRecorded(text=text), ALGEBRA, "2026-10-12 10:00")
    assert codes(found) == ["plain-text refuse"]
    assert "пуста" in found[0].sentence


def test_a_topic_has_at_most_a_thousand_characters_and_homework_two_thousand():
    assert said("т" * 1000) == []
    assert said("т" * 1001) == ["plain-text refuse"]
    assert said("т" * 1_000_000) == ["plain-text refuse"]
    for length, expected in ((2000, []), (2001, ["plain-text refuse"])):
        found = judged(homework_for(ALGEBRA, "з" * length), ALGEBRA, "2026-10-12 10:00")
        assert codes(found) == expected


def test_the_title_of_a_work_may_be_empty_but_not_tricky():
    work = given_work(ALGEBRA, "control")
    assert judged(work, ALGEBRA, "2026-10-12 10:00") == ()
    for title in ("№ 2\u202e", "т" * 201):
        found = judged(replace(work, title=title), ALGEBRA, "2026-10-12 10:00")
        assert codes(found) == ["plain-text refuse"]


def test_a_text_that_will_be_sealed_is_judged_before():
    assert text_finding("Повторить § 5", 2000) is None
    finding = text_finding("х" * 2001, 2000)
    assert finding is not None
    assert finding.details["case"] == "long"
