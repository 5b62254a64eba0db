"""A substitution on the pages: the day of both teachers, the family's diary, the trail, the register of hours."""

from __future__ import annotations

from datetime import date

import pytest

from commands.by_order import OrderNamed
from commands.distance import DeclareDistance
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from commands.single_lessons import CancelLesson
from commands.staff_absences import RecordStaffAbsence, StaffAbsenceItem
from commands.substitutions import CancelSubstitution, RecordSubstitutions, SubstitutionItem
from ledger.events.calendar import BellsAssigned
from ledger.events.journals import JournalListed, WorkloadAssigned
from ledger.events.roster import ClassFormed
from ledger.events.timetable import SlotScheduled
from ledger.streams import calendar
from projections import day, diary, held_register, long_list, morning, staff_sheet, trail
from projections.free_teachers import Candidate, suggested
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import FIRST, LAST, SCHOOL_ID, given_lesson, named

MONDAY = given_lesson("7А Физика", "2026-10-12")
WEDNESDAY = given_lesson("7А Физика", "2026-10-14")  # third, 10:25–11:05
PE = given_lesson("7А Физкультура", "2026-10-14")  # fifth
SOKOLOVA, PETROV, KIM, EFIMOVA = (named(who) for who in ("Соколова", "Петров", "Ким", "Ефимова"))
MARIA = named("Каляна Мария")
ON, WEEK = date(2026, 10, 14), date(2026, 10, 12)


def item(lesson, by=None, manner="same_subject") -> SubstitutionItem:
    return SubstitutionItem(lesson=lesson.id, manner=manner, substitute=named(by) if by else None)


def covered(*items: SubstitutionItem) -> Story:
    """On Monday a topic of Петров's; on Wednesday at 7:50 he and Ким are away and `items` recorded."""
    story = Story()
    story.do("Петров", "2026-10-12 13:40", RecordTopic(lesson=MONDAY.id, text="Сила упругости"))
    absences = tuple(
        StaffAbsenceItem(person=who, kind="illness", first=ON, until=date(2026, 10, 16))
        for who in (PETROV, KIM)
    )
    story.do("Кеулькут", "2026-10-14 07:40", RecordStaffAbsence(absences=absences))
    if items:
        command = RecordSubstitutions(items=items, order=OrderNamed())
        story.do("Кеулькут", "2026-10-14 07:50", command)
    return story


def poured(paper: Paper, story: Story) -> Paper:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    return paper


def test_every_lesson_of_the_absent_waits_for_somebody_free(paper: Paper) -> None:
    with poured(paper, covered()).reading("2026-10-14 07:45") as reading:
        page = morning.page(reading, ON)
    assert {each.person for each in page.away} == {PETROV, KIM}
    # Wednesday 3 and 5, Friday 6; Ким has no Friday
    assert [(each.words.date.day, each.words.number, each.absent) for each in page.to_cover] == [
        (14, 3, PETROV),
        (14, 5, KIM),
        (16, 6, PETROV),
    ]
    third = page.to_cover[0]
    assert not {PETROV, KIM} & {each.person for each in third.candidates}
    ranks = [each.rank for each in third.candidates]
    assert ranks == sorted(ranks, key=["subject", "joined", "building", "other"].index)
    sokolova = next(each for each in third.candidates if each.person == SOKOLOVA)
    assert (sokolova.rank, sokolova.load) == ("building", 1)
    assert any(choice.subject == "Алгебра" and SOKOLOVA in choice.teachers for choice in third.pages)


def test_whoever_teaches_the_subject_is_offered_first(paper: Paper) -> None:
    page = named("9А Физика")
    listed = JournalListed(class_id=named("9А"), group=None, subject=named("Физика"), year=2026)
    workload = WorkloadAssigned(teacher=EFIMOVA, first=FIRST, until=None, hours=200)
    story = Story((page, listed), (page, workload))
    away = StaffAbsenceItem(person=PETROV, kind="trip", first=ON, until=ON)
    story.do("Кеулькут", "2026-10-14 07:40", RecordStaffAbsence(absences=(away,)))
    with poured(paper, story).reading("2026-10-14 07:45") as reading:
        (third,) = morning.page(reading, ON).to_cover
    assert (third.candidates[0].person, third.candidates[0].rank) == (EFIMOVA, "subject")
    assert third.suggested == third.candidates[0]


@pytest.mark.parametrize(("grade", "joined"), [(7, True), (9, False)])
def test_classes_are_joined_only_within_their_parallel(paper: Paper, grade: int, joined: bool) -> None:
    """Ефимова gives physics to another class at the hour of Петров's third lesson on Wednesday."""
    klass, page, slot = named("другой класс"), named("её Физика"), named("её третий урок в среду")
    story = Story(
        (klass, ClassFormed(year=2026, title=f"{grade}Б", grade=grade, level="ООО")),
        (
            calendar(SCHOOL_ID),
            BellsAssigned(class_id=klass, weekday=3, schedule=named("звонки"), first=FIRST),
        ),
        (page, JournalListed(class_id=klass, group=None, subject=named("Физика"), year=2026)),
        (page, WorkloadAssigned(teacher=EFIMOVA, first=FIRST, until=None, hours=200)),
        (
            slot,
            SlotScheduled(journal=page, weekday=3, number=3, week="all", first=FIRST, last=LAST, room=None),
        ),
    )
    away = StaffAbsenceItem(person=PETROV, kind="trip", first=ON, until=ON)
    story.do("Кеулькут", "2026-10-14 07:40", RecordStaffAbsence(absences=(away,)))
    with poured(paper, story).reading("2026-10-14 07:45") as reading:
        (third,) = morning.page(reading, ON).to_cover
    offered = {each.person: (each.rank, each.beside) for each in third.candidates}
    assert offered.get(EFIMOVA) == (("joined", "7Б Физика") if joined else None)
    assert (third.suggested is not None and third.suggested.person == EFIMOVA) is joined


def test_an_order_nothing_rests_on_waits_for_no_number(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова"))
    standing = story.house.schools.current(SCHOOL_ID).substitution(WEDNESDAY.id)
    assert standing is not None
    command = CancelSubstitution(substitution=standing.id, lesson=WEDNESDAY.id)
    with poured(paper, story).reading("2026-10-14 07:55") as reading:
        assert len(morning.page(reading, ON).orders) == 1
    story.do("Кеулькут", "2026-10-14 08:00", command)
    with poured(paper, story).reading("2026-10-14 08:01") as reading:
        assert morning.page(reading, ON).orders == ()


def test_a_lesson_that_is_not_held_carries_no_words_of_a_distance_day(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова"), item(PE, manner="dropped"))
    quarantine = DeclareDistance(mode="quarantine", first=ON, last=ON, classes=(named("7А"),))
    story.do("Дьячкова", "2026-10-14 08:00", quarantine)
    with poured(paper, story).reading("2026-10-14 08:01") as reading:
        week = diary.week(reading, MARIA, WEEK, KEY_OF)
    lessons = {each.lesson: each for each in week.days[2].lessons}
    assert lessons[WEDNESDAY.id].distance != ""
    assert (lessons[PE.id].held, lessons[PE.id].distance) == (False, "")


def test_nobody_is_suggested_for_two_rooms_at_once() -> None:
    first, second = (Candidate(person=who, rank="subject", load=1) for who in (SOKOLOVA, EFIMOVA))
    same_hour = given_lesson("10А Литература", "2026-10-12", 1)
    offers = [
        (given_lesson("1А Математика", "2026-10-12"), (first, second)),
        (same_hour, (first, second)),
        (MONDAY, (first,)),
    ]
    assert [each.person for each in suggested(offers).values()] == [SOKOLOVA, EFIMOVA, SOKOLOVA]


def test_what_is_recorded_leaves_the_list_and_its_order_waits_for_a_number(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова"), item(PE, manner="dropped"))
    with poured(paper, story).reading("2026-10-14 08:00") as reading:
        page, sheet = morning.page(reading, ON), staff_sheet.page(reading, ON)
    assert [each.words.date.day for each in page.to_cover] == [16]
    assert [(each.words.number, each.substitute, each.manner) for each in page.covered] == [
        (3, SOKOLOVA, "same_subject"),
        (5, None, "dropped"),
    ]
    (order,) = page.orders
    assert (order.lessons, order.order.number) == (2, None)
    assert next(each.ahead for each in page.away if each.person == PETROV) == 1
    assert [(line.words.number, type(line).__name__) for line in sheet.lines] == [
        (3, "Covered"),
        (5, "Covered"),
    ]


@pytest.mark.case("AT-08")
def test_the_substitutes_day_has_the_lesson_and_the_absent_teachers_says_who_gives_it(paper: Paper) -> None:
    with poured(paper, covered(item(WEDNESDAY, "Соколова"))).reading("2026-10-14 08:41") as reading:
        own, away = day.page(reading, SOKOLOVA, ON), day.page(reading, PETROV, ON)
    taken = next(each for each in own.lessons if each.lesson == WEDNESDAY.id)
    assert taken.fate is not None
    assert (taken.fate.kind, taken.fate.absent) == ("same_subject", PETROV)
    assert (taken.last_topic, taken.last_on) == ("Сила упругости", WEEK)
    assert away.lessons == ()
    (given,) = away.given_away
    assert (given.lesson, given.fate.substitute) == (WEDNESDAY.id, SOKOLOVA)


@pytest.mark.case("AT-08")
def test_the_family_sees_the_replacement_as_soon_as_it_is_recorded(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова", "another_subject"), item(PE, manner="dropped"))
    paper = poured(paper, story)
    with paper.reading("2026-10-14 07:49") as reading:
        before = diary.week(reading, MARIA, WEEK, KEY_OF).days[2].lessons
    with paper.reading("2026-10-14 07:50:01") as reading:
        after = diary.week(reading, MARIA, WEEK, KEY_OF).days[2].lessons
    assert [each.fate for each in before] == [None] * len(before)
    third, fifth = (next(each for each in after if each.number == number) for number in (3, 5))
    assert third.fate is not None
    assert fifth.fate is not None
    assert (third.subject, third.fate.kind, third.fate.subject) == ("Алгебра", "instead", "Физика")
    assert (fifth.subject, fifth.fate.kind, fifth.held) == ("Физкультура", "dropped", False)


def test_a_cancelled_lesson_is_told_to_the_family_and_the_teacher(paper: Paper) -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 07:50", CancelLesson(lesson=WEDNESDAY.id, reason="excursion"))
    with poured(paper, story).reading("2026-10-14 08:00") as reading:
        lessons = diary.week(reading, MARIA, WEEK, KEY_OF).days[2].lessons
        given = day.page(reading, PETROV, ON).given_away
    told = next(each for each in lessons if each.lesson == WEDNESDAY.id)
    assert told.fate is not None
    assert (told.held, told.fate.kind, told.fate.reason) == (False, "cancelled", "excursion")
    assert [each.fate.kind for each in given] == ["cancelled"]


@pytest.mark.case("AT-08")
def test_the_trail_says_in_whose_place_a_mark_was_given(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова"))
    mark = GiveMark(lesson=WEDNESDAY.id, work=WEDNESDAY.id, pupil=MARIA, value="4")
    story.do("Соколова", "2026-10-14 10:40", mark)
    with poured(paper, story).reading("2026-10-14 12:00") as reading:
        (line,) = trail.cell(reading, paper.store, WEDNESDAY.id, WEDNESDAY.id, MARIA, KEY_OF).lines
    assert (line.person, line.absent) == (SOKOLOVA, PETROV)


@pytest.mark.case("AT-08")
def test_the_register_gives_the_hour_to_the_substitute_and_none_to_the_absent_teacher(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова"))
    story.do("Соколова", "2026-10-14 10:40", RecordTopic(lesson=WEDNESDAY.id, text="Вес тела"))
    with poured(paper, story).reading("2026-10-14 11:10") as reading:
        rows = {row.teacher: row for row in held_register.page(reading, date(2026, 10, 1)).rows}
        (own,) = held_register.page(reading, date(2026, 10, 1), PETROV).rows
    assert rows[SOKOLOVA].stood_in == 1
    assert (own.own, own.stood_in, own.given_away) == (1, 0, 1)  # the one held is Monday's
    hour = next(hour for hour in rows[SOKOLOVA].hours if hour.kind == "stood_in")
    assert (hour.other, hour.manner, hour.missing) == (PETROV, "same_subject", False)


def test_an_hour_without_a_topic_is_not_counted_as_held(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова"), item(PE, manner="dropped"))
    with poured(paper, story).reading("2026-10-14 14:00") as reading:
        rows = {row.teacher: row for row in held_register.page(reading, date(2026, 10, 1)).rows}
    assert rows[SOKOLOVA].stood_in == 0
    assert any(hour.missing and hour.kind == "stood_in" for hour in rows[SOKOLOVA].hours)
    assert rows[KIM].cancelled == 1


def test_an_hour_taught_in_another_subject_belongs_to_who_taught_it(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова", "another_subject"))
    school = story.house.schools.current(SCHOOL_ID)
    put = next(each for each in school.timetable.by_day[ON] if each.slot in school.extras)
    story.do("Соколова", "2026-10-14 10:40", RecordTopic(lesson=put.id, text="Степень"))
    with poured(paper, story).reading("2026-10-14 11:10") as reading:
        rows = {row.teacher: row for row in held_register.page(reading, date(2026, 10, 1)).rows}
    assert (rows[SOKOLOVA].stood_in, rows[PETROV].given_away) == (1, 1)


def test_the_past_shows_a_substitution_that_was_cancelled_since(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова"))
    standing = story.house.schools.current(SCHOOL_ID).substitution(WEDNESDAY.id)
    assert standing is not None
    cancel = CancelSubstitution(substitution=standing.id, lesson=WEDNESDAY.id)
    story.do("Кеулькут", "2026-10-14 08:30", cancel)
    paper = poured(paper, story)
    with paper.reading("2026-10-14 08:00") as reading:
        assert len(morning.page(reading, ON).covered) == 1
    with paper.reading("2026-10-14 08:31") as reading:
        assert morning.page(reading, ON).covered == ()
        assert long_list.page(reading).lines == ()
