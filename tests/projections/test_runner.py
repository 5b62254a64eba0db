"""The pages follow the ledger: rows open and end at the right positions, whatever happens to one scope."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from uuid import UUID, uuid4

import structlog

from commands.marks import GiveMark, WithdrawMark
from ledger.appending import Append
from ledger.codec import UnknownEvent
from ledger.entry import Category, Draft
from ledger.events.roster import PupilEnrolled
from ledger.events.voids import EntriesVoided
from projections.models import LATE_ENTRIES, MENTIONS, SHEETS
from projections.pending import lock_key
from projections.rebuild import check, rebuild
from projections.runner import Runner
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named, stamp

LESSON = given_lesson("7А Алгебра", "2026-10-12")
OTHER = given_lesson("7А Физика", "2026-10-12")
ILYA, DARYA = named("Вуквукай Илья"), named("Антипина Дарья")


def give(story: Story, value: str, seen: int = 0, when: str = "2026-10-12 10:30", pupil: UUID = ILYA) -> int:
    """The position of the mark."""
    command = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=pupil, value=value, seen=seen)
    last = story.do("Соколова", when, command).last
    assert last is not None
    return last


def void(story: Story, *positions: int, stream: UUID = LESSON.id) -> int:
    """Written straight into the store; the position of the void."""
    return tell(story, EntriesVoided(act=uuid4(), positions=positions), stream)


def tell(story: Story, event: object, stream: UUID, category: Category = Category.LESSON) -> int:
    draft = Draft(category=category, stream=stream, version=None, event=event)
    made = replace(stamp("Ефимова", "2026-10-13 12:00"), command_id=uuid4(), received_at=story.clock)
    last = story.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=(draft,))).last
    assert last is not None
    return last


def cell(paper: Paper, pupil: UUID = ILYA) -> list[tuple[str, int, int | None]]:
    """(value, since, until) of every row a pupil's cells ever had."""
    return [(r["value"], r["since"], r["until"]) for r in paper.rows("cells", f"pupil = '{pupil}'")]


def poured(paper: Paper, story: Story) -> Paper:
    paper.pour(story.store)
    caught_up(paper)
    return paper


def test_a_mark_is_a_row_from_its_entry_on(paper: Paper) -> None:
    story = Story()
    mark = give(story, "4")
    assert cell(poured(paper, story)) == [("4", mark, None)]


def test_a_replaced_mark_ends_where_the_next_begins(paper: Paper) -> None:
    story = Story()
    four = give(story, "4")
    five = give(story, "5", seen=four)
    assert cell(poured(paper, story)) == [("4", four, five), ("5", five, None)]


def test_rows_are_the_same_however_the_entries_were_cut_into_catch_ups(paper: Paper) -> None:
    story = Story()
    paper.pour(story.store)
    caught_up(paper)
    four = give(story, "4")
    poured(paper, story)
    five = give(story, "5", seen=four)
    assert cell(poured(paper, story)) == [("4", four, five), ("5", five, None)]
    assert not any(sum(pair) for pair in check(paper.pool, paper.runner, SCHOOL_ID).values())


def test_a_void_brings_the_earlier_mark_back(paper: Paper) -> None:
    story = Story()
    four = give(story, "4")
    five = give(story, "5", seen=four)
    gone = void(story, five)
    assert cell(poured(paper, story)) == [("4", four, five), ("5", five, gone), ("4", gone, None)]


def test_a_void_of_a_void_brings_the_later_mark_back(paper: Paper) -> None:
    story = Story()
    four = give(story, "4")
    five = give(story, "5", seen=four)
    gone = void(story, five)
    back = void(story, gone)
    assert cell(poured(paper, story))[-2:] == [("4", gone, back), ("5", back, None)]


def test_what_was_withdrawn_after_a_voided_replacement_stays_withdrawn(paper: Paper) -> None:
    """Give 4, replace by 5, void the 5, withdraw: by hand the 4 came back in 2,918 of 20,000 histories."""
    story = Story()
    four = give(story, "4")
    five = give(story, "5", seen=four)
    gone = void(story, five)
    withdrawn = story.do(
        "Соколова", "2026-10-12 10:40", WithdrawMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, seen=four)
    ).last
    assert cell(poured(paper, story))[-1] == ("4", gone, withdrawn)


def test_a_lesson_whose_every_entry_was_voided_has_rows_again_when_it_is_written_in_anew(
    paper: Paper,
) -> None:
    """What it was called first stays said again with the new record (E-14): live and rebuilt rows agree."""
    story = Story()
    four = give(story, "4")
    held = four - 1
    gone = void(story, held, four)
    assert cell(poured(paper, story)) == [("4", four, gone)]
    three = give(story, "3")
    assert cell(poured(paper, story)) == [("4", four, gone), ("3", three, None)]
    assert not any(sum(pair) for pair in check(paper.pool, paper.runner, SCHOOL_ID).values())


def test_a_lesson_whose_first_entry_was_voided_keeps_the_rows_of_what_lives(paper: Paper) -> None:
    story = Story()
    four = give(story, "4")
    void(story, four - 1)
    assert cell(poured(paper, story)) == [("4", four, None)]
    assert not any(sum(pair) for pair in check(paper.pool, paper.runner, SCHOOL_ID).values())


def test_an_unknown_event_changes_no_row_and_holds_nothing_up(paper: Paper) -> None:
    story = Story()
    four = give(story, "4")
    tell(story, UnknownEvent(topic="of-the-future", state=b"{}"), LESSON.id)
    five = give(story, "5", seen=four)
    assert cell(poured(paper, story)) == [("4", four, five), ("5", five, None)]


def test_entries_no_page_is_about_move_the_pages_position_too(paper: Paper) -> None:
    poured(paper, Story())
    with paper.pool.connection() as connection:
        assert paper.runner.position(connection, SCHOOL_ID) == paper.store.head(SCHOOL_ID).position > 0


def test_a_history_longer_than_one_batch_is_caught_up_whole(paper: Paper) -> None:
    story = Story()
    seen = 0
    for turn in range(560):
        seen = give(story, "45"[turn % 2], seen=seen)
    assert len(cell(poured(paper, story))) == 560
    assert not any(sum(pair) for pair in check(paper.pool, paper.runner, SCHOOL_ID).values())


def _poisoned_at(lesson: UUID):
    def step(state, entry):
        if state.lesson == lesson:
            raise ZeroDivisionError("a defect")
        SHEETS.step(state, entry)

    return replace(SHEETS, step=step)


def test_a_poison_entry_parks_its_scope_alone_with_an_alarm_and_a_rebuild_heals_it(paper: Paper) -> None:
    story = Story()
    mark = give(story, "4")
    in_other = story.do(
        "Петров", "2026-10-12 14:00", GiveMark(lesson=OTHER.id, work=OTHER.id, pupil=ILYA, value="3")
    ).last
    paper.pour(story.store)
    ill = Runner(paper.pool, (_poisoned_at(LESSON.id), LATE_ENTRIES, MENTIONS))
    with structlog.testing.capture_logs() as alarms:
        assert ill.advance(SCHOOL_ID, patience=60.0)
    assert [(a["event"], a["scope"], a["log_level"]) for a in alarms] == [
        ("page scope parked", str(LESSON.id), "error")
    ]
    assert cell(paper) == [("3", in_other, None)]
    assert [(r["model"], r["scope"]) for r in paper.rows("parked", order="scope")] == [("sheets", LESSON.id)]
    give(story, "5", seen=mark, when="2026-10-12 14:10")
    assert cell(poured(paper, story)) == [
        ("3", in_other, None)
    ]  # a parked scope waits, with a sound runner too
    assert check(paper.pool, paper.runner, SCHOOL_ID)["parked"] == (1, 0)
    rebuild(paper.store, paper.pool, paper.runner, SCHOOL_ID)
    assert [value for value, *_ in cell(paper)] == ["4", "3", "5"]
    assert not any(sum(pair) for pair in check(paper.pool, paper.runner, SCHOOL_ID).values())


def test_a_rebuild_parks_what_still_cannot_be_folded(paper: Paper) -> None:
    story = Story()
    give(story, "4")
    poured(paper, story)
    models = (_poisoned_at(LESSON.id), LATE_ENTRIES, MENTIONS)
    rebuild(paper.store, paper.pool, Runner(paper.pool, models), SCHOOL_ID, models)
    assert cell(paper) == []
    assert [r["scope"] for r in paper.rows("parked", order="scope")] == [LESSON.id]


def test_rows_the_database_refuses_park_their_scope_alone(paper: Paper) -> None:
    story = Story()
    give(story, "4")
    story.do("Петров", "2026-10-12 14:00", GiveMark(lesson=OTHER.id, work=OTHER.id, pupil=ILYA, value="3"))
    paper.pour(story.store)

    def row(state, key):
        found = SHEETS.row(state, key)
        wrong = key[0] == "lessons" and state.lesson == LESSON.id and found is not None
        return (*found[:2], 10**12, *found[3:]) if wrong else found  # no integer of four bytes

    runner = Runner(paper.pool, (replace(SHEETS, row=row), LATE_ENTRIES, MENTIONS))
    assert runner.advance(SCHOOL_ID, patience=60.0)
    assert [value for value, *_ in cell(paper)] == ["3"]
    assert [r["scope"] for r in paper.rows("parked", order="scope")] == [LESSON.id]
    assert len(paper.rows("mentions")) == 2  # of the other page, on the same lessons


def test_a_catch_up_that_may_not_wait_says_so_and_the_next_one_finishes(paper: Paper) -> None:
    story = Story()
    give(story, "4")
    paper.pour(story.store)
    with paper.pool.connection() as other, other.transaction():
        other.execute("SELECT pg_advisory_xact_lock(%s::int4, %s::int4)", lock_key(SCHOOL_ID))
        assert paper.runner.catch_up(SCHOOL_ID, patience=0.05) is False
    assert cell(paper) == []
    assert paper.runner.catch_up(SCHOOL_ID) is True
    assert len(cell(paper)) == 1


def test_a_catch_up_without_a_database_is_no_failure_of_the_command(paper: Paper) -> None:
    poured(paper, Story())
    with paper.pool.connection() as connection:
        connection.execute("SET lock_timeout = 0")
    paper.pool.close()
    with structlog.testing.capture_logs() as alarms:
        assert paper.runner.catch_up(SCHOOL_ID) is False
    assert [a["event"] for a in alarms] == ["pages wait"]


def test_catch_ups_at_once_write_every_row_once(paper: Paper) -> None:
    story = Story()
    seen = 0
    for turn in range(40):
        seen = give(story, "45"[turn % 2], seen=seen)
    paper.pour(story.store)
    runners = [
        Thread(target=paper.runner.advance, args=(SCHOOL_ID,), kwargs={"patience": 30.0}) for _ in range(6)
    ]
    for each in runners:
        each.start()
    for each in runners:
        each.join()
    assert len(cell(paper)) == 40
    assert not any(sum(pair) for pair in check(paper.pool, paper.runner, SCHOOL_ID).values())


def test_check_finds_a_row_that_lies(paper: Paper) -> None:
    story = Story()
    give(story, "4")
    poured(paper, story)
    with paper.pool.connection() as connection:
        connection.execute("UPDATE pages.cells SET value = '5'")
    assert check(paper.pool, paper.runner, SCHOOL_ID)["cells"] == (1, 1)
    rebuild(paper.store, paper.pool, paper.runner, SCHOOL_ID)
    assert not any(sum(pair) for pair in check(paper.pool, paper.runner, SCHOOL_ID).values())


def test_a_reading_stands_at_the_page_furthest_behind(paper: Paper) -> None:
    story = Story()
    four = give(story, "4")
    poured(paper, story)
    give(story, "5", seen=four)
    paper.pour(story.store)
    assert Runner(paper.pool, (SHEETS, MENTIONS)).advance(SCHOOL_ID, patience=30.0)  # late entries lag behind
    with paper.reading(None) as reading:
        assert reading.as_of.position == four
        assert [row.value for row in reading.rows("cells", "TRUE")] == ["4"]


def test_a_reading_does_not_see_what_is_written_meanwhile(paper: Paper) -> None:
    story = Story()
    four = give(story, "4")
    poured(paper, story)
    with paper.reading(None) as reading:
        give(story, "5", seen=four)
        poured(paper, story)
        assert [row.value for row in reading.rows("cells", "TRUE")] == ["4"]
    with paper.reading(None) as reading:
        assert [row.value for row in reading.rows("cells", "TRUE")] == ["5"]


def test_a_reading_knows_no_pupil_who_came_after_its_rows(paper: Paper) -> None:
    story = Story()
    poured(paper, story)
    came = PupilEnrolled(class_id=named("7А"), first=LESSON.date, order=None)
    tell(story, came, named("Новенький"), Category.SCHOOL)
    paper.pour(story.store)
    with paper.reading(None) as reading:
        assert named("Новенький") not in reading.school.pupils
    caught_up(paper)
    with paper.reading(None) as reading:
        assert named("Новенький") in reading.school.pupils
