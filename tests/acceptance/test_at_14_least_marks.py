"""AT-14: seven, five or three marks for an attestation; five are enough after an excused absence."""

from __future__ import annotations

from datetime import date

import pytest

from commands.absences import AbsenceStretch, ExplainAbsences
from commands.attestation_exceptions import DeclineException, GrantException, RequestException
from commands.deciding import Refusal
from ledger.events.staff import RoleGranted, RoleWithdrawn
from ledger.period_sheet import LEAST_MARKS, PERIOD
from tests.story import Story
from tests.told_term import FIRST_TERM, Term, setting, sheet_of
from tests.world import FIRST, named

ILYA, OLGA = "Вуквукай Илья", "Ященко Ольга"
FIVE = ("4", "4", "4", "4", "4")
UMR = (
    (named("Дьячкова"), RoleWithdrawn(role="deputy", last=FIRST)),
    (named("Дьячкова"), RoleGranted(role="deputy", first=FIRST, until=None, competence="УМР")),
    (named("Ефимова"), RoleWithdrawn(role="deputy", last=FIRST)),
    (named("Ефимова"), RoleGranted(role="deputy", first=FIRST, until=None, competence="УВР")),
)
LAST = "2026-11-20 10:05"


def ill() -> ExplainAbsences:
    stretch = AbsenceStretch(
        pupil=named(ILYA), first=date(2026, 9, 1), last=date(2026, 9, 25), category="по болезни"
    )
    return ExplainAbsences(stretches=(stretch,), confirmed=True)


def term(page: str = "7А Алгебра", teacher: str = "Соколова", **marks: tuple[str, ...]) -> Story:
    story = Story(*UMR)
    told = Term(
        page=page, teacher=teacher, marks={OLGA: marks["olga"], ILYA: marks.get("ilya", ())}, away={ILYA: 9}
    )
    told.tell(story, told.lessons())
    return story


def granting(**more: object) -> GrantException:
    return GrantException(
        journal=named("7А Алгебра"),
        period=FIRST_TERM,
        pupil=named(OLGA),
        ground=LEAST_MARKS,
        reason="Пять работ из пяти, все на четыре",
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.case("AT-14")
def test_five_marks_are_enough_after_an_illness_and_too_few_without_one() -> None:
    story = term(olga=FIVE, ilya=FIVE)
    with pytest.raises(Refusal, match="не менее 7") as unexplained:
        story.do("Соколова", LAST, setting((ILYA, "4"), confirmed=True))
    assert unexplained.value.code == "W-35"
    story.do("Громова", "2026-11-20 10:06", ill())
    story.do("Соколова", "2026-11-20 10:07", setting((ILYA, "4"), confirmed=True))
    assert sheet_of(story).value(PERIOD, named(ILYA)) == "4"
    with pytest.raises(Refusal, match=r"Отметок 5.* не менее 7") as refused:
        story.do("Соколова", "2026-11-20 10:08", setting((OLGA, "4"), confirmed=True))
    assert (refused.value.code, refused.value.clause, refused.value.mode) == ("W-35", "7.14(b8)", "refuse")


@pytest.mark.case("AT-14")
def test_the_deputys_exception_with_its_ground_lets_five_marks_be_enough() -> None:
    story = term(olga=FIVE)
    ask = RequestException(
        journal=named("7А Алгебра"),
        period=FIRST_TERM,
        pupil=named(OLGA),
        ground=LEAST_MARKS,
        reason="Мало письменных работ",
    )
    asked = story.do("Соколова", LAST, ask)
    case = sheet_of(story).exceptions
    assert [(each.status, each.pupil) for each in case.values()] == [("asked", named(OLGA))]
    with pytest.raises(Refusal, match="уже спросили"):
        story.do("Соколова", "2026-11-20 10:06", ask)
    with pytest.raises(Refusal) as incompetent:  # УВР: the act gives it to УМР
        story.do("Ефимова", "2026-11-20 10:06", granting(case=next(iter(case))))
    assert incompetent.value.code == "non-attestation"
    story.do("Дьячкова", "2026-11-20 10:07", granting(case=next(iter(case))))
    story.do("Соколова", "2026-11-20 10:08", setting((OLGA, "4"), confirmed=True))
    assert sheet_of(story).value(PERIOD, named(OLGA)) == "4"
    assert asked.last


@pytest.mark.case("AT-14")
def test_an_exception_is_granted_unasked_too_and_a_declined_one_lifts_nothing() -> None:
    story = term(olga=FIVE)
    ask = RequestException(
        journal=named("7А Алгебра"), period=FIRST_TERM, pupil=named(OLGA), ground=LEAST_MARKS, reason="Мало"
    )
    story.do("Громова", LAST, ask)  # the class teacher may ask as well
    case = next(iter(sheet_of(story).exceptions))
    decline = DeclineException(
        journal=named("7А Алгебра"), period=FIRST_TERM, case=case, reason="Проведите ещё две работы"
    )
    story.do("Дьячкова", "2026-11-20 10:06", decline)
    with pytest.raises(Refusal, match="не менее 7"):
        story.do("Соколова", "2026-11-20 10:07", setting((OLGA, "4"), confirmed=True))
    with pytest.raises(Refusal, match="уже есть решение"):
        story.do("Дьячкова", "2026-11-20 10:08", granting(case=case))
    story.do("Дьячкова", "2026-11-20 10:09", granting())
    with pytest.raises(Refusal, match="уже разрешено"):
        story.do("Дьячкова", "2026-11-20 10:10", granting())
    story.do("Соколова", "2026-11-20 10:11", setting((OLGA, "4"), confirmed=True))


@pytest.mark.case("AT-14")
def test_three_marks_are_enough_with_one_lesson_a_week_and_two_are_not() -> None:
    story = term("7А Геометрия", "Ефимова", olga=("4", "4", "4"), ilya=("4", "4"))
    marks = setting((OLGA, "4"), page="7А Геометрия", confirmed=True)
    story.do("Ефимова", LAST, marks)
    assert sheet_of(story, "7А Геометрия").value(PERIOD, named(OLGA)) == "4"


@pytest.mark.case("AT-14")
def test_four_marks_are_too_few_with_two_lessons_a_week() -> None:
    story = term("7А Литература", "Лебедева", olga=("4", "4", "4", "4"), ilya=("4",) * 5)
    with pytest.raises(Refusal, match=r"Отметок 4.* не менее 5"):
        story.do("Лебедева", LAST, setting((OLGA, "4"), page="7А Литература", confirmed=True))
    story.do("Лебедева", "2026-11-20 10:06", setting((ILYA, "4"), page="7А Литература", confirmed=True))


@pytest.mark.case("AT-14")
def test_few_marks_for_the_lessons_held_are_a_question_beside_the_least() -> None:
    """W-34, K-10: at three lessons a week seven marks are enough for an attestation and fewer than a quarter."""
    story = term(olga=("4",) * 7)
    with pytest.raises(Refusal, match="Отметок 7 на 34 уроков") as asked:
        story.do("Соколова", LAST, setting((OLGA, "4")))
    assert (asked.value.code, asked.value.mode) == ("W-34", "confirm")
    answer = story.do("Соколова", "2026-11-20 10:06", setting((OLGA, "4"), confirmed=True))
    assert [found["code"] for found in answer.findings] == ["W-34"]
