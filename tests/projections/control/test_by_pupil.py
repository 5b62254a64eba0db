"""C-08, C-09, C-13 and C-21: what each pupil of a class missed, has not learnt, and how full the marks are."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from ledger import streams
from ledger.entry import Category
from ledger.events.attendance import AbsenceNoted, AbsencesExplained, AttendanceTaken
from ledger.events.families import RemarkWritten
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import MarkGiven, WorkAdded
from ledger.events.period_marks import ExceptionGranted
from ledger.events.roster import PupilMoved
from ledger.personal import PersonalText, unseal
from ledger.timetable import Lesson
from projections.reading import NoSuchPage
from tests.correction_cases import marked, sheet_of, voided, written
from tests.projections.control.reported import (
    MONDAY,
    asked,
    behind,
    figures,
    line,
    lines,
    poured,
    report,
)
from tests.projections.pouring import KEY_OF, Paper
from tests.story import Story, sealed
from tests.world import FIRST, SCHOOL, SCHOOL_ID, given_lesson, given_work, held, named

KLASS, ARTYOM, MARIYA, DARYA = (
    named(n) for n in ("7А", "Рультытегин Артём", "Каляна Мария", "Антипина Дарья")
)
MON, WED, FRI = (given_lesson("7А Алгебра", f"2026-10-{day}") for day in (12, 14, 16))
OF_7A = asked(class_id="7А")
TERM = named("ООО I триместр")


def tell(story: Story, lesson: Lesson, *events: object, by: str = "Соколова", minutes: int = 0) -> None:
    when = (lesson.ends + timedelta(minutes=minutes)).isoformat(" ")
    written(story, by, when, Category.LESSON, lesson.id, held(lesson), *events)


def mark(pupil: str, *value: int, work: object = None, lesson: Lesson = MON) -> MarkGiven:
    return MarkGiven(work=work or lesson.id, pupil=named(pupil), value=value)  # type: ignore[arg-type]


# C-08


def missed() -> Story:
    """Рультытегин missed Monday's control work and Wednesday; on Friday he wrote the work again."""
    story, again = Story(), uuid4()
    work = given_work(MON, "control")
    tell(story, MON, work, TopicRecorded(text="Контрольная № 1"), AbsenceNoted(pupil=ARTYOM))
    tell(story, WED, TopicRecorded(text="Степени"), AbsenceNoted(pupil=ARTYOM), AbsenceNoted(pupil=MARIYA))
    later = WorkAdded(
        work=again,
        kind="control",
        title="",
        due=work.due,
        window="W-07",
        tzdb=work.tzdb,
        makes_up=work.work,
    )
    tell(story, FRI, later, mark("Рультытегин Артём", 4, work=again))
    ill = AbsencesExplained(
        explanation=named("справка"),
        pupil=ARTYOM,
        first=MONDAY,
        last=MONDAY,
        category="по болезни",
        document=None,
    )
    stream = streams.excuses(SCHOOL_ID, ARTYOM)
    written(story, "Громова", "2026-10-16 14:00", Category.CASE, stream, ill)
    return story


def test_missed_lessons_have_topic_reason_and_whether_they_are_made_up(paper: Paper) -> None:
    poured(paper, missed())
    found = report(paper, "C-08", OF_7A)
    mon, wed = (line(found, pupil="Рультытегин Артём", date=day) for day in (MON.date, WED.date))
    assert (mon["number"], mon["subject"], mon["topic"]) == (2, "Алгебра", "Контрольная № 1")
    assert (mon["category"], mon["made_up"]) == ("по болезни", "да")
    assert (wed["topic"], wed["category"], wed["made_up"]) == ("Степени", "причина не указана", "")
    assert figures(found)["missed"] == (3, None, None)
    assert figures(found)["category:по болезни"] == (1, None, None)
    assert "По предметам: Алгебра — 3." in found.notes
    assert "Рультытегин Артём: 2 (по болезни — 1, причина не указана — 1)." in found.notes


def test_a_work_not_written_again_is_not_made_up_at_an_earlier_moment(paper: Paper) -> None:
    poured(paper, missed())
    row = line(report(paper, "C-08", OF_7A, "2026-10-15 12:00"), date=MON.date)
    assert (row["made_up"], row["category"]) == ("нет", "причина не указана")


def test_what_a_newcomer_missed_elsewhere_belongs_there(paper: Paper) -> None:
    story = Story((ARTYOM, PupilMoved(class_id=named("6А"), first=date(2026, 10, 13), order=None)))
    tell(story, MON, AbsenceNoted(pupil=ARTYOM))
    russian = given_lesson("6А Русский язык", "2026-10-14")
    tell(story, russian, AbsenceNoted(pupil=ARTYOM), by="Лебедева")
    poured(paper, story)
    assert [row["subject"] for row in lines(report(paper, "C-08", OF_7A))] == ["Алгебра"]
    assert [row["subject"] for row in lines(report(paper, "C-08", asked(class_id="6А")))] == ["Русский язык"]


def test_missed_lessons_of_one_teacher_or_subject_and_the_cell_behind(paper: Paper) -> None:
    poured(paper, missed())
    assert len(lines(report(paper, "C-08", asked(class_id="7А", teacher="Соколова")))) == 3
    assert lines(report(paper, "C-08", asked(class_id="7А", teacher="Петров"))) == []
    assert lines(report(paper, "C-08", asked(class_id="7А", subject="Физика"))) == []
    (only,) = behind(paper, "C-08", OF_7A, f"{ARTYOM}/{MON.id}")
    assert (only.lesson, only.pupil, only.words) == (MON.id, ARTYOM, "Алгебра, урок 2: Контрольная № 1")


# C-09


def failed() -> Story:
    """Рультытегин has a 2 that stands, Каляна a 2 replaced by 4, Антипина 5/2 for a composition."""
    story = Story()
    tell(story, MON, TopicRecorded(text="Дроби"), mark("Рультытегин Артём", 2), mark("Каляна Мария", 2))
    tell(story, MON, mark("Каляна Мария", 4), minutes=30)
    tell(story, WED, mark("Антипина Дарья", 5, 2, lesson=WED), mark("Тынетегин Павел", 3, lesson=WED))
    return story


def test_unsatisfactory_marks_stand_with_their_topic_and_whether_they_are_corrected(paper: Paper) -> None:
    poured(paper, failed())
    found = report(paper, "C-09", OF_7A)
    artyom, mariya = line(found, pupil="Рультытегин Артём"), line(found, pupil="Каляна Мария")
    assert (artyom["mark"], artyom["topic"], artyom["corrected"]) == ("2", "Дроби", "нет")
    assert (mariya["mark"], mariya["corrected"]) == ("2", "да, 4")
    assert line(found, pupil="Антипина Дарья")["mark"] == "5/2"
    assert figures(found)["corrected"] == (33.3, 1, 3)
    (cell,) = behind(paper, "C-09", OF_7A, f"{ARTYOM}/{MON.id}/{MON.id}")
    assert (cell.words, cell.pupil) == ("2", ARTYOM)


def test_a_work_written_again_corrects_the_mark(paper: Paper) -> None:
    story, again = Story(), uuid4()
    work = given_work(MON, "control")
    tell(story, MON, work, mark("Рультытегин Артём", 2, work=work.work))
    later = WorkAdded(
        work=again, kind="control", title="", due=work.due, window="W-07", tzdb=work.tzdb, makes_up=work.work
    )
    tell(story, FRI, later, mark("Рультытегин Артём", 3, work=again))
    poured(paper, story)
    row = line(report(paper, "C-09", OF_7A), pupil="Рультытегин Артём")
    assert (row["work"], row["corrected"]) == ("Контрольная работа", "да, 3")
    assert line(report(paper, "C-09", OF_7A, "2026-10-15 12:00"), mark="2")["corrected"] == "нет"


def test_a_voided_two_is_none_though_it_was_replaced_before(paper: Paper) -> None:
    story = failed()
    two = [e.position for e in story.entries(MON.id) if getattr(e.event, "value", None) == (2,)]
    voided(story, "2026-10-15 10:00", Category.LESSON, MON.id, *two)
    poured(paper, story)
    assert len(lines(report(paper, "C-09", OF_7A, "2026-10-15 09:59"))) == 3
    (left,) = lines(report(paper, "C-09", OF_7A, "2026-10-15 10:01"))
    assert left["pupil"] == "Антипина Дарья"


def test_an_annulled_void_brings_the_two_back(paper: Paper) -> None:
    story = failed()
    two = [e.position for e in story.entries(MON.id) if getattr(e.event, "value", None) == (2,)]
    voided(story, "2026-10-15 10:00", Category.LESSON, MON.id, *two)
    voided(story, "2026-10-16 10:00", Category.LESSON, MON.id, story.entries(MON.id)[-1].position)
    poured(paper, story)
    assert len(lines(report(paper, "C-09", OF_7A, "2026-10-16 09:59"))) == 1
    assert len(lines(report(paper, "C-09", OF_7A, "2026-10-16 10:01"))) == 3


def test_the_teachers_recommendation_stays_sealed_in_the_report(paper: Paper) -> None:
    story = failed()
    text = sealed("Повторить § 7", ARTYOM, uuid4(), 0)
    remark = RemarkWritten(remark=uuid4(), kind="recommendation", text=text, journal=named("7А Алгебра"))
    stream = streams.family(SCHOOL_ID, ARTYOM)
    written(story, "Соколова", "2026-10-16 15:00", Category.CASE, stream, remark)
    poured(paper, story)
    found = report(paper, "C-09", OF_7A)
    kept = line(found, pupil="Рультытегин Артём")["recommendation"]
    assert isinstance(kept, PersonalText)
    assert unseal(kept, KEY_OF) == "Повторить § 7"
    assert line(found, pupil="Каляна Мария")["recommendation"] is None


# C-13


def filled() -> Story:
    """Three lessons of algebra: Антипина has marks in the first two, Каляна in the last, Рультытегин none."""
    story = Story()
    tell(story, MON, mark("Антипина Дарья", 5))
    tell(story, WED, mark("Антипина Дарья", 4, lesson=WED))
    tell(story, FRI, mark("Каляна Мария", 3, lesson=FRI))
    return story


def test_fullness_is_marks_against_lessons_and_the_longest_gap(paper: Paper) -> None:
    poured(paper, filled())
    found = report(paper, "C-13", asked(class_id="7А", subject="Алгебра"))
    darya, mariya, artyom = (
        line(found, pupil=name) for name in ("Антипина Дарья", "Каляна Мария", "Рультытегин Артём")
    )
    assert (darya["marks"], darya["lessons"], darya["share"], darya["gap"]) == (2, 3, 66.7, 1)
    assert (mariya["share"], mariya["gap"], mariya["level"]) == (33.3, 2, "средняя")
    assert (darya["level"], artyom["level"], artyom["gap"]) == ("высокая", "низкая", 3)
    assert figures(found)["level:низкая"] == (66.7, 4, 6)


def test_the_forecast_is_against_the_least_number_of_the_week_hours(paper: Paper) -> None:
    """Algebra has three lessons a week: seven marks by the end of the trimester (35 lessons)."""
    poured(paper, filled())
    term = asked(FIRST, date(2026, 11, 20), class_id="7А", subject="Алгебра")
    found = report(paper, "C-13", term)
    darya, mariya = line(found, pupil="Антипина Дарья"), line(found, pupil="Каляна Мария")
    whole = sum(each.date <= date(2026, 11, 20) for each in SCHOOL.timetable.by_journal[named("7А Алгебра")])
    assert (darya["needed"], darya["lessons"], darya["marks"], whole) == (7, 20, 2, 34)
    assert darya["forecast"] == f"не хватит: будет {2 * 34 // 20}"
    assert mariya["forecast"] == "не хватит: будет 1"


def test_marks_travel_with_a_pupil_into_the_fullness_of_the_new_class(paper: Paper) -> None:
    story = Story((ARTYOM, PupilMoved(class_id=named("6А"), first=date(2026, 10, 14), order=None)))
    russian = given_lesson("7А Русский язык", "2026-10-12")
    tell(story, russian, mark("Рультытегин Артём", 4, lesson=russian), by="Лебедева")
    poured(paper, story)
    row = line(report(paper, "C-13", asked(class_id="6А")), pupil="Рультытегин Артём")
    assert (row["marks"], row["lessons"]) == (1, 3)  # Monday and Tuesday in 7А, Wednesday in 6А
    assert "Рультытегин Артём" not in {r["pupil"] for r in lines(report(paper, "C-13", OF_7A))}
    held_there = behind(paper, "C-13", asked(class_id="6А"), f"{ARTYOM}/{named('6А Русский язык')}")
    assert [each.words for each in held_there] == ["отметка", "без отметки", "без отметки"]


def test_there_is_no_report_of_no_class(paper: Paper) -> None:
    poured(paper, Story())
    for code in ("C-08", "C-09", "C-13"):
        with pytest.raises(NoSuchPage):
            report(paper, code, asked(class_id="5Г"))


# C-21


def endangered() -> Story:
    """By 30 October every lesson of geometry (one a week): Рультытегин missed five of nine, one of them ill."""
    story = Story()
    days = [
        each for each in SCHOOL.timetable.by_journal[named("7А Геометрия")] if each.date <= date(2026, 10, 30)
    ]
    for n, lesson in enumerate(days):
        own = [AttendanceTaken(), *([AbsenceNoted(pupil=ARTYOM)] if n < 5 else [])]
        marks = [mark("Каляна Мария", 4, lesson=lesson)] if n < 3 else []
        tell(story, lesson, *own, *marks, by="Ефимова")
    ill = AbsencesExplained(
        explanation=named("справка"),
        pupil=ARTYOM,
        first=days[0].date,
        last=days[0].date,
        category="по болезни",
        document=None,
    )
    stream = streams.excuses(SCHOOL_ID, ARTYOM)
    written(story, "Громова", "2026-10-30 19:00", Category.CASE, stream, ill)
    return story


GEOMETRY = asked(FIRST, date(2026, 11, 20), class_id="7А", subject="Геометрия")
LATER = "2026-10-30 20:00"


def test_whoever_missed_too_much_or_has_few_marks_is_forecast(paper: Paper) -> None:
    poured(paper, endangered())
    found = report(paper, "C-21", GEOMETRY, LATER)
    artyom = line(found, pupil="Рультытегин Артём")
    assert (artyom["missed"], artyom["held"], artyom["share"], artyom["excused"]) == (5, 9, 55.6, 20.0)
    assert (artyom["marks"], artyom["needed"], artyom["risk"]) == (0, 3, "много пропусков, мало отметок")
    assert "Каляна Мария" not in {row["pupil"] for row in lines(found)}
    assert figures(found) == {"pupils": (5, None, None), "absent": (1, None, None), "short": (5, None, None)}


def test_at_half_the_lessons_nothing_is_too_much_yet(paper: Paper) -> None:
    """Four of eight, at the edge, is not strictly more than the half."""
    story = Story()
    days = SCHOOL.timetable.by_journal[named("7А Геометрия")][:8]
    for n, lesson in enumerate(days):
        tell(story, lesson, *([AbsenceNoted(pupil=ARTYOM)] if n < 4 else []), by="Ефимова")
    poured(paper, story)
    after = (days[-1].ends + timedelta(hours=1)).isoformat(" ")
    row = line(report(paper, "C-21", GEOMETRY, after), pupil="Рультытегин Артём")
    assert (row["missed"], row["held"], row["risk"]) == (4, 8, "мало отметок")


def test_the_decision_stands_beside_the_risk(paper: Paper) -> None:
    story, page = endangered(), named("7А Геометрия")
    why = sealed("болел", ARTYOM, uuid4(), 0)
    granted = ExceptionGranted(
        case=uuid4(), journal=page, period=TERM, pupil=ARTYOM, ground="non_attestation", reason=why
    )
    written(story, "Дьячкова", "2026-11-18 12:00", Category.PERIOD, sheet_of(page, TERM), granted)
    marked(story, "Ефимова", "2026-11-19 12:00", page, TERM, "period", "Рультытегин Артём", "3")
    poured(paper, story)
    row = line(report(paper, "C-21", GEOMETRY, "2026-11-19 13:00"), pupil="Рультытегин Артём")
    assert row["decision"] == "аттестация разрешена, выставлено «3»"
    assert line(report(paper, "C-21", GEOMETRY, LATER), pupil="Рультытегин Артём")["decision"] == ""
    found = behind(paper, "C-21", GEOMETRY, f"{ARTYOM}/{page}", LATER)
    assert [each.words for each in found] == ["н"] * 5
