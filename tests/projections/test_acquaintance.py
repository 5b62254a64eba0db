"""«Семьи класса»: what state each family is in, what nobody has said «Ознакомлен» of, whose word opens the diary of a
pupil of age (R-051, R-194, R-195; P-37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from commands.acquaintance import Acknowledge, SeenEntry
from commands.handle import handle
from commands.marks import GiveMark
from commands.of_age import AdmitGuardians, NoteComingOfAge
from commands.paper_informing import DeclarePaperInforming, WithdrawPaperInforming
from commands.remarks import WriteRemark
from ledger.entry import Category, Origin
from ledger.events import roster
from ledger.views_log import FEED, REFUSED
from projections import acquaintance
from projections.acquaintance import FamiliesPage, Family
from tests.correction_cases import written
from tests.projections.control import signed_in
from tests.projections.control.signed_in import looks, signs_in
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import at, given_lesson, named

ILYA, MARIA, CLASS = named("Вуквукай Илья"), named("Каляна Мария"), named("7А")
MOTHER, FATHER, OTHER = (named(who) for who in ("мать Вуквукая", "отец Вуквукая", "мать Каляны"))
LESSON = given_lesson("7А Алгебра", "2026-10-12")


@pytest.fixture
def story() -> Story:
    made = Story(
        (ILYA, roster.GuardianLinked(guardian=MOTHER, kinship="мать")),
        (ILYA, roster.GuardianLinked(guardian=FATHER, kinship="отец")),
        (MARIA, roster.GuardianLinked(guardian=OTHER, kinship="мать")),
        (CLASS, roster.ClassTeacherAppointed(person=named("Громова"), first=date(2026, 9, 1), until=None)),
    )
    two = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, value="2")
    made.do("Соколова", "2026-10-12 09:40", two)
    made.do("Соколова", "2026-10-12 09:41", replace(two, pupil=MARIA, value="5"))
    return made


def read(story: Story, paper: Paper, when: str = "2026-10-20 12:00") -> FamiliesPage:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(when) as reading:
        return acquaintance.page(reading, CLASS, KEY_OF)


def family(page: FamiliesPage, pupil: UUID = ILYA) -> Family:
    return next(each for each in page.families if each.pupil == pupil)


def account(paper: Paper, person: UUID, looked: str | None = None, pupil: UUID = ILYA) -> UUID:
    """Of somebody who signed in and last looked at the pupil at the local time `looked`, or never came."""
    id = signed_in.account(paper, person)
    if looked is not None:
        signs_in(paper, id, looked)
        looks(paper, id, pupil, looked)
    return id


def test_a_family_without_accounts_has_no_access_and_one_that_never_came_is_told_apart(
    story: Story, paper: Paper
) -> None:
    assert family(read(story, paper)).state == "none"
    account(paper, MOTHER)
    assert family(read(story, paper)).state == "never"
    assert [each.kinship for each in family(read(story, paper)).guardians] == ["мать", "отец"]


@pytest.mark.parametrize(("when", "state"), [("2026-10-19 18:59:59", "looks"), ("2026-10-19 19:00", "away")])
def test_a_family_is_away_when_no_parent_has_looked_for_a_week(
    when: str, state: str, story: Story, paper: Paper
) -> None:
    account(paper, MOTHER, "2026-10-12 19:00")
    account(paper, FATHER)
    page = read(story, paper, when)
    assert family(page).state == state
    assert page.counts[state] == 1
    assert [each.pupil for each in page.shown(state)] == [ILYA]


def test_one_parent_who_looks_is_enough(story: Story, paper: Paper) -> None:
    account(paper, MOTHER, "2026-10-01 19:00")
    account(paper, FATHER, "2026-10-19 19:00")
    found = family(read(story, paper))
    assert found.state == "looks"
    assert [each.away for each in found.guardians] == [True, False]


def test_who_signs_in_for_work_every_day_and_never_opens_the_diary_is_away(
    story: Story, paper: Paper
) -> None:
    signs_in(paper, account(paper, MOTHER, "2026-10-12 19:00"), "2026-10-19 08:00", "2026-10-20 08:00")
    found = family(read(story, paper))
    assert (found.state, found.guardians[0].last) == ("away", at("2026-10-12 19:00"))


def test_a_mother_of_two_who_opens_one_diary_looks_at_one_child(story: Story, paper: Paper) -> None:
    linked = roster.GuardianLinked(guardian=MOTHER, kinship="мать")
    written(story, "Громова", "2026-10-13 12:00", Category.SCHOOL, MARIA, linked)
    account(paper, MOTHER, "2026-10-19 19:00", pupil=ILYA)
    page = read(story, paper)
    assert [family(page, child).state for child in (ILYA, MARIA)] == ["looks", "away"]


@pytest.mark.parametrize("page", [FEED, REFUSED])
def test_neither_a_calendar_nor_a_refused_look_is_a_look_at_the_child(
    page: str, story: Story, paper: Paper
) -> None:
    looks(paper, account(paper, MOTHER, "2026-10-12 19:00"), ILYA, "2026-10-20 10:00", page=page)
    assert family(read(story, paper)).state == "away"


def test_at_an_earlier_moment_the_looks_of_that_time_count(story: Story, paper: Paper) -> None:
    looks(paper, account(paper, MOTHER, "2026-10-01 19:00"), ILYA, "2026-10-20 12:00")
    assert family(read(story, paper, "2026-10-20 12:00")).state == "looks"
    assert family(read(story, paper, "2026-10-20 11:59:59")).state == "away"


def test_a_two_waits_until_a_parent_has_read_it_and_a_five_never_does(story: Story, paper: Paper) -> None:
    page = read(story, paper)
    assert [each.value for each in family(page).pressing] == ["2"]
    assert not family(page, MARIA).unread
    entry = story.sheet(LESSON).marks[LESSON.id, ILYA].position
    seen = Acknowledge(pupil=ILYA, entries=(SeenEntry(stream=LESSON.id, entry=entry),))
    story.do("Вуквукай Илья", "2026-10-12 18:00", seen)
    assert family(read(story, paper)).unread, "a minor's own word is not a parent's"
    story.do("отец Вуквукая", "2026-10-12 19:00", seen)
    assert not family(read(story, paper)).unread
    assert family(read(story, paper, "2026-10-12 18:30")).unread


def test_a_family_on_paper_is_so_with_the_day_and_the_document_until_it_takes_it_back(
    story: Story, paper: Paper
) -> None:
    declared = DeclarePaperInforming(pupil=ILYA, first=date(2026, 10, 12), document="заявление от 12.10.2026")
    story.do("Громова", "2026-10-12 15:00", declared)
    found = family(read(story, paper))
    assert found.state == "paper"
    assert found.paper is not None
    assert (found.paper.first, found.paper.document) == (date(2026, 10, 12), "заявление от 12.10.2026")
    story.do("Громова", "2026-10-20 13:00", WithdrawPaperInforming(pupil=ILYA, last=date(2026, 10, 20)))
    assert family(read(story, paper, "2026-10-20 14:00")).paper is not None
    assert family(read(story, paper, "2026-10-21 00:00")).paper is None


def test_the_parents_of_a_pupil_of_age_wait_for_his_word(story: Story, paper: Paper) -> None:
    account(paper, MOTHER, "2026-10-19 19:00")
    noted = story.asking("Громова", "2026-10-15 00:05", NoteComingOfAge(pupil=ILYA))
    nobody = replace(noted, account=UUID(int=0), person=UUID(int=0), origin=Origin.JOB)
    handle(NoteComingOfAge(pupil=ILYA), nobody, story.house)
    assert family(read(story, paper)).state == "suspended"
    admitted = AdmitGuardians(pupil=ILYA, allowed=True, document="согласие от 20.10.2026")
    story.do("Громова", "2026-10-20 11:00", admitted)
    found = family(read(story, paper))
    assert (found.state, found.admits, found.document) == ("looks", True, "согласие от 20.10.2026")


def test_what_the_class_teacher_recommends_stands_there(story: Story, paper: Paper) -> None:
    story.do(
        "Громова",
        "2026-10-13 10:00",
        WriteRemark(pupil=ILYA, kind="recommendation", text="Больше читать."),
    )
    (remark,) = family(read(story, paper)).remarks
    assert (remark.text, remark.by, remark.journal) == ("Больше читать.", named("Громова"), None)
    assert remark.at == at("2026-10-13 10:00")
