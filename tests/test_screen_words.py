"""How times, delays, titles and cells are written on the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from projections.journal import Cell
from web import format
from web.grid_cells import cells
from web.spoken import delay

ANADYR = ZoneInfo("Asia/Anadyr")


def test_a_day_is_written_as_on_the_blackboard():
    assert format.day_long(date(2026, 10, 14)) == "Среда, 14 октября"


def test_times_are_the_schools_own():
    assert format.clock(datetime(2026, 10, 12, 12, 1, tzinfo=UTC), ANADYR) == "00:01"
    assert format.moment(datetime(2026, 10, 12, 12, 1, tzinfo=UTC), ANADYR) == "13.10 00:01"
    assert format.moment(datetime.fromisoformat("2026-10-12 23:59:59"), ANADYR) == "12.10 23:59"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "меньше чем на минуту"),
        (59, "меньше чем на минуту"),
        (60, "на 1 мин"),
        (1500, "на 25 мин"),
        (3599, "на 59 мин"),
        (32520, "на 9 ч 02 мин"),
        (86399, "на 23 ч 59 мин"),
        (86400, "на 1 дн 0 ч"),
    ],
)
def test_a_delay_is_told_in_words(seconds, text):
    assert delay(seconds) == text


@pytest.mark.parametrize(
    ("n", "text"), [(1, "1 запись"), (3, "3 записи"), (11, "11 записей"), (22, "22 записи")]
)
def test_russian_has_three_plurals(n, text):
    assert format.plural(n, "запись", "записи", "записей") == text


@pytest.mark.parametrize(
    ("title", "short"),
    [("Самостоятельная работа", "СР"), ("Контрольный диктант с заданием", "КДЗ"), ("Сочинение", "соч")],
)
def test_a_kind_of_work_fits_the_head_of_its_column(title, short):
    assert format.short_kind(title) == short


def test_a_cell_says_what_its_signs_mean_and_what_it_was_when_seen():
    late = cells([Cell(value="2", seen=41, delay=32520, permitted=True, rewritten=1)])
    assert "data-s=41" in late
    assert 'title="внесено после срока на 9 ч 02 мин, по разрешению, переписано раз: 1"' in late
    assert cells([Cell(), Cell(value="4/3", seen=7), Cell(absent=True, seen=8)]) == (
        '<td><td data-s=7>4/3<td class="n" data-s=8>н'
    )


def test_a_value_cannot_break_out_of_its_cell():
    assert "<b>" not in cells([Cell(value="<b>", seen=1)])
