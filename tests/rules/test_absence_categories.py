"""Categories of absences: 9.4(b2), weekly by the class teacher, from the school's list (W-06, P-50, P-51, P-57)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from ledger.dispute import fold_disputes
from ledger.entry import Category, Role
from ledger.events.attendance import (
    AbsenceDisputed,
    AbsenceDisputeDecided,
    AbsencesExplained,
    AbsenceWithdrawn,
)
from ledger.judging import State, gate, judge
from ledger.personal import PersonalText
from tests.world import SCHOOL, UST_BELAYA, codes, entry, given_lesson, given_sheet, judged, named, stamp

PUPIL = named("Рультытегин Артём")
ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
CASE = named("спор")
BECAUSE = PersonalText(person=PUPIL, nonce=bytes(12), sealed=bytes(17))


def explained(category: str = "по болезни", first: str = "2026-10-12", last: str = "2026-10-14") -> object:
    return AbsencesExplained(
        explanation=named("причина"),
        pupil=PUPIL,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        category=category,
        document=None,
    )


@pytest.mark.parametrize(
    ("when", "said", "delay"),
    [
        ("2026-10-16 15:00", [], None),
        ("2026-10-18 23:59:59.9", [], None),
        ("2026-10-19 00:00:00", ["W-06 report"], 1),
    ],
)
def test_a_category_is_due_on_sunday_and_never_refused(when, said, delay):
    found = judged(explained(), None, when, by="Громова", role=Role.CLASS_TEACHER)
    assert codes(found) == said
    assert [each.finding.delay for each in found] == [delay] * len(said)
    assert gate(found, permitted=False, confirmed=False) is None


def test_a_stretch_of_two_weeks_is_due_with_its_first_week():
    event = explained(first="2026-10-09", last="2026-10-14")
    found = judged(event, None, "2026-10-12 08:00", by="Громова", role=Role.CLASS_TEACHER)
    assert codes(found) == ["W-06 report"]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.DEPUTY, Role.DIRECTOR])
def test_only_the_class_teacher_says_why(role):
    assert codes(judged(explained(), None, "2026-10-16 15:00", by="Громова", role=role)) == ["P-50 refuse"]


def test_a_class_teacher_who_may_only_read_says_nothing():
    reads = replace(UST_BELAYA, class_teacher_edit="read_only")
    found = judged(
        explained(), None, "2026-10-16 15:00", by="Громова", role=Role.CLASS_TEACHER, regulation=reads
    )
    assert codes(found) == ["P-50 refuse"]


def test_a_category_of_ones_own_is_not_in_the_list():
    event = explained("по семейным обстоятельствам")
    found = judged(event, None, "2026-10-16 15:00", by="Громова", role=Role.CLASS_TEACHER)
    assert codes(found) == ["P-51 refuse"]
    assert "по семейным обстоятельствам" in found[0].sentence


def state_of_dispute(decider: str, upheld: bool, when: str = "2026-10-20 09:00") -> State:
    """The sheet with the «н», and the dispute Громова began on Friday, decided at `when`."""
    asked = AbsenceDisputed(
        case=CASE, lesson=ALGEBRA.id, journal=ALGEBRA.journal, pupil=PUPIL, reason=BECAUSE
    )
    decided = AbsenceDisputeDecided(case=CASE, upheld=upheld, reason=None)
    said = [
        entry(asked, CASE, stamp("Громова", "2026-10-16 15:00", Role.CLASS_TEACHER), Category.CASE, 1),
        entry(decided, CASE, stamp(decider, when), Category.CASE, 2),
    ]
    return State(sheet=given_sheet(ALGEBRA), lesson=ALGEBRA, disputes=fold_disputes(said))


def withdrawal(state: State, by: str, when: str, pupil: UUID = PUPIL) -> list[str]:
    event = AbsenceWithdrawn(pupil=pupil, came_late=False)
    proposed = entry(event, ALGEBRA.id, stamp(by, when))
    return codes(judge(proposed, state, SCHOOL, UST_BELAYA))


def test_an_upheld_dispute_withdraws_its_absence_whenever_it_is_decided():
    state = state_of_dispute("Ефимова", upheld=True)
    assert withdrawal(state, "Ефимова", "2026-10-20 09:00") == []


def test_a_declined_dispute_withdraws_nothing():
    state = state_of_dispute("Ефимова", upheld=False)
    assert withdrawal(state, "Ефимова", "2026-10-20 09:00") == ["P-58 refuse", "W-05 permit"]


def test_a_decision_withdraws_no_other_absence_and_none_afterwards():
    state = state_of_dispute("Соколова", upheld=True)
    other = named("Каляна Мария")
    assert withdrawal(state, "Соколова", "2026-10-20 09:00", other) == ["W-05 permit"]
    assert withdrawal(state, "Соколова", "2026-10-20 09:01") == ["W-05 permit"]


@pytest.mark.parametrize(("by", "said"), [("Громова", ["W-19 refuse", "P-57 refuse"]), ("Соколова", [])])
def test_nobody_decides_a_dispute_of_their_own(by, said):
    asked = AbsenceDisputed(
        case=CASE, lesson=ALGEBRA.id, journal=ALGEBRA.journal, pupil=PUPIL, reason=BECAUSE
    )
    made = stamp("Громова", "2026-10-16 15:00", Role.CLASS_TEACHER)
    state = State(
        sheet=given_sheet(ALGEBRA),
        lesson=ALGEBRA,
        disputes=fold_disputes([entry(asked, CASE, made, Category.CASE, 1)]),
    )
    decided = AbsenceDisputeDecided(case=CASE, upheld=True, reason=None)
    proposed = entry(decided, CASE, stamp(by, "2026-10-20 09:00", Role.TEACHER), Category.CASE)
    assert codes(judge(proposed, state, SCHOOL, UST_BELAYA)) == said
