"""Marks for periods and the year at the gate: whose, when, which value, resting on what (7.14(b6…b9), 9.5(b8, b9))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from ledger.attestation import Counted, Evidence, Missed
from ledger.entry import Category, Entry, Role
from ledger.events.calendar import OutageRegistered
from ledger.events.journals import LongSubstitutionRecorded, PeriodMarksGranted, StudyPlanSet
from ledger.events.period_marks import (
    ExceptionDeclined,
    ExceptionGranted,
    ExceptionRequested,
    PeriodClosed,
    PeriodMarkGiven,
    PeriodMarkWithdrawn,
)
from ledger.events.roster import HomeTuitionStarted, PupilDeparted, PupilEnrolled
from ledger.evidence import week_hours
from ledger.judging import Judged, State, judge
from ledger.lesson import Sheet
from ledger.period_sheet import (
    ATTESTATION,
    FINAL,
    LEAST_MARKS,
    NON_ATTESTATION,
    PERIOD,
    YEAR,
    fold_period_sheet,
)
from ledger.personal import PersonalText
from ledger.regulation import load
from ledger.rules.state import PeriodState
from ledger.school import School, Span
from ledger.streams import calendar
from tests.told_term import FIRST_TERM
from tests.told_term import YEAR as THE_YEAR
from tests.world import (
    REGULATIONS,
    SCHOOL,
    SCHOOL_ID,
    UST_BELAYA,
    codes,
    entry,
    given_lesson,
    given_school,
    named,
    stamp,
)

ALGEBRA, MARIA = named("7А Алгебра"), named("Каляна Мария")
TERM = Span(first=date(2026, 9, 1), last=date(2026, 11, 20))
WHOLE = Span(first=date(2026, 9, 1), last=date(2027, 5, 28))
PERM = load((REGULATIONS / "perm.toml").read_text(encoding="utf-8"), "perm.toml")
WHY = PersonalText(person=MARIA, nonce=b"n" * 12, sealed=b"text")
LAST_DAY = "2026-11-20 12:00"


def evidence(*values: int, missed: int = 0, held: int = 20, **more: int) -> Evidence:
    """Marks of these values, three lessons a week unless said otherwise."""
    lesson = given_lesson("7А Алгебра", "2026-10-12")
    marks = tuple(
        Counted(
            entry=n,
            lesson=lesson.id,
            journal=ALGEBRA,
            work=lesson.id,
            date=lesson.date,
            kind="answer",
            value=(value,),
        )
        for n, value in enumerate(values, start=1)
    )
    away = tuple(
        Missed(entry=100 + n, lesson=lesson.id, date=lesson.date, category="") for n in range(missed)
    )
    return Evidence(marks=marks, missed=away, held=held, **{"week_hours": 300, **more})


FULL = evidence(4, 4, 4, 4, 4, 4, 4)


def period(
    found: Evidence = FULL, *, recorded: bool = True, sheet: tuple[Entry, ...] = (), span: Span = TERM
) -> PeriodState:
    return PeriodState(
        sheet=fold_period_sheet(sheet),
        span=span,
        last_lesson=given_lesson("7А Алгебра", "2026-11-20"),
        recorded=recorded,
        evidence={MARIA: found},
    )


def given(value: str = "4", proposed: str = "4", **more: object) -> PeriodMarkGiven:
    fields = {"journal": ALGEBRA, "period": FIRST_TERM, "kind": PERIOD, "pupil": MARIA, "rests_on": ()}
    return PeriodMarkGiven(**{**fields, **more}, value=value, proposed=proposed)  # type: ignore[arg-type]


def said(
    event: object,
    when: str = LAST_DAY,
    state: PeriodState | None = None,
    *,
    by: str = "Соколова",
    role: Role | None = None,
    school: School = SCHOOL,
    regulation: object = UST_BELAYA,
) -> tuple[Judged, ...]:
    made = entry(event, named("ведомость"), stamp(by, when, role), Category.PERIOD)
    before = State(sheet=Sheet(lesson=named("ведомость")), lesson=None, period=state or period())
    return judge(made, before, school, regulation)  # type: ignore[arg-type]


def written(*events: object) -> tuple[Entry, ...]:
    made = stamp("Дьячкова", "2026-11-18 12:00")
    return tuple(entry(e, named("ведомость"), made, Category.PERIOD, n) for n, e in enumerate(events, 1))


# --- when


@pytest.mark.parametrize("when", ["2026-11-14 00:00", "2026-11-20 23:59:59.900000"])
def test_a_period_mark_is_given_from_the_first_to_the_last_second_of_the_last_week(when: str) -> None:
    assert said(given(), when) == ()


def test_with_the_last_lesson_recorded_the_week_before_is_a_question() -> None:
    assert codes(said(given(), "2026-11-13 23:59:59.900000")) == ["W-14 confirm"]


def test_before_the_last_week_a_mark_without_the_last_lesson_is_refused() -> None:
    found = said(given(), "2026-11-13 23:59:59", period(recorded=False))
    assert codes(found) == ["W-14 refuse"]
    assert "с 14.11.2026 по 20.11.2026" in found[0].sentence


def test_in_the_last_week_the_mark_waits_for_the_record_of_the_last_lesson() -> None:
    found = said(given(), LAST_DAY, period(recorded=False))
    assert codes(found) == ["W-14 refuse"]
    assert "20.11.2026, 2-й урок" in found[0].sentence
    assert said(given(), LAST_DAY, period(recorded=False), regulation=PERM)[0].finding.code == "W-15"


def test_the_first_second_of_the_holidays_is_after_the_close() -> None:
    found = said(given(), "2026-11-21 00:00:00")
    assert codes(found)[0] == "W-14 refuse"
    assert (found[0].finding.details["case"], found[0].finding.delay) == ("closed", 1)
    taken = PeriodMarkWithdrawn(journal=ALGEBRA, period=FIRST_TERM, kind=PERIOD, pupil=MARIA)
    assert codes(said(taken, "2026-11-21 00:00:00"))[0] == "W-14 refuse"
    assert said(taken, "2026-11-20 23:59:59") == ()


def test_in_perm_the_last_three_days_before_the_holidays_are_late() -> None:
    def in_perm(when: str) -> list[str]:
        return codes(said(given(), when, regulation=PERM))

    assert in_perm("2026-11-18 23:59:59.900000") == []
    assert in_perm("2026-11-19 00:00:00") == ["W-15 late"]
    assert in_perm("2026-11-20 23:59:59") == ["W-15 late"]
    assert in_perm("2026-11-21 00:00:00")[0] == "W-14 refuse"
    assert in_perm("2026-11-13 23:59:59") == ["W-14 report"]


def test_an_outage_on_the_last_day_holds_the_period_open_and_is_counted() -> None:
    first, last = (datetime.fromisoformat(f"2026-11-20 {hour}") for hour in ("08:00", "12:00"))
    outage = OutageRegistered(outage=named("сбой"), first=first, last=last)
    school = given_school((calendar(SCHOOL_ID), outage))
    assert said(given(), "2026-11-20 23:59:59", school=school) == ()
    assert codes(said(given(), "2026-11-21 03:59:59", school=school)) == ["W-39 report"]
    assert codes(said(given(), "2026-11-21 04:00:00", school=school))[0] == "W-14 refuse"


def test_a_closed_sheet_is_touched_by_a_case_only() -> None:
    closed = period(sheet=written(PeriodClosed(journal=ALGEBRA, period=FIRST_TERM)))
    assert codes(said(given(), LAST_DAY, closed)) == ["R-162 refuse"]
    by_case = said(given(correction=named("случай")), LAST_DAY, closed)
    assert "R-162 refuse" not in codes(by_case)


# --- the year


def of_year(values: tuple[str, ...]) -> PeriodState:
    return replace(period(span=WHOLE), periods={MARIA: values})


def test_the_year_mark_follows_the_marks_of_all_periods() -> None:
    mark = given(kind=YEAR, period=THE_YEAR)
    assert said(mark, "2027-05-28 12:00", of_year(("4", "4", "4"))) == ()
    found = said(mark, "2027-05-28 12:00", of_year(("4", "", "")))
    assert codes(found) == ["W-16 refuse"]
    assert "Нет: II триместр, III триместр" in found[0].sentence


def test_a_pupil_who_came_in_the_second_term_needs_no_mark_of_the_first() -> None:
    new = named("Новенький")
    came = (new, PupilEnrolled(class_id=named("7А"), first=date(2026, 12, 1), order=None))
    school = given_school(came)
    state = replace(period(span=WHOLE), periods={new: ("", "4", "4")})
    mark = given(kind=YEAR, period=THE_YEAR, pupil=new)
    assert said(mark, "2027-05-28 12:00", state, school=school) == ()
    state = replace(period(span=WHOLE), periods={new: ("", "", "4")})
    assert codes(said(mark, "2027-05-28 12:00", state, school=school)) == ["W-16 refuse"]


def test_the_year_mark_is_given_to_the_last_second_of_the_year() -> None:
    mark, state = given(kind=YEAR, period=THE_YEAR), of_year(("4", "4", "4"))
    assert said(mark, "2027-05-28 23:59:59.900000", state) == ()
    found = said(mark, "2027-05-29 00:00:00", state)
    assert codes(found) == ["W-16 refuse"]
    assert found[0].finding.details["case"] == "closed"


# --- who and which page


def test_a_colleague_has_no_period_marks_on_this_page() -> None:
    assert codes(said(given(), by="Петров")) == ["W-19 refuse"]


@pytest.mark.parametrize(("granted", "expected"), [(False, ["W-19 refuse"]), (True, [])])
def test_a_long_substitute_gives_period_marks_when_the_deputy_let_them(
    granted: bool, expected: list[str]
) -> None:
    standing = LongSubstitutionRecorded(
        substitution=named("длительная"),
        absent=named("Соколова"),
        substitute=named("Петров"),
        first=date(2026, 11, 1),
        until=None,
        order=None,
    )
    more: list[tuple[UUID, object]] = [(ALGEBRA, standing)]
    if granted:
        more.append((ALGEBRA, PeriodMarksGranted(substitution=named("длительная"))))
    assert codes(said(given(), by="Петров", school=given_school(*more))) == expected


def test_a_pupil_who_has_left_gets_no_period_mark() -> None:
    gone = given_school((MARIA, PupilDeparted(last=date(2026, 11, 19), order="12-к")))
    assert said(given(), "2026-11-19 12:00", school=gone) == ()
    found = said(given(), "2026-11-20 12:00", school=gone)
    assert codes(found) == ["period-pupil refuse"]
    assert "20.11.2026" in found[0].sentence


def test_a_pupil_who_leaves_on_the_last_day_is_still_on_the_list() -> None:
    gone = given_school((MARIA, PupilDeparted(last=date(2026, 11, 20), order="12-к")))
    assert said(given(), "2026-11-20 23:59:59", school=gone) == ()


@pytest.mark.parametrize("page", ["1А Математика", "7А Разговоры о важном"])
def test_grades_and_subjects_without_marks_have_no_period_marks_either(page: str) -> None:
    who = "Рентыргин Саша" if page.startswith("1А") else "Каляна Мария"
    by, role = ("Дьячкова", Role.TEACHER) if page.startswith("1А") else ("Громова", None)
    found = said(given(journal=named(page), pupil=named(who)), by=by, role=role)
    assert found[0].finding.code == "P-12"


# --- the value


@pytest.mark.parametrize("value", ["6", "0", "4/3", "осв.", "зачёт", "н"])
def test_what_is_no_value_of_the_scale_is_refused(value: str) -> None:
    assert "P-13 refuse" in codes(said(given(value)))


@pytest.mark.parametrize("kind", [ATTESTATION, FINAL])
def test_an_attestation_and_a_final_mark_are_numbers(kind: str) -> None:
    state = period(span=WHOLE)
    for value in ("осв", "н/а"):
        mark = given(value, "", kind=kind, period=THE_YEAR)
        assert codes(said(mark, "2027-05-20 12:00", state))[0] == "P-13 refuse"
    assert said(given("4", "", kind=kind, period=THE_YEAR), "2027-05-27 12:00", state) == ()


@pytest.mark.parametrize("kind", [ATTESTATION, FINAL])
@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-09-10 12:00", ["W-16 refuse"]),
        ("2027-05-21 23:59:59.900000", ["W-16 refuse"]),
        ("2027-05-22 00:00", []),
        ("2027-05-28 23:59:59.900000", []),
        ("2027-05-29 00:00", ["W-16 refuse"]),
    ],
)
def test_an_attestation_and_a_final_mark_are_of_the_last_week_of_the_year(
    kind: str, when: str, expected: list[str]
) -> None:
    """9.5(b8): neither in September nor, without papers, in June; a first final mark may wait for the exams."""
    if kind == FINAL and when > "2027-05-29":
        expected = []
    mark = given("4", "", kind=kind, period=THE_YEAR)
    found = said(mark, when, period(span=WHOLE))
    assert codes(found) == expected
    early = bool(found) and found[0].finding.details.get("case") == "early"
    assert early == (bool(expected) and when < "2027-05-22")
    away = PeriodMarkWithdrawn(journal=ALGEBRA, period=THE_YEAR, kind=kind, pupil=MARIA)
    assert codes(said(away, when, period(span=WHOLE))) == ([] if early else expected)


@pytest.mark.parametrize(
    ("when", "expected"), [("2027-08-24 23:59:59.900000", []), ("2027-08-25 00:00", ["W-16 refuse"])]
)
def test_a_first_final_mark_is_set_until_the_school_passes_to_the_new_year(
    when: str, expected: list[str]
) -> None:
    """7.14(b10), P-89: the exams are in June."""
    assert codes(said(given("4", "", kind=FINAL, period=THE_YEAR), when, period(span=WHOLE))) == expected


@pytest.mark.parametrize(("days", "expected"), [(41, []), (40, ["P-97 refuse"]), (0, ["P-97 refuse"])])
def test_exempt_stands_where_the_exemption_covers_half_of_the_period(days: int, expected: list[str]) -> None:
    found = evidence(days=81, exempt_days=days)
    assert codes(said(given("осв", ""), state=period(found))) == expected


@pytest.mark.parametrize(
    ("periods", "expected"),
    [(("осв", "осв", "осв"), []), (("осв", "н/а", "осв"), ["P-97 refuse"]), (("", "", ""), ["P-97 refuse"])],
)
def test_of_the_year_exempt_stands_where_every_period_was(
    periods: tuple[str, ...], expected: list[str]
) -> None:
    """Whatever the entry itself says was proposed."""
    state = replace(period(evidence(days=200), span=WHOLE), periods={MARIA: periods})
    mark = given("осв", "осв", kind=YEAR, period=THE_YEAR)
    assert [each for each in codes(said(mark, "2027-05-27 12:00", state)) if "P-97" in each] == expected


# --- what it rests on


@pytest.mark.parametrize(("missed", "expected"), [(17, ["W-36 refuse"]), (16, [])])
def test_strictly_more_than_half_missed_is_not_attested(missed: int, expected: list[str]) -> None:
    found = evidence(*[4] * 9, missed=missed, held=33)
    assert codes(said(given(), state=period(found))) == expected
    assert said(given("н/а", "н/а"), state=period(found)) == ()


def test_exactly_half_missed_is_attested() -> None:
    assert said(given(), state=period(evidence(*[4] * 9, missed=17, held=34))) == ()


def grant(ground: str) -> ExceptionGranted:
    return ExceptionGranted(
        case=named("случай"),
        journal=ALGEBRA,
        period=FIRST_TERM,
        pupil=MARIA,
        ground=ground,
        reason=WHY,
        agreed_on=date(2026, 11, 18),
    )


def test_each_exception_lifts_what_it_was_granted_for_and_nothing_else() -> None:
    found = evidence(*[4] * 5, missed=17, held=20)
    both = codes(said(given(), state=period(found)))
    assert both == ["W-36 refuse", "W-35 refuse"]
    lifted = {NON_ATTESTATION: ["W-35 refuse"], LEAST_MARKS: ["W-36 refuse"]}
    for ground, rest in lifted.items():
        assert codes(said(given(), state=period(found, sheet=written(grant(ground))))) == rest


@pytest.mark.parametrize(("hours", "needed"), [(100, 3), (199, 3), (200, 5), (299, 5), (300, 7), (500, 7)])
def test_three_five_or_seven_marks_by_the_lessons_a_week(hours: int, needed: int) -> None:
    enough, few = (evidence(*[4] * n, held=12, week_hours=hours) for n in (needed, needed - 1))
    assert said(given(), state=period(enough)) == ()
    found = said(given(), state=period(few))
    assert codes(found)[0] == "W-35 refuse"
    assert found[0].finding.details == {"there": str(needed - 1), "needed": str(needed)}


@pytest.mark.parametrize(("held", "expected"), [(28, []), (29, ["W-34 confirm"])])
def test_marks_at_less_than_a_quarter_of_the_lessons_are_a_question(held: int, expected: list[str]) -> None:
    assert codes(said(given(), state=period(replace(FULL, held=held)))) == expected


def test_a_deviation_has_a_reason_and_a_large_one_is_flagged() -> None:
    assert codes(said(given("5", "4"))) == ["P-26 refuse"]
    assert said(given("5", "4", reason=WHY)) == ()
    assert codes(said(given("5", "3", reason=WHY))) == ["P-26 report"]
    assert codes(said(given("н/а", "4"))) == ["P-26 refuse"]
    assert said(given("н/а", "4"), state=period(evidence(4, 4))) == ()  # four could not be given
    assert codes(said(given("4", ""))) == []


# --- exceptions and the close


def test_a_deputy_who_asked_does_not_grant() -> None:
    asked = ExceptionRequested(
        case=named("случай"),
        journal=ALGEBRA,
        period=FIRST_TERM,
        pupil=MARIA,
        ground=NON_ATTESTATION,
        reason=WHY,
    )
    state = period(sheet=written(asked))
    assert codes(said(grant(NON_ATTESTATION), state=state, by="Дьячкова")) == ["P-57 refuse"]
    assert said(grant(NON_ATTESTATION), state=state, by="Ефимова") == ()
    decline = ExceptionDeclined(case=named("случай"), reason=WHY)
    assert codes(said(decline, state=state, by="Дьячкова")) == ["P-57 refuse"]
    assert codes(said(grant(NON_ATTESTATION), by="Носов")) == ["non-attestation refuse"]
    assert said(grant(NON_ATTESTATION), state=state, by="Орлова") == ()  # P-57: the director stands in
    without = replace(grant(NON_ATTESTATION), agreed_on=None)
    assert codes(said(without, state=state, by="Ефимова")) == ["non-attestation refuse"]
    assert said(replace(without, ground=LEAST_MARKS), state=state, by="Ефимова") == ()


def test_closing_says_what_is_missing_and_does_not_ask_for_a_pupil_taught_at_home() -> None:
    close = PeriodClosed(journal=ALGEBRA, period=FIRST_TERM)
    found = said(close, by="Ефимова")
    assert codes(found) == ["R-162 confirm"]
    assert "7А, Алгебра — 6" in found[0].sentence
    others = [named(w) for w in ("Антипина Дарья", "Вуквукай Илья", "Рультытегин Артём", "Тынетегин Павел")]
    marks = written(*(given(pupil=pupil) for pupil in (*others, named("Ященко Ольга"))))
    assert "7А, Алгебра — 1" in said(close, by="Ефимова", state=period(sheet=marks))[0].sentence
    home = HomeTuitionStarted(tuition=named("дом"), first=date(2026, 10, 1), until=None, order=None)
    at_home = given_school((MARIA, home))
    assert said(close, by="Ефимова", state=period(sheet=marks), school=at_home) == ()


def test_holidays_make_no_subject_smaller_and_the_study_plan_goes_first() -> None:
    assert week_hours(SCHOOL, ALGEBRA, TERM) == 300
    assert week_hours(SCHOOL, named("7А Литература"), TERM) == 200
    assert week_hours(SCHOOL, named("7А Геометрия"), TERM) == 100
    planned = StudyPlanSet(subject=named("Алгебра"), week_hours=350, year_hours=119)
    assert week_hours(given_school((named("7А"), planned)), ALGEBRA, TERM) == 350
