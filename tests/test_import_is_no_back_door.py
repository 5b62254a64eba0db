"""Imported records are judged by the time they declare: they may declare one only before journals open."""

from __future__ import annotations

import pytest

from commands.deciding import Refusal
from commands.founding import OpenJournal
from commands.importing import ids
from commands.importing.lesson import ImportedMark, ImportedWork, ImportLesson
from commands.marks import GiveMark
from ledger.entry import Origin, Role
from ledger.lesson import fold_lesson
from ledger.timetable import Lesson
from tests.importing import SCHOOL, Ground, day, demo_bundle

BUNDLE = demo_bundle()
SOKOLOVA, PETROV = ids.person(SCHOOL, "sokolova"), ids.person(SCHOOL, "petrov")
PUPIL = ids.pupil(SCHOOL, next(row.id for row in BUNDLE.pupils if row.class_name == "7А"))


def given_school(*, demonstration: bool = False, opened: bool = True) -> Ground:
    ground = Ground()
    ground.found(BUNDLE, demonstration=demonstration, opened=opened)
    return ground


def algebra(ground: Ground, on: str) -> Lesson:
    class_id = ids.klass(SCHOOL, 2026, "7А")
    page = ids.journal(SCHOOL, 2026, class_id, None, ids.subject(SCHOOL, "Алгебра"))
    return next(each for each in ground.school.timetable.by_journal[page] if each.date == day(on))


def records(lesson: Lesson, value: str = "4") -> ImportLesson:
    return ImportLesson(
        lesson=lesson.id,
        topic="Рациональные числа",
        homework="№ 12",
        manner=("written",),
        absent=(),
        works=(
            ImportedWork(kind="answer", marks=(ImportedMark(pupil=PUPIL, value=value),)),
            ImportedWork(kind="control", title="№ 1"),
        ),
    )


def test_a_lesson_of_an_older_journal_is_one_append_under_its_teacher_and_shown_as_imported() -> None:
    ground = given_school(opened=False)
    lesson = algebra(ground, "2026-10-05")
    head = ground.head()
    ground.do(records(lesson), when="2026-10-12 15:00", person=SOKOLOVA, declared="2026-10-05 10:00")
    entries = ground.entries(after=head)
    assert [type(entry.event).__name__ for entry in entries] == [
        "LessonHeld",
        "AttendanceTaken",
        "TopicRecorded",
        "HomeworkSet",
        "MarkGiven",
        "WorkAdded",
    ]
    assert len({entry.stamp.command_id for entry in entries}) == 1
    assert {(entry.stamp.origin, entry.stamp.person, entry.stamp.role) for entry in entries} == {
        (Origin.IMPORT, SOKOLOVA, Role.TEACHER)
    }
    assert not any(entry.findings for entry in entries)  # in time by the source's own clock
    assert fold_lesson(lesson.id, entries).mark(lesson.id, PUPIL) == (4,)


def test_into_open_journals_nothing_is_imported_with_a_time_of_its_own() -> None:
    ground = given_school()
    lesson = algebra(ground, "2026-10-05")
    head = ground.head()
    with pytest.raises(Refusal, match="Журналы 2026/27 учебного года уже открыты") as refused:
        ground.do(records(lesson), when="2026-10-12 15:00", person=SOKOLOVA, declared="2026-10-05 10:00")
    assert refused.value.status == 409
    assert ground.head() == head
    assert [attempt.refused.code for attempt in ground.store.refusals(SCHOOL)] == ["import-closed"]


def test_opening_the_journals_closes_the_door() -> None:
    ground = given_school(opened=False)
    first, second = algebra(ground, "2026-10-05"), algebra(ground, "2026-10-07")
    ground.do(records(first), when="2026-10-12 15:00", person=SOKOLOVA, declared="2026-10-05 10:00")
    ground.do(OpenJournal(year=2026), when="2026-10-12 15:01")
    with pytest.raises(Refusal, match="задним числом"):
        ground.do(records(second), when="2026-10-12 15:02", person=SOKOLOVA, declared="2026-10-07 10:00")


@pytest.mark.parametrize("origin", [Origin.IMPORT, Origin.UI, Origin.API])
def test_no_other_command_may_declare_a_time_either(origin: Origin) -> None:
    ground = given_school()
    lesson = algebra(ground, "2026-10-05")
    mark = GiveMark(lesson=lesson.id, work=lesson.id, pupil=PUPIL, value="5")
    when, declared = "2026-10-12 15:00", "2026-10-05 10:00"
    with pytest.raises(Refusal):
        ground.do(mark, when=when, person=SOKOLOVA, declared=declared, origin=origin)


def test_an_imported_lesson_without_a_time_of_its_own_is_refused() -> None:
    ground = given_school(opened=False)
    lesson = algebra(ground, "2026-10-12")
    with pytest.raises(Refusal, match="своё время"):
        ground.do(records(lesson), when="2026-10-12 15:00", person=SOKOLOVA)


def test_a_time_to_come_cannot_be_declared() -> None:
    ground = given_school(demonstration=True)
    lesson = algebra(ground, "2026-10-14")
    with pytest.raises(Refusal, match="прошлое"):
        ground.do(records(lesson), when="2026-10-12 15:00", person=SOKOLOVA, declared="2026-10-14 10:00")


def test_the_rules_judge_an_imported_mark_by_the_time_it_declares() -> None:
    ground = given_school(opened=False)
    lesson = algebra(ground, "2026-10-05")
    with pytest.raises(Refusal) as refused:
        ground.do(records(lesson), when="2026-10-12 15:00", person=SOKOLOVA, declared="2026-10-06 00:00")
    assert refused.value.code in ("W-01", "W-03", "W-04", "W-05")
    adaptation = algebra(ground, "2026-09-07")
    with pytest.raises(Refusal, match="адаптационный период"):
        ground.do(
            records(adaptation, "2"), when="2026-10-12 15:00", person=SOKOLOVA, declared="2026-09-07 10:00"
        )


def test_the_person_the_source_names_taught_the_page() -> None:
    ground = given_school(opened=False)
    lesson = algebra(ground, "2026-10-05")
    with pytest.raises(Refusal):
        ground.do(records(lesson), when="2026-10-12 15:00", person=PETROV, declared="2026-10-05 10:00")


def test_a_demonstration_has_a_past_although_its_journals_are_open() -> None:
    ground = given_school(demonstration=True)
    lesson = algebra(ground, "2026-10-05")
    ground.do(records(lesson), when="2026-10-12 15:00", person=SOKOLOVA, declared="2026-10-05 10:00")
    assert 2026 in ground.school.opened
