"""The long parts of the journal that are joined in Python: everything a person typed is escaped there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel

from projections.journal import Cell, Column
from projections.journal_lines import Line
from web.grid_heads import heads
from web.grid_lines import lines
from web.plain import plain

ANADYR = ZoneInfo("Asia/Anadyr")
STARTS = datetime.fromisoformat("2026-10-12 09:00")
DUE = datetime.fromisoformat("2026-10-19 23:59:59")
COLUMN = Column(
    lesson=UUID(int=1),
    work=UUID(int=2),
    date=date(2026, 10, 12),
    number=2,
    kind="test",
    kind_title="Контрольная работа",
    fraction=True,
    opens=STARTS,
    due=DUE,
    open=True,
    first_of_lesson=False,
    attendance_taken=True,
)
LINE = Line(
    lesson=UUID(int=1),
    date=date(2026, 10, 12),
    number=2,
    starts=STARTS,
    ends=STARTS + timedelta(minutes=40),
    topic=None,
    homework=None,
    manner=(),
    not_set=False,
    homework_due=None,
    homework_at=None,
    homework_late=False,
    planned=False,
    attendance_taken=True,
)


@pytest.fixture(autouse=True)
def russian():
    app = Flask("words")
    Babel(app, default_locale="ru")
    with app.test_request_context("/"):
        yield


def test_the_head_of_an_open_column_says_until_when():
    said = heads([COLUMN], DUE)
    assert 'class="head open more"' in said
    assert "signs.svg#arrow" in said
    assert 'title="Контрольная работа, 12.10, 2-й урок; открыт до 19.10 23:59"' in said


def test_a_column_is_ahead_until_its_lesson_begins():
    closed = replace(COLUMN, open=False)
    before = heads([closed], STARTS - timedelta(seconds=1))
    assert 'class="head ahead more"' in before
    assert "откроется 12.10 09:00, срок 19.10 23:59" in before
    assert "срок прошёл 19.10 23:59" in heads([closed], STARTS)


def test_the_lessons_own_column_names_no_work_of_its_own():
    own = replace(COLUMN, work=COLUMN.lesson, kind="answer", first_of_lesson=True, fraction=False)
    assert "data-w" not in heads([own], DUE)
    assert "data-f" not in heads([own], DUE)
    assert f'data-w="{COLUMN.work}"' in heads([COLUMN], DUE)
    assert " data-f>" in heads([COLUMN], DUE)


def test_nothing_typed_breaks_out_of_a_head_or_a_line():
    typed = '"><script>'
    told = replace(LINE, topic=typed, homework=typed, manner=(typed,))
    assert "<script>" not in heads([replace(COLUMN, kind_title=typed)], DUE)
    assert "<script>" not in lines([told], ANADYR, editable=True, names={})


def test_a_missing_topic_is_offered_only_to_whoever_writes():
    assert "#topic" in lines([LINE], ANADYR, editable=True, names={})
    assert "#topic" not in lines([LINE], ANADYR, editable=False, names={})
    assert "ещё впереди" in lines([replace(LINE, planned=True)], ANADYR, editable=True, names={})


def test_late_homework_says_when_it_was_entered_by_the_schools_clock():
    entered = datetime(2026, 10, 12, 7, 40, tzinfo=UTC)
    late = replace(
        LINE, homework="§ 5", homework_due=date(2026, 10, 14), homework_at=entered, homework_late=True
    )
    said = lines([late], ANADYR, editable=False, names={})
    assert "внесено 12.10 19:40" in said
    assert "→&nbsp;14.10" in said
    assert "не задано" in lines([replace(LINE, not_set=True)], ANADYR, editable=False, names={})


def test_a_cell_is_an_object_for_programs():
    said = plain(Cell(value="4", seen=7))
    assert (said["value"], said["seen"], said["absent"]) == ("4", 7, False)


def test_a_column_for_all_says_how_many_have_a_mark_and_a_column_of_another_page_is_told_apart() -> None:
    part = heads([replace(COLUMN, for_all=True, marked=4, expected=5)], STARTS)
    assert '<small class="count part">4/5</small>' in part
    assert "отметки у 4 из 5" in part
    assert '<small class="count">5/5</small>' in heads(
        [replace(COLUMN, for_all=True, marked=5, expected=5)], STARTS
    )
    assert "count" not in heads([COLUMN], STARTS)
    assert "data-x" not in heads([COLUMN], STARTS)
    foreign = heads([replace(COLUMN, kind="literacy", source=UUID(int=3), open=False)], STARTS)
    assert "data-x" in foreign
    assert "отметки ставят на другой странице" in foreign
