"""Every report of the classes answers every filter and every moment: lines as wide as their columns, keys that name
one line, and something behind each of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from projections.control import REPORTS
from projections.control.report import Asked, Report
from projections.reading import NoSuchPage
from tests.projections.control.reported import asked, poured
from tests.projections.pouring import Paper
from tests.term import marked, told
from tests.world import FIRST, PUPILS, named

CODES = (
    *("C-05", "C-08", "C-09", "C-10", "C-11", "C-12", "C-13", "C-14", "C-15", "C-20", "C-21"),
    *("C-26", "C-27", "C-28", "C-29"),
)
TERM_END = date(2026, 11, 20)
ASKED = (
    asked(FIRST, TERM_END),
    asked(FIRST, TERM_END, class_id="7А"),
    asked(FIRST, TERM_END, class_id="6А"),
    asked(FIRST, date(2027, 5, 28), class_id="7А"),
    asked(FIRST, TERM_END, class_id="7А", subject="Физкультура"),
    asked(FIRST, TERM_END, class_id="7А", teacher="Лебедева"),
    asked(FIRST, TERM_END, level="СОО"),
    asked(date(2026, 10, 10), date(2026, 10, 11), class_id="7А"),
    asked(date(2026, 8, 1), date(2026, 8, 31), class_id="7А"),
)
MOMENTS = ("2026-08-31 13:00", "2026-10-12 09:00", "2026-11-25 12:00")


@pytest.fixture
def term(paper: Paper) -> Paper:
    """A term told at random, with a group, a newcomer, home tuition; marks for the period in every subject."""
    story, school = told(5, TERM_END)
    for page in school.journals.values():
        for n, pupil in enumerate(school.pupils_of(page.id, TERM_END)):
            if page.class_id == named("7А"):
                marked(story, page.id, pupil, "5432"[n % 4], "2026-11-20 19:00")
    return poured(paper, story)


def answers(term: Paper, code: str) -> Iterator[tuple[Report, list[int]]]:
    """Each with how much stands behind its first lines."""
    row = REPORTS[code]
    for when in MOMENTS:
        with term.reading(when) as reading:
            for about in ASKED:
                if "class_id" in row.needs and about.class_id is None:
                    continue
                try:
                    found = row.report(reading, about)
                except NoSuchPage:
                    assert _may_be_nothing(about, when)
                    continue
                yield found, [len(list(row.behind(reading, about, line.key))) for line in found.lines[:3]]


def _may_be_nothing(about: Asked, when: str) -> bool:
    """Days outside the study year, or a moment before the school had a year."""
    return about.last < FIRST or when < "2026-09-01"


@pytest.mark.parametrize("code", CODES)
def test_a_report_answers_every_filter_and_moment(term: Paper, code: str) -> None:
    lines = 0
    for found, behind in answers(term, code):
        assert found.code == code
        assert all(len(line.values) == len(found.columns) for line in found.lines)
        assert len({line.key for line in found.lines}) == len(found.lines)
        assert len({column.key for column in found.columns}) == len(found.columns)
        assert len({figure.key for figure in found.figures}) == len(found.figures)
        for chart in found.charts:
            assert all(len(values) == len(chart.labels) for _, values in chart.series)
        lines += len(found.lines)
        if code in ("C-08", "C-09", "C-10", "C-20", "C-26", "C-29"):
            assert all(behind)
    assert lines > 0 or code == "C-26"


def test_the_newcomer_and_the_pupil_at_home_are_where_they_sit(term: Paper) -> None:
    """Of 7А at the end of the term: six of its own and the newcomer; nobody is left in 6А."""
    with term.reading(MOMENTS[-1]) as reading:
        here = REPORTS["C-27"].report(reading, ASKED[1])
        gone = REPORTS["C-27"].report(reading, ASKED[2])
    pupils = {str(named(who)) for who in (*PUPILS["7А"], "Эттувги Роман")}
    assert {line.key for line in here.lines} - {"mean", "success", "quality"} == pupils
    assert gone.lines == ()
