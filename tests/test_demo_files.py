"""The demonstration school's own files: sound, with the people the scenarios name, and laid on any day."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from commands.files.bell_choice import ringing, schedule_for
from commands.files.csv_bundle import read_bundle_folder
from commands.files.csv_rows import SchoolBundle
from commands.files.csv_text import clean_cell
from web.demo.calendar import SHORTENED, lay_calendar, moved
from web.demo.topic_lists import TaughtTopic, read_topics, topic_for

DEMO = Path(__file__).resolve().parents[1] / "web" / "demo"
DAYS = [date(2026, 7, 1) + timedelta(days=n) for n in range(0, 800)]


@pytest.fixture(scope="module")
def school() -> SchoolBundle:
    reading = read_bundle_folder(DEMO / "school")
    assert reading.value is not None, reading.problems
    return reading.value


def test_the_school_has_classes_from_one_to_eleven_and_about_250_pupils(school: SchoolBundle) -> None:
    assert {row.grade for row in school.classes} == set(range(1, 12))
    assert 240 <= len(school.pupils) <= 260
    sizes = Counter(row.class_name for row in school.pupils)
    assert (sizes["7А"], sizes["8Б"]) == (26, 25)
    assert all(row.class_teacher for row in school.classes)
    assert {row.pupil for row in school.guardians} == {row.id for row in school.pupils}


@pytest.mark.parametrize(
    ("class_name", "names"),
    [
        (
            "7А",
            "Антипина Дарья, Вуквукай Илья, Каляна Мария, Рультытегин Артём, Тынетегин Павел, Ященко Ольга",
        ),
        ("8Б", "Мальцев Глеб"),
        ("9А", "Кергитваль Олег"),
        ("10А", "Омрына Анна"),
        ("11А", "Антипин Егор"),
    ],
)
def test_the_pupils_of_the_scenarios_are_there(school: SchoolBundle, class_name: str, names: str) -> None:
    there = {f"{row.last_name} {row.first_name}" for row in school.pupils if row.class_name == class_name}
    assert there >= set(names.split(", "))


def test_the_staff_of_the_scenarios_are_there(school: SchoolBundle) -> None:
    roles = {f"{row.last_name} {row.first_name[0]}. {row.middle_name[0]}.": row.roles for row in school.staff}
    assert roles["Орлова Н. К."] == ("director",)
    assert roles["Ефимова Т. С."] == ("deputy", "teacher")
    assert roles["Дьячкова Л. М."] == ("deputy",)
    assert roles["Кеулькут В. И."] == ("methodist",)
    assert roles["Громова Е. П."] == ("teacher", "class_teacher")
    assert roles["Носов Д. А."] == ("administrator",)
    teachers = ("Соколова И. В.", "Петров О. А.", "Лебедева А. Н.", "Ким Р. С.")
    assert all("teacher" in roles[name] for name in teachers)


def test_7a_has_algebra_on_monday_wednesday_friday_and_ends_at_five_past_two(school: SchoolBundle) -> None:
    rows = [row for row in school.timetable if row.class_name == "7А"]
    algebra = sorted((row.weekday, row.number, row.teacher) for row in rows if row.subject == "Алгебра")
    assert algebra == [(1, 2, "sokolova"), (3, 2, "sokolova"), (5, 2, "sokolova")]
    assert ("petrov", 3, 3) in {
        (row.teacher, row.weekday, row.number) for row in rows if row.subject == "Физика"
    }
    seventh = next(row for row in school.classes if row.name == "7А")
    bells = ringing(school.bells)
    for weekday in range(1, 6):
        schedule = schedule_for(school.bell_days, seventh, weekday)
        assert schedule is not None
        last = max(row.number for row in rows if row.weekday == weekday)
        assert f"{bells[schedule, last][1]:%H:%M}" == "14:05"
        assert f"{bells[schedule, 2][0]:%H:%M}–{bells[schedule, 2][1]:%H:%M}" == "09:25–10:05"


def test_the_timetable_teaches_the_hours_of_the_workload_without_gaps(school: SchoolBundle) -> None:
    taught = Counter((row.class_name, row.group, row.subject, row.teacher) for row in school.timetable)
    due = {(row.class_name, row.group, row.subject, row.teacher): row.hours for row in school.workload}
    assert taught == due
    days: dict[tuple[str, int], set[int]] = {}
    for row in school.timetable:
        days.setdefault((row.class_name, row.weekday), set()).add(row.number)
    assert len(days) == len(school.classes) * 5
    assert all(numbers == set(range(1, len(numbers) + 1)) for numbers in days.values())


@pytest.mark.parametrize("today", DAYS[::13] + DAYS[:14])
def test_on_any_day_lessons_were_held_yesterday_and_are_held_today(school: SchoolBundle, today: date) -> None:
    calendar = lay_calendar(today)
    laid = moved(school, calendar)
    weekdays = {row.weekday for row in laid.timetable}
    assert weekdays == set(calendar.weekday_map.values())
    assert len(weekdays) == 5
    yesterday = today - timedelta(days=1)
    assert {today.isoweekday(), yesterday.isoweekday()} <= weekdays
    assert {today.isoweekday(), yesterday.isoweekday()} <= {row.weekday for row in laid.bell_days}
    recent = [today - timedelta(days=n) for n in range(21)]
    assert not any(row.first <= day <= row.last for row in laid.holidays for day in recent)
    running = {row.level: row.last for row in laid.periods if row.first <= recent[-1] and today <= row.last}
    assert running.keys() == {"НОО", "ООО", "СОО"}
    assert [level for level, last in running.items() if last == today] == [SHORTENED]
    assert 42 <= (today - laid.school.year_first).days <= 45
    assert laid.school.year_first == calendar.adaptation_from <= calendar.adaptation_to < yesterday


def test_from_tuesday_to_friday_weekdays_stay_as_the_files_have_them() -> None:
    tuesday = date(2027, 7, 6)
    for today in (tuesday + timedelta(days=n) for n in range(4)):
        assert dict(lay_calendar(today).weekday_map) == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
    assert dict(lay_calendar(date(2027, 7, 10)).weekday_map) == {1: 2, 2: 3, 3: 4, 4: 5, 5: 6}
    assert dict(lay_calendar(date(2027, 7, 11)).weekday_map) == {1: 6, 2: 7, 3: 1, 4: 2, 5: 3}
    assert dict(lay_calendar(date(2027, 7, 12)).weekday_map) == {1: 7, 2: 1, 3: 2, 4: 3, 5: 4}


def test_moving_the_calendar_keeps_every_date_on_its_lesson_day(school: SchoolBundle) -> None:
    calendar = lay_calendar(date(2027, 1, 3))
    laid = moved(school, calendar)
    for before, after in zip(school.periods, laid.periods, strict=True):
        if before.first.isoweekday() <= 5 and after.first != calendar.today + timedelta(days=1):
            assert after.first.isoweekday() == calendar.weekday_map[before.first.isoweekday()]
    assert laid.school.year == "2026/27"
    assert [row.id for row in laid.pupils] == [row.id for row in school.pupils]


def test_every_subject_has_topics_and_seven_a_has_thirty_of_each_main_one(school: SchoolBundle) -> None:
    lists = read_topics(DEMO / "topics")
    assert {subject for subject, _ in lists} >= {row.subject for row in school.subjects}
    assert sum(len(rows) >= 30 for (_, grade), rows in lists.items() if grade == 7) == 12
    for row in (row for rows in lists.values() for row in rows):
        assert clean_cell(row.topic) == row.topic != ""
        assert row.homework is None or clean_cell(row.homework) == row.homework != ""


def test_topics_come_in_order_begin_again_and_fall_back_to_the_general_list() -> None:
    lists = read_topics(DEMO / "topics")
    eighteenth = topic_for(lists, "Алгебра", 7, 18)
    assert eighteenth == TaughtTopic(
        topic="Степень с натуральным показателем", homework="§ 7, № 121–124, письменно"
    )
    assert topic_for(lists, "Алгебра", 7, 48) == eighteenth
    assert topic_for(lists, "Алгебра", 7, 30) == TaughtTopic(
        topic="Контрольная работа № 2 «Многочлены»", homework=None
    )
    assert topic_for(lists, "Алгебра", 9, 1) == lists["Алгебра", None][0]
    assert topic_for(lists, "Фехтование", 9, 1) is None
