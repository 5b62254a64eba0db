"""AT-16 (9.2(b4, b10)): a current record is corrected by a case, and another person decides on it."""

from __future__ import annotations

import pytest

from commands.attendance import NoteAbsence
from commands.corrections import CorrectionItem, CorrectionRef
from commands.deciding import Refusal
from commands.homework import SetHomework, SetNoHomework
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from ledger.events.homework import HomeworkSet
from ledger.events.lessons import TopicRecorded
from ledger.personal import unseal
from ledger.timetable import Lesson
from tests.correction_cases import approves, asks, case, of_mark
from tests.story import KEY, Story
from tests.world import given_lesson, named

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
GEOMETRY = given_lesson("7А Геометрия", "2026-10-15")
KALYANA = named("Каляна Мария")


def give(story: Story, by: str, lesson: Lesson, pupil: str, value: str) -> int:
    """The position of the mark."""
    command = GiveMark(lesson=lesson.id, work=lesson.id, pupil=named(pupil), value=value)
    return int(story.do(by, lesson.ends.isoformat(), command).parts[-1]["position"])


@pytest.fixture
def story() -> Story:
    return Story()


def mark(story: Story, lesson: Lesson, pupil: str) -> tuple[int, ...] | None:
    return story.sheet(lesson).mark(lesson.id, named(pupil))


@pytest.mark.case("AT-16")
def test_a_mark_of_a_closed_window_changes_when_the_deputy_approves(story: Story) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    with pytest.raises(Refusal) as late:
        give_again = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=KALYANA, value="4", seen=seen)
        story.do("Соколова", "2026-10-14 12:00", give_again)
    assert late.value.code == "W-01"
    (ref,) = asks(story, "Соколова", "2026-10-14 12:00", of_mark(ALGEBRA, "Каляна Мария", "4", seen))
    assert mark(story, ALGEBRA, "Каляна Мария") == (3,)
    approves(story, "Ефимова", "2026-10-14 15:00", ref, reason="Согласовано")
    assert mark(story, ALGEBRA, "Каляна Мария") == (4,)


@pytest.mark.case("AT-16")
def test_the_entry_says_by_which_case_and_the_case_says_everything_else(story: Story) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    (ref,) = asks(story, "Соколова", "2026-10-14 12:00", of_mark(ALGEBRA, "Каляна Мария", "4", seen))
    answer = approves(story, "Ефимова", "2026-10-14 15:00", ref, reason="Согласовано")
    entry = story.sheet(ALGEBRA).marks[ALGEBRA.id, KALYANA]
    known = case(story, ref)
    assert entry.event.correction == ref.case  # type: ignore[attr-defined]
    assert (known.asked.old, known.asked.new, known.asked.seen) == ("3", "4", seen)
    assert unseal(known.asked.reason, lambda person: KEY) == "Отметка поставлена не той ученице"
    assert known.requested.stamp.person == named("Соколова")
    assert known.settled is not None
    assert (known.settled.stamp.person, known.settled.stamp.role) == (named("Ефимова"), "deputy")
    assert answer.last - answer.first == 1  # one append: the word and what it brings


@pytest.mark.case("AT-16")
def test_a_deputys_own_request_goes_to_another_deputy(story: Story) -> None:
    seen = give(story, "Ефимова", GEOMETRY, "Каляна Мария", "3")
    (ref,) = asks(story, "Ефимова", "2026-10-19 12:00", of_mark(GEOMETRY, "Каляна Мария", "4", seen))
    with pytest.raises(Refusal) as own:
        approves(story, "Ефимова", "2026-10-19 15:00", ref)
    assert own.value.code == "P-57"
    approves(story, "Дьячкова", "2026-10-19 15:10", ref)
    assert mark(story, GEOMETRY, "Каляна Мария") == (4,)


@pytest.mark.case("AT-16")
def test_the_director_stands_in_for_the_only_deputy(story: Story) -> None:
    seen = give(story, "Ефимова", GEOMETRY, "Каляна Мария", "3")
    (ref,) = asks(story, "Ефимова", "2026-10-19 12:00", of_mark(GEOMETRY, "Каляна Мария", "4", seen))
    approves(story, "Орлова", "2026-10-19 15:10", ref)
    assert mark(story, GEOMETRY, "Каляна Мария") == (4,)


@pytest.mark.case("AT-16")
def test_the_topic_follows_the_same_route_and_keeps_its_line_of_the_plan_and_its_task(story: Story) -> None:
    record = RecordTopic(lesson=ALGEBRA.id, text="Одночлены", task="Счёт", deviation=True)
    seen = int(story.do("Соколова", "2026-10-12 10:00", record).parts[-1]["position"])
    item = CorrectionItem(target="topic", lesson=ALGEBRA.id, new="Многочлены", seen=seen)
    (ref,) = asks(story, "Соколова", "2026-10-14 12:00", item)
    approves(story, "Ефимова", "2026-10-14 15:00", ref)
    topic = story.sheet(ALGEBRA).topic
    assert topic is not None
    assert topic.event == TopicRecorded(text="Многочлены", task="Счёт", deviation=True, correction=ref.case)


@pytest.mark.case("AT-16")
def test_homework_follows_it_and_keeps_its_manner_and_its_day(story: Story) -> None:
    record = SetHomework(lesson=ALGEBRA.id, text="№ 212", manner=("written",))
    seen = int(story.do("Соколова", "2026-10-12 10:00", record).parts[-1]["position"])
    item = CorrectionItem(target="homework", lesson=ALGEBRA.id, new="№ 221", seen=seen)
    (ref,) = asks(story, "Соколова", "2026-10-14 12:00", item)
    approves(story, "Ефимова", "2026-10-14 15:00", ref)
    homework = story.sheet(ALGEBRA).homework
    assert homework is not None
    assert isinstance(homework.event, HomeworkSet)
    assert (homework.event.text, homework.event.manner) == ("№ 221", ("written",))
    assert homework.event.due_lesson == given_lesson("7А Алгебра", "2026-10-14").id


@pytest.mark.case("AT-16")
def test_what_was_not_set_becomes_homework_for_the_next_lesson_and_back(story: Story) -> None:
    done = story.do("Соколова", "2026-10-12 10:00", SetNoHomework(lesson=ALGEBRA.id))
    seen = int(done.parts[-1]["position"])
    there = CorrectionItem(target="homework", lesson=ALGEBRA.id, new="№ 221", seen=seen)
    (ref,) = asks(story, "Соколова", "2026-10-14 12:00", there, ground="omitted")
    approves(story, "Ефимова", "2026-10-14 15:00", ref)
    homework = story.sheet(ALGEBRA).homework
    assert homework is not None
    assert homework.event.due_lesson == given_lesson("7А Алгебра", "2026-10-14").id  # type: ignore[attr-defined]
    back = CorrectionItem(target="homework", lesson=ALGEBRA.id, new="не задано", seen=homework.position)
    (again,) = asks(story, "Соколова", "2026-10-14 16:00", back)
    approves(story, "Ефимова", "2026-10-14 17:00", again)
    assert type(story.sheet(ALGEBRA).homework.event).__name__ == "HomeworkNotSet"  # type: ignore[union-attr]
    assert case(story, again).asked.old == "№ 221"


@pytest.mark.case("AT-16")
def test_the_kind_of_a_work_changes_and_its_deadline_stays(story: Story) -> None:
    added = story.do("Соколова", "2026-10-12 09:30", AddWork(lesson=ALGEBRA.id, kind="independent"))
    work = story.sheet(ALGEBRA).works
    column = next(id for id in work if id != ALGEBRA.id)
    due = work[column].due
    item = CorrectionItem(
        target="kind",
        lesson=ALGEBRA.id,
        work=column,
        new="check",
        seen=int(added.parts[-1]["position"]),
    )
    (ref,) = asks(story, "Соколова", "2026-10-14 12:00", item)
    approves(story, "Ефимова", "2026-10-14 15:00", ref)
    after = story.sheet(ALGEBRA).works[column]
    assert (after.kind, after.due) == ("check", due)
    assert case(story, ref).asked.old == "independent"


@pytest.mark.case("AT-16")
def test_an_absence_gives_way_to_a_mark_when_both_cases_are_approved_together(story: Story) -> None:
    noted = story.do("Соколова", "2026-10-12 09:30", NoteAbsence(lesson=ALGEBRA.id, pupil=KALYANA))
    seen = int(noted.parts[-1]["position"])
    here = CorrectionItem(target="absence", lesson=ALGEBRA.id, pupil=KALYANA, new="", seen=seen)
    refs: tuple[CorrectionRef, ...] = asks(
        story, "Соколова", "2026-10-14 12:00", of_mark(ALGEBRA, "Каляна Мария", "4", 0), here
    )
    assert case(story, refs[0]).asked.bulk == case(story, refs[1]).asked.bulk is not None
    with pytest.raises(Refusal) as beside:
        approves(story, "Ефимова", "2026-10-14 15:00", refs[0])
    assert beside.value.code == "P-29"
    approves(story, "Ефимова", "2026-10-14 15:00", *refs)
    assert mark(story, ALGEBRA, "Каляна Мария") == (4,)
    assert KALYANA not in story.sheet(ALGEBRA).absences
