"""Steps through the changes of a page, a page right after an entry, the named moments, what changed and why (R-254)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from commands.taking_back import TakeBack
from ledger.school_records import Mandate
from ledger.span import Span
from projections import reading as pages
from projections.difference import WHY, Scope, between
from projections.moments import last_check
from projections.reading import Reading
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, at, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
PAGE, MARIA = named("7А Алгебра"), named("Каляна Мария")


@dataclass(frozen=True, kw_only=True)
class Told:
    paper: Paper
    positions: tuple[int, ...]

    def steps(self, position: int | None) -> tuple[int | None, int | None, int | None]:
        with self.reading(position) as reading:
            found = reading.steps(journals=[PAGE], lesson=None, pupil=None)
        return found.before, found.here, found.after

    def reading(self, position: int | None):
        with self.paper.pool.connection() as connection:
            instant = pages.instant_of(connection, SCHOOL_ID, position) if position else None
        paper = self.paper
        now = datetime.now(UTC)
        return pages.reading(
            paper.pool, paper.schools, paper.runner, SCHOOL_ID, now=now, at=instant, entry=position
        )


def mark(story: Story, when: str, value: str) -> int:
    standing = story.sheet(LESSON).marks.get((LESSON.id, MARIA))
    seen = standing.position if standing else 0
    story.do(
        "Соколова",
        f"2026-10-12 {when}",
        GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA, value=value, seen=seen),
    )
    return story.store.head(SCHOOL_ID).position


@pytest.fixture
def told(paper: Paper) -> Told:
    """Maria gets 3, 4 and 5 in the same second of the same lesson; between them somebody writes elsewhere."""
    story = Story()
    first = mark(story, "10:30:00", "3")
    elsewhere = given_lesson("7А Русский язык", "2026-10-12")
    story.do("Лебедева", "2026-10-12 10:30:00", RecordTopic(lesson=elsewhere.id, text="Причастие"))
    second, third = mark(story, "10:30:00", "4"), mark(story, "10:30:00", "5")
    paper.pour(story.store)
    caught_up(paper)
    return Told(paper=paper, positions=(first, second, third))


def value(reading: Reading) -> str:
    (row,) = reading.rows("cells", "pupil = %(pupil)s", pupil=MARIA)
    return str(row.value)


def test_the_steps_are_the_entries_of_this_page_and_of_no_other(told: Told) -> None:
    first, second, third = told.positions
    assert told.steps(None) == (second, third, None)
    assert told.steps(third) == (second, third, None)
    assert told.steps(second) == (first, second, third)
    assert told.steps(second - 1) == (first - 1, first, second), "the entry in between is another page's"


def test_right_after_an_entry_is_told_apart_within_one_second(told: Told) -> None:
    said = []
    for position in told.positions:
        with told.reading(position) as reading:
            assert reading.as_of.position == position
            assert not reading.as_of.live
            said.append(value(reading))
    assert said == ["3", "4", "5"]


def test_an_entry_there_is_none_of_has_no_instant(told: Told) -> None:
    with told.paper.pool.connection() as connection:
        assert pages.instant_of(connection, SCHOOL_ID, told.positions[-1] + 1) is None
        assert pages.instant_of(connection, named("другая школа"), told.positions[0]) is None


def test_each_cause_is_called_by_its_name(paper: Paper) -> None:
    story = Story()
    mark(story, "10:30", "3")
    before = story.store.head(SCHOOL_ID).position
    mark(story, "10:31", "4")
    other = given_lesson("7А Алгебра", "2026-10-14")
    topic = LateEntryItem(lesson=other.id, target="topic")
    story.do("Соколова", "2026-10-16 09:00", RequestLateEntry(items=(topic,), reason="болела"))
    (case,) = story.late(other).cases
    ref = CaseRef(lesson=other.id, case=case)
    story.do("Ефимова", "2026-10-16 10:00", PermitLateEntries(cases=(ref,)))
    story.do("Соколова", "2026-10-16 11:00", RecordTopic(lesson=other.id, text="Степень"))
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(None) as reading:
        found = between(reading, before, Scope())
        only = between(reading, before, Scope(), "permitted")
    assert {(each.kind, each.why) for each in found.changed} == {("mark", "replaced"), ("topic", "permitted")}
    assert found.counts == {"permitted": 1, "replaced": 1}
    assert set(found.counts) <= set(WHY)
    (line,) = only.changed
    assert (line.before, line.after, line.permitted_by) == ("", "Степень", named("Ефимова"))
    assert only.counts == found.counts, "the counts are of all"


def test_what_is_taken_back_and_given_again_is_no_difference(paper: Paper) -> None:
    story = Story()
    mark(story, "10:30", "3")
    before = story.store.head(SCHOOL_ID).position
    seen = story.sheet(LESSON).marks[LESSON.id, MARIA].position
    command = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA, value="5", seen=seen)
    story.do("Соколова", "2026-10-12 10:31:00", command, id=named("рука"))
    story.do("Соколова", "2026-10-12 10:31:05", TakeBack(command=named("рука")))
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(None) as reading:
        found = between(reading, before, Scope())
    assert (found.total, found.restless) == (0, 1)


def test_the_last_check_is_the_end_of_ones_own_mandate_else_of_anybodys_else_the_year() -> None:
    school, today = Story().house.schools.current(SCHOOL_ID), date(2026, 11, 20)
    person, colleague = named("проверяющий"), named("другой")

    def held(first: int, last: int) -> Mandate:
        days = Span(first=date(2026, 10, first), last=date(2026, 10, last))
        return Mandate(id=named(f"{first}"), classes=frozenset(), span=days, order=named("приказ"))

    assert last_check(school, person, today) == at("2026-09-01 00:00")
    school.mandates[colleague] = (held(1, 9),)
    assert last_check(school, person, today) == at("2026-10-09 23:59:59")
    school.mandates[person] = (held(1, 5),)
    assert last_check(school, person, today) == at("2026-10-05 23:59:59")
