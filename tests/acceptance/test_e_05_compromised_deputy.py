"""E-05: a deputy's password is stolen; what was approved and permitted with it between 10:58 and 11:10 (18.11.2026)."""

from __future__ import annotations

from uuid import UUID

import pytest

from commands.corrections import ApproveCorrections, CorrectionItem, CorrectionRef, RequestCorrections
from commands.deciding import Refusal
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from ledger.correction import fold_corrections
from ledger.streams import corrections
from tests.breach import Breach
from tests.world import SCHOOL_ID, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-11-11")
LATE = given_lesson("7А Алгебра", "2026-11-02")
MARIA, DARIA = "Каляна Мария", "Антипина Дарья"
DAY = "2026-11-18"


def case_of(story: Breach) -> UUID:
    (case,) = fold_corrections(story.entries(corrections(SCHOOL_ID, LESSON.id))).cases
    return case


def ask(story: Breach) -> CorrectionRef:
    """Соколова asks for 5 instead of the 3 of a week ago."""
    seen = story.sheet(LESSON).marks[LESSON.id, named(MARIA)].position
    item = CorrectionItem(
        target="mark", lesson=LESSON.id, work=LESSON.id, pupil=named(MARIA), new="5", seen=seen
    )
    story.do(
        "Соколова",
        f"{DAY} 09:00",
        RequestCorrections(items=(item,), ground="erroneous_entry", reason="описка", confirmed=True),
    )
    return CorrectionRef(case=case_of(story), lesson=LESSON.id)


@pytest.fixture
def story() -> Breach:
    """Ефимова's password is used by somebody else; a correction is approved and a late entry permitted with it."""
    made = Breach()
    made.mark("Соколова", "2026-11-11 11:20", LESSON, MARIA, "3")
    ref = ask(made)
    item = LateEntryItem(lesson=LATE.id, target="lesson")
    made.do(
        "Соколова", f"{DAY} 09:05", RequestLateEntry(items=(item,), reason="больничный лист", confirmed=True)
    )
    (late,) = made.late(LATE).cases
    made.do("Ефимова", f"{DAY} 10:58", ApproveCorrections(cases=(ref,), confirmed=True))
    made.do(
        "Ефимова",
        f"{DAY} 11:00",
        PermitLateEntries(cases=(CaseRef(case=late, lesson=LATE.id),), confirmed=True),
    )
    made.mark("Соколова", f"{DAY} 11:02", LATE, DARIA, "4")
    return made


@pytest.mark.case("E-05")
def test_the_approvals_are_void_the_mark_is_the_one_before_and_the_case_waits_again(story: Breach) -> None:
    assert story.value(LESSON, MARIA) == (5,)
    incident = story.notice("Ефимова", f"{DAY} 10:50", f"{DAY} 10:55", now=f"{DAY} 11:10")
    story.act(incident, f"{DAY} 14:00")
    assert story.value(LESSON, MARIA) == (3,)
    case = fold_corrections(story.entries(corrections(SCHOOL_ID, LESSON.id))).cases[case_of(story)]
    assert case.status == "asked"
    assert case.requested.stamp.person == named("Соколова"), "the teacher does not write it again"


@pytest.mark.case("E-05")
def test_another_deputy_approves_the_same_request(story: Breach) -> None:
    incident = story.notice("Ефимова", f"{DAY} 10:50", f"{DAY} 10:55", now=f"{DAY} 11:10")
    story.act(incident, f"{DAY} 14:00")
    ref = CorrectionRef(case=case_of(story), lesson=LESSON.id)
    story.do("Дьячкова", f"{DAY} 14:30", ApproveCorrections(cases=(ref,), confirmed=True))
    assert story.value(LESSON, MARIA) == (5,)


@pytest.mark.case("E-05")
def test_a_mark_under_a_void_permission_is_contested_and_not_void(story: Breach) -> None:
    incident = story.notice("Ефимова", f"{DAY} 10:50", f"{DAY} 10:55", now=f"{DAY} 11:10")
    contested = story.selection(incident).contested
    assert [type(entry.event).__name__ for entry in contested] == ["MarkGiven"]
    story.act(incident, f"{DAY} 14:00")
    assert story.value(LATE, DARIA) == (4,)
    (late,) = story.late(LATE).cases.values()
    assert late.status == "asked", "the permission is void, the request is not"


@pytest.mark.case("E-05")
def test_whoever_approved_what_is_void_sits_on_no_commission_about_it() -> None:
    """Соколова's access is stolen; Дьячкова had permitted the entry that is void."""
    story = Breach()
    item = LateEntryItem(lesson=LATE.id, target="lesson")
    story.do(
        "Соколова", f"{DAY} 09:05", RequestLateEntry(items=(item,), reason="больничный лист", confirmed=True)
    )
    (late,) = story.late(LATE).cases
    permit = PermitLateEntries(cases=(CaseRef(case=late, lesson=LATE.id),), confirmed=True)
    story.do("Дьячкова", f"{DAY} 10:00", permit)
    story.mark("Соколова", f"{DAY} 11:02", LATE, DARIA, "5")
    incident = story.notice("Соколова", f"{DAY} 10:50", f"{DAY} 10:55", now=f"{DAY} 11:10")
    with pytest.raises(Refusal, match="согласовал") as refused:
        story.act(incident, f"{DAY} 14:00", members=("Громова", "Лебедева", "Дьячкова"))
    assert refused.value.code == "P-64"
    story.act(incident, f"{DAY} 14:10")
    assert story.value(LATE, DARIA) is None
