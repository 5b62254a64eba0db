"""«Задачи»: what waits, for whom, since when and until when; each kind with both edges of its time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from commands.attendance import TakeAttendance
from commands.error_reports import ForwardErrorReports, ReportError, ReportRef
from commands.final_corrections import ConcludeFinalCorrection
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.marks import AddWork, GiveMark
from commands.period_marks import RecheckPeriodMark
from ledger import streams
from ledger.error_report import fold_error_reports
from ledger.events.roster import GuardianLinked
from ledger.late_entry import fold_late_entries
from ledger.period_sheet import FINAL, PERIOD
from projections import counts, tasks
from projections.task import Task
from projections.who_decides import own_word
from tests.correction_cases import (
    DIVIDED,
    TRIMESTER,
    YEAR,
    approves,
    asks,
    closed,
    marked,
    of_mark,
    of_period_mark,
)
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.told_term import Term, during, setting, sheet_of
from tests.world import SCHOOL_ID, given_lesson, named

PAGE, FINALS = named("7А Алгебра"), named("9А Литература")
MONDAY = given_lesson("7А Алгебра", "2026-10-12")
MARIA = "Каляна Мария"
TEACHER, DEPUTY, DIRECTOR, CLASS = {"teacher"}, {"deputy"}, {"director"}, {"class_teacher"}


def waiting(paper: Paper, story: Story, person: str, roles: set[str], when: str) -> list[Task]:
    """Everything that waits for the person in these roles."""
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        page = tasks.page(reading, named(person), roles, KEY_OF)
    return [task for group in page.groups if group.role in roles for task in group.tasks]


def kinds(found: list[Task]) -> list[str]:
    return [task.kind for task in found]


def of_kind(found: list[Task], kind: str) -> list[Task]:
    return [task for task in found if task.kind == kind]


def with_guardian() -> Story:
    return Story((named(MARIA), GuardianLinked(guardian=named("мать Каляны"), kinship="мать")))


def given(story: Story, value: str = "3") -> int:
    give = GiveMark(lesson=MONDAY.id, work=MONDAY.id, pupil=named(MARIA), value=value)
    return story.do("Соколова", during(MONDAY, 20), give).last or 0


def test_a_correction_waits_and_its_outcome_is_told_for_a_week(paper: Paper) -> None:
    story = Story()
    refs = asks(story, "Соколова", "2026-10-16 12:00", of_mark(MONDAY, MARIA, "4", given(story)))
    (task,) = waiting(paper, story, "Соколова", TEACHER, "2026-10-16 12:30")
    assert (task.kind, task.status, task.old, task.new, task.calls) == (
        "correction",
        "asked",
        "3",
        "4",
        False,
    )
    approves(story, "Ефимова", "2026-10-16 13:00", *refs)
    (told,) = waiting(paper, story, "Соколова", TEACHER, "2026-10-23 12:59")
    assert (told.status, told.person) == ("approved", named("Ефимова"))
    assert waiting(paper, story, "Соколова", TEACHER, "2026-10-23 13:00") == []


def test_a_permission_calls_until_it_ends(paper: Paper) -> None:
    story = Story()
    item = LateEntryItem(lesson=MONDAY.id, target="topic")
    story.do("Соколова", "2026-10-14 09:00", RequestLateEntry(items=(item,), reason="болела"))
    (case,) = fold_late_entries(story.entries(streams.late_entries(SCHOOL_ID, MONDAY.id))).cases
    story.do("Ефимова", "2026-10-14 11:00", PermitLateEntries(cases=(CaseRef(case=case, lesson=MONDAY.id),)))
    (task,) = waiting(paper, story, "Соколова", TEACHER, "2026-10-15 23:59")
    assert (task.kind, task.status, task.calls) == ("late_entry", "permitted", True)
    assert task.until == datetime.fromisoformat("2026-10-15 23:59:59")
    assert waiting(paper, story, "Соколова", TEACHER, "2026-10-16 00:00") == []


def test_a_report_is_the_deputys_until_it_is_sent_on_and_then_the_teachers(paper: Paper) -> None:
    story = with_guardian()
    given(story)
    error = ReportError(
        target="mark", journal=PAGE, lesson=MONDAY.id, work=MONDAY.id, pupil=named(MARIA), text="Была 4"
    )
    story.do("мать Каляны", "2026-10-13 09:00", error)
    assert kinds(waiting(paper, story, "Ефимова", DEPUTY, "2026-10-14 09:00")) == ["inbox_reports"]
    assert waiting(paper, story, "Орлова", DIRECTOR, "2026-10-14 09:00") == []
    for person, roles in (("Ефимова", DEPUTY), ("Орлова", DIRECTOR)):
        late = of_kind(waiting(paper, story, person, roles, "2026-10-14 09:00:01"), "overdue_report")
        assert [(task.over, task.until) for task in late] == [
            (True, datetime.fromisoformat("2026-10-14 09:00"))
        ]
    assert waiting(paper, story, "Соколова", TEACHER, "2026-10-14 10:00") == []
    (report,) = fold_error_reports(story.entries(streams.error_reports(SCHOOL_ID, MONDAY.id))).tickets
    ref = ReportRef(report=report, journal=PAGE, lesson=MONDAY.id)
    story.do("Ефимова", "2026-10-14 11:00", ForwardErrorReports(reports=(ref,)))
    (task,) = waiting(paper, story, "Соколова", TEACHER, "2026-10-14 12:00")
    assert (task.kind, task.text, task.calls, task.person) == (
        "error_report",
        "Была 4",
        True,
        named("Ефимова"),
    )
    (left,) = waiting(paper, story, "Ефимова", DEPUTY, "2026-10-14 12:00")
    assert (left.kind, left.status, left.over) == ("overdue_report", "forwarded", True)
    assert (task.until, task.over) == (datetime.fromisoformat("2026-10-14 09:00"), True)
    assert waiting(paper, story, "Петров", TEACHER, "2026-10-14 12:00") == []


@pytest.fixture
def term() -> Story:
    """A trimester of algebra with Мария's nine fours, and her period mark."""
    story = Story()
    Term(marks={MARIA: ("4",) * 9}).tell(story, Term().lessons())
    story.do("Соколова", "2026-11-20 12:00", setting((MARIA, "4")))
    return story


def test_a_mark_changed_under_a_period_mark_asks_for_a_recheck_until_somebody_looked(
    paper: Paper, term: Story
) -> None:
    first = Term().lessons()[0]
    seen = term.sheet(first).marks[first.id, named(MARIA)].position
    assert of_kind(waiting(paper, term, "Соколова", TEACHER, "2026-11-20 12:30"), "recheck") == []
    refs = asks(term, "Соколова", "2026-11-20 13:00", of_mark(first, MARIA, "5", seen))
    approves(term, "Ефимова", "2026-11-20 14:00", *refs)
    for person, roles in (("Соколова", TEACHER), ("Ефимова", DEPUTY)):
        (task,) = of_kind(waiting(paper, term, person, roles, "2026-11-20 14:30"), "recheck")
        assert (task.count, task.new, task.calls) == (1, "4", True)
        assert task.place is not None
        assert (task.place.journal, task.place.pupil, task.place.kind) == (PAGE, named(MARIA), PERIOD)
    stands = sheet_of(term).marks[PERIOD, named(MARIA)].position
    looked = RecheckPeriodMark(
        journal=PAGE, period=TRIMESTER, kind=PERIOD, pupil=named(MARIA), reason="Среднее то же", seen=stands
    )
    term.do("Соколова", "2026-11-20 15:00", looked)
    assert of_kind(waiting(paper, term, "Соколова", TEACHER, "2026-11-20 15:30"), "recheck") == []


def test_a_mark_given_after_a_period_mark_asks_for_a_recheck_too(paper: Paper, term: Story) -> None:
    last = Term().lessons()[-1]
    give = GiveMark(lesson=last.id, work=last.id, pupil=named(MARIA), value="2", confirmed=True)
    term.do("Соколова", "2026-11-20 16:00", give)
    (task,) = of_kind(waiting(paper, term, "Соколова", TEACHER, "2026-11-20 17:00"), "recheck")
    assert task.count == 1


@pytest.mark.parametrize(
    ("when", "asked", "over"),
    [
        ("2026-11-13 23:59:59", False, False),
        ("2026-11-14 00:00", True, False),
        ("2026-11-18 23:59:59", True, False),
    ],
)
def test_period_marks_are_asked_for_from_the_last_week_and_late_after_their_deadline(
    paper: Paper, when: str, asked: bool, over: bool
) -> None:
    found = waiting(paper, Story(), "Соколова", TEACHER, when)
    algebra = [t for t in of_kind(found, "missing_marks") if t.place and t.place.journal == PAGE]
    assert [(task.count, task.over) for task in algebra] == ([(6, over)] if asked else [])


def test_missing_period_marks_are_the_deputys_only_after_the_deadline(paper: Paper) -> None:
    story = Story()
    (own,) = [
        task
        for task in of_kind(waiting(paper, story, "Соколова", TEACHER, "2026-11-16 12:00"), "missing_marks")
        if task.place is not None and task.place.period == TRIMESTER
    ]
    assert own.until is not None
    before, after = f"{own.until}", f"{own.until.date()} 23:59:59.999"
    assert of_kind(waiting(paper, story, "Ефимова", DEPUTY, before), "missing_marks_of") == []
    assert of_kind(waiting(paper, story, "Ефимова", DEPUTY, after), "missing_marks_of") == []
    late = waiting(paper, story, "Ефимова", DEPUTY, "2026-11-21 00:00")
    assert named("Соколова") in {task.person for task in of_kind(late, "missing_marks_of")}


def test_a_work_whose_time_is_over_waits_while_somebody_has_no_mark(paper: Paper) -> None:
    story = Story()
    story.do("Соколова", during(MONDAY, 5), AddWork(lesson=MONDAY.id, kind="test"))
    work = next(id for id in story.sheet(MONDAY).works if id != MONDAY.id)
    due = story.sheet(MONDAY).works[work].due
    assert of_kind(waiting(paper, story, "Соколова", TEACHER, f"{due}"), "work") == []
    late = of_kind(waiting(paper, story, "Соколова", TEACHER, "2026-10-20 12:00"), "work")
    assert [(task.count, task.until, task.over) for task in late] == [(6, due, True)]


def test_a_class_teacher_is_asked_for_the_reasons_of_the_week(paper: Paper) -> None:
    story = Story()
    story.do("Соколова", during(MONDAY, 5), TakeAttendance(lesson=MONDAY.id, absent=(named(MARIA),)))
    (task,) = waiting(paper, story, "Громова", CLASS, "2026-10-18 23:59:59")
    assert (task.kind, task.count, task.over) == ("unexplained", 1, False)
    assert task.until == datetime.fromisoformat("2026-10-18 23:59:59")
    (late,) = waiting(paper, story, "Громова", CLASS, "2026-10-19 00:00")
    assert late.over


def test_a_class_teacher_sees_who_misses_too_much_three_weeks_before_the_end(paper: Paper) -> None:
    story = Story()
    Term(away={MARIA: 25}).tell(story, Term().lessons(last="2026-10-30"))
    early = waiting(paper, story, "Громова", CLASS, "2026-10-29 12:00")
    assert of_kind(early, "forecast") == []
    (task,) = of_kind(waiting(paper, story, "Громова", CLASS, "2026-10-31 12:00"), "forecast")
    assert task.place is not None
    assert (task.place.pupil, task.count) == (named(MARIA), 25)


def test_promotion_is_proposed_from_the_last_week_of_the_year(paper: Paper) -> None:
    story = Story()
    assert of_kind(waiting(paper, story, "Громова", CLASS, "2027-05-21 23:59"), "promotion") == []
    (task,) = of_kind(waiting(paper, story, "Громова", CLASS, "2027-05-22 00:00"), "promotion")
    assert (task.count, task.class_title, task.over) == (6, "7А", False)


def test_the_director_is_told_of_a_final_mark_once_the_deputy_has_concluded(paper: Paper) -> None:
    story, pupil = Story(), "Кергитваль Олег"
    seen = marked(story, "Лебедева", "2027-05-26 12:00", FINALS, YEAR, FINAL, pupil, "4")
    item = of_period_mark(FINALS, YEAR, FINAL, pupil, "5", seen)
    (ref,) = asks(story, "Лебедева", "2027-05-31 13:00", item)
    assert of_kind(waiting(paper, story, "Орлова", DIRECTOR, "2027-05-31 14:00"), "order") == []
    concluded = ConcludeFinalCorrection(case=ref.case, journal=FINALS, period=YEAR, conclusion="Согласна")
    story.do("Дьячкова", "2027-05-31 15:00", concluded)
    (task,) = of_kind(waiting(paper, story, "Орлова", DIRECTOR, "2027-05-31 16:00"), "order")
    assert (task.old, task.new, task.person) == ("4", "5", named("Лебедева"))


def test_the_menu_counts_what_waits_now_and_nothing_else(paper: Paper) -> None:
    story = with_guardian()
    refs = asks(story, "Соколова", "2026-10-16 12:00", of_mark(MONDAY, MARIA, "4", given(story)))

    def figure(person: str, decides: bool, pages: list[UUID]) -> counts.Counts:
        paper.pour(story.store)
        caught_up(paper)
        now = datetime.fromisoformat("2026-10-16 13:30")
        with paper.pool.connection() as connection:
            teaches = pages.__contains__ if pages else None
            return counts.of(connection, SCHOOL_ID, named(person), decides=decides, teaches=teaches, now=now)

    assert figure("Ефимова", True, []).inbox == 1
    assert figure("Соколова", False, [PAGE]) == counts.Counts(inbox=0, tasks=0)
    approves(story, "Ефимова", "2026-10-16 13:00", *refs)
    assert figure("Ефимова", True, []).inbox == 0


def test_a_correction_counts_only_where_it_may_be_decided(paper: Paper) -> None:
    """7.14(b9): of a period mark УВР decides, so that УМР has nothing to do; the director stands in (P-57)."""
    story = Story(*DIVIDED)
    seen = marked(story, "Соколова", "2026-11-20 12:00", PAGE, TRIMESTER, PERIOD, MARIA, "5")
    closed(story, "2026-11-22 12:00", PAGE, TRIMESTER)
    asks(story, "Соколова", "2026-11-23 13:00", of_period_mark(PAGE, TRIMESTER, PERIOD, MARIA, "4", seen))
    when = "2026-11-23 14:00"
    figure = of_kind(waiting(paper, story, "Ефимова", DEPUTY, when), "inbox_corrections")
    assert [task.count for task in figure] == [1]
    assert of_kind(waiting(paper, story, "Дьячкова", DEPUTY, when), "inbox_corrections") == []
    assert [
        t.count for t in of_kind(waiting(paper, story, "Орлова", DIRECTOR, when), "inbox_corrections")
    ] == [1]
    with paper.reading(when) as reading:
        here = (reading.school, reading.regulation(), reading.today)
        for person, many in (("Ефимова", 1), ("Дьячкова", 0), ("Орлова", 1)):
            own = own_word(named(person), *here)
            assert counts.inbox(reading.connection, SCHOOL_ID, own=own).corrections == many


def test_what_was_settled_stands_apart_and_is_not_counted(paper: Paper) -> None:
    story = Story()
    refs = asks(story, "Соколова", "2026-10-16 12:00", of_mark(MONDAY, MARIA, "4", given(story)))
    approves(story, "Ефимова", "2026-10-16 13:00", *refs)
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-10-16 14:00") as reading:
        page = tasks.page(reading, named("Соколова"), TEACHER, KEY_OF)
    (group,) = page.groups
    assert ([task.kind for task in group.settled], group.waiting, page.total) == (["correction"], (), 0)
