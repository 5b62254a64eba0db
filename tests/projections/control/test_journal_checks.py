"""C-20, C-26 and C-29: the load of control works, safety briefings, and where the journal contradicts the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from ledger import streams
from ledger.entry import Category
from ledger.events.attendance import AbsenceNoted, AttendanceTaken
from ledger.events.calendar import DistanceDeclared
from ledger.events.days import LessonCancelled, LessonMoved
from ledger.events.homework import HomeworkSet
from ledger.events.lessons import BriefingRecorded, TopicRecorded
from ledger.events.marks import MarkGiven
from ledger.events.orders import OrderIssued
from ledger.events.period_marks import PeriodMarkGiven
from ledger.events.roster import PupilMoved
from ledger.events.staff import StaffAbsenceRecorded
from ledger.timetable import Lesson
from tests.correction_cases import approves, asks, give, of_mark, sheet_of, voided, written
from tests.projections.control.reported import MONDAY, asked, behind, figures, line, lines, poured, report
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import FIRST, SCHOOL_ID, given_lesson, given_work, held, named

KLASS, ARTYOM, MARIYA = named("7А"), named("Рультытегин Артём"), named("Каляна Мария")
ALGEBRA, PHYSICS = (given_lesson(f"7А {subject}", "2026-10-12") for subject in ("Алгебра", "Физика"))
OF_7A = asked(class_id="7А")
WEEK_LATER = "2026-10-25 12:00"


def tell(story: Story, lesson: Lesson, *events: object, by: str = "Соколова") -> None:
    when = lesson.ends.isoformat(" ")
    written(story, by, when, Category.LESSON, lesson.id, held(lesson), *events)


# C-20


def loaded() -> Story:
    """Control works of 7А: two on Monday, one each on Tuesday and Wednesday: four in the week."""
    story = Story()
    places = (("Алгебра", 12), ("Физика", 12), ("Русский язык", 13), ("Физкультура", 14))
    for n, (subject, day) in enumerate(places):
        lesson = given_lesson(f"7А {subject}", f"2026-10-{day}")
        work = given_work(lesson, "control")
        tell(story, lesson, replace(work, work=named(f"работа {n}")))
    return story


def test_more_than_one_a_day_and_three_a_week_is_too_much(paper: Paper) -> None:
    poured(paper, loaded())
    found = report(paper, "C-20", OF_7A)
    monday, tuesday = line(found, date=MONDAY), line(found, date=date(2026, 10, 13))
    assert (monday["day"], monday["total"], monday["over"]) == (2, 4, "день, неделя")
    assert (tuesday["day"], tuesday["total"], tuesday["over"]) == (1, 4, "неделя")
    assert monday["works"] == "Алгебра: Контрольная работа; Физика: Контрольная работа"
    assert figures(found) == {"works": (4, None, None), "days": (1, None, None), "weeks": (1, None, None)}


def test_a_week_is_counted_whole_though_one_day_is_asked_for(paper: Paper) -> None:
    poured(paper, loaded())
    (row,) = lines(report(paper, "C-20", asked(date(2026, 10, 14), date(2026, 10, 14), class_id="7А")))
    assert (row["day"], row["total"], row["over"]) == (1, 4, "неделя")


def test_days_with_works_of_the_subject_or_teacher_are_shown(paper: Paper) -> None:
    poured(paper, loaded())
    days = [row["date"] for row in lines(report(paper, "C-20", asked(class_id="7А", subject="Физика")))]
    assert days == [MONDAY]
    assert len(lines(report(paper, "C-20", asked(class_id="7А", teacher="Лебедева")))) == 1
    key = f"{KLASS}/{MONDAY}"
    assert [each.lesson for each in behind(paper, "C-20", OF_7A, key)] == [ALGEBRA.id, PHYSICS.id]


def test_a_voided_work_is_no_load(paper: Paper) -> None:
    story = loaded()
    (work,) = (e.position for e in story.entries(PHYSICS.id) if getattr(e.event, "kind", "") == "control")
    voided(story, "2026-10-17 10:00", Category.LESSON, PHYSICS.id, work)
    poured(paper, story)
    assert line(report(paper, "C-20", OF_7A, "2026-10-17 09:00"), date=MONDAY)["day"] == 2
    assert line(report(paper, "C-20", OF_7A, "2026-10-17 11:00"), date=MONDAY)["day"] == 1


# C-26


def laboratories() -> Story:
    """Physics of the week: a briefing of its own, one in the topic, none; the topic of Friday says it is a laboratory
    work; algebra wants none."""
    story, days = Story(), [given_lesson("7А Физика", f"2026-10-{day}") for day in (12, 14, 16)]
    tell(story, ALGEBRA, TopicRecorded(text="Практическая работа"))
    lab = [replace(given_work(each, "laboratory"), work=named(f"лаб {each.date}")) for each in days]
    own = (lab[0], TopicRecorded(text="Лабораторная работа № 1"), BriefingRecorded(text="проведён"))
    tell(story, days[0], *own)
    tell(story, days[1], lab[1], TopicRecorded(text="Инструктаж по ТБ. Измерение объёма"))
    tell(story, days[2], TopicRecorded(text="Лабораторная работа № 2"))
    return story


def test_a_briefing_is_found_where_it_was_recorded(paper: Paper) -> None:
    poured(paper, laboratories())
    found = report(paper, "C-26", OF_7A)
    assert [row["recorded"] for row in lines(found)] == ["отмечен отдельно", "в теме урока", "не записан"]
    assert [row["work"] for row in lines(found)][2] == "по теме урока"
    assert line(found, date=MONDAY)["teacher"] == "Петров"
    assert figures(found) == {"recorded": (66.7, 2, 3), "missing": (1, None, None)}


def test_a_briefing_in_the_homework_counts_and_a_void_takes_it_away(paper: Paper) -> None:
    story, friday = laboratories(), given_lesson("7А Физика", "2026-10-16")
    said = HomeworkSet(text="§ 5, техника безопасности", manner=(), due=None, due_lesson=None)
    written(story, "Петров", "2026-10-16 14:30", Category.LESSON, friday.id, said)
    voided(story, "2026-10-17 10:00", Category.LESSON, friday.id, story.entries(friday.id)[-1].position)
    poured(paper, story)
    before, after = (report(paper, "C-26", OF_7A, f"2026-10-17 {at}") for at in ("09:00", "11:00"))
    assert line(before, date=friday.date)["recorded"] == "в домашнем задании"
    assert line(after, date=friday.date)["recorded"] == "не записан"
    words = [each.words for each in behind(paper, "C-26", OF_7A, str(friday.id), "2026-10-17 11:00")]
    assert words == ["тема: Лабораторная работа № 2", "домашнее задание: нет", "инструктаж: нет"]


def test_lessons_of_another_class_teacher_or_subject_are_left_out(paper: Paper) -> None:
    poured(paper, laboratories())
    assert len(lines(report(paper, "C-26", asked(teacher="Петров", level="ООО")))) == 3
    for other in (asked(class_id="6А"), asked(teacher="Соколова"), asked(subject="Алгебра")):
        assert lines(report(paper, "C-26", other)) == []


# C-29


def contradictions(
    paper: Paper, story: Story, when: str = WEEK_LATER, **filters: str
) -> list[tuple[str, str]]:
    poured(paper, story)
    found = report(paper, "C-29", asked(**{"class_id": "7А"} | filters), when)
    return [(key.key.split("/")[0], row["said"]) for key, row in zip(found.lines, lines(found), strict=True)]


def test_a_mark_beside_an_absence(paper: Paper) -> None:
    story = Story()
    tell(story, ALGEBRA, MarkGiven(work=ALGEBRA.id, pupil=ARTYOM, value=(4,)), AbsenceNoted(pupil=ARTYOM))
    position = story.entries(ALGEBRA.id)[-1].position
    voided(story, "2026-10-20 10:00", Category.LESSON, ALGEBRA.id, position)
    assert contradictions(paper, story, "2026-10-19 12:00") == [("absent", "«н» и 4")]
    assert contradictions(paper, story) == []


def away(who: str, kind: str) -> tuple[UUID, StaffAbsenceRecorded]:
    return named(who), StaffAbsenceRecorded(
        absence=named(f"нет {who}"), kind=kind, first=MONDAY, until=MONDAY
    )


def corrected(story: Story) -> None:
    """Соколова gives a mark on Monday's lesson, and Ефимова approves another for it."""
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    refs = asks(story, "Соколова", "2026-10-14 12:00", of_mark(ALGEBRA, "Каляна Мария", "4", seen))
    approves(story, "Ефимова", "2026-10-14 15:00", *refs)


def test_a_lesson_written_by_who_was_away_that_day(paper: Paper) -> None:
    story = Story(away("Соколова", "illness"))
    tell(story, ALGEBRA, TopicRecorded(text="Дроби"))
    tell(story, given_lesson("7А Алгебра", "2026-10-14"), TopicRecorded(text="Степени"))
    assert contradictions(paper, story) == [("leave", "урок 2: Дроби (болезнь)")]


def test_whoever_was_away_has_written_the_lesson_though_the_deputy_corrected_it_since(paper: Paper) -> None:
    story = Story(away("Соколова", "illness"))
    tell(story, ALGEBRA, TopicRecorded(text="Дроби"))
    corrected(story)
    assert contradictions(paper, story) == [("leave", "урок 2: Дроби (болезнь)")]
    assert lines(report(paper, "C-29", OF_7A, WEEK_LATER))[0]["who"] == "Соколова"


def test_a_deputy_on_leave_that_day_who_approves_a_correction_has_written_no_lesson(paper: Paper) -> None:
    story = Story(away("Ефимова", "leave"))
    corrected(story)
    assert contradictions(paper, story) == []


def test_a_lesson_moved_to_a_day_when_its_author_was_away_is_found_there(paper: Paper) -> None:
    """E-10: the deputy was the last to touch it."""
    story, wednesday = Story(away("Соколова", "illness")), given_lesson("7А Алгебра", "2026-10-14")
    tell(story, wednesday, TopicRecorded(text="Степени"))
    moved = LessonMoved(
        lesson=wednesday.id,
        date=MONDAY,
        number=7,
        starts=time(14, 30),
        ends=time(15, 10),
        room=None,
        order=None,
        correction=named("перенос"),
    )
    assert contradictions(paper, story) == []
    day = streams.day(SCHOOL_ID, KLASS, MONDAY)
    written(story, "Ефимова", "2026-10-15 12:00", Category.SCHOOL, day, moved)
    written(story, "Ефимова", "2026-10-15 12:00", Category.LESSON, wednesday.id, moved)
    assert contradictions(paper, story) == [("leave", "урок 7: Степени (болезнь)")]


def test_a_record_of_a_lesson_that_is_in_no_timetable(paper: Paper) -> None:
    story = Story()
    tell(story, ALGEBRA, TopicRecorded(text="Дроби"))
    cancelled = LessonCancelled(lesson=ALGEBRA.id, reason="frost", order=None)
    day = streams.day(SCHOOL_ID, KLASS, MONDAY)
    written(story, "Кеулькут", "2026-10-13 09:00", Category.SCHOOL, day, cancelled)
    assert contradictions(paper, story) == [("unplanned", "урок 2: Дроби")]


def test_an_absence_on_a_day_at_a_distance(paper: Paper) -> None:
    """Recorded afterwards, as quarantine may be (E-12)."""
    order = OrderIssued(kind="distance", number=None, date=MONDAY)
    distance = DistanceDeclared(
        distance=named("карантин"),
        mode="quarantine",
        first=MONDAY,
        last=MONDAY,
        classes=(KLASS,),
        order=named("приказ"),
    )
    story = Story((named("приказ"), order), (streams.calendar(SCHOOL_ID), distance))
    tell(story, ALGEBRA, AttendanceTaken(), AbsenceNoted(pupil=MARIYA))
    tell(story, given_lesson("7А Алгебра", "2026-10-14"), AbsenceNoted(pupil=MARIYA))
    assert contradictions(paper, story) == [("distance", "«н»")]


def test_a_period_mark_more_than_one_from_the_proposal(paper: Paper) -> None:
    story, term, page = Story(), named("ООО I триместр"), named("7А Алгебра")
    for pupil, value, proposed in ((ARTYOM, "5", "3"), (MARIYA, "4", "3")):
        event = PeriodMarkGiven(
            journal=page, period=term, kind="period", pupil=pupil, value=value, proposed=proposed, rests_on=()
        )
        written(story, "Соколова", "2026-10-20 12:00", Category.PERIOD, sheet_of(page, term), event)
    assert contradictions(paper, story) == [("deviation", "I триместр: 5 вместо 3")]


def test_a_control_column_with_empty_cells_once_its_time_is_over(paper: Paper) -> None:
    """Of six one was away, four have marks; who moved in later is not asked."""
    moved = PupilMoved(class_id=KLASS, first=date(2026, 10, 13), order=None)
    story, work = Story((named("Эттувги Роман"), moved)), given_work(ALGEBRA, "control")
    there = ("Антипина Дарья", "Вуквукай Илья", "Каляна Мария", "Тынетегин Павел")
    marks = (MarkGiven(work=work.work, pupil=named(who), value=(4,)) for who in there)
    tell(story, ALGEBRA, work, AbsenceNoted(pupil=ARTYOM), *marks)
    open_still = (work.due - timedelta(minutes=1)).isoformat(" ")
    assert contradictions(paper, story, open_still) == []
    assert contradictions(paper, story) == [("control", "Контрольная работа: нет отметок у 1 из 5")]


def test_two_lessons_in_a_row_with_one_record(paper: Paper) -> None:
    """R-098: literature of 10А has the first two lessons on Mondays."""
    story, first = Story(), given_lesson("10А Литература", "2026-10-12", 1)
    tell(story, first, TopicRecorded(text="Тургенев"), by="Лебедева")
    assert contradictions(paper, story, class_id="10А") == [("double", "уроки 1 и 2: записан только 1")]
    tell(
        story, given_lesson("10А Литература", "2026-10-12", 2), TopicRecorded(text="Гончаров"), by="Лебедева"
    )
    assert contradictions(paper, story, class_id="10А") == []


def test_contradictions_are_counted_by_kind_and_lead_to_their_place(paper: Paper) -> None:
    story = Story()
    tell(story, ALGEBRA, MarkGiven(work=ALGEBRA.id, pupil=ARTYOM, value=(4,)), AbsenceNoted(pupil=ARTYOM))
    poured(paper, story)
    found = report(paper, "C-29", OF_7A, WEEK_LATER)
    assert (figures(found)["all"][0], figures(found)["absent"][0], figures(found)["leave"][0]) == (1, 1, 0)
    assert lines(found)[0]["who"] == "Рультытегин А., Соколова"
    (place,) = behind(paper, "C-29", OF_7A, found.lines[0].key, WEEK_LATER)
    assert (place.lesson, place.pupil) == (ALGEBRA.id, ARTYOM)
    for other in (asked(class_id="6А"), asked(class_id="7А", subject="Физика"), asked(FIRST, FIRST)):
        assert lines(report(paper, "C-29", other, WEEK_LATER)) == []
