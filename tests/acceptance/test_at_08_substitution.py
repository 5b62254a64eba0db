"""AT-08 and E-02 (7.12): a substitution opens exactly its lessons, at once; its cancellation closes them at once."""

from __future__ import annotations

from uuid import UUID

import pytest

from commands.deciding import Refusal
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from commands.substitutions import CancelSubstitution, RecordSubstitutions, SubstitutionItem
from ledger.access import Target, acting_role
from ledger.entry import Role
from ledger.school import School
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

WEDNESDAY = given_lesson("7А Физика", "2026-10-14")  # third, 10:25–11:05
FRIDAY = given_lesson("7А Физика", "2026-10-16")
PAGE, SOKOLOVA, PETROV = named("7А Физика"), named("Соколова"), named("Петров")
KALYANA = named("Каляна Мария")


def school_of(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def substitute(*lessons: Lesson, by: str = "Соколова") -> RecordSubstitutions:
    items = (
        SubstitutionItem(lesson=lesson.id, manner="same_subject", substitute=named(by)) for lesson in lessons
    )
    return RecordSubstitutions(items=tuple(items))


def cancel(story: Story, lesson: Lesson) -> CancelSubstitution:
    standing = school_of(story).substitution(lesson.id)
    assert standing is not None
    return CancelSubstitution(substitution=standing.id, lesson=lesson.id)


def topic(lesson: Lesson, text: str = "Сила тяжести") -> RecordTopic:
    return RecordTopic(lesson=lesson.id, text=text, seen=0)


def mark(lesson: Lesson, work: UUID | None = None, value: str = "4") -> GiveMark:
    return GiveMark(lesson=lesson.id, work=work or lesson.id, pupil=KALYANA, value=value)


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as found:
        story.do(by, when, command)
    return found.value


def reads(story: Story, person: str, day: str) -> Role | None:
    on = given_lesson("7А Физика", "2026-10-14").date.replace(day=int(day))
    return acting_role(named(person), "view_journal", Target(today=on, journal=PAGE), school_of(story))


@pytest.mark.case("AT-08")
def test_the_substitute_reads_the_whole_page_and_writes_only_the_substituted_lesson() -> None:
    story = Story()
    assert reads(story, "Соколова", "14") is None
    assert refused(story, "Соколова", "2026-10-14 10:30", topic(WEDNESDAY)).code == "W-19"
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    assert reads(story, "Соколова", "14") is Role.TEACHER
    story.do("Соколова", "2026-10-14 10:30", topic(WEDNESDAY))
    story.do("Соколова", "2026-10-14 11:05", mark(WEDNESDAY))
    monday = given_lesson("7А Физика", "2026-10-12")
    for other in (monday, FRIDAY):
        assert refused(story, "Соколова", "2026-10-16 13:30", topic(other)).code == "W-19"


@pytest.mark.case("AT-08")
def test_records_are_the_substitutes_and_name_whom_she_stood_in_for() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    story.do("Соколова", "2026-10-14 10:30", topic(WEDNESDAY))
    written = story.sheet(WEDNESDAY).topic
    assert written is not None
    assert (written.stamp.person, written.stamp.on_behalf_of) == (SOKOLOVA, PETROV)
    assert written.stamp.role is Role.TEACHER
    own = given_lesson("7А Алгебра", "2026-10-14")
    story.do("Соколова", "2026-10-14 10:31", topic(own, "Степень"))
    assert story.sheet(own).topic.stamp.on_behalf_of is None  # type: ignore[union-attr]


@pytest.mark.case("AT-08")
def test_the_absent_teacher_does_not_write_the_substituted_lesson() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    assert refused(story, "Петров", "2026-10-14 10:30", topic(WEDNESDAY)).code == "W-19"
    assert reads(story, "Петров", "14") is Role.TEACHER


@pytest.mark.case("AT-08")
def test_a_second_substitution_cancelled_the_day_before_is_refused_on_its_day() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY, FRIDAY))
    story.do("Соколова", "2026-10-14 20:00", mark(WEDNESDAY))
    story.do("Кеулькут", "2026-10-15 12:00", cancel(story, FRIDAY))
    found = refused(story, "Соколова", "2026-10-16 13:30", topic(FRIDAY))
    assert found.code == "W-19"
    assert "отменена" in found.sentence
    assert "16.10.2026" in found.sentence
    assert "внести ещё можно" not in found.sentence  # she held no lesson whose works she could complete
    story.do("Петров", "2026-10-16 13:30", topic(FRIDAY))


@pytest.mark.case("AT-08")
def test_one_recorded_at_half_past_ten_is_late_and_opens_access_at_once() -> None:
    story = Story()
    (finding,) = story.do("Кеулькут", "2026-10-14 10:30", substitute(WEDNESDAY)).findings
    assert (finding["code"], finding["delay"]) == ("W-18", 5 * 60)
    story.do("Соколова", "2026-10-14 10:30:01", topic(WEDNESDAY))


@pytest.mark.case("AT-08")
def test_one_recorded_after_the_end_needs_the_deputy() -> None:
    story = Story()
    found = refused(story, "Кеулькут", "2026-10-14 11:06", substitute(WEDNESDAY))
    assert (found.code, found.mode) == ("W-18", "refuse")
    assert "7.12" in found.clause
    (finding,) = story.do("Дьячкова", "2026-10-14 11:07", substitute(WEDNESDAY)).findings
    assert (finding["code"], finding["delay"]) == ("W-18", 2 * 60)
    story.do("Соколова", "2026-10-14 12:00", topic(WEDNESDAY))


@pytest.mark.case("AT-08")
def test_reading_ends_with_the_reporting_period_of_the_lesson() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    school = school_of(story)
    last = WEDNESDAY.date.replace(month=11, day=20)
    assert school.reads_as_substitute(SOKOLOVA, PAGE, last)
    assert not school.reads_as_substitute(SOKOLOVA, PAGE, last.replace(day=21))


@pytest.mark.case("AT-08")
def test_a_change_of_substitute_closes_the_first_ones_access() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    story.do("Кеулькут", "2026-10-14 08:50", substitute(WEDNESDAY, by="Ефимова"))
    assert refused(story, "Соколова", "2026-10-14 10:30", topic(WEDNESDAY)).code == "W-19"
    story.do("Ефимова", "2026-10-14 10:30", topic(WEDNESDAY))
    assert reads(story, "Соколова", "14") is None


@pytest.mark.case("E-02")
def test_a_save_after_the_cancellation_is_refused_in_clear_words() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    story.do("Соколова", "2026-10-14 10:30", topic(WEDNESDAY))
    first = story.do("Соколова", "2026-10-14 10:35", mark(WEDNESDAY)).last
    assert first is not None
    story.do("Кеулькут", "2026-10-14 10:40", cancel(story, WEDNESDAY))
    five = GiveMark(lesson=WEDNESDAY.id, work=WEDNESDAY.id, pupil=KALYANA, value="5", seen=first)
    found = refused(story, "Соколова", "2026-10-14 10:41", five)
    assert found.code == "W-19"
    assert "доступ к уроку закрыт" in found.sentence
    assert "внести ещё можно" in found.sentence  # of the written works of the lesson she held


@pytest.mark.case("E-02")
@pytest.mark.parametrize(
    ("recorded", "cancelled", "reads"),
    [
        ("08:40", "10:24:59", False),
        ("08:40", "10:25:00", False),
        ("08:40", "10:25:01", True),
        ("08:40", "12:00", True),
        ("11:04", "11:20", True),
        ("11:05:01", "11:20", False),
    ],
)
def test_whoever_stood_in_while_the_lesson_ran_still_reads_it_and_no_other(
    recorded: str, cancelled: str, reads: bool
) -> None:
    story = Story()
    by = "Кеулькут" if recorded < "11:05" else "Дьячкова"
    story.do(by, f"2026-10-14 {recorded}", substitute(WEDNESDAY))
    by = "Кеулькут" if cancelled < "11:05" else "Дьячкова"
    story.do(by, f"2026-10-14 {cancelled}", cancel(story, WEDNESDAY))
    school = school_of(story)

    def role(lesson: Lesson) -> Role | None:
        target = Target(today=lesson.date, on=lesson.date, lesson=lesson, journal=lesson.journal)
        return acting_role(SOKOLOVA, "view_journal", target, school)

    assert (role(WEDNESDAY) is Role.TEACHER) is reads
    assert role(FRIDAY) is None


@pytest.mark.case("E-02")
def test_what_was_written_before_stays_under_the_substitutes_name_and_the_teacher_has_the_page_back() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    story.do("Соколова", "2026-10-14 10:35", mark(WEDNESDAY))
    story.do("Кеулькут", "2026-10-14 10:40", cancel(story, WEDNESDAY))
    kept = story.sheet(WEDNESDAY).marks[WEDNESDAY.id, KALYANA]
    assert (kept.stamp.person, kept.event.value) == (SOKOLOVA, (4,))  # type: ignore[attr-defined]
    story.do("Петров", "2026-10-14 10:45", topic(WEDNESDAY))


@pytest.mark.case("E-02")
def test_the_written_work_of_a_lesson_the_substitute_held_may_be_completed() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    story.do("Соколова", "2026-10-14 10:30", topic(WEDNESDAY))
    story.do("Соколова", "2026-10-14 10:31", AddWork(lesson=WEDNESDAY.id, kind="control"))
    work = next(each for each in story.sheet(WEDNESDAY).works if each != WEDNESDAY.id)
    story.do("Дьячкова", "2026-10-14 12:00", cancel(story, WEDNESDAY))
    story.do("Соколова", "2026-10-15 09:00", mark(WEDNESDAY, work))
    assert refused(story, "Соколова", "2026-10-15 09:01", mark(WEDNESDAY)).code == "W-19"


@pytest.mark.case("E-02")
def test_cancelled_before_the_lesson_nothing_may_exist() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 08:40", substitute(WEDNESDAY))
    story.do("Кеулькут", "2026-10-14 09:00", cancel(story, WEDNESDAY))
    for command in (topic(WEDNESDAY), mark(WEDNESDAY), AddWork(lesson=WEDNESDAY.id, kind="control")):
        assert refused(story, "Соколова", "2026-10-14 10:30", command).code == "W-19"
    assert story.entries(WEDNESDAY.id) == ()
    again = refused(
        story, "Кеулькут", "2026-10-14 09:01", CancelSubstitution(substitution=PAGE, lesson=WEDNESDAY.id)
    )
    assert again.status == 409
