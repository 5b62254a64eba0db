"""What an approved case brings and what it does not (R-165, R-172, E-17): cells that moved meanwhile, voided marks."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from commands.attendance import NoteAbsence
from commands.marks import AddWork, GiveMark
from ledger import streams
from ledger.entry import Category
from ledger.period_sheet import PERIOD
from tests.correction_cases import (
    ALGEBRA,
    ASKED,
    DECIDED,
    ESSAY,
    KALYANA,
    OLGA,
    TRIMESTER,
    approves,
    asks,
    case,
    give,
    mark,
    marked,
    marks,
    of_mark,
    of_period_mark,
    refused,
    sheet_of,
    spared,
    three,
    voided,
)
from tests.story import Story
from tests.world import SCHOOL_ID, named


@pytest.fixture
def story() -> Story:
    return Story()


# The cell meanwhile.


def test_a_cell_that_changed_meanwhile_is_not_overwritten(story: Story) -> None:
    """The teacher asks inside her own window and then changes the mark herself."""
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    (ref,) = asks(story, "Соколова", "2026-10-12 12:00", of_mark(ALGEBRA, "Каляна Мария", "4", seen))
    again = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=KALYANA, value="5", seen=seen)
    story.do("Соколова", "2026-10-12 13:00", again)
    found = refused("correction-changed", lambda: approves(story, "Ефимова", DECIDED, ref))
    assert (found.status, "«3»" in found.sentence, "«5»" in found.sentence) == (409, True, True)
    assert (mark(story), case(story, ref).status) == ((5,), "asked")


def test_a_case_for_a_mark_that_was_voided_since_is_not_applied(story: Story) -> None:
    ref = three(story)
    voided(story, "2026-10-19 13:00", Category.LESSON, ALGEBRA.id, case(story, ref).asked.seen)
    found = refused("correction-changed", lambda: approves(story, "Ефимова", DECIDED, ref))
    assert (found.status, "пусто" in found.sentence, mark(story)) == (409, True, None)


def test_a_voided_mark_cannot_be_asked_about(story: Story) -> None:
    first = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    second = give(story, "Соколова", ALGEBRA, "Каляна Мария", "2", first)
    voided(story, "2026-10-13 13:00", Category.LESSON, ALGEBRA.id, second)
    item = of_mark(ALGEBRA, "Каляна Мария", "4", second)
    assert refused("correction-changed", lambda: asks(story, "Соколова", ASKED, item)).status == 409
    asks(story, "Соколова", ASKED, replace(item, seen=first))


def test_a_case_whose_request_was_voided_is_none(story: Story) -> None:
    ref = three(story)
    stream = streams.corrections(SCHOOL_ID, ALGEBRA.id)
    voided(story, "2026-10-19 13:00", Category.CASE, stream, story.entries(stream)[-1].position)
    assert refused("correction-case", lambda: approves(story, "Ефимова", DECIDED, ref)).status == 404


def test_of_several_cases_all_are_approved_or_none(story: Story) -> None:
    ref = three(story)
    seen = case(story, ref).asked.seen
    (other,) = asks(story, "Соколова", ASKED, of_mark(ALGEBRA, "Ященко Ольга", "5", 0), ground="omitted")
    voided(story, "2026-10-19 13:00", Category.LESSON, ALGEBRA.id, seen)
    refused("correction-changed", lambda: approves(story, "Ефимова", DECIDED, other, ref))
    assert mark(story, ALGEBRA, OLGA) is None
    approves(story, "Ефимова", DECIDED, other)
    assert mark(story, ALGEBRA, OLGA) == (5,)


def test_a_mark_does_not_come_beside_an_absence_noted_since(story: Story) -> None:
    give(story, "Соколова", ALGEBRA, "Ященко Ольга", "5")
    item = of_mark(ALGEBRA, "Каляна Мария", "4", 0)
    (ref,) = asks(story, "Соколова", "2026-10-12 11:00", item, ground="omitted")
    story.do("Соколова", "2026-10-12 11:10", NoteAbsence(lesson=ALGEBRA.id, pupil=KALYANA))
    refused("P-29", lambda: approves(story, "Ефимова", DECIDED, ref))


# What a case brings.


def test_a_mark_on_two_pages_is_corrected_on_both(story: Story) -> None:
    """7.15, P-28: content in literature, literacy on the page of Russian."""
    anna = named("Омрына Анна")
    added = story.do("Лебедева", "2026-10-12 10:00", AddWork(lesson=ESSAY.id, kind="essay"))
    column = UUID(added.parts[-1]["work"])
    given = GiveMark(lesson=ESSAY.id, work=column, pupil=anna, value="4/3")
    seen = int(story.do("Лебедева", "2026-10-13 10:00", given).parts[-1]["position"])
    item = of_mark(ESSAY, "Омрына Анна", "4/5", seen, work=column)
    (ref,) = asks(story, "Лебедева", "2026-11-02 12:00", item)
    assert case(story, ref).asked.old == "4/3"
    approves(story, "Ефимова", "2026-11-02 15:00", ref)
    sheet = story.sheet(ESSAY)
    assert sheet.mark(column, anna) == (4,)
    literacy = sheet.literacy[streams.literacy(column), anna].event
    assert (literacy.value, literacy.correction) == ((5,), ref.case)  # type: ignore[attr-defined]
    seen = sheet.marks[column, anna].position
    (away,) = asks(
        story, "Лебедева", "2026-11-03 12:00", of_mark(ESSAY, "Омрына Анна", "", seen, work=column)
    )
    approves(story, "Ефимова", "2026-11-03 15:00", away)
    assert (story.sheet(ESSAY).marks, story.sheet(ESSAY).literacy) == ({}, {})


def test_a_mark_is_taken_away_by_a_case(story: Story) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    (ref,) = asks(story, "Соколова", ASKED, of_mark(ALGEBRA, "Каляна Мария", "", seen))
    approves(story, "Ефимова", DECIDED, ref)
    assert mark(story) is None


def test_a_changed_mark_never_changes_the_period_mark_that_counted_it(story: Story) -> None:
    """R-172: the period mark stays until somebody looks at it again."""
    ref = three(story)
    page = ALGEBRA.journal
    marked(story, "Соколова", "2026-11-18 12:00", page, TRIMESTER, PERIOD, "Каляна Мария", "3")
    before = story.entries(sheet_of(page, TRIMESTER))
    approves(story, "Ефимова", "2026-11-18 15:00", ref)
    assert mark(story) == (4,)
    assert story.entries(sheet_of(page, TRIMESTER)) == before
    assert marks(story, page, TRIMESTER).value(PERIOD, KALYANA) == "3"


def test_a_corrected_period_mark_rests_on_what_is_known_on_its_day(story: Story) -> None:
    page = ALGEBRA.journal
    counted = give(story, "Соколова", ALGEBRA, "Ященко Ольга", "4")
    seen = marked(story, "Соколова", "2026-11-18 12:00", page, TRIMESTER, PERIOD, "Ященко Ольга", "3")
    spared(story, "2026-11-18 12:01", page, TRIMESTER, "Ященко Ольга")
    item = of_period_mark(page, TRIMESTER, PERIOD, "Ященко Ольга", "4", seen)
    (ref,) = asks(story, "Соколова", "2026-12-01 12:00", item)
    approves(story, "Ефимова", "2026-12-01 15:00", ref)
    event = marks(story, page, TRIMESTER).marks[PERIOD, OLGA].event
    assert (event.proposed, event.rests_on) == ("4", (counted,))  # type: ignore[attr-defined]


def test_a_period_mark_is_taken_away_by_a_case(story: Story) -> None:
    page = ALGEBRA.journal
    seen = marked(story, "Соколова", "2026-11-18 12:00", page, TRIMESTER, PERIOD, "Ященко Ольга", "3")
    item = of_period_mark(page, TRIMESTER, PERIOD, "Ященко Ольга", "", seen)
    (ref,) = asks(story, "Соколова", "2026-12-01 12:00", item)
    approves(story, "Ефимова", "2026-12-01 15:00", ref)
    assert marks(story, page, TRIMESTER).value(PERIOD, OLGA) == ""


@pytest.mark.parametrize(("new", "code"), [("6", "P-13"), ("осв.", "P-13"), ("5/4", "P-13")])
def test_a_period_mark_is_a_number_of_the_scale_or_a_word_of_the_act(
    story: Story, new: str, code: str
) -> None:
    page = ALGEBRA.journal
    seen = marked(story, "Соколова", "2026-11-18 12:00", page, TRIMESTER, PERIOD, "Ященко Ольга", "3")
    item = of_period_mark(page, TRIMESTER, PERIOD, "Ященко Ольга", new, seen)
    refused(code, lambda: asks(story, "Соколова", "2026-12-01 12:00", item))


@pytest.mark.case("E-17")
def test_what_an_honest_person_corrected_stays_when_the_intruders_mark_is_voided(story: Story) -> None:
    """A correction is an absolute value: the Act takes the 2 away and the 4 stays."""
    intruder = give(story, "Соколова", ALGEBRA, "Каляна Мария", "2")
    (ref,) = asks(story, "Соколова", ASKED, of_mark(ALGEBRA, "Каляна Мария", "4", intruder))
    approves(story, "Ефимова", DECIDED, ref)
    voided(story, "2026-10-23 12:00", Category.LESSON, ALGEBRA.id, intruder)
    assert mark(story) == (4,)
    assert case(story, ref).status == "approved"


def test_a_single_number_in_the_place_of_two_leaves_nothing_on_the_other_page(story: Story) -> None:
    """7.15: «4/3» → «5» takes the 3 off the page of Russian."""
    anna = named("Омрына Анна")
    added = story.do("Лебедева", "2026-10-12 10:00", AddWork(lesson=ESSAY.id, kind="essay"))
    column = UUID(added.parts[-1]["work"])
    given = GiveMark(lesson=ESSAY.id, work=column, pupil=anna, value="4/3")
    seen = int(story.do("Лебедева", "2026-10-13 10:00", given).parts[-1]["position"])
    (ref,) = asks(
        story, "Лебедева", "2026-11-02 12:00", of_mark(ESSAY, "Омрына Анна", "5", seen, work=column)
    )
    approves(story, "Ефимова", "2026-11-02 15:00", ref)
    assert (story.sheet(ESSAY).mark(column, anna), story.sheet(ESSAY).literacy) == ((5,), {})
    assert story.entries(ESSAY.id)[-1].event.correction == ref.case  # type: ignore[attr-defined]


def test_the_request_is_the_cause_of_the_approval_and_of_what_it_brings(story: Story) -> None:
    """E-05: an Act that makes the request void finds what honest people did because of it."""
    ref = three(story)
    asked = case(story, ref).requested.position
    approves(story, "Ефимова", DECIDED, ref)
    approval, mark_given = (
        story.entries(streams.corrections(SCHOOL_ID, ALGEBRA.id))[-1],
        story.entries(ALGEBRA.id)[-1],
    )
    assert (approval.causation, mark_given.causation) == (asked, asked)
    assert type(mark_given.event).__name__ == "MarkGiven"


def test_what_was_decided_outlives_a_request_that_was_declared_void(story: Story) -> None:
    ref = three(story)
    asked = case(story, ref).requested.position
    approves(story, "Ефимова", DECIDED, ref)
    voided(story, "2026-10-20 12:00", Category.CASE, streams.corrections(SCHOOL_ID, ALGEBRA.id), asked)
    known = case(story, ref)
    assert (known.status, known.void, known.asked.new) == ("approved", True, "4")
    assert mark(story) == (4,)
