"""The same days of the same class, judged by the five schools' acts: five different outcomes.

7А on Monday 12 October 2026: lessons end at 14:05, an hour later is 15:05. Other days are named in the row.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from itertools import combinations
from pathlib import Path

import pytest

from commands.founding import AdoptRegulation
from commands.lessons import RecordTopic
from ledger import windows
from ledger.entry import Role
from ledger.events.attendance import AbsenceNoted, AttendanceTaken
from ledger.events.calendar import ReportingPeriodDefined, ReportingPeriodWithdrawn
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import WorkAdded
from ledger.judging import Judged
from ledger.lesson import Sheet
from ledger.regulation import Regulation, load
from ledger.streams import calendar
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import (
    SCHOOL,
    SCHOOL_ID,
    answer,
    codes,
    given_lesson,
    given_school,
    given_sheet,
    homework_for,
    judged,
    mark,
    named,
)

FILES = Path(windows.__file__).parent / "regulations"
SCHOOLS = ("ust-belaya", "perm", "poshekhonye", "padun", "school-37")
PUPIL, FIRST_FORMER = "Каляна Мария", "Рентыргин Саша"
ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
AFTER_HOLIDAYS = given_lesson("7А Алгебра", "2026-11-30")
RUSSIAN_15 = given_lesson("7А Русский язык", "2026-09-15")
RUSSIAN_16 = given_lesson("7А Русский язык", "2026-09-16")
MATHS = given_lesson("1А Математика", "2026-10-12")


@cache
def act(school: str) -> Regulation:
    return load((FILES / f"{school}.toml").read_text(encoding="utf-8"), f"{school}.toml")


def work(kind: str, regulation: Regulation) -> WorkAdded:
    due, code = windows.work_due(ALGEBRA, kind, SCHOOL, regulation)
    return WorkAdded(work=named(kind), kind=kind, title="", due=due, window=code, tzdb="2026a")


def with_work(kind: str, regulation: Regulation) -> Sheet:
    return given_sheet(ALGEBRA, work(kind, regulation))


def with_absence(regulation: Regulation) -> Sheet:
    return given_sheet(ALGEBRA, AbsenceNoted(pupil=named(PUPIL)))


# What is done: the event, its lesson, who does it, and what stood on the sheet before.
DONE: dict[str, tuple[object, Lesson, str, Callable[[Regulation], Sheet] | None]] = {
    "topic": (TopicRecorded(text="Степень"), ALGEBRA, "Соколова", None),
    "mark": (answer(ALGEBRA, PUPIL, 4), ALGEBRA, "Соколова", None),
    "homework": (homework_for(ALGEBRA, "§ 7", "written"), ALGEBRA, "Соколова", None),
    "presence": (AttendanceTaken(), ALGEBRA, "Соколова", None),
    "2, lesson of 15.09": (answer(RUSSIAN_15, PUPIL, 2), RUSSIAN_15, "Лебедева", None),
    "2, lesson of 16.09": (answer(RUSSIAN_16, PUPIL, 2), RUSSIAN_16, "Лебедева", None),
    "2 after holidays": (answer(AFTER_HOLIDAYS, PUPIL, 2), AFTER_HOLIDAYS, "Соколова", None),
    "self-check": (
        mark(PUPIL, 4, work="independent"),
        ALGEBRA,
        "Соколова",
        partial(with_work, "independent"),
    ),
    "monitoring": (
        mark(PUPIL, 4, work="monitoring"),
        ALGEBRA,
        "Соколова",
        partial(with_work, "monitoring"),
    ),
    "mark beside «н»": (answer(ALGEBRA, PUPIL, 4), ALGEBRA, "Соколова", with_absence),
    "mark, class 1": (answer(MATHS, FIRST_FORMER, 5), MATHS, "Дьячкова", None),
    "homework, class 1": (homework_for(MATHS, "с. 12", "oral"), MATHS, "Дьячкова", None),
}

# Both edges of every deadline; «·»: accepted without a word.
OUTCOMES = """
what                | when                | ust-belaya    | perm         | poshekhonye  | padun         | school-37
topic               | 2026-10-12 15:05:00 | ·             | ·            | ·            | ·             | ·
topic               | 2026-10-12 15:30:00 | ·             | W-03 late    | ·            | ·             | ·
topic               | 2026-10-12 23:59:59 | ·             | W-03 late    | ·            | ·             | ·
topic               | 2026-10-13 00:00:00 | W-03 permit   | W-03 permit  | W-03 permit  | W-03 report   | W-03 report
mark                | 2026-10-12 15:05:00 | ·             | ·            | ·            | ·             | ·
mark                | 2026-10-12 15:05:01 | ·             | W-01 late    | ·            | ·             | ·
mark                | 2026-10-13 00:01:00 | W-01 permit   | W-01 permit  | W-01 permit  | W-01 report   | W-01 report
homework            | 2026-10-12 15:05:00 | ·             | ·            | ·            | ·             | ·
homework            | 2026-10-12 15:30:00 | W-04 late     | W-04 late    | ·            | W-04 report   | W-04 report
homework            | 2026-10-13 08:00:00 | W-04 permit   | W-04 permit  | W-04 permit  | W-04 report   | W-04 report
presence            | 2026-10-12 10:05:00 | ·             | ·            | ·            | ·             | ·
presence            | 2026-10-12 10:05:01 | W-05 late     | ·            | ·            | W-05 report   | W-05 report
presence            | 2026-10-13 00:00:00 | W-05 permit   | W-05 permit  | W-05 permit  | W-05 report   | W-05 report
2, lesson of 15.09  | 2026-09-15 10:00:00 | W-12 refuse   | ·            | ·            | ·             | ·
2, lesson of 16.09  | 2026-09-16 14:00:00 | ·             | ·            | ·            | ·             | ·
2 after holidays    | 2026-11-30 10:00:00 | W-13 confirm  | ·            | ·            | ·             | ·
self-check          | 2026-10-14 09:24:59 | ·             | ·            | ·            | ·             | ·
self-check          | 2026-10-14 09:25:00 | W-07 permit   | ·            | ·            | ·             | ·
self-check          | 2026-10-19 23:59:59 | W-07 permit   | ·            | ·            | ·             | ·
self-check          | 2026-10-20 00:00:00 | W-07 permit   | W-07 permit  | W-07 permit  | W-07 report   | W-07 report
monitoring          | 2026-10-15 23:59:59 | ·             | ·            | ·            | ·             | ·
monitoring          | 2026-10-16 00:00:00 | W-10 permit   | W-10 permit  | W-10 permit  | W-10 report   | W-10 report
mark beside «н»     | 2026-10-12 10:00:00 | P-29 refuse   | P-29 confirm | P-29 confirm | P-29 confirm  | P-29 confirm
mark, class 1       | 2026-10-12 09:00:00 | P-12 refuse   | P-12 refuse  | P-12 confirm | P-12 confirm  | P-12 confirm
homework, class 1   | 2026-10-12 09:00:00 | R-114 confirm | R-114 refuse | R-114 report | R-114 report  | R-114 report
"""
HEAD, *ROWS = [[cell.strip() for cell in line.split("|")] for line in OUTCOMES.strip().splitlines()]


def outcome(what: str, when: str, regulation: Regulation) -> tuple[Judged, ...]:
    event, lesson, by, sheet = DONE[what]
    before = sheet(regulation) if sheet else None
    return judged(event, lesson, when, by=by, role=Role.TEACHER, sheet=before, regulation=regulation)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, {row[1]}")
def test_the_same_day_under_five_acts(row: list[str]) -> None:
    what, when, *expected = row
    found = [" ".join(codes(outcome(what, when, act(school)))) or "·" for school in HEAD[2:]]
    assert found == expected


def test_the_five_outcomes_differ() -> None:
    """Padun and School 37 say nothing of deadlines, so they judge alike; whom they quote differs."""
    said = {
        school: [
            (j.finding.code, j.mode, j.clause)
            for what, when, *_ in ROWS
            for j in outcome(what, when, act(school))
        ]
        for school in SCHOOLS
    }
    assert HEAD[2:] == list(SCHOOLS)
    for one, other in combinations(SCHOOLS, 2):
        assert said[one] != said[other], (one, other)


@pytest.mark.parametrize(
    ("school", "document"),
    [
        ("ust-belaya", "Порядк"),
        ("perm", "Положени"),
        ("poshekhonye", "Положени"),
        ("padun", "Обязанност"),
        ("school-37", "Положени"),
    ],
)
def test_a_sentence_names_the_schools_own_document(school: str, document: str) -> None:
    others = {"Порядк", "Положени", "Обязанност", "Регламент"} - {document}
    for (code, case), word in act(school).rules.items():
        assert not [other for other in others if other in word.sentence + word.clause], (code, case)


@pytest.mark.parametrize("school", ["padun", "school-37"])
def test_an_act_silent_about_deadlines_stops_nobody_by_one(school: str) -> None:
    deadlines = ("W-01", "W-03", "W-04", "W-05", "W-07", "W-10", "W-18")
    assert {str(act(school).mode(code)) for code in deadlines} == {"report"}


@pytest.mark.case("AT-02")
@pytest.mark.parametrize(
    ("what", "when", "found"),
    [
        ("homework", "2026-10-12 15:04", []),
        ("topic", "2026-10-12 15:04", []),
        ("mark", "2026-10-12 15:04", []),
        ("homework", "2026-10-12 15:30", [("W-04", 1500, "late")]),
        ("topic", "2026-10-12 15:30", [("W-03", 1500, "late")]),
        ("mark", "2026-10-12 15:30", [("W-01", 1500, "late")]),
        ("homework", "2026-10-13 08:00", [("W-04", 28801, "permit")]),
        ("topic", "2026-10-13 08:00", [("W-03", 28801, "permit")]),
        ("mark", "2026-10-13 08:00", [("W-01", 28801, "permit")]),
    ],
)
def test_in_perm_the_hour_is_for_topic_and_mark_too(
    what: str, when: str, found: list[tuple[str, int, str]]
) -> None:
    said = outcome(what, when, act("perm"))
    assert [(j.finding.code, j.finding.delay, j.mode) for j in said] == found
    assert all("3.5" in j.clause and "п. 3.5 Положения" in j.sentence for j in said)


def test_a_school_runs_under_another_act_from_the_day_it_takes_force() -> None:
    """By changing one file: adopted on the 12th, Perm's act judges from the 14th on."""
    story, toml = Story(), (FILES / "perm.toml").read_text(encoding="utf-8")
    story.do(
        "Носов",
        "2026-10-12 08:00",
        AdoptRegulation(title="perm.toml", toml=toml, in_force=date(2026, 10, 14)),
    )
    following = given_lesson("7А Алгебра", "2026-10-14")
    before = story.do("Соколова", "2026-10-12 15:30", RecordTopic(lesson=ALGEBRA.id, text="Степень"))
    after = story.do("Соколова", "2026-10-14 15:30", RecordTopic(lesson=following.id, text="Степень"))
    assert [f["code"] for f in before.findings if f["code"] == "W-03"] == []
    assert [f["code"] for f in after.findings if f["code"] == "W-03"] == ["W-03"]


QUARTER_ENDS = date(2026, 10, 30)  # holidays from Saturday 31 October


@pytest.mark.case("AT-21")
def test_in_perm_period_marks_are_due_three_days_before_the_holidays() -> None:
    window = windows.period_mark_window(QUARTER_ENDS, act("perm"))
    assert window.opens.isoformat(" ") == "2026-10-24 00:00:00"
    assert window.soft.isoformat(" ") == "2026-10-28 23:59:59"
    assert window.hard.isoformat(" ") == "2026-10-30 23:59:59"


@pytest.mark.case("AT-21")
def test_in_ust_belaya_period_marks_are_due_when_the_holidays_begin() -> None:
    window = windows.period_mark_window(QUARTER_ENDS, act("ust-belaya"))
    assert window.soft == window.hard == windows.day_end(QUARTER_ENDS)


@pytest.mark.case("AT-21")
def test_in_perm_written_work_of_the_last_week_is_due_at_the_close() -> None:
    quarter = ReportingPeriodDefined(
        period=named("I четверть"),
        year=2026,
        level="ООО",
        kind="quarter",
        title="I четверть",
        first=date(2026, 9, 1),
        last=QUARTER_ENDS,
    )
    home = calendar(SCHOOL_ID)
    school = given_school((home, ReportingPeriodWithdrawn(period=named("ООО I триместр"))), (home, quarter))
    lesson = given_lesson("7А Алгебра", "2026-10-26", school=school)
    due, code = windows.work_due(lesson, "independent", school, act("perm"))
    assert (due.isoformat(" "), code) == ("2026-10-28 23:59:59", "W-07")
    uncut, _ = windows.work_due_uncut(lesson, "independent", school, act("perm"))
    assert uncut.isoformat(" ") == "2026-11-02 23:59:59"
