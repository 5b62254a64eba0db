"""«Проверьте отметку» is one thing in the tasks and on the sheet (R-172): both of the same histories."""

from __future__ import annotations

from uuid import UUID

import pytest

from commands.attendance import NoteAbsence
from commands.marks import GiveMark, WithdrawMark
from commands.period_marks import RecheckPeriodMark
from ledger.entry import Category
from ledger.events.period_marks import PeriodMarkWithdrawn
from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from ledger.streams import year as year_of
from projections import period_page
from projections.rechecks import rechecks
from tests.correction_cases import marked, sheet_of, written
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.projections.test_period_page import DARYA, FRIDAY, LAST, PAGE, TERM, setting, told
from tests.story import Story
from tests.term import MORE, NEWCOMER
from tests.world import SCHOOL_ID, named

WHOLE = year_of(SCHOOL_ID, 2026)
NAME = "Антипина Дарья"
RUSSIAN, FORMER = named("7А Русский язык"), named("6А Русский язык")
FINALS, TRIMESTERS = named("9А Литература"), ("I триместр", "II триместр", "III триместр")


def agreed(paper: Paper, story: Story, when: str, *sheets: tuple[UUID, UUID]) -> dict[tuple[UUID, str], int]:
    """What both say of these sheets: pupil and kind of mark, and how many things changed under it."""
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        tasks = {
            (task.place.journal, task.place.period, task.place.pupil, task.place.kind): task.count
            for task in rechecks(reading)
        }
        shown = {
            (page, period, line.pupil, cell.kind): len(cell.changes)
            for page, period in sheets
            for line in period_page.page(reading, page, period, KEY_OF).lines
            for cell in line.cells
            if cell.changes
        }
    assert tasks == shown
    return {(pupil, kind): count for (_, _, pupil, kind), count in shown.items()}


def term_set() -> Story:
    story = told()
    story.do("Соколова", "2026-11-20 11:00", GiveMark(lesson=LAST.id, work=LAST.id, pupil=DARYA, value="3"))
    story.do("Соколова", FRIDAY, setting((DARYA, "4", "")))
    return story


def seen(story: Story) -> int:
    return story.sheet(LAST).marks[LAST.id, DARYA].position


def test_nothing_is_asked_while_nothing_changed(paper: Paper) -> None:
    assert agreed(paper, term_set(), "2026-11-20 12:30", (PAGE, TERM)) == {}


@pytest.mark.parametrize("what", ["replaced", "withdrawn", "absent"])
def test_a_changed_mark_is_one_change_for_both(paper: Paper, what: str) -> None:
    story = term_set()
    cell = {"lesson": LAST.id, "work": LAST.id, "pupil": DARYA, "seen": seen(story)}
    if what == "replaced":
        story.do("Соколова", "2026-11-20 12:20", GiveMark(**cell, value="5"))
    else:
        story.do("Соколова", "2026-11-20 12:20", WithdrawMark(**cell))
    if what == "absent":
        story.do("Соколова", "2026-11-20 12:25", NoteAbsence(lesson=LAST.id, pupil=DARYA))
    expected = {(DARYA, PERIOD): 2 if what == "absent" else 1}
    assert agreed(paper, story, "2026-11-20 12:30", (PAGE, TERM)) == expected


def test_who_looked_again_is_asked_no_more(paper: Paper) -> None:
    story = term_set()
    story.do(
        "Соколова",
        "2026-11-20 12:20",
        GiveMark(lesson=LAST.id, work=LAST.id, pupil=DARYA, value="5", seen=seen(story)),
    )
    position = story.entries(sheet_of(PAGE, TERM))[-1].position
    looked = RecheckPeriodMark(
        journal=PAGE, period=TERM, kind=PERIOD, pupil=DARYA, reason="учтено", seen=position
    )
    story.do("Соколова", "2026-11-20 12:25", looked)
    assert agreed(paper, story, "2026-11-20 12:30", (PAGE, TERM)) == {}


def test_the_year_asks_for_its_periods_and_its_attestation_the_final_mark_for_both(paper: Paper) -> None:
    """Each mark that was set before what it rests on."""
    story, pupil = Story(), "Кергитваль Олег"
    sheets = [(FINALS, named(f"ООО {title}")) for title in TRIMESTERS]
    when = "2027-05-26 12:00"
    marked(story, "Лебедева", when, FINALS, WHOLE, YEAR, pupil, "4")
    marked(story, "Лебедева", when, FINALS, WHOLE, FINAL, pupil, "4")
    marked(story, "Лебедева", when, *sheets[0], PERIOD, pupil, "5")
    marked(story, "Лебедева", when, FINALS, WHOLE, ATTESTATION, pupil, "5")
    found = agreed(paper, story, "2027-05-26 13:00", (FINALS, WHOLE), *sheets)
    assert found == {(named(pupil), YEAR): 2, (named(pupil), FINAL): 2}
    gone = PeriodMarkWithdrawn(journal=FINALS, period=WHOLE, kind=ATTESTATION, pupil=named(pupil))
    written(story, "Лебедева", "2027-05-26 13:10", Category.PERIOD, sheet_of(FINALS, WHOLE), gone)
    found = agreed(paper, story, "2027-05-26 14:00", (FINALS, WHOLE), *sheets)
    assert found == {(named(pupil), YEAR): 1, (named(pupil), FINAL): 1}


def test_a_mark_of_the_subjects_other_page_counts_too(paper: Paper) -> None:
    """E-06: the pupil who came from another class brought the marks of its periods."""
    story, roman = Story(*MORE), "Эттувги Роман"
    marked(story, "Соколова", "2026-11-20 12:00", RUSSIAN, WHOLE, YEAR, roman, "4")
    marked(story, "Соколова", "2026-11-20 12:00", FORMER, TERM, PERIOD, roman, "5")
    found = agreed(paper, story, "2026-11-20 13:00", (RUSSIAN, WHOLE))
    assert found == {(NEWCOMER, YEAR): 1}
