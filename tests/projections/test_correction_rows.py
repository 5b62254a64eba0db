"""Rows of cases: what the inboxes and the history of a cell read (R-163)."""

from __future__ import annotations

from commands.marks import GiveMark
from ledger import streams
from ledger.entry import Category
from tests.correction_cases import approves, asks, of_mark, voided
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
KALYANA = named("Каляна Мария")


def told() -> tuple[Story, int]:
    """Каляна's 3 becomes a 4 by a case; the position of the approval."""
    story = Story()
    command = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=KALYANA, value="3")
    seen = int(story.do("Соколова", "2026-10-12 10:10", command).parts[-1]["position"])
    (ref,) = asks(story, "Соколова", "2026-10-14 12:00", of_mark(LESSON, "Каляна Мария", "4", seen))
    answer = approves(story, "Ефимова", "2026-10-14 15:00", ref, reason="Согласовано")
    return story, int(answer.first)


def test_the_case_and_its_cell_name_each_other(paper: Paper) -> None:  # noqa: F811
    story, decided = told()
    paper.pour(story.store)
    caught_up(paper)
    (row,) = paper.rows("corrections", "until IS NULL")
    assert (row["old"], row["new"], row["status"]) == ("3", "4", "approved")
    assert (row["requester"], row["decided_by"]) == (named("Соколова"), named("Ефимова"))
    assert (row["decided"], row["since"]) == (decided, decided)
    (cell,) = paper.rows("cells", f"pupil = '{KALYANA}' AND until IS NULL")
    assert (cell["value"], cell["correction"]) == ("4", row["case_id"])
    statuses = [each["status"] for each in paper.rows("corrections", "true")]
    assert sorted(statuses) == ["approved", "asked"]


def test_a_voided_approval_leaves_the_case_waiting_and_the_old_value_standing(paper: Paper) -> None:  # noqa: F811
    story, decided = told()
    voided(story, "2026-10-20 12:00", Category.CASE, streams.corrections(SCHOOL_ID, LESSON.id), decided)
    voided(story, "2026-10-20 12:01", Category.LESSON, LESSON.id, decided + 1)
    paper.pour(story.store)
    caught_up(paper)
    (row,) = paper.rows("corrections", "until IS NULL")
    (cell,) = paper.rows("cells", f"pupil = '{KALYANA}' AND until IS NULL")
    assert (row["status"], row["decided_by"], cell["value"]) == ("asked", None, "3")


def test_a_decided_case_whose_request_was_declared_void_says_so(paper: Paper) -> None:  # noqa: F811
    story, decided = told()
    cases = streams.corrections(SCHOOL_ID, LESSON.id)
    voided(story, "2026-10-20 12:00", Category.CASE, cases, story.entries(cases)[0].position)
    paper.pour(story.store)
    caught_up(paper)
    (row,) = paper.rows("corrections", "until IS NULL")
    (cell,) = paper.rows("cells", f"pupil = '{KALYANA}' AND until IS NULL")
    assert (row["status"], row["decided"], cell["value"]) == ("unfounded", decided, "4")
    assert cell["permitted"] is False  # its cause is the request, not a late-entry permission
