"""What was taken back leaves the pages and stays in the past; PostgreSQL finds an account's last seconds."""

from __future__ import annotations

from datetime import timedelta

from commands.taking_back import TakeBack
from tests.projections.pouring import Paper, caught_up
from tests.test_taking_back import LESSON, SLIP, slipped
from tests.world import SCHOOL_ID, at, named


def test_pages_follow_and_the_past_still_shows_it(paper: Paper) -> None:
    story = slipped()
    paper.pour(story.store)
    caught_up(paper)
    story.do("Соколова", "2026-10-12 09:40:06", TakeBack(command=SLIP))
    paper.pour(story.store)
    caught_up(paper)
    (cell,) = paper.rows("cells")
    given, taken = story.entries(LESSON.id)[1], story.entries(LESSON.id)[2]
    assert (cell["value"], cell["since"], cell["until"]) == ("4", given.position, taken.position)
    assert [row["until"] for row in paper.rows("lessons")].count(None) == 0


def test_postgresql_finds_what_the_account_has_just_done(paper: Paper) -> None:
    story = slipped()
    paper.pour(story.store)
    account = named("account Соколова")
    received = [e.stamp.received_at for e in paper.store.entries(SCHOOL_ID, limit=10_000)][-1]
    found = paper.store.written_by(SCHOOL_ID, (account,), since=received)
    assert [type(e.event).__name__ for e in found] == ["LessonHeld", "MarkGiven"]
    assert paper.store.written_by(SCHOOL_ID, (account,), since=received + timedelta(microseconds=1)) == ()
    assert paper.store.written_by(SCHOOL_ID, (named("account Ким"),), since=received) == ()
    told = story.store.written_by(SCHOOL_ID, (account,), since=at("2026-10-12 09:40:00.400"))
    assert [e.position for e in told] == [e.position for e in found]
