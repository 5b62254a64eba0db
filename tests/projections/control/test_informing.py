"""C-19: how soon families see what was recorded, and «Ознакомлен» with marks for a period (Усть-Белая 9.2)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from commands.founding import AdoptRegulation
from commands.homework import SetHomework
from commands.marks import GiveMark
from ledger import streams
from ledger.entry import Category, Role
from ledger.events.families import Acknowledged, PupilCameOfAge
from ledger.events.roster import GuardianLinked
from ledger.views_log import FEED, REFUSED
from tests.correction_cases import (
    ALGEBRA,
    KALYANA,
    OLGA,
    TRIMESTER,
    approves,
    asks,
    marked,
    of_mark,
    voided,
    written,
)
from tests.projections.control.reported import MONDAY, asked, behind, figures, line, poured, report
from tests.projections.control.signed_in import account, looks
from tests.projections.pouring import Paper
from tests.small_school import REGULATION
from tests.story import Story
from tests.world import SCHOOL_ID, named

OF_MONDAY = asked(MONDAY, MONDAY, class_id="7А")
PAGE = named("7А Алгебра")
CLOSE = (date(2026, 11, 16), date(2026, 11, 20))


def told() -> Story:
    """Algebra ends at 10:05: a mark during it, one at 11:05, homework at 10:35."""
    story = Story()
    for when, pupil in (("09:40", KALYANA), ("11:05", OLGA)):
        if when == "11:05":
            story.do("Соколова", "2026-10-12 10:35", SetHomework(lesson=ALGEBRA.id, text="№ 5"))
        give = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=pupil, value="4")
        story.do("Соколова", f"2026-10-12 {when}", give)
    return story


def test_the_delay_runs_from_the_end_of_the_lesson(paper: Paper) -> None:
    poured(paper, told())
    own = line(report(paper, "C-19", OF_MONDAY), subject="Алгебра")
    kept = ("marks", "mark_hours", "same_day", "homework", "homework_hours")
    assert [own[key] for key in kept] == [2, 0.5, 100.0, 1, 0.5]


def test_a_corrected_mark_is_no_information_of_the_teacher(paper: Paper) -> None:
    story = told()
    seen = story.sheet(ALGEBRA).marks[ALGEBRA.id, OLGA].position
    refs = asks(story, "Соколова", "2026-10-14 12:00", of_mark(ALGEBRA, "Ященко Ольга", "5", seen))
    approves(story, "Ефимова", "2026-10-14 15:00", *refs)
    poured(paper, story)
    own = line(report(paper, "C-19", OF_MONDAY), subject="Алгебра")
    assert (own["marks"], own["mark_hours"]) == (1, 0.0)
    early = line(report(paper, "C-19", OF_MONDAY, "2026-10-14 14:59"), subject="Алгебра")
    assert (early["marks"], early["mark_hours"]) == (2, 0.5)


def acknowledged(story: Story, when: str, pupil: str, role: Role, *positions: int) -> None:
    stream = streams.family(SCHOOL_ID, named(pupil))
    by = pupil if role is Role.PUPIL else f"мать {pupil}"
    written(story, by, when, Category.CASE, stream, Acknowledged(entries=positions), role=role)


def of_term(*linked: tuple[UUID, object]) -> Story:
    """Marks for the trimester of Каляна and Ященко on 18.11; the mother of Каляна has said «Ознакомлен»."""
    story = Story(*linked)
    first = marked(story, "Соколова", "2026-11-18 12:00", PAGE, TRIMESTER, "period", "Каляна Мария", "4")
    marked(story, "Соколова", "2026-11-18 12:01", PAGE, TRIMESTER, "period", "Ященко Ольга", "5")
    acknowledged(story, "2026-11-18 20:00", "Каляна Мария", Role.GUARDIAN, first)
    return story


def closed(*linked: tuple[UUID, object]) -> Story:
    """And Ященко has said it herself, who is not of age."""
    story = of_term(*linked)
    own = story.entries(streams.period_sheet(SCHOOL_ID, PAGE, TRIMESTER))[-1].position
    acknowledged(story, "2026-11-18 21:00", "Ященко Ольга", Role.PUPIL, own)
    return story


def test_marks_for_a_period_are_acknowledged_by_the_guardian(paper: Paper) -> None:
    poured(paper, closed())
    term = asked(*CLOSE, subject="Алгебра")
    found = report(paper, "C-19", term, "2026-11-20 12:00")
    assert figures(found)["acknowledged"] == (50.0, 1, 2)
    assert figures(report(paper, "C-19", term, "2026-11-18 19:59"))["acknowledged"] == (0.0, 0, 2)
    (unread,) = behind(paper, "C-19", term, f"{named('7А')}/{named('Алгебра')}", "2026-11-20 12:00")
    assert (unread.words, unread.pupil) == ("Ященко Ольга: 5, не ознакомлены", OLGA)
    assert len(found.notes) == 1, "Усть-Белая asks for «Ознакомлен» (P-72)"


def test_a_pupil_of_age_acknowledges_alone(paper: Paper) -> None:
    story = closed()
    written(story, "Громова", "2026-11-19 00:05", Category.SCHOOL, OLGA, PupilCameOfAge())
    poured(paper, story)
    found = report(paper, "C-19", asked(*CLOSE), "2026-11-20 12:00")
    assert figures(found)["acknowledged"] == (100.0, 2, 2)


def test_a_void_takes_the_mark_away_and_another_teacher_sees_nothing(paper: Paper) -> None:
    story = closed()
    sheet = streams.period_sheet(SCHOOL_ID, PAGE, TRIMESTER)
    voided(story, "2026-11-19 12:00", Category.PERIOD, sheet, story.entries(sheet)[0].position)
    poured(paper, story)
    assert figures(report(paper, "C-19", asked(*CLOSE), "2026-11-20 12:00"))["acknowledged"] == (0.0, 0, 1)
    assert report(paper, "C-19", asked(*CLOSE, teacher="Петров"), "2026-11-20 12:00").lines == ()


def content_with_a_look(paper: Paper) -> tuple[Story, UUID]:
    """The same under the act of Perm, and the account of the mother of Ященко."""
    mother = named("мать Ольги")
    story = of_term((OLGA, GuardianLinked(guardian=mother, kinship="мать")))
    perm = (REGULATION.parent / "perm.toml").read_text(encoding="utf-8")
    adopted = AdoptRegulation(title="Пермь", toml=perm, in_force=date(2026, 11, 19))
    story.do("Носов", "2026-11-18 22:00", adopted)
    poured(paper, story)
    return story, account(paper, mother)


def test_where_a_look_is_enough_whoever_looked_after_the_mark_is_acquainted(paper: Paper) -> None:
    _, mother = content_with_a_look(paper)
    term, line_of = asked(*CLOSE, subject="Алгебра"), f"{named('7А')}/{named('Алгебра')}"
    looks(paper, mother, OLGA, "2026-11-18 12:01")  # the mark is of this very instant
    (unread,) = behind(paper, "C-19", term, line_of, "2026-11-20 12:00")
    assert unread.pupil == OLGA
    looks(paper, mother, OLGA, "2026-11-20 11:00")
    assert not behind(paper, "C-19", term, line_of, "2026-11-20 12:00")
    found = report(paper, "C-19", term, "2026-11-20 12:00")
    assert figures(found)["acknowledged"] == (100.0, 2, 2)
    assert "кто открывал дневник" in found.notes[-1]
    assert figures(report(paper, "C-19", term, "2026-11-20 10:59:59"))["acknowledged"] == (50.0, 1, 2)


@pytest.mark.parametrize("page", [FEED, REFUSED])
def test_neither_a_calendar_nor_a_refused_look_acquaints(page: str, paper: Paper) -> None:
    _, mother = content_with_a_look(paper)
    looks(paper, mother, OLGA, "2026-11-19 19:00", page=page)
    assert figures(report(paper, "C-19", asked(*CLOSE), "2026-11-20 12:00"))["acknowledged"] == (50.0, 1, 2)


def test_a_look_acquaints_with_the_own_child_only_and_a_minors_look_nobody(paper: Paper) -> None:
    story, mother = content_with_a_look(paper)
    looks(paper, mother, KALYANA, "2026-11-19 19:00")
    looks(paper, account(paper, OLGA), OLGA, "2026-11-19 19:00")
    term, noon = asked(*CLOSE), "2026-11-20 12:00"
    assert figures(report(paper, "C-19", term, noon))["acknowledged"] == (50.0, 1, 2)
    written(story, "Громова", "2026-11-19 20:00", Category.SCHOOL, OLGA, PupilCameOfAge())
    poured(paper, story)
    assert figures(report(paper, "C-19", term, noon))["acknowledged"] == (100.0, 2, 2)


def test_under_an_act_that_asks_for_the_word_a_look_is_none(paper: Paper) -> None:
    mother = named("мать Ольги")
    poured(paper, closed((OLGA, GuardianLinked(guardian=mother, kinship="мать"))))
    looks(paper, account(paper, mother), OLGA, "2026-11-19 19:00")
    assert figures(report(paper, "C-19", asked(*CLOSE), "2026-11-20 12:00"))["acknowledged"] == (50.0, 1, 2)
