"""Absences: 7.14(b2), 9.5(b3), by fact at the beginning of the lesson."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.entry import Role
from ledger.events.attendance import AbsenceNoted, AbsenceWithdrawn, AttendanceTaken
from ledger.judging import gate
from tests.world import UST_BELAYA, codes, given_lesson, given_sheet, judged, named

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
ABSENT = AbsenceNoted(pupil=named("Рультытегин Артём"))


@pytest.mark.parametrize(
    ("when", "said", "delay"),
    [
        ("2026-10-12 09:25:00", [], None),
        ("2026-10-12 10:05:00.9", [], None),
        ("2026-10-12 10:05:01", ["W-05 late"], 1),
        ("2026-10-12 23:59:59.9", ["W-05 late"], 13 * 3600 + 54 * 60 + 59),
        ("2026-10-13 00:00:00", ["W-05 permit"], 1),
    ],
)
def test_an_absence_is_in_time_during_the_lesson_then_late_then_needs_a_deputy(when, said, delay):
    for event in (ABSENT, AttendanceTaken()):
        found = judged(event, ALGEBRA, when)
        assert codes(found) == said
        assert [each.finding.delay for each in found] == [delay] * len(said)


def test_nobody_is_absent_before_the_lesson_begins():
    found = judged(ABSENT, ALGEBRA, "2026-10-12 09:24:59.9")
    assert codes(found) == ["W-20 refuse", "W-05 refuse"]
    assert gate(found, permitted=True, confirmed=True) is found[0]


def test_withdrawing_an_absence_keeps_the_same_window():
    sheet, came = given_sheet(ALGEBRA, ABSENT), AbsenceWithdrawn(pupil=ABSENT.pupil, came_late=True)
    assert judged(came, ALGEBRA, "2026-10-12 09:40", sheet=sheet) == ()
    assert codes(judged(came, ALGEBRA, "2026-10-12 12:00", sheet=sheet)) == ["W-05 late"]
    assert codes(judged(came, ALGEBRA, "2026-10-13 00:00", sheet=sheet)) == ["W-05 permit"]


def test_a_stranger_to_the_class_is_not_absent():
    event = AbsenceNoted(pupil=named("Омрына Анна"))
    assert codes(judged(event, ALGEBRA, "2026-10-12 09:30")) == ["enrolled refuse"]


def test_a_class_teacher_fills_absences_only_where_the_regulation_lets_her():
    poshekhonye = replace(UST_BELAYA, class_teacher_edit="absence_full")

    def found(by, regulation):
        return codes(
            judged(
                ABSENT,
                ALGEBRA,
                "2026-10-12 09:30",
                by=by,
                role=Role.CLASS_TEACHER,
                regulation=regulation,
            )
        )

    assert found("Громова", UST_BELAYA) == ["P-58 refuse"]
    assert found("Громова", poshekhonye) == []
    assert found("Ким", poshekhonye) == ["P-58 refuse"]
