"""Undo: the last action is taken back within ten seconds, as one append, and nothing is erased (issue 4, item 6)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.absences import DisputeAbsence
from commands.attendance import NoteAbsence, TakeAttendance
from commands.completion import CompleteLesson
from commands.deciding import Conflict, Refusal
from commands.handle import Asking, handle
from commands.homework import SetHomework, SetNoHomework
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.lessons import RecordTopic
from commands.marks import AddWork, ColumnMark, FillColumn, GiveMark, WithdrawMark
from commands.periods import WithdrawPeriod
from commands.plan_binding import BindPlan
from commands.plans import ChangePlan, DrawUpPlan, PlanLine
from commands.taking_back import TakeBack
from ledger.events.voids import EntriesTakenBack
from ledger.plan import fold_plan
from projections.changes import rows_of
from projections.models import SHEETS
from tests.story import Story
from tests.world import SCHOOL_ID, at, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
DUE = given_lesson("7А Алгебра", "2026-10-14")
MARIA, ILYA, OLGA = named("Каляна Мария"), named("Вуквукай Илья"), named("Ященко Ольга")
SLIP = uuid5(SCHOOL_ID, "slip of the hand")
GIVE = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA, value="4")


def refused(story: Story, by: str, when: str | datetime, command: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        story.do(by, when, command)
    return caught.value


def slipped(command: object = GIVE, when: str = "2026-10-12 09:40:00.400") -> Story:
    story = Story()
    story.do("Соколова", when, command, id=SLIP)
    return story


def rows(story: Story) -> dict[tuple, tuple]:
    return rows_of(SHEETS, story.sheet(LESSON))


def test_a_mark_is_taken_back_and_the_lesson_is_as_if_it_had_never_been_held() -> None:
    story = slipped()
    before = len(story.entries(LESSON.id))
    story.do("Соколова", "2026-10-12 09:40:05", TakeBack(command=SLIP))
    sheet = story.sheet(LESSON)
    assert (sheet.held, sheet.marks, rows(story)) == (None, {}, {})
    held_and_marked = story.entries(LESSON.id)
    assert [type(e.event).__name__ for e in held_and_marked] == [
        "LessonHeld",
        "MarkGiven",
        "EntriesTakenBack",
    ]
    assert len(held_and_marked) == before + 1
    story.do("Соколова", "2026-10-12 09:41", GIVE)
    assert story.sheet(LESSON).mark(LESSON.id, MARIA) == (4,)


@pytest.mark.parametrize(
    ("when", "in_time"),
    [
        ("2026-10-12 09:40:00.400", True),
        ("2026-10-12 09:40:10.400", True),
        ("2026-10-12 09:40:11.399", True),  # the whole last second
        ("2026-10-12 09:40:11.400", False),
        ("2026-10-12 09:50:00.000", False),
    ],
)
def test_ten_seconds_are_ten_seconds(when: str, in_time: bool) -> None:
    story = slipped()
    if in_time:
        story.do("Соколова", when, TakeBack(command=SLIP))
    else:
        said = refused(story, "Соколова", when, TakeBack(command=SLIP))
        assert (said.code, said.status) == ("take-back-late", 409)
    assert (story.sheet(LESSON).mark(LESSON.id, MARIA) is None) is in_time


def test_the_previous_value_comes_back() -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 09:40", replace(GIVE, value="5"))
    seen = story.sheet(LESSON).marks[LESSON.id, MARIA].position
    before = rows(story)
    story.do("Соколова", "2026-10-12 09:41", replace(GIVE, value="2", seen=seen, confirmed=True), id=SLIP)
    story.do("Соколова", "2026-10-12 09:41:09", TakeBack(command=SLIP))
    assert story.sheet(LESSON).mark(LESSON.id, MARIA) == (5,)
    assert rows(story) == before


def test_a_filled_column_goes_as_one_append() -> None:
    marks = tuple(ColumnMark(pupil=pupil, value="5") for pupil in (MARIA, ILYA, OLGA))
    story = slipped(FillColumn(lesson=LESSON.id, work=LESSON.id, marks=marks))
    assert len(story.sheet(LESSON).marks) == 3
    answer = story.do("Соколова", "2026-10-12 09:40:08", TakeBack(command=SLIP))
    assert answer.first == answer.last
    assert story.sheet(LESSON).marks == {}


def test_only_the_same_person_under_the_same_account_takes_it_back() -> None:
    story = slipped()
    for other in ("Дьячкова", "Громова"):
        assert refused(story, other, "2026-10-12 09:40:03", TakeBack(command=SLIP)).code == "take-back-late"
    asking = story.asking("Соколова", "2026-10-12 09:40:04", TakeBack(command=SLIP))
    with pytest.raises(Refusal, match="десять секунд"):  # the same person under another account
        handle(TakeBack(command=SLIP), replace(asking, account=named("второй вход")), story.house)
    asking = story.asking("Соколова", "2026-10-12 09:40:05", TakeBack(command=SLIP))
    with pytest.raises(Refusal, match="десять секунд"):  # another person under the same account
        handle(TakeBack(command=SLIP), replace(asking, person=named("Петров")), story.house)
    assert story.sheet(LESSON).mark(LESSON.id, MARIA) == (4,)


def test_a_family_takes_nothing_back() -> None:
    story = slipped()
    assert refused(story, "Каляна Мария", "2026-10-12 09:40:03", TakeBack(command=SLIP)).status == 403


def test_of_two_tabs_the_later_action_is_the_last_one() -> None:
    story = slipped()
    second = uuid5(SCHOOL_ID, "second tab")
    story.do("Соколова", "2026-10-12 09:40:02", RecordTopic(lesson=LESSON.id, text="Степень"), id=second)
    assert refused(story, "Соколова", "2026-10-12 09:40:03", TakeBack(command=SLIP)).code == "take-back-last"
    story.do("Соколова", "2026-10-12 09:40:04", TakeBack(command=second))
    sheet = story.sheet(LESSON)
    assert (sheet.topic, sheet.mark(LESSON.id, MARIA)) == (None, (4,))
    said = refused(story, "Соколова", "2026-10-12 09:40:05", TakeBack(command=SLIP))
    assert said.code == "take-back-last"  # taking back is an action too


def test_an_action_is_taken_back_once_and_the_taking_back_not_at_all() -> None:
    story = slipped()
    undo = uuid5(SCHOOL_ID, "undo")
    story.do("Соколова", "2026-10-12 09:40:02", TakeBack(command=SLIP), id=undo)
    assert refused(story, "Соколова", "2026-10-12 09:40:03", TakeBack(command=SLIP)).code == "take-back-once"
    assert refused(story, "Соколова", "2026-10-12 09:40:04", TakeBack(command=undo)).code == "take-back-once"
    assert story.sheet(LESSON).marks == {}


def test_two_tabs_that_take_back_at_one_moment_write_it_once() -> None:
    story = slipped()
    asked = [story.asking("Соколова", "2026-10-12 09:40:03", TakeBack(command=SLIP)) for _ in range(2)]
    barrier = Barrier(2)

    def press(asking: Asking) -> str:
        barrier.wait()
        try:
            handle(TakeBack(command=SLIP), asking, story.house)
        except Refusal as refusal:
            return refusal.code
        return "taken back"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(press, asked)) == ["take-back-once", "taken back"]
    taken = [e for e in story.entries(LESSON.id) if isinstance(e.event, EntriesTakenBack)]
    assert len(taken) == 1


def test_a_retry_after_a_lost_answer_gets_the_first_answer() -> None:
    story = slipped()
    undo, again = uuid5(SCHOOL_ID, "undo"), TakeBack(command=SLIP)
    first = story.do("Соколова", "2026-10-12 09:40:02", again, id=undo)
    answer = story.do("Соколова", "2026-10-12 09:45", again, id=undo)
    assert (answer.repeated, answer.first) == (True, first.first)


def test_what_another_has_said_about_it_since_holds_the_action_fast() -> None:
    story = slipped(NoteAbsence(lesson=LESSON.id, pupil=ILYA))
    dispute = DisputeAbsence(lesson=LESSON.id, pupil=ILYA, reason="был на уроке")
    story.do("Громова", "2026-10-12 09:40:02", dispute)
    said = refused(story, "Соколова", "2026-10-12 09:40:04", TakeBack(command=SLIP))
    assert (said.code, said.status) == ("take-back-built-upon", 409)
    assert list(story.sheet(LESSON).absences) == [ILYA]


def ask_late() -> RequestLateEntry:
    item = LateEntryItem(lesson=LESSON.id, target="mark", work=LESSON.id, pupil=MARIA)
    return RequestLateEntry(items=(item,), reason="не успела")


def permitted(when: str) -> Story:
    story = slipped(ask_late(), "2026-10-14 09:00")
    (case,) = story.late(LESSON).cases
    ref = CaseRef(case=case, lesson=LESSON.id)
    story.do("Дьячкова", when, PermitLateEntries(cases=(ref,)))
    return story


def test_a_request_is_taken_back_until_somebody_has_decided_it() -> None:
    story = slipped(ask_late(), "2026-10-14 09:00")
    story.do("Соколова", "2026-10-14 09:00:04", TakeBack(command=SLIP))
    assert story.late(LESSON).cases == {}
    decided = permitted("2026-10-14 09:00:02")
    said = refused(decided, "Соколова", "2026-10-14 09:00:04", TakeBack(command=SLIP))
    assert said.code == "take-back-built-upon"
    assert [case.status for case in decided.late(LESSON).cases.values()] == ["permitted"]


def test_the_use_of_a_permission_is_taken_back_with_the_mark() -> None:
    story = permitted("2026-10-14 10:00")
    late = uuid5(SCHOOL_ID, "late mark")
    story.do("Соколова", "2026-10-14 11:00", GIVE, id=late)
    assert [list(case.uses) for case in story.late(LESSON).cases.values()] != [[]]
    story.do("Соколова", "2026-10-14 11:00:07", TakeBack(command=late))
    assert [list(case.uses) for case in story.late(LESSON).cases.values()] == [[]]
    assert rows(story) == {}
    story.do("Соколова", "2026-10-14 11:01", GIVE)  # the permission is there again
    assert story.sheet(LESSON).mark(LESSON.id, MARIA) == (4,)


def test_a_deputy_takes_back_a_decision_until_it_was_used() -> None:
    story = slipped(ask_late(), "2026-10-14 09:00")
    (case,) = story.late(LESSON).cases
    decision = uuid5(SCHOOL_ID, "decision")
    permit = PermitLateEntries(cases=(CaseRef(case=case, lesson=LESSON.id),))
    story.do("Дьячкова", "2026-10-14 10:00", permit, id=decision)
    story.do("Соколова", "2026-10-14 10:00:03", GIVE)
    said = refused(story, "Дьячкова", "2026-10-14 10:00:05", TakeBack(command=decision))
    assert said.code == "take-back-built-upon"


def test_a_plan_taken_over_from_a_file_by_mistake_is_as_it_was() -> None:
    story = Story()
    drawn = uuid5(SCHOOL_ID, "КТП")
    plan = uuid5(drawn, "plan")
    lines = (PlanLine(topic="Степень"), PlanLine(topic="Свойства степени"))
    open_ = DrawUpPlan(subject=named("Алгебра"), grade=7, title="Алгебра", items=lines)
    story.do("Соколова", "2026-10-12 15:00", open_, id=drawn)
    before = fold_plan(story.entries(plan))
    change = ChangePlan(
        plan=plan, items=(PlanLine(topic="Чужой файл"),), reason="из файла", seen=before.history[-1].position
    )
    story.do("Соколова", "2026-10-12 15:10", change, id=SLIP)
    story.do("Соколова", "2026-10-12 15:10:06", TakeBack(command=SLIP))
    after = fold_plan(story.entries(plan))
    assert (after.items, after.history) == (before.items, before.history)
    bind = uuid5(SCHOOL_ID, "bind")
    story.do("Соколова", "2026-10-12 15:11", BindPlan(plan=plan, journals=(LESSON.journal,)), id=bind)
    said = refused(story, "Соколова", "2026-10-12 15:11:05", TakeBack(command=bind))
    assert said.code == "take-back-school"


def test_what_the_whole_school_rests_on_is_not_undone_at_a_stroke() -> None:
    story = Story()
    story.do("Дьячкова", "2026-10-12 15:00", WithdrawPeriod(period=named("ООО III триместр")), id=SLIP)
    said = refused(story, "Дьячкова", "2026-10-12 15:00:04", TakeBack(command=SLIP))
    assert (said.code, said.status) == ("take-back-school", 422)


def test_a_command_that_never_was_is_not_taken_back() -> None:
    story = slipped()
    unknown = TakeBack(command=uuid5(SCHOOL_ID, "no such command"))
    assert refused(story, "Соколова", "2026-10-12 09:40:03", unknown).code == "take-back-late"


ACTIONS: tuple[object, ...] = (
    GIVE,
    replace(GIVE, pupil=ILYA, value="5"),
    WithdrawMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA),
    FillColumn(
        lesson=LESSON.id,
        work=LESSON.id,
        marks=(ColumnMark(pupil=ILYA, value="3"), ColumnMark(pupil=OLGA, value="4")),
    ),
    AddWork(lesson=LESSON.id, kind="test"),
    NoteAbsence(lesson=LESSON.id, pupil=OLGA),
    TakeAttendance(lesson=LESSON.id, absent=(OLGA,)),
    RecordTopic(lesson=LESSON.id, text="Степень"),
    RecordTopic(lesson=LESSON.id, text="Свойства степени"),
    SetHomework(lesson=LESSON.id, text="§ 7", manner=("written",), due_lesson=DUE.id),
    SetNoHomework(lesson=LESSON.id),
    CompleteLesson(lesson=LESSON.id),
)


def seeing(command: object, story: Story) -> object:
    """With what stands there as it would be shown."""
    sheet = story.sheet(LESSON)
    if isinstance(command, GiveMark | WithdrawMark):
        mark = sheet.marks.get((command.work, command.pupil))
        return replace(command, seen=mark.position if mark else 0)
    if isinstance(command, RecordTopic):
        return replace(command, seen=sheet.topic.position if sheet.topic else 0)
    if isinstance(command, SetHomework | SetNoHomework):
        return replace(command, seen=sheet.homework.position if sheet.homework else 0)
    return command


def tried(story: Story, when: datetime, command: object, id: UUID) -> bool:
    wanted = seeing(command, story)
    if hasattr(wanted, "confirmed"):
        wanted = replace(wanted, confirmed=True)  # type: ignore[type-var]
    try:
        return story.do("Соколова", when, wanted, id=id).first is not None
    except (Refusal, Conflict):
        return False


@given(st.lists(st.sampled_from(ACTIONS), max_size=6), st.sampled_from(ACTIONS))
@settings(max_examples=120, deadline=None)
def test_taking_back_is_never_having_done_it(before: list[object], slip: object) -> None:
    story, begun = Story(), at("2026-10-12 09:26:00")
    for n, command in enumerate(before):
        tried(story, begun + timedelta(minutes=n), command, uuid5(SCHOOL_ID, f"action {n}"))
    was, late = rows(story), story.late(LESSON).cases
    when = begun + timedelta(minutes=30)
    if tried(story, when, slip, SLIP):
        story.do("Соколова", when + timedelta(seconds=7), TakeBack(command=SLIP))
    assert rows(story) == was
    assert story.late(LESSON).cases == late
