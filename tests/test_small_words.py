"""What the pages say in passing: days that are none, kinds of work in their order, times of deadlines."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ledger.windows import spoken
from projections.work_choice import kinds_for
from tests.browser.school import Site, named
from tests.test_api import Caller
from tests.world import SCHOOL, UST_BELAYA
from tests.world import named as of_world

WEEK = f"/class/{named('7А')}"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (date(2026, 11, 22), "22.11.2026"),
        (datetime.fromisoformat("2026-11-22 11:05"), "22.11.2026 11:05"),
        (datetime.fromisoformat("2026-11-22 23:59:59"), "22.11.2026 23:59:59"),
    ],
)
def test_seconds_are_said_where_they_decide(moment: date, said: str) -> None:
    assert spoken(moment) == said


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [
        ("7А Алгебра", "homework_check", "physical_test"),
        ("7А Физкультура", "physical_test", "recitation"),
        ("7А Русский язык", "dictation", "physical_test"),
        ("7А Литература", "exposition", "physical_test"),
    ],
)
def test_kinds_of_work_of_the_subject_stand_first(page: str, first: str, last: str) -> None:
    offered = [key for key, _ in kinds_for(of_world(page), SCHOOL, UST_BELAYA)]
    assert (offered[0], offered[-1]) == (first, last)
    assert set(offered) == set(UST_BELAYA.work_kinds) - {"answer"}


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/class?week=2026-02-31", 400, "Даты «2026-02-31» не бывает."),
        (f"{WEEK}?week=2026-02-31", 400, "Даты «2026-02-31» не бывает."),
        (f"{WEEK}/absences?first=2026-10-14&last=2026-10-13", 400, "Последний день раньше первого."),
        (f"{WEEK}/absences?first=2026-10-14&last=2026-10-14", 200, ""),
        (f"{WEEK}?at=2090", 404, "Этот момент ещё не наступил."),
        (f"{WEEK}?at=2090-02", 404, "Этот момент ещё не наступил."),
        (f"{WEEK}?at=вчера", 400, "Даты «вчера» не бывает."),
        ("/absences?class_id=x", 200, ""),
    ],
)
def test_a_day_that_is_none_is_told_so(site: Site, path: str, status: int, sentence: str) -> None:
    caller = Caller(site, "class-teacher")
    caller.base = caller.base.removesuffix("/api/v1")
    answer = caller.get(path)
    assert answer.status_code == status
    assert sentence in answer.text
