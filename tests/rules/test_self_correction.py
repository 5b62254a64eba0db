"""P-56 (R-165): what stands is replaced inside its window, also where the act only reports who was late."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from ledger.dispute import fold_disputes
from ledger.entry import Category
from ledger.events.attendance import (
    AbsenceDisputed,
    AbsenceDisputeDecided,
    AbsenceNoted,
    AbsenceWithdrawn,
    AttendanceTaken,
)
from ledger.events.homework import HomeworkNotSet
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import MarkWithdrawn
from ledger.judging import State, judge
from ledger.lesson import Sheet, fold_lesson
from ledger.personal import PersonalText
from ledger.regulation import Regulation, load
from tests.world import (
    REGULATIONS,
    SCHOOL,
    UST_BELAYA,
    answer,
    codes,
    entry,
    given_lesson,
    given_sheet,
    given_work,
    held,
    homework_for,
    judged,
    mark,
    named,
    stamp,
)


def of(school: str) -> Regulation:
    return load((REGULATIONS / f"{school}.toml").read_text(encoding="utf-8"), f"{school}.toml")


PADUN, PERM = of("padun"), of("perm")
NEVER = replace(UST_BELAYA, self_correction="none")
ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
IN_TIME, LATE = "2026-10-12 23:59:59", "2026-10-13 00:00:00"
KALYANA = named("Каляна Мария")
REASON = PersonalText(person=KALYANA, nonce=bytes(12), sealed=bytes(30))

STANDING = given_sheet(
    ALGEBRA,
    answer(ALGEBRA, "Каляна Мария", 3),
    AbsenceNoted(pupil=named("Ященко Ольга")),
    TopicRecorded(text="Одночлены"),
    HomeworkNotSet(),
)
REPLACING = (
    answer(ALGEBRA, "Каляна Мария", 4),
    MarkWithdrawn(work=ALGEBRA.id, pupil=KALYANA),
    AbsenceWithdrawn(pupil=named("Ященко Ольга"), came_late=False),
    TopicRecorded(text="Многочлены"),
    homework_for(ALGEBRA, "№ 212"),
)


def p56(event: object, when: str, sheet: Sheet = STANDING, regulation: Regulation = PADUN) -> list[str]:
    found = judged(event, ALGEBRA, when, sheet=sheet, regulation=regulation)
    return [each for each in codes(found) if each.startswith("P-56")]


@pytest.mark.parametrize("event", REPLACING, ids=lambda each: type(each).__name__)
def test_where_windows_only_report_a_record_is_replaced_until_the_end_of_its_own(event: object) -> None:
    deadline = IN_TIME if not isinstance(event, type(REPLACING[-1])) else "2026-10-12 14:05"
    assert p56(event, deadline) == []
    assert p56(event, LATE) == ["P-56 refuse"]


@pytest.mark.parametrize("event", REPLACING, ids=lambda each: type(each).__name__)
def test_a_first_record_is_late_there_and_written(event: object) -> None:
    assert p56(event, LATE, sheet=given_sheet(ALGEBRA)) == []


def test_the_sentence_names_the_deadline() -> None:
    (found,) = (
        each
        for each in judged(REPLACING[0], ALGEBRA, LATE, sheet=STANDING, regulation=PADUN)
        if each.finding.code == "P-56"
    )
    assert "12.10.2026 23:59:59" in found.sentence
    assert found.finding.delay == 1


def test_a_written_work_has_the_window_of_its_kind() -> None:
    """W-07: until the next lesson, Wednesday 14.10 at 9:25."""
    work = given_work(ALGEBRA, "control")
    sheet = given_sheet(ALGEBRA, work, mark("Каляна Мария", 3, work="control"))
    again = mark("Каляна Мария", 4, work="control")
    due = work.due
    assert p56(again, due.isoformat(sep=" "), sheet) == []
    assert p56(again, "2026-11-16 10:00", sheet) == ["P-56 refuse"]


@pytest.mark.parametrize("regulation", [UST_BELAYA, PERM], ids=["ust-belaya", "perm"])
@pytest.mark.parametrize("event", REPLACING, ids=lambda each: type(each).__name__)
def test_where_the_window_itself_refuses_a_permission_is_all_it_takes(
    event: object, regulation: Regulation
) -> None:
    assert p56(event, LATE, regulation=regulation) == []


@pytest.mark.parametrize("event", REPLACING, ids=lambda each: type(each).__name__)
def test_a_school_may_say_never_but_by_a_case(event: object) -> None:
    assert p56(event, "2026-10-12 09:40", regulation=NEVER) == ["P-56 refuse"]
    assert p56(event, "2026-10-12 09:40", sheet=given_sheet(ALGEBRA), regulation=NEVER) == []


def test_presence_and_its_first_absence_are_one_action() -> None:
    """«Все на месте» replaced by an «н» later is a replacement, the «н» it was taken with is none."""
    sheet = given_sheet(ALGEBRA, AttendanceTaken())
    noted = AbsenceNoted(pupil=KALYANA)
    assert p56(noted, LATE, sheet) == ["P-56 refuse"]
    made = replace(stamp("Соколова", LATE), command_id=uuid4())
    taken = entry(AttendanceTaken(), ALGEBRA.id, made, number=2)
    first = entry(held(ALGEBRA), ALGEBRA.id, stamp("Соколова", "2026-10-12 09:25"), number=1)
    state = State(sheet=fold_lesson(ALGEBRA.id, [first, taken]), lesson=ALGEBRA)
    found = judge(entry(noted, ALGEBRA.id, made), state, SCHOOL, PADUN)
    assert "P-56 refuse" not in codes(found)


def test_a_dispute_that_was_upheld_takes_the_absence_away_at_any_hour() -> None:
    """R-144: the decision is the other person's word already."""
    made = replace(stamp("Соколова", LATE), command_id=uuid4())
    sheet = given_sheet(ALGEBRA, AbsenceNoted(pupil=KALYANA))
    asked = AbsenceDisputed(
        case=named("спор"), lesson=ALGEBRA.id, journal=ALGEBRA.journal, pupil=KALYANA, reason=REASON
    )
    upheld = AbsenceDisputeDecided(case=named("спор"), upheld=True, reason=None)
    disputes = fold_disputes(
        [
            entry(asked, named("споры"), stamp("Громова", LATE), Category.CASE, 1),
            entry(upheld, named("споры"), made, Category.CASE, 2),
        ]
    )
    state = State(sheet=sheet, lesson=ALGEBRA, disputes=disputes)
    away = entry(AbsenceWithdrawn(pupil=KALYANA, came_late=False), ALGEBRA.id, made)
    assert "P-56 refuse" not in codes(judge(away, state, SCHOOL, PADUN))
    assert "P-56 refuse" in codes(judge(away, replace(state, disputes={}), SCHOOL, PADUN))
