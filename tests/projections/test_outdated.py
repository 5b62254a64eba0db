"""E-04: a paper that was handed over is out of date once an Act takes away what it shows; ordinary work leaves it."""

# ruff: noqa: F811 - `paper` is the fixture

from __future__ import annotations

from uuid import uuid4

import pytest

from commands.class_reports import HandOverReports
from commands.marks import GiveMark
from ledger.appending import Append
from ledger.entry import Category, Draft
from ledger.events.voids import EntriesVoided
from projections import handed
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.term import KLASS, PERIOD
from tests.under_act import under
from tests.world import SCHOOL_ID, given_lesson, named, stamp

LESSON = given_lesson("7А Алгебра", "2026-11-16")


@pytest.fixture
def story() -> Story:
    """A mark, and the reports of the period handed over with it."""
    made = under("padun")
    give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named("Вуквукай Илья"), value="5")
    made.do("Соколова", "2026-11-16 10:00", give)
    head = made.store.head(SCHOOL_ID).position
    hand = HandOverReports(class_id=KLASS, period=PERIOD, papers=("class_report",), position=head)
    made.do("Громова", "2026-11-20 15:00", hand)
    return made


def outdated(paper: Paper, story: Story, when: str) -> int:
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        page = handed.page(reading, 2026, [KLASS])
    return next(each.outdated for each in page.lines if each.period == PERIOD)


def void(story: Story, when: str) -> None:
    story.at(when)
    (position,) = [
        entry.position for entry in story.entries(LESSON.id) if type(entry.event).__name__ == "MarkGiven"
    ]
    event = EntriesVoided(act=uuid4(), positions=(position,))
    draft = Draft(category=Category.LESSON, stream=LESSON.id, version=None, event=event)
    by = stamp("Носов", when)
    story.store.append(Append(stamp=by, body_sha256=bytes(32), answer="{}", drafts=(draft,)))


@pytest.mark.case("E-04")
def test_a_report_whose_mark_an_act_took_away_is_out_of_date(paper: Paper, story: Story) -> None:
    void(story, "2026-11-24 12:00")
    assert outdated(paper, story, "2026-11-24 13:00") == 1


def test_ordinary_work_after_the_handing_over_leaves_it(paper: Paper, story: Story) -> None:
    later = given_lesson("7А Алгебра", "2026-11-30")
    give = GiveMark(lesson=later.id, work=later.id, pupil=named("Вуквукай Илья"), value="4")
    story.do("Соколова", "2026-11-30 10:00", give)
    assert outdated(paper, story, "2026-11-30 11:00") == 0
