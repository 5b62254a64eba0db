"""Rules on cases, entry by entry: what they find at the door they find in the audit too (R-163…R-167, P-53…P-57)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from ledger.correction import fold_corrections
from ledger.entry import Category, Entry, Role
from ledger.events.corrections import (
    CorrectionApproved,
    CorrectionConcluded,
    CorrectionDeclined,
    CorrectionOrdered,
    CorrectionRequested,
)
from ledger.events.days import LessonMoved
from ledger.events.marks import MarkGiven, MarkWithdrawn, WorkKindChanged
from ledger.events.period_marks import PeriodMarkGiven
from ledger.events.staff import RoleGranted
from ledger.judging import State, judge
from ledger.lesson import Sheet
from ledger.parameter_people import GraduatingCorrection
from ledger.parameter_values import FourEyes
from ledger.period_sheet import PERIOD, fold_period_sheet
from ledger.personal import PersonalText
from ledger.regulation import Regulation, load
from ledger.rules.corrections import papers_for
from ledger.rules.state import PeriodState
from ledger.school import School
from ledger.span import Span
from tests.correction_cases import DIVIDED, TRIMESTER, YEAR
from tests.world import (
    FIRST,
    REGULATIONS,
    SCHOOL,
    UST_BELAYA,
    answer,
    codes,
    entry,
    given_lesson,
    given_school,
    given_sheet,
    named,
    stamp,
)

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
KALYANA, CASE = named("Каляна Мария"), named("случай")
REASON = PersonalText(person=named("Соколова"), nonce=bytes(12), sealed=bytes(30))
ASKED, DECIDED = "2026-10-14 12:00", "2026-10-14 15:00"
STANDING = given_sheet(ALGEBRA, answer(ALGEBRA, "Каляна Мария", 3))
SEEN = STANDING.marks[ALGEBRA.id, KALYANA].position
DIVIDED_SCHOOL = given_school(*DIVIDED)


def asked(new: str = "4", ground: str = "erroneous_entry", seen: int = SEEN) -> CorrectionRequested:
    return CorrectionRequested(
        case=CASE,
        journal=ALGEBRA.journal,
        target="mark",
        old="3",
        new=new,
        seen=seen,
        ground=ground,
        reason=REASON,
        lesson=ALGEBRA.id,
        work=ALGEBRA.id,
        pupil=KALYANA,
    )


def of_period(
    kind: str = PERIOD, page: str = "7А Алгебра", ground: str = "erroneous_entry"
) -> CorrectionRequested:
    return CorrectionRequested(
        case=CASE,
        journal=named(page),
        target="period_mark",
        old="3",
        new="4",
        seen=7,
        ground=ground,
        reason=REASON,
        period=TRIMESTER if kind == PERIOD else YEAR,
        pupil=KALYANA,
        kind=kind,
    )


def word(event: object, by: str, when: str, number: int, role: Role | None = None) -> Entry:
    return entry(event, named("случаи"), stamp(by, when, role), Category.CASE, number)


def said(
    event: object,
    *before: Entry,
    by: str = "Ефимова",
    when: str = DECIDED,
    role: Role | None = None,
    school: School = SCHOOL,
    regulation: Regulation = UST_BELAYA,
    sheet: Sheet = STANDING,
    period: PeriodState | None = None,
) -> list[str]:
    """What the rules find in `event` after the words `before` about the case."""
    lesson = ALGEBRA if period is None else None
    state = State(sheet=sheet, lesson=lesson, period=period, corrections=fold_corrections(before))
    proposed = entry(event, named("случаи"), stamp(by, when, role), Category.CASE)
    return codes(judge(proposed, state, school, regulation))


def requested(event: CorrectionRequested | None = None, by: str = "Соколова") -> Entry:
    return word(event or asked(), by, ASKED, 1, Role.TEACHER)


def sheet_of(by: str = "Соколова") -> PeriodState:
    """A 3 for the period at position 7."""
    given = PeriodMarkGiven(
        journal=ALGEBRA.journal,
        period=TRIMESTER,
        kind=PERIOD,
        pupil=KALYANA,
        value="3",
        proposed="3",
        rests_on=(),
    )
    stands = entry(given, named("ведомость"), stamp(by, "2026-10-13 12:00", Role.TEACHER), Category.PERIOD, 7)
    return PeriodState(sheet=fold_period_sheet([stands]), span=Span(first=FIRST, last=date(2026, 10, 13)))


APPROVED, DECLINED = CorrectionApproved(case=CASE), CorrectionDeclined(case=CASE, reason=REASON)


@pytest.mark.parametrize("event", [APPROVED, DECLINED], ids=["approved", "declined"])
def test_another_deputy_decides(event: object) -> None:
    assert said(event, requested()) == []
    assert said(event, requested(by="Ефимова")) == ["P-57 refuse"]
    assert said(event, requested(), by="Соколова", role=Role.DEPUTY) == ["P-53 refuse", *own()]


def own() -> tuple[str, str]:
    """Соколова asked, and set the mark."""
    return "P-57 refuse", "P-53 refuse"


@pytest.mark.parametrize("role", [Role.TEACHER, Role.METHODIST, Role.ADMINISTRATOR, Role.CLASS_TEACHER])
def test_no_other_role_decides_though_a_deputy_holds_it(role: Role) -> None:
    assert said(APPROVED, requested(), role=role) == ["P-53 refuse"]


def test_the_director_decides_where_the_act_lets_her_stand_in() -> None:
    assert said(APPROVED, requested(), by="Орлова") == []
    alone = replace(UST_BELAYA, four_eyes=FourEyes(on=True, fallback="none"))
    assert said(APPROVED, requested(), by="Орлова", regulation=alone) == ["P-53 refuse"]


def test_a_school_without_four_eyes_lets_the_deputy_decide_on_her_own_request() -> None:
    alone = replace(UST_BELAYA, four_eyes=FourEyes(on=False, fallback="none"))
    assert said(APPROVED, requested(by="Ефимова"), regulation=alone) == []


def test_current_records_are_of_the_competences_of_p_53() -> None:
    both = replace(UST_BELAYA, correction_approvers=frozenset({"УВР"}))
    assert said(APPROVED, requested(), school=DIVIDED_SCHOOL) == []
    assert said(APPROVED, requested(), by="Дьячкова", school=DIVIDED_SCHOOL) == []
    assert said(APPROVED, requested(), by="Дьячкова", school=DIVIDED_SCHOOL, regulation=both) == [
        "P-53 refuse"
    ]


def test_period_marks_are_of_the_competences_of_p_54() -> None:
    case, period = requested(of_period()), sheet_of()
    assert said(APPROVED, case, school=DIVIDED_SCHOOL, period=period) == []
    assert said(APPROVED, case, by="Дьячкова", school=DIVIDED_SCHOOL, period=period) == ["P-54 refuse"]


def test_a_deputy_for_everything_decides_on_both() -> None:
    assert said(APPROVED, requested(of_period()), by="Дьячкова", period=sheet_of()) == []
    two = given_school(
        *DIVIDED,
        (named("Дьячкова"), RoleGranted(role="deputy", first=FIRST, until=None, competence="УВР")),
    )
    case = requested(of_period())
    assert said(APPROVED, case, by="Дьячкова", school=two, period=sheet_of()) == []


def test_the_author_of_the_period_mark_does_not_decide() -> None:
    case = requested(of_period(), by="Ким")
    assert said(APPROVED, case, period=sheet_of("Ефимова")) == ["P-54 refuse"]
    assert said(DECLINED, case, period=sheet_of("Ефимова")) == ["P-54 refuse"]
    assert said(APPROVED, case, by="Дьячкова", period=sheet_of("Ефимова")) == []


@pytest.mark.parametrize("ground", ["revision", "other", "order", "omitted"])
def test_a_period_mark_that_stands_is_corrected_as_an_error_only(ground: str) -> None:
    event, period = of_period(ground=ground), sheet_of()
    assert said(event, by="Соколова", period=period) == ["R-166 refuse"]
    assert said(replace(event, ground="erroneous_entry"), by="Соколова", period=period) == []
    assert said(asked(ground=ground), by="Соколова") == []


def test_where_the_act_does_not_forbid_a_revision_it_is_told_of() -> None:
    toml = (REGULATIONS / "perm.toml").read_text(encoding="utf-8")
    perm = load(toml, "perm.toml")
    found = said(of_period(ground="revision"), by="Соколова", period=sheet_of(), regulation=perm)
    assert found == ["R-166 report"]


def test_the_papers_of_a_final_mark_are_those_of_the_graduating_grades() -> None:
    def papers(kind: str, page: str, regulation: Regulation = UST_BELAYA) -> set[str]:
        return set(papers_for(of_period(kind, page), SCHOOL, regulation))

    everything = {"explanation", "conclusion", "order"}
    for kind in ("period", "year", "final"):
        assert papers(kind, "9А Литература") == everything
        assert papers(kind, "7А Алгебра") == set()
        assert papers(kind, "10А Литература") == set()
    assert papers("attestation", "9А Литература") == set()
    assert papers_for(replace(asked(), journal=named("9А Литература")), SCHOOL, UST_BELAYA) == frozenset()
    perm = load((REGULATIONS / "perm.toml").read_text(encoding="utf-8"), "perm.toml")
    assert papers("year", "9А Литература", perm) == set()


def test_a_school_that_wants_a_conclusion_only_lets_the_deputy_approve_after_it() -> None:
    terms = GraduatingCorrection(kinds=frozenset({PERIOD}), artefacts=frozenset({"conclusion"}))
    regulation = replace(UST_BELAYA, graduating_correction=terms, graduating_grades=(7,))
    concluded = word(CorrectionConcluded(case=CASE, conclusion=REASON), "Дьячкова", DECIDED, 2)
    case, period = requested(of_period()), sheet_of()
    assert said(APPROVED, case, period=period, regulation=regulation) == ["P-55 refuse"]
    assert said(APPROVED, case, concluded, period=period, regulation=regulation) == []


def test_explanation_conclusion_and_order_are_three_persons() -> None:
    regulation = replace(UST_BELAYA, graduating_grades=(7,))
    concluded = word(CorrectionConcluded(case=CASE, conclusion=REASON), "Дьячкова", DECIDED, 2)
    ordered = CorrectionOrdered(case=CASE, order=named("распоряжение"))
    period = sheet_of()

    def finds(event: object, by: str, *before: Entry) -> list[str]:
        return said(event, *before, by=by, role=Role.DIRECTOR, period=period, regulation=regulation)

    case = requested(of_period())
    assert finds(ordered, "Орлова", case, concluded) == []
    assert finds(ordered, "Орлова", case) == ["P-55 refuse"]  # no conclusion
    assert finds(ordered, "Дьячкова", case, concluded) == ["P-55 refuse"]  # she concluded
    assert finds(ordered, "Соколова", case, concluded) == [
        "P-55 refuse",
        "P-54 refuse",
    ]  # asked; set the mark
    assert finds(concluded.event, "Соколова", case) == ["P-55 refuse", "P-55 refuse", "P-54 refuse"]


# What a case brings.


def brought(event: object, *words: Entry, by: str = "Ефимова", sheet: Sheet = STANDING) -> list[str]:
    return said(event, *words, by=by, sheet=sheet)


def approved(when: str = DECIDED) -> tuple[Entry, Entry]:
    return requested(), word(APPROVED, "Ефимова", when, 2)


def mark(*value: int, pupil: UUID = KALYANA, correction: UUID = CASE) -> MarkGiven:
    return MarkGiven(work=ALGEBRA.id, pupil=pupil, value=value, correction=correction)


def test_an_approved_case_brings_its_value_into_its_cell() -> None:
    assert brought(mark(4), *approved()) == []


def refusals() -> Iterable[tuple[str, object, tuple[Entry, ...]]]:
    withdrawn = MarkWithdrawn(work=ALGEBRA.id, pupil=KALYANA, correction=CASE)
    yield "another value", mark(5), approved()
    yield "another cell", mark(4, pupil=named("Ященко Ольга")), approved()
    yield "taken away", withdrawn, approved()
    yield "no such case", mark(4, correction=named("другой")), approved()
    yield "not decided", mark(4), (requested(),)
    yield "declined", mark(4), (requested(), word(DECLINED, "Ефимова", DECIDED, 2))
    yield "in another action", mark(4), approved("2026-10-14 14:00")


@pytest.mark.parametrize(
    ("event", "words"), [each[1:] for each in refusals()], ids=[r[0] for r in refusals()]
)
def test_it_brings_nothing_else(event: object, words: tuple[Entry, ...]) -> None:
    assert brought(event, *words) == ["correction-case refuse"]


def test_it_brings_nothing_over_another_value_than_was_seen() -> None:
    moved = given_sheet(ALGEBRA, answer(ALGEBRA, "Каляна Мария", 3), answer(ALGEBRA, "Каляна Мария", 5))
    assert brought(mark(4), *approved(), sheet=moved) == ["correction-case refuse"]


def test_no_kind_of_a_work_changes_without_a_case() -> None:
    changed = WorkKindChanged(work=ALGEBRA.id, kind="control")
    assert said(changed, by="Соколова") == ["correction-case refuse"]


def move(case: UUID | None = CASE, number: int = 6) -> LessonMoved:
    starts, ends = ALGEBRA.starts.time(), ALGEBRA.ends.time()
    return LessonMoved(
        lesson=ALGEBRA.id,
        date=date(2026, 10, 15),
        number=number,
        starts=starts,
        ends=ends,
        room=None,
        order=None,
        correction=case,
    )


def test_a_case_moves_its_lesson_to_its_place_and_by_its_own_approval() -> None:
    wish = replace(asked(), target="move", to_date=date(2026, 10, 15), to_number=6, work=None, pupil=None)
    approved = word(APPROVED, "Ефимова", DECIDED, 2)
    before = fold_corrections((requested(wish), approved))

    def found(event: LessonMoved, by: Entry = approved) -> list[str]:
        proposed = Entry(
            position=0,
            category=Category.LESSON,
            stream=ALGEBRA.id,
            version=1,
            event=event,
            stamp=by.stamp,
            recorded_at=by.recorded_at,
        )
        return codes(
            judge(proposed, State(sheet=STANDING, lesson=ALGEBRA, corrections=before), SCHOOL, UST_BELAYA)
        )

    assert found(move()) == []
    assert found(move(number=5)) == ["correction-case refuse"]
    assert found(move(named("другой случай"))) == ["correction-case refuse"]
    later = word(APPROVED, "Ефимова", "2026-10-14 16:00", 3)
    another = replace(later, stamp=replace(later.stamp, command_id=named("другая команда")))
    assert found(move(), another) == ["correction-case refuse"]


@dataclass(frozen=True, kw_only=True)
class Forged:
    """What no case brings, though it says so."""

    correction: UUID


def test_what_no_case_brings_is_refused_though_it_names_one() -> None:
    assert said(Forged(correction=CASE), requested()) == ["correction-case refuse"]
