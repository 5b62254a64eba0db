"""Windows as they are shown: the column head's deadline, «ДЗ до 15:05», and the zone data behind them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from ledger import streams
from ledger.events.days import ExtraLessonScheduled
from ledger.events.journals import HomeJournalListed
from ledger.windows import (
    absence_window,
    answer_window,
    delay,
    homework_window,
    spoken,
    topic_window,
    tzdb_version,
)
from tests.world import SCHOOL, SCHOOL_ID, UST_BELAYA, given_lesson, given_school, named

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")


def ends(window):
    return f"{window.opens:%H:%M} {window.soft:%H:%M:%S} {window.hard:%H:%M:%S}"


def test_the_windows_of_a_monday_lesson():
    assert ends(answer_window(ALGEBRA, SCHOOL, UST_BELAYA)) == "09:25 23:59:59 23:59:59"
    assert ends(topic_window(ALGEBRA, SCHOOL, UST_BELAYA)) == "09:25 23:59:59 23:59:59"
    assert ends(homework_window(ALGEBRA, SCHOOL, UST_BELAYA)) == "09:25 15:05:00 23:59:59"
    assert ends(absence_window(ALGEBRA, SCHOOL, UST_BELAYA)) == "09:25 10:05:00 23:59:59"


def test_the_hour_for_homework_starts_with_the_classes_last_lesson_of_that_very_day():
    thursday = given_lesson("7А Русский язык", "2026-10-15")  # 7А ends with geometry at 11:05
    assert homework_window(thursday, SCHOOL, UST_BELAYA).soft == datetime.fromisoformat("2026-10-15 12:05")


def test_a_lesson_at_a_pupils_home_does_not_move_the_hour_for_homework_of_the_class_but_its_own():
    """8.2: the page of a pupil taught at home stands beside the class, not in it."""
    page = named("дома Алгебра")
    school = given_school(
        (
            page,
            HomeJournalListed(
                pupil=named("Каляна Мария"), class_id=named("7А"), subject=named("Алгебра"), year=2026
            ),
        ),
        (
            streams.day(SCHOOL_ID, named("7А"), ALGEBRA.date),
            ExtraLessonScheduled(
                slot=named("дома"),
                journal=page,
                date=ALGEBRA.date,
                number=7,
                starts=time(17, 0),
                ends=time(17, 40),
                room=None,
                mode="",
                form="",
                replaces=None,
                order=None,
            ),
        ),
    )
    assert ends(homework_window(ALGEBRA, school, UST_BELAYA)) == "09:25 15:05:00 23:59:59"
    (home,) = school.timetable.by_journal[page]
    assert homework_window(home, school, UST_BELAYA).soft == datetime.fromisoformat("2026-10-12 18:40")


def test_the_last_second_of_a_deadline_is_in_time_and_the_next_is_not():
    deadline = datetime.fromisoformat("2026-10-12 23:59:59")
    assert delay(datetime.fromisoformat("2026-10-12 23:59:59.999999"), deadline) is None
    assert delay(datetime.fromisoformat("2026-10-13 00:00:00"), deadline) == 1
    assert delay(datetime.fromisoformat("2026-10-13 09:02:00"), deadline) == 9 * 3600 + 2 * 60 + 1


def test_moments_are_spoken_as_people_write_them():
    assert spoken(datetime.fromisoformat("2026-10-12 23:59:59")) == "12.10.2026 23:59:59"
    assert spoken(date(2026, 10, 2)) == "02.10.2026"


def test_the_zone_data_in_use_have_a_release_name():
    assert re.fullmatch(r"20\d\d[a-z]+", tzdb_version())
