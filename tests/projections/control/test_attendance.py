"""C-14: attendance of a class and of its pupils (Perm 3.4; Усть-Белая 9.4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commands.attendance import TakeAttendance
from ledger import streams
from ledger.entry import Category
from ledger.events.attendance import AbsenceNoted, AbsencesExplained
from ledger.events.calendar import DistanceDeclared
from ledger.events.orders import OrderIssued
from ledger.events.roster import ClassFormed, PupilMoved
from ledger.timetable import Lesson
from projections import attendance_stats
from tests.correction_cases import voided, written
from tests.projections.control.reported import (
    FRIDAY,
    MONDAY,
    asked,
    behind,
    figures,
    line,
    lines,
    poured,
    report,
)
from tests.projections.pouring import Paper
from tests.projections.test_substitutions import WEDNESDAY, covered, item
from tests.story import Story
from tests.term import told as random_term
from tests.world import FIRST, SCHOOL_ID, given_lesson, named

KLASS, ARTYOM, MARIYA = named("7А"), named("Рультытегин Артём"), named("Каляна Мария")
PAGES = {
    "Разговоры о важном": "Громова",
    "Алгебра": "Соколова",
    "Русский язык": "Лебедева",
    "Литература": "Лебедева",
    "Физкультура": "Ким",
    "Физика": "Петров",
}
ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
OF_7A = asked(class_id="7А")


def take(story: Story, by: str, lesson: Lesson, *absent: str) -> None:
    during = (lesson.starts + timedelta(minutes=5)).isoformat(" ")
    story.do(by, during, TakeAttendance(lesson=lesson.id, absent=tuple(map(named, absent))))


def told(*more: tuple[object, object]) -> Story:
    """Monday of 7А, six lessons: Рультытегин was away all day, ill; Каляна from algebra only."""
    story = Story(*more)  # type: ignore[arg-type]
    for subject, by in PAGES.items():
        away = ["Рультытегин Артём", *(["Каляна Мария"] if subject == "Алгебра" else [])]
        take(story, by, given_lesson(f"7А {subject}", "2026-10-12"), *away)
    ill = AbsencesExplained(
        explanation=named("справка"),
        pupil=ARTYOM,
        first=MONDAY,
        last=FRIDAY,
        category="по болезни",
        document=None,
    )
    written(story, "Громова", "2026-10-13 09:00", Category.CASE, streams.excuses(SCHOOL_ID, ARTYOM), ill)
    return story


def test_a_class_has_its_lessons_days_and_reasons(paper: Paper) -> None:
    """36 presences, 7 missed: 29 ÷ 36 = 80,6 %."""
    poured(paper, told())
    found = report(paper, "C-14", asked())
    row = line(found, who="7А")
    assert (row["held"], row["missed"], row["days"], row["share"]) == (36, 7, 1, 80.6)
    assert (row["category:по болезни"], row["category:"], row["category:без уважительной причины"]) == (
        6,
        1,
        0,
    )
    assert figures(found)["share"] == (80.6, 29, 36)
    assert (line(found, who="6А")["held"], line(found, who="6А")["share"]) == (0, None)


def test_pupils_of_a_class_are_told_one_by_one(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-14", OF_7A)
    his, hers = line(found, who="Рультытегин Артём"), line(found, who="Каляна Мария")
    assert (his["held"], his["missed"], his["days"], his["share"]) == (6, 6, 1, 0.0)
    assert (hers["held"], hers["missed"], hers["days"], hers["share"]) == (6, 1, 0, 83.3)
    assert [row["who"] for row in lines(found)][:2] == ["Антипина Дарья", "Вуквукай Илья"]
    words = [each.words for each in behind(paper, "C-14", OF_7A, str(MARIYA))]
    assert words == ["урок 2, причина не указана"]
    assert len(behind(paper, "C-14", asked(), str(KLASS))) == 7


def test_a_subject_or_a_teacher_is_counted_alone(paper: Paper) -> None:
    poured(paper, told())
    assert line(report(paper, "C-14", asked(subject="Алгебра")), who="7А")["missed"] == 2
    hers = line(report(paper, "C-14", asked(teacher="Лебедева")), who="7А")
    assert (hers["held"], hers["missed"]) == (12, 2)


def test_what_a_substitute_counts_lies_behind_though_the_page_is_anothers(paper: Paper) -> None:
    story = covered(item(WEDNESDAY, "Соколова"))
    take(story, "Соколова", WEDNESDAY, "Каляна Мария")
    poured(paper, story)
    hers = asked(subject="Физика", teacher="Соколова")
    assert line(report(paper, "C-14", hers), who="7А")["missed"] == 1
    assert [each.lesson for each in behind(paper, "C-14", hers, str(KLASS))] == [WEDNESDAY.id]


def test_a_voided_absence_counts_until_the_void(paper: Paper) -> None:
    story = told()
    noted = next(
        e.position
        for e in story.entries(ALGEBRA.id)
        if isinstance(e.event, AbsenceNoted) and e.event.pupil == MARIYA
    )
    voided(story, "2026-10-14 10:00", Category.LESSON, ALGEBRA.id, noted)
    poured(paper, story)
    assert line(report(paper, "C-14", asked(), "2026-10-14 09:59"), who="7А")["missed"] == 7
    assert line(report(paper, "C-14", asked(), "2026-10-14 10:01"), who="7А")["missed"] == 6


def test_days_at_a_distance_count_for_nobody(paper: Paper) -> None:
    distance = DistanceDeclared(
        distance=named("актировка"),
        mode="activated",
        first=MONDAY,
        last=MONDAY,
        classes=(KLASS,),
        order=named("приказ"),
    )
    given = OrderIssued(kind="distance", number=None, date=MONDAY)
    story = Story((named("приказ"), given), (streams.calendar(SCHOOL_ID), distance))
    take(story, "Соколова", ALGEBRA)
    take(story, "Соколова", given_lesson("7А Алгебра", "2026-10-14"), "Каляна Мария")
    poured(paper, story)
    row = line(report(paper, "C-14", asked()), who="7А")
    assert (row["held"], row["missed"]) == (6, 1)


def test_who_moves_in_the_week_is_counted_where_he_sat(paper: Paper) -> None:
    """Ященко is of 6А from Wednesday: two classes, a lesson in each."""
    moved = PupilMoved(class_id=named("6А"), first=date(2026, 10, 14), order=None)
    story = Story((named("Ященко Ольга"), moved))
    take(story, "Соколова", ALGEBRA, "Ященко Ольга")
    take(story, "Лебедева", given_lesson("6А Русский язык", "2026-10-14"), "Ященко Ольга")
    poured(paper, story)
    found = report(paper, "C-14", asked())
    assert (line(found, who="7А")["held"], line(found, who="7А")["missed"]) == (6, 1)
    assert (line(found, who="6А")["held"], line(found, who="6А")["missed"]) == (2, 1)
    assert line(found, who="6А")["days"] == line(found, who="7А")["days"] == 1


def test_an_empty_class_has_a_line_without_a_share(paper: Paper) -> None:
    poured(paper, told((named("8Б"), ClassFormed(year=2026, title="8Б", grade=8, level="ООО"))))
    row = line(report(paper, "C-14", asked()), who="8Б")
    assert (row["held"], row["share"]) == (0, None)
    assert lines(report(paper, "C-14", asked(class_id="8Б"))) == []


@pytest.mark.parametrize("seed", [3, 8])
def test_the_sums_are_those_of_every_presence_taken_one_by_one(paper: Paper, seed: int) -> None:
    """With a group, a newcomer, an exemption, home tuition and reasons of absences."""
    last = date(2026, 10, 30)
    story, _ = random_term(seed, last)
    poured(paper, story)
    wanted = asked(FIRST, last, class_id="7А")
    found = report(paper, "C-14", wanted, "2026-10-31 12:00")
    with paper.reading("2026-10-31 12:00") as reading:
        page = attendance_stats.page(reading, KLASS, FIRST, last)
    plain = [
        (p.name, p.tally.held, p.tally.missed, *p.tally.categories, p.tally.days, p.tally.late)
        for p in page.pupils
    ]
    assert [each.values[:-1] for each in found.lines] == plain
    whole = line(report(paper, "C-14", asked(FIRST, last), "2026-10-31 12:00"), who="7А")
    assert (whole["held"], whole["missed"]) == (page.total.held, page.total.missed)
    assert whole["days"] == page.total.days
