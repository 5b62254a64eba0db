"""C-27 «Отчёт по классу» and C-28 «Ведомость» (Padun 2.7; AT-23)."""

from __future__ import annotations

from datetime import date

import pytest

from commands.promotion import DecidePromotion, PromotionItem
from ledger import streams
from ledger.entry import Category
from projections.reading import NoSuchPage
from tests.correction_cases import marked, sheet_of, voided
from tests.projections.control.reported import asked, behind, figures, line, lines, poured, report
from tests.projections.control.test_attendance import told as week_of_october
from tests.projections.control.test_results import MARKS, NOW, OF_TERM, SUBJECTS, TERM, TERM_END, told
from tests.projections.pouring import Paper
from tests.story import Story
from tests.term import MORE
from tests.world import FIRST, LAST, PUPILS, SCHOOL_ID, named

ALGEBRA = named("7А Алгебра")
A_KEY = f"subject:{named('Алгебра')}"


@pytest.mark.case("AT-23")
def test_the_class_report_has_marks_means_absences_and_who_learns_how(paper: Paper) -> None:
    poured(paper, told(week_of_october()))
    found = report(paper, "C-27", OF_TERM, NOW)
    assert found.title == "Отчёт по классу 7А, I триместр"
    kalyana, artyom = line(found, pupil="Каляна Мария"), line(found, pupil="Рультытегин Артём")
    assert (kalyana[A_KEY], kalyana["mean"], kalyana["group"]) == ("4", 4.6, "хорошист")
    assert (kalyana["missed"], kalyana["category:"]) == (1, 1)
    assert (artyom["missed"], artyom["category:по болезни"], artyom["days"]) == (6, 6, 1)
    assert artyom["group"] == "одна «3»"
    assert line(found, pupil="Тынетегин Павел")["group"] == "не успевает"
    assert figures(found)["quality"] == (50.0, 3, 6)


@pytest.mark.case("AT-23")
def test_the_foot_has_means_and_shares_of_every_subject(paper: Paper) -> None:
    """Algebra: 5, 5, 4, 3, 2 and «н/а»: mean 3,80; 4 of 6 learn, 3 of 6 well."""
    poured(paper, told())
    found = report(paper, "C-27", OF_TERM, NOW)
    assert line(found, pupil="Средний балл")[A_KEY] == "3,80"
    assert line(found, pupil="Успеваемость, %")[A_KEY] == "66,7"
    assert line(found, pupil="Качество, %")[A_KEY] == "50,0"


def test_the_class_report_names_the_excellent_and_the_reserve(paper: Paper) -> None:
    poured(paper, told())
    assert report(paper, "C-27", OF_TERM, NOW).notes == (
        "Отличники: Антипина Д.",
        "Резерв отличников (одна «4»): Вуквукай И.",
        "Хорошисты: Вуквукай И., Каляна М.",
        "Резерв хорошистов (одна «3»): Рультытегин А.",
        "Неуспевающие: Тынетегин П., Ященко О.",
    )


def test_behind_a_pupil_stand_his_marks_and_the_lessons_missed(paper: Paper) -> None:
    poured(paper, told(week_of_october()))
    found = behind(paper, "C-27", OF_TERM, str(named("Каляна Мария")), NOW)
    words = [each.words for each in found]
    assert "Каляна Мария: Алгебра — 4" in words
    assert words[-1] == "урок 2, причина не указана"


def test_a_report_of_no_class_or_of_days_outside_its_periods_is_none(paper: Paper) -> None:
    poured(paper, Story())
    for wanted in (
        asked(FIRST, TERM_END, class_id="5Г"),
        asked(date(2026, 7, 1), date(2026, 7, 31), class_id="7А"),
    ):
        with pytest.raises(NoSuchPage):
            report(paper, "C-27", wanted, NOW)
    with pytest.raises(NoSuchPage):
        report(paper, "C-28", asked(FIRST, TERM_END, class_id="5Г"), NOW)


@pytest.mark.case("AT-23")
def test_the_sheet_has_every_mark_of_the_periods_that_meet_the_days(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-28", OF_TERM, NOW)
    keys = [column.key for column in found.columns]
    assert keys[1:] == [f"{s}/{TERM}" for s in map(named, sorted((*SUBJECTS, "Иностранный язык")))]
    row = line(found, pupil="Тынетегин Павел")
    assert row[f"{named('Алгебра')}/{TERM}"] == MARKS[4][0] == "2"
    assert line(found, pupil="Ященко Ольга")[f"{named('Алгебра')}/{TERM}"] == "н/а"
    assert row[f"{named('Иностранный язык')}/{TERM}"] is None
    assert figures(found)["complete"] == (6, None, None)


def test_the_sheet_of_the_year_ends_with_what_becomes_of_the_pupils(paper: Paper) -> None:
    story, year = told(), streams.year(SCHOOL_ID, 2026)
    marked(story, "Соколова", "2027-05-25 15:00", ALGEBRA, year, "year", "Антипина Дарья", "5")
    items = (PromotionItem(pupil=named("Антипина Дарья"), decision="promoted"),)
    decided = DecidePromotion(year=2026, items=items, order_number="41", order_date=date(2027, 5, 26))
    story.do("Орлова", "2027-05-26 12:00", decided)
    poured(paper, story)
    found = report(paper, "C-28", asked(FIRST, LAST, class_id="7А", subject="Алгебра"), "2027-05-27 12:00")
    row = line(found, pupil="Антипина Дарья")
    assert row[f"{named('Алгебра')}/year"] == "5"
    assert row["promotion"] == "переведён в следующий класс, приказ № 41"
    assert line(found, pupil="Каляна Мария")["promotion"] is None


def test_who_left_stands_at_the_end_with_the_marks_he_got(paper: Paper) -> None:
    story = Story(*MORE)
    marked(
        story, "Лебедева", "2026-10-16 15:00", named("6А Русский язык"), TERM, "period", "Эттувги Роман", "3"
    )
    poured(paper, story)
    (row,) = lines(report(paper, "C-28", asked(FIRST, TERM_END, class_id="6А"), NOW))
    assert list(row.values()) == ["Эттувги Роман (выбыл(а))", "3"]


def test_a_void_empties_the_cell_and_the_past_keeps_it(paper: Paper) -> None:
    story, sheet = told(), sheet_of(ALGEBRA, TERM)
    two = next(e.position for e in story.entries(sheet) if getattr(e.event, "value", "") == "2")
    voided(story, "2026-11-24 10:00", Category.PERIOD, sheet, two)
    poured(paper, story)
    key = f"{named('Алгебра')}/{TERM}"
    for code, column in (("C-28", key), ("C-27", A_KEY)):
        before = line(report(paper, code, OF_TERM, "2026-11-24 09:59"), pupil="Тынетегин Павел")
        after = line(report(paper, code, OF_TERM, "2026-11-24 10:01"), pupil="Тынетегин Павел")
        assert (before[column], after[column]) == ("2", None)


def test_behind_a_line_of_the_sheet_stand_the_cells(paper: Paper) -> None:
    poured(paper, told())
    found = behind(paper, "C-28", OF_TERM, str(named(PUPILS["7А"][0])), NOW)
    assert found[0].words == "Алгебра, I триместр: 5"
    assert (found[0].journal, found[0].period) == (ALGEBRA, TERM)
