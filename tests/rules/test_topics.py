"""Topics: 9.5(b2), on the day of the lesson."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.events.lessons import BriefingRecorded, MaterialAttached, TopicRecorded
from tests.world import UST_BELAYA, codes, given_lesson, judged, named

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
TOPIC = TopicRecorded(text="Степень с натуральным показателем")
BRIEFING = BriefingRecorded(text="ТБ, инструкция 4")
MATERIAL = MaterialAttached(
    material=named("материал"),
    to="lesson",
    title="Презентация",
    url="https://resh.edu.ru/7/",
    sha256=None,
    media=None,
    size=None,
)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-10-12 09:24:59.9", ["W-20 refuse"]),
        ("2026-10-12 09:25:00", []),
        ("2026-10-12 23:59:59.9", []),
        ("2026-10-13 00:00:00", ["W-03 permit"]),
    ],
)
def test_a_topic_is_recorded_from_the_lessons_beginning_to_the_end_of_its_day(when, said):
    assert codes(judged(TOPIC, ALGEBRA, when)) == said


def test_a_school_may_want_the_topic_an_hour_after_classes_and_call_it_late_until_midnight():
    perm = replace(UST_BELAYA, topic_terms=UST_BELAYA.homework_terms)

    def found(when):
        return codes(judged(TOPIC, ALGEBRA, when, regulation=perm))

    assert found("2026-10-12 15:05:00.9") == []
    assert found("2026-10-12 15:05:01") == ["W-03 late"]
    assert found("2026-10-13 00:00:00") == ["W-03 permit"]


@pytest.mark.parametrize("event", [BRIEFING, MATERIAL], ids=["a briefing", "a material"])
def test_what_belongs_to_the_topic_has_its_deadline(event):
    assert codes(judged(event, ALGEBRA, "2026-10-12 23:59:59.9")) == []
    assert codes(judged(event, ALGEBRA, "2026-10-13 00:00:00")) == ["W-03 permit"]


def test_a_material_may_be_there_before_the_lesson_and_a_briefing_may_not():
    assert codes(judged(MATERIAL, ALGEBRA, "2026-10-11 20:00")) == []
    assert codes(judged(BRIEFING, ALGEBRA, "2026-10-12 09:24:59.9")) == ["W-20 refuse"]
