"""What an intruder took away: contested where it stood, and brought back by the Act with its sign and a word to the
family (R-177, R-181, R-185)."""

from __future__ import annotations

import pytest

from commands.attendance import NoteAbsence, WithdrawAbsence
from commands.marks import GiveMark, WithdrawMark
from tests.projections.pouring import Paper
from tests.projections.test_voids import ACT, AFTER, BEFORE, cell, poured, week
from tests.stolen_term import LESSON, NEW, SECOND_DEPUTY, STOLEN, Told
from tests.world import named

TAKEN = ("Вуквукай Илья", "Каляна Мария")
ILYA, MARIA = map(named, TAKEN)


@pytest.fixture
def withdrawn() -> Told:
    """An honest 5 of Илья and an honest «н» of Мария: the intruder takes both away."""
    story = Told(*SECOND_DEPUTY)
    story.credential = NEW
    given = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, value="5")
    story.do("Соколова", "2026-11-18 10:40", given)
    story.do("Соколова", "2026-11-18 10:41", NoteAbsence(lesson=LESSON.id, pupil=MARIA))
    sheet = story.sheet(LESSON)
    mark, absence = sheet.marks[LESSON.id, ILYA].position, sheet.absences[MARIA].position
    story.credential = STOLEN
    taken = WithdrawMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, seen=mark)
    story.do("Соколова", "2026-11-18 10:58", taken)
    came = WithdrawAbsence(lesson=LESSON.id, pupil=MARIA, seen=absence)
    story.do("Соколова", "2026-11-18 10:59", came)
    story.notified()
    return story


@pytest.mark.case("AT-20")
def test_what_the_stolen_access_took_away_is_contested_where_it_stood(paper: Paper, withdrawn: Told) -> None:
    poured(paper, withdrawn)
    for pupil in TAKEN:
        shown = cell(paper, BEFORE, pupil)
        assert (shown.value, shown.absent, shown.contested) == ("", False, True)
        at_home = [each for day in week(paper, BEFORE, pupil).days for each in day.lessons]
        assert [each.lesson for each in at_home if each.withdrawn_contested] == [LESSON.id]
    assert not cell(paper, BEFORE).contested
    assert not any(each.withdrawn_contested for day in week(paper, BEFORE).days for each in day.lessons)


def test_what_is_given_again_after_it_was_taken_away_is_contested_no_more(
    paper: Paper, withdrawn: Told
) -> None:
    give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, value="5", confirmed=True)
    withdrawn.do("Соколова", "2026-11-18 12:30", give)
    poured(paper, withdrawn)
    assert (cell(paper, BEFORE, TAKEN[0]).value, cell(paper, BEFORE, TAKEN[0]).contested) == ("5", False)
    assert cell(paper, BEFORE, TAKEN[1]).contested


@pytest.mark.case("AT-20")
def test_what_the_act_brings_back_has_its_sign_and_the_family_is_told(paper: Paper, withdrawn: Told) -> None:
    withdrawn.act()
    poured(paper, withdrawn)
    mark, absence = (cell(paper, AFTER, pupil) for pupil in TAKEN)
    assert (mark.value, mark.contested, mark.voided) == ("5", False, ACT)
    assert (absence.absent, absence.contested, absence.voided) == (True, False, ACT)
    for pupil, target, value in (*zip(TAKEN, ("mark", "absence"), ("5", "н"), strict=True),):
        (notice,) = week(paper, AFTER, pupil).voids
        assert (notice.place.target, notice.was, notice.now) == (target, "", value)
        assert str(notice.act) == ACT
    assert week(paper, AFTER).voids == ()


@pytest.mark.case("E-18")
def test_an_annulled_act_takes_back_what_it_brought_and_says_so(paper: Paper, withdrawn: Told) -> None:
    first = withdrawn.act()
    withdrawn.act("2", annuls=first, hour=15)
    poured(paper, withdrawn)
    for pupil in TAKEN:
        shown = cell(paper, "2026-11-25 16:00", pupil)
        assert (shown.value, shown.absent, shown.voided) == ("", False, "")
        (notice,) = week(paper, "2026-11-25 16:00", pupil).voids
        assert (notice.was, notice.now, notice.act.annulled) == ("", "", "2")
