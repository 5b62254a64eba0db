"""Who looks again at a mark that rested on void entries (P-96, E-04): a deputy of the competence, not its author."""

from __future__ import annotations

from uuid import UUID

import pytest

from ledger.entry import Category, Role
from ledger.events.period_marks import PeriodMarkGiven, PeriodMarkRechecked
from ledger.judging import judge
from ledger.lesson import Sheet
from ledger.period_sheet import PERIOD, PeriodSheet
from ledger.rules.state import PeriodState, State
from ledger.span import Span
from tests.correction_cases import DIVIDED, TRIMESTER
from tests.story import sealed
from tests.world import FIRST, LAST, SCHOOL_ID, UST_BELAYA, codes, entry, given_school, named, stamp

PAGE, PUPIL, ACT = named("7А Алгебра"), named("Антипина Дарья"), named("Акт № 1")
WHEN = "2026-11-26 10:00"
DIVIDED_SCHOOL = given_school(*DIVIDED)


def found(by: str, author: str, act: UUID | None = ACT, role: Role = Role.DEPUTY) -> list[str]:
    place = {"journal": PAGE, "period": TRIMESTER, "kind": PERIOD, "pupil": PUPIL}
    given = PeriodMarkGiven(**place, value="4", proposed="4", rests_on=(7,))
    marks = {(PERIOD, PUPIL): entry(given, PAGE, stamp(author, "2026-11-20 10:00"), Category.PERIOD, 9)}
    reason = sealed("Поставлена добросовестно", PUPIL, SCHOOL_ID, 0)
    rechecked = PeriodMarkRechecked(**place, rests_on=(), reason=reason, act=act)
    state = State(
        sheet=Sheet(lesson=PAGE),
        lesson=None,
        period=PeriodState(sheet=PeriodSheet(marks=marks), span=Span(first=FIRST, last=LAST)),
    )
    proposed = entry(rechecked, PAGE, stamp(by, WHEN, role), Category.PERIOD)
    return codes(judge(proposed, state, DIVIDED_SCHOOL, UST_BELAYA))


def test_the_deputy_of_the_competence_looks_at_it() -> None:
    assert found("Ефимова", "Соколова") == []


def test_a_deputy_of_another_competence_does_not() -> None:
    assert found("Дьячкова", "Соколова") == ["taint-review refuse"]


def test_a_teacher_does_not_though_it_is_the_own_page() -> None:
    assert found("Громова", "Соколова", role=Role.TEACHER) == ["taint-review refuse"]


@pytest.mark.case("E-04")
def test_a_deputy_who_set_the_mark_does_not() -> None:
    assert found("Ефимова", "Ефимова") == ["taint-review refuse"]


def test_where_no_act_made_anything_void_whoever_may_recheck_it_does() -> None:
    assert found("Соколова", "Соколова", act=None, role=Role.TEACHER) == []
