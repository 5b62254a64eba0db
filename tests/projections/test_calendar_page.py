"""«Календарь» and what a distance day says on every other page, on PostgreSQL; and said before."""

from __future__ import annotations

from datetime import date

import pytest

from commands.attendance import NoteAbsence
from commands.by_order import OrderNamed
from commands.distance import DeclareDistance
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from commands.outages import RegisterOutage
from projections import calendar_page, day, diary, journal, lesson, trail
from projections.calendar_months import CalendarDay
from projections.reading import NoSuchPage
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.test_calendar import day as on
from tests.test_calendar import outage
from tests.world import given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-19")
ILYA, MARIA = named("Вуквукай Илья"), named("Каляна Мария")
WORDS = "Дистанционное обучение, приказ № 87"


def nobody(journal: object) -> bool:
    return False


def everybody(journal: object) -> bool:
    return True


@pytest.fixture
def told(paper: Paper) -> Paper:
    """19 October: an «н» and a topic; at 15:00 the quarantine of the grade is declared, on the 20th it has a number."""
    story = Story()
    story.do("Соколова", "2026-10-19 09:30", NoteAbsence(lesson=LESSON.id, pupil=ILYA))
    story.do("Соколова", "2026-10-19 09:40", RecordTopic(lesson=LESSON.id, text="Степень"))
    whole = DeclareDistance(mode="quarantine", first=on("2026-10-19"), last=on("2026-10-23"), grades=(7,))
    story.do("Кеулькут", "2026-10-19 15:00", whole)
    online = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA, value="5", manner="online")
    story.do("Соколова", "2026-10-19 16:00", online)
    other = OrderNamed(number="87", on=on("2026-10-16"))
    activated = DeclareDistance(
        mode="activated", first=on("2026-10-19"), last=on("2026-10-19"), classes=(named("6А"),), order=other
    )
    story.do("Дьячкова", "2026-10-20 09:00", activated)
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    return paper


def the_day(page: calendar_page.CalendarPage, wanted: str) -> CalendarDay:
    days = (each for month in page.months for week in month.weeks for each in week if each is not None)
    return next(each for each in days if each.date == on(wanted))


def test_the_year_is_shown_with_its_periods_holidays_and_distance_days(told: Paper) -> None:
    with told.reading("2026-10-20 12:00") as reading:
        page = calendar_page.page(reading, None, None, everybody)
    assert (page.year, page.first, page.last) == (2026, date(2026, 9, 1), date(2027, 5, 28))
    levels = {level: (kind, [p.title for p in rows]) for level, kind, rows in page.levels}
    assert levels["СОО"] == ("half_year", ["I полугодие", "II полугодие"])
    assert levels["ООО"] == ("trimester", ["I триместр", "II триместр", "III триместр"])
    assert [h.title for h in page.holidays][:2] == ["День народного единства", "Осенние каникулы"]
    assert [(d.mode, d.reach, d.number) for d in page.distances] == [
        ("quarantine", "7А", ""),
        ("activated", "6А", "87"),
    ]
    assert [d.reach for d in page.unnumbered] == ["7А"]
    assert (the_day(page, "2026-10-20").kind, the_day(page, "2026-10-20").today) == ("distance", True)
    assert the_day(page, "2026-11-04").said == ("День народного единства",)
    assert the_day(page, "2026-10-26").kind == "lessons"
    assert the_day(page, "2026-10-25").kind == "free"
    assert the_day(page, "2026-12-29").closes
    assert the_day(page, "2026-12-29").said == ("кончается I полугодие (СОО)",)


def test_absences_noted_before_the_day_was_declared_are_listed_and_stay(told: Paper) -> None:
    with told.reading("2026-10-20 12:00") as reading:
        page = calendar_page.page(reading, 2026, None, everybody)
        unseen = calendar_page.page(reading, 2026, None, nobody)
        grid = journal.page(reading, LESSON.journal)
    (left,) = page.distances[0].absences
    assert (left.name, left.class_title, left.subject, left.date) == (
        "Вуквукай Илья",
        "7А",
        "Алгебра",
        LESSON.date,
    )
    assert unseen.distances[0].absences == ()  # whoever reads no journal is shown no pupil
    row = next(row for row in grid.rows if row.pupil == ILYA)
    assert any(cell.absent for cell in row.cells)


def test_a_family_sees_the_days_of_its_own_class_only(told: Paper) -> None:
    with told.reading("2026-10-20 12:00") as reading:
        page = calendar_page.page(reading, None, frozenset({named("6А")}), nobody)
    assert [d.reach for d in page.distances] == ["6А"]
    assert [level for level, _, _ in page.levels] == ["ООО"]
    assert the_day(page, "2026-10-19").kind == "distance"
    assert the_day(page, "2026-10-20").kind == "free"  # 6А has Russian on Mondays and Wednesdays


def test_before_it_was_declared_the_calendar_knows_of_no_quarantine(told: Paper) -> None:
    with told.reading("2026-10-19 14:00") as reading:
        page = calendar_page.page(reading, None, None, everybody)
    assert page.distances == ()
    with told.reading("2026-10-19 14:00") as reading, pytest.raises(NoSuchPage):
        calendar_page.page(reading, 2031, None, everybody)


def test_every_page_says_that_the_day_is_a_distance_day(told: Paper) -> None:
    later = "Дистанционное обучение, приказ (номер позже)"
    with told.reading("2026-10-20 12:00") as reading:
        spread, panel = journal.page(reading, LESSON.journal), lesson.page(reading, LESSON.id, KEY_OF)
        today = day.page(reading, named("Соколова"), LESSON.date)
        week = diary.week(reading, MARIA, LESSON.date, KEY_OF)
    (line,) = (line for line in spread.lines if line.lesson == LESSON.id)
    assert line.topic == f"Степень. {later}"
    assert (panel.topic, panel.distance) == ("Степень", later)  # the field holds what the teacher wrote
    assert {column.distance for column in spread.columns if column.date == LESSON.date} == {True}
    assert {column.distance for column in spread.columns if column.date < LESSON.date} == {False}
    assert [each.distance for each in today.lessons] == [later]
    (box,) = (each for each in week.days if each.date == LESSON.date)
    assert {each.distance for each in box.lessons} == {later}
    assert [each.topic for each in box.lessons if each.lesson == LESSON.id] == [f"Степень. {later}"]


def test_a_mark_of_a_distance_day_says_how_it_was_earned(told: Paper) -> None:
    with told.reading("2026-10-20 12:00") as reading:
        spread = journal.page(reading, LESSON.journal)
        history = trail.cell(reading, told.store, LESSON.id, LESSON.id, MARIA, KEY_OF)
    column = next(n for n, each in enumerate(spread.columns) if each.lesson == LESSON.id)
    assert next(row for row in spread.rows if row.pupil == MARIA).cells[column].manner == "online"
    assert [line.comment for line in history.lines] == ["за работу онлайн"]


def test_an_outage_holds_a_column_and_a_work_open_on_the_page(paper: Paper) -> None:
    monday = given_lesson("7А Алгебра", "2026-10-12")
    story = Story()
    story.do("Соколова", "2026-10-12 09:40", AddWork(lesson=monday.id, kind="independent"))
    down: RegisterOutage = outage("2026-10-14 08:00", "2026-10-14 12:00")
    story.do("Носов", "2026-10-14 12:30", down)
    paper.pour(story.store)
    caught_up(paper)
    for when, held in (("2026-10-15 23:59:59", True), ("2026-10-16 00:00:00", False)):
        with paper.reading(when) as reading:
            columns = journal.page(reading, monday.journal).columns
            works = day.page(reading, named("Соколова"), reading.today).works
        (column,) = (each for each in columns if each.kind == "independent")
        assert (column.due.isoformat(), column.open) == ("2026-10-15T23:59:59", held)
        assert [each.due == column.due for each in works] == [True] * held
