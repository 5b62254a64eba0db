"""AT-01 (7.14(b4), 9.5(b1, b4)): current mark, no backdating, a late entry by the deputy's permission."""

from datetime import datetime

import pytest

from commands.attendance import NoteAbsence, TakeAttendance
from commands.deciding import Refusal
from commands.late_entries import (
    CaseRef,
    DeclineLateEntries,
    LateEntryItem,
    PermitLateEntries,
    RequestLateEntry,
    WithdrawLateEntry,
)
from commands.marks import GiveMark
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")


def give(pupil: str, value: str, seen: int = 0) -> GiveMark:
    return GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named(pupil), value=value, seen=seen)


def request(pupil: str) -> RequestLateEntry:
    item = LateEntryItem(lesson=LESSON.id, target="mark", work=LESSON.id, pupil=named(pupil))
    return RequestLateEntry(items=(item,), reason="Болела 12 октября, отметку поставила в бумажный черновик")


def the_case(story: Story) -> CaseRef:
    return CaseRef(case=list(story.late(LESSON).cases)[-1], lesson=LESSON.id)


def permit(story: Story, when: str, by: str = "Дьячкова") -> None:
    story.do(by, when, PermitLateEntries(cases=(the_case(story),), reason="Болела"))


@pytest.mark.case("AT-01")
def test_a_mark_at_23_58_stands_and_one_at_00_01_is_refused_with_its_clause() -> None:
    story = Story()
    story.do("Соколова", "2026-10-12 23:58", give("Каляна Мария", "4"))
    assert story.sheet(LESSON).mark(LESSON.id, named("Каляна Мария")) == (4,)
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-13 00:01", give("Ященко Ольга", "5"))
    assert "12.10.2026 23:59:59" in refused.value.sentence
    assert refused.value.mode == "permit"  # the way out: «Запросить внесение»
    assert "7.14" in refused.value.clause
    (kept,) = story.store.refusals(SCHOOL_ID)
    assert (kept.refused.command, kept.refused.code) == ("GiveMark", "W-01")
    assert story.sheet(LESSON).mark(LESSON.id, named("Ященко Ольга")) is None


@pytest.mark.case("AT-01")
def test_the_deputy_permits_and_the_late_mark_keeps_both_dates_and_the_permission() -> None:
    story = Story()
    story.do("Соколова", "2026-10-13 08:00", request("Ященко Ольга"))
    permit(story, "2026-10-13 08:55")
    story.do("Соколова", "2026-10-13 09:02", give("Ященко Ольга", "5"))
    (mark,) = story.sheet(LESSON).marks.values()
    assert mark.causation == story.late(LESSON).cases[the_case(story).case].decided.position  # type: ignore[union-attr]
    (finding,) = mark.findings
    assert (finding.code, finding.delay) == ("W-01", 9 * 3600 + 2 * 60 + 1)
    assert story.sheet(LESSON).date == LESSON.date  # the column's day is the lesson's, not the entry's


@pytest.mark.case("AT-01")
def test_the_permission_serves_once() -> None:
    story = Story()
    story.do("Соколова", "2026-10-13 08:00", request("Ященко Ольга"))
    permit(story, "2026-10-13 08:55")
    first = story.do("Соколова", "2026-10-13 09:02", give("Ященко Ольга", "5"))
    seen = story.sheet(LESSON).marks[LESSON.id, named("Ященко Ольга")].position
    assert first.first is not None
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-10-13 09:03", give("Ященко Ольга", "4", seen))


@pytest.mark.case("AT-01")
@pytest.mark.parametrize(
    ("when", "accepted"), [("2026-10-14 23:59:59", True), ("2026-10-15 00:00:00", False)]
)
def test_the_permission_is_valid_to_the_end_of_the_next_working_day(when: str, accepted: bool) -> None:
    story = Story()
    story.do("Соколова", "2026-10-13 08:00", request("Ященко Ольга"))
    permit(story, "2026-10-13 08:55")
    if accepted:
        story.do("Соколова", when, give("Ященко Ольга", "5"))
    else:
        with pytest.raises(Refusal):
            story.do("Соколова", when, give("Ященко Ольга", "5"))


def test_the_permission_is_for_the_named_pupil_only() -> None:
    story = Story()
    story.do("Соколова", "2026-10-13 08:00", request("Ященко Ольга"))
    permit(story, "2026-10-13 08:55")
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-10-13 09:02", give("Каляна Мария", "5"))


def test_a_withdrawn_permission_permits_nothing() -> None:
    story = Story()
    story.do("Соколова", "2026-10-13 08:00", request("Ященко Ольга"))
    permit(story, "2026-10-13 08:55")
    ref = the_case(story)
    story.do("Дьячкова", "2026-10-13 09:00", WithdrawLateEntry(case=ref.case, lesson=ref.lesson))
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-10-13 09:02", give("Ященко Ольга", "5"))


def test_a_declined_request_permits_nothing_and_is_not_decided_twice() -> None:
    story = Story()
    story.do("Соколова", "2026-10-13 08:00", request("Ященко Ольга"))
    ref = the_case(story)
    story.do("Дьячкова", "2026-10-13 08:55", DeclineLateEntries(cases=(ref,), reason="Отметки за урок нет"))
    with pytest.raises(Refusal) as refused:
        story.do("Ефимова", "2026-10-13 08:56", PermitLateEntries(cases=(ref,)))
    assert refused.value.code == "late-entry-decided"
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-10-13 09:02", give("Ященко Ольга", "5"))


def test_nobody_permits_a_request_of_their_own() -> None:
    """P-57: Ефимова is a deputy and teaches geometry."""
    story = Story()
    lesson = given_lesson("7А Геометрия", "2026-10-15")
    item = LateEntryItem(lesson=lesson.id, target="topic")
    story.do("Ефимова", "2026-10-16 08:00", RequestLateEntry(items=(item,), reason="Не успела"))
    ref = CaseRef(case=list(story.late(lesson).cases)[-1], lesson=lesson.id)
    with pytest.raises(Refusal) as refused:
        story.do("Ефимова", "2026-10-16 08:05", PermitLateEntries(cases=(ref,)))
    assert refused.value.code == "P-57"
    story.do("Дьячкова", "2026-10-16 08:06", PermitLateEntries(cases=(ref,)))


def test_a_deputy_who_does_not_teach_the_class_gives_no_marks() -> None:
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do("Дьячкова", "2026-10-12 10:00", give("Каляна Мария", "5"))
    assert refused.value.status == 403


def test_attendance_of_a_whole_lesson_is_permitted_at_once_and_used_pupil_by_pupil() -> None:
    story = Story()
    item = LateEntryItem(lesson=LESSON.id, target="lesson")
    story.do("Соколова", "2026-10-13 08:00", RequestLateEntry(items=(item,), reason="Не было связи"))
    permit(story, "2026-10-13 08:55")
    story.do(
        "Соколова", "2026-10-13 09:00", TakeAttendance(lesson=LESSON.id, absent=(named("Ященко Ольга"),))
    )
    note = NoteAbsence(lesson=LESSON.id, pupil=named("Вуквукай Илья"))
    story.do("Соколова", "2026-10-13 09:01", note)
    assert set(story.sheet(LESSON).absences) == {named("Ященко Ольга"), named("Вуквукай Илья")}


def test_a_teacher_back_from_sickness_asks_for_all_lessons_at_once() -> None:
    story = Story()
    days = ("2026-10-05", "2026-10-07", "2026-10-09")
    lessons = [given_lesson("7А Алгебра", day) for day in days]
    items = tuple(LateEntryItem(lesson=lesson.id, target="lesson") for lesson in lessons)
    story.do("Соколова", "2026-10-12 08:00", RequestLateEntry(items=items, reason="Болела 5–9 октября"))
    refs = tuple(CaseRef(case=next(iter(story.late(each).cases)), lesson=each.id) for each in lessons)
    answer = story.do("Дьячкова", "2026-10-12 08:30", PermitLateEntries(cases=refs, reason="Больничный лист"))
    assert (answer.last or 0) - (answer.first or 0) == 2  # one append
    assert all(
        case.open_until() == datetime.fromisoformat("2026-10-13T23:59:59")
        for each in lessons
        for case in story.late(each).cases.values()
    )
