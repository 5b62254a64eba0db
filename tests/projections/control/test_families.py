"""C-06: which families look into the diary (Perm 3.4, 3.6): accounts and visits stand beside the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.entry import Category
from ledger.events.families import PaperInformingDeclared
from ledger.events.roster import GuardianLinked
from ledger.views_log import FEED, REFUSED
from tests.correction_cases import written
from tests.projections.control.reported import MONDAY, asked, behind, figures, line, lines, poured, report
from tests.projections.control.signed_in import account, goes_on, looks, signs_in
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import named

MARIYA, ARTYOM, OLGA, DARIA = (
    named(name) for name in ("Каляна Мария", "Рультытегин Артём", "Ященко Ольга", "Антипина Дарья")
)
MOTHER, FATHER, AUNT = named("мать Марии"), named("отец Артёма"), named("тётя Ольги")
LINKED = (
    (MARIYA, GuardianLinked(guardian=MOTHER, kinship="мать")),
    (ARTYOM, GuardianLinked(guardian=FATHER, kinship="отец")),
    (OLGA, GuardianLinked(guardian=AUNT, kinship="опекун")),
)
OF_7A = asked(class_id="7А")


def told(paper: Paper) -> Paper:
    """Mariya's mother came on Monday and on Tuesday; Артём's father has an account and came on Sunday; Ольга's aunt has
    none; nobody is linked to the others."""
    poured(paper, Story(*LINKED))
    signs_in(paper, account(paper, MOTHER), "2026-10-12 18:00", "2026-10-12 21:00", "2026-10-13 07:30")
    signs_in(paper, account(paper, FATHER), "2026-10-11 23:59:59")
    signs_in(paper, account(paper, MARIYA), "2026-10-14 16:00")
    return paper


def test_the_share_is_of_pupils_with_a_guardian_who_signed_in(paper: Paper) -> None:
    found = report(told(paper), "C-06", OF_7A)
    assert figures(found) == {
        "families": (16.7, 1, 6),
        "pupils": (16.7, 1, 6),
        "without": (4, None, None),
        "paper": (0, None, None),
    }
    own = line(found, pupil="Каляна Мария")
    assert (own["state"], own["days"], str(own["last"])) == ("входили", 2, "2026-10-13 07:30:00")
    assert (own["own_days"], str(own["own_last"])) == (1, "2026-10-14 16:00:00")
    assert line(found, pupil="Рультытегин Артём")["state"] == "не входили"
    assert line(found, pupil="Ященко Ольга")["state"] == "нет доступа"


def test_a_visit_is_of_the_day_it_was_made_on(paper: Paper) -> None:
    """Sunday 11.10 at 23:59:59, and the day is the school's own: at that instant UTC says noon."""
    told(paper)
    sunday = date(2026, 10, 11)
    assert line(report(paper, "C-06", asked(sunday, sunday)), pupil="Рультытегин Артём")["state"] == "входили"
    assert line(report(paper, "C-06", asked(MONDAY, MONDAY)), pupil="Рультытегин Артём")["days"] == 0


def test_at_an_earlier_moment_only_what_was_by_then_counts(paper: Paper) -> None:
    told(paper)
    early = report(paper, "C-06", OF_7A, "2026-10-12 17:59")
    assert figures(early)["families"] == (0.0, 0, 6)
    later = line(report(paper, "C-06", OF_7A, "2026-10-12 18:01"), pupil="Каляна Мария")
    assert (later["state"], later["days"]) == ("входили", 1)


@pytest.mark.parametrize(
    ("page", "state"), [("diary", "входили"), (FEED, "не входили"), (REFUSED, "не входили")]
)
def test_a_look_at_a_page_is_a_day_of_use_and_a_calendar_a_telephone_asks_for_is_none(
    page: str, state: str, paper: Paper
) -> None:
    told(paper)
    looks(paper, account(paper, AUNT), OLGA, "2026-10-15 08:00", page=page)
    assert line(report(paper, "C-06", OF_7A), pupil="Ященко Ольга")["state"] == state


def test_the_last_visit_of_a_moment_stays_what_it_was_however_long_the_session_goes_on(paper: Paper) -> None:
    """The report of 18:30, printed again after a session of 18:00 has come to 20:00, is the same report."""
    poured(paper, Story(*LINKED))
    mother = account(paper, MOTHER)
    signs_in(paper, mother, "2026-10-12 18:00")
    looks(paper, mother, MARIYA, "2026-10-12 18:20")
    looks(paper, mother, MARIYA, "2026-10-12 18:25", page=FEED)
    before = report(paper, "C-06", OF_7A, "2026-10-12 18:30")
    goes_on(paper, mother, "2026-10-12 20:00")
    looks(paper, mother, MARIYA, "2026-10-12 20:00")
    assert report(paper, "C-06", OF_7A, "2026-10-12 18:30") == before
    assert str(line(before, pupil="Каляна Мария")["last"]) == "2026-10-12 18:20:00"
    assert str(line(report(paper, "C-06", OF_7A), pupil="Каляна Мария")["last"]) == "2026-10-12 20:00:00"


def test_families_on_paper_are_left_out_of_the_share_and_named(paper: Paper) -> None:
    story = Story(*LINKED)
    declared = PaperInformingDeclared(first=date(2026, 10, 1))
    written(story, "Громова", "2026-09-30 12:00", Category.SCHOOL, DARIA, declared)
    poured(paper, story)
    found = report(paper, "C-06", OF_7A)
    assert figures(found)["families"] == (0.0, 0, 5)
    assert figures(found)["paper"] == (1, None, None)
    assert line(found, pupil="Антипина Дарья")["state"] == "получают на бумаге"
    assert found.notes == ("Получают сведения на бумаге и в долю не входят: Антипина Дарья.",)


def test_of_a_teacher_the_classes_led_and_of_a_subject_its_pages(paper: Paper) -> None:
    told(paper)
    assert len(report(paper, "C-06", asked(teacher="Громова")).lines) == 6
    assert report(paper, "C-06", asked(teacher="Соколова")).lines == ()
    grouped = lines(report(paper, "C-06", asked(subject="Иностранный язык")))
    assert [own["pupil"] for own in grouped] == ["Антипина Дарья", "Вуквукай Илья"]


def test_classes_stand_in_their_order_and_behind_a_line_the_guardians(paper: Paper) -> None:
    told(paper)
    found = report(paper, "C-06", asked())
    assert list(dict.fromkeys(own["class"] for own in lines(found))) == ["1А", "6А", "7А", "9А", "10А"]
    assert found.charts[0].labels == ("1А", "6А", "7А", "9А", "10А")
    said = behind(paper, "C-06", OF_7A, str(MARIYA))
    assert [each.words.split(": ")[1] for each in said] == [
        "дней с входом 2, последний раз 13.10.2026 07:30",
        "дней с входом 1, последний раз 14.10.2026 16:00",
    ]
