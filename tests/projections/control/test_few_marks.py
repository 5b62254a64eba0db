"""C-02 and C-03: pupils without marks and with one mark, by class and subject (Perm 3.6)."""

from __future__ import annotations

from datetime import date

from ledger.entry import Category
from ledger.events.calendar import BellsAssigned
from ledger.events.journals import JournalListed, WorkloadAssigned
from ledger.events.marks import MarkGiven
from ledger.events.roster import ClassFormed, ExemptionGranted, PupilMoved
from ledger.events.timetable import SlotScheduled
from ledger.streams import calendar
from tests.correction_cases import give, voided, written
from tests.projections.control.reported import (
    FRIDAY,
    MONDAY,
    asked,
    behind,
    figures,
    line,
    lines,
    poured,
    report,
)
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import FIRST, LAST, SCHOOL_ID, given_lesson, given_school, named

ALGEBRA = [given_lesson("7А Алгебра", f"2026-10-{day}") for day in (12, 14, 16)]
OF_ALGEBRA = asked(class_id="7А", subject="Алгебра")


def told() -> Story:
    """Of six pupils Каляна has two marks, Рультытегин one, four none."""
    story = Story()
    give(story, "Соколова", ALGEBRA[0], "Каляна Мария", "4")
    give(story, "Соколова", ALGEBRA[1], "Каляна Мария", "5")
    give(story, "Соколова", ALGEBRA[1], "Рультытегин Артём", "3")
    return story


def test_the_shares_are_of_the_pupils_who_were_to_have_marks(paper: Paper) -> None:
    poured(paper, told())
    none, one = report(paper, "C-02", OF_ALGEBRA), report(paper, "C-03", OF_ALGEBRA)
    assert figures(none) == {"share": (66.7, 4, 6)}
    assert figures(one) == {"share": (16.7, 1, 6)}
    assert line(none, subject="Алгебра")["who"] == "Антипина Д., Вуквукай И., Тынетегин П., Ященко О."
    assert line(one, subject="Алгебра")["who"] == "Рультытегин А."


def test_a_mark_of_another_day_is_none_of_the_period(paper: Paper) -> None:
    poured(paper, told())
    only = asked(MONDAY, MONDAY, class_id="7А", subject="Алгебра")
    assert figures(report(paper, "C-02", only)) == {"share": (83.3, 5, 6)}
    assert figures(report(paper, "C-03", only)) == {"share": (16.7, 1, 6)}


def test_classes_and_subjects_without_marks_are_left_out(paper: Paper) -> None:
    poured(paper, told())
    found = lines(report(paper, "C-02", asked()))
    places = {(own["class"], own["subject"]) for own in found}
    assert ("1А", "Математика") not in places, "P-12"
    assert ("7А", "Разговоры о важном") not in places
    assert ("7А", "Иностранный язык") in places
    assert [own["class"] for own in found] == sorted(
        (own["class"] for own in found), key=lambda title: int(title[:-1])
    )


def test_only_the_group_is_to_have_marks_on_its_page(paper: Paper) -> None:
    poured(paper, told())
    own = line(report(paper, "C-02", asked(class_id="7А")), subject="Иностранный язык")
    assert (own["pupils"], own["few"], own["share"]) == (2, 2, 100.0)


def test_before_any_lesson_is_over_nobody_is_to_have_marks(paper: Paper) -> None:
    poured(paper, told())
    early = report(paper, "C-02", OF_ALGEBRA, "2026-10-12 10:04:59")
    assert (early.lines, figures(early)) == ((), {"share": (None, 0, 0)})
    over = report(paper, "C-02", asked(MONDAY, MONDAY, class_id="7А", subject="Алгебра"), "2026-10-12 10:05")
    assert figures(over) == {"share": (83.3, 5, 6)}


def test_whoever_is_exempt_all_the_time_is_not_counted_in_physical_education(paper: Paper) -> None:
    exempt = ExemptionGranted(exemption=named("осв"), first=MONDAY, until=FRIDAY, document=None)
    poured(paper, Story((named("Ященко Ольга"), exempt)))
    assert line(report(paper, "C-02", asked(class_id="7А")), subject="Физкультура")["pupils"] == 5
    longer = asked(MONDAY, date(2026, 10, 19), class_id="7А")
    later = report(paper, "C-02", longer, "2026-10-19 23:00")
    assert line(later, subject="Физкультура")["pupils"] == 6, "the 19th is a day after the exemption"


def test_a_voided_mark_counts_until_the_void(paper: Paper) -> None:
    story = told()
    mark = next(
        e
        for e in story.entries(ALGEBRA[1].id)
        if getattr(e.event, "pupil", None) == named("Рультытегин Артём")
    )
    voided(story, "2026-10-20 12:00", Category.LESSON, ALGEBRA[1].id, mark.position)
    poured(paper, story)
    assert figures(report(paper, "C-03", OF_ALGEBRA, "2026-10-20 11:59")) == {"share": (16.7, 1, 6)}
    assert figures(report(paper, "C-03", OF_ALGEBRA, "2026-10-20 12:01")) == {"share": (0.0, 0, 6)}
    assert figures(report(paper, "C-02", OF_ALGEBRA, "2026-10-20 12:01")) == {"share": (83.3, 5, 6)}


def test_a_fraction_is_one_mark(paper: Paper) -> None:
    """P-25, K-14."""
    story, lesson = Story(), given_lesson("7А Русский язык", "2026-10-12")
    mark = MarkGiven(work=lesson.id, pupil=named("Каляна Мария"), value=(4, 3))
    give(story, "Лебедева", lesson, "Ященко Ольга", "5")
    written(story, "Лебедева", "2026-10-12 12:00", Category.LESSON, lesson.id, mark)
    poured(paper, story)
    found = report(paper, "C-03", asked(class_id="7А", subject="Русский язык"))
    assert line(found, subject="Русский язык")["who"] == "Каляна М., Ященко О."


SEVENTH_B = named("7Б")
PAGE = named("7Б Алгебра")
PARALLEL = (
    (SEVENTH_B, ClassFormed(year=2026, title="7Б", grade=7, level="ООО")),
    *(
        (
            calendar(SCHOOL_ID),
            BellsAssigned(class_id=SEVENTH_B, weekday=day, schedule=named("звонки"), first=FIRST),
        )
        for day in range(1, 6)
    ),
    (PAGE, JournalListed(class_id=SEVENTH_B, group=None, subject=named("Алгебра"), year=2026)),
    (PAGE, WorkloadAssigned(teacher=named("Петров"), first=FIRST, until=None, hours=100)),
    (
        named("7Б вторник"),
        SlotScheduled(journal=PAGE, weekday=2, number=1, week="all", first=FIRST, last=LAST, room=None),
    ),
)
MOVED = (
    *PARALLEL,
    (named("Каляна Мария"), PupilMoved(class_id=SEVENTH_B, first=date(2026, 10, 15), order=None)),
)


def test_a_class_without_pupils_has_no_line(paper: Paper) -> None:
    poured(paper, Story(*PARALLEL))
    found = report(paper, "C-02", asked(class_id="7Б"))
    assert (found.lines, found.charts) == ((), ())


def test_marks_travel_with_a_pupil_into_the_other_class(paper: Paper) -> None:
    """E-06: Каляна comes to 7Б on Thursday with a mark of 7А; liable there from the Tuesday after."""
    story = Story(*MOVED)
    give(
        story,
        "Соколова",
        given_lesson("7А Алгебра", "2026-10-12", school=given_school(*MOVED)),
        "Каляна Мария",
        "4",
    )
    poured(paper, story)
    weeks = asked(MONDAY, date(2026, 10, 20), subject="Алгебра")
    found = report(paper, "C-03", weeks, "2026-10-20 18:00")
    assert line(found, **{"class": "7Б"})["who"] == "Каляна М."
    assert line(found, **{"class": "7А"})["who"] == "Каляна М.", "she was at a lesson of 7А too"
    assert line(report(paper, "C-02", weeks, "2026-10-20 18:00"), **{"class": "7Б"})["few"] == 0
    alone = asked(MONDAY, date(2026, 10, 20), class_id="7Б", subject="Алгебра")
    assert figures(report(paper, "C-03", alone, "2026-10-20 18:00")) == {"share": (100.0, 1, 1)}


def test_behind_a_figure_stand_the_pupils_with_their_mark(paper: Paper) -> None:
    poured(paper, told())
    key = f"{named('7А')}/{named('Алгебра')}"
    (one,) = behind(paper, "C-03", OF_ALGEBRA, key)
    assert (one.words, one.pupil, one.lesson) == (
        "Рультытегин Артём: 3",
        named("Рультытегин Артём"),
        ALGEBRA[1].id,
    )
    none = behind(paper, "C-02", OF_ALGEBRA, key)
    assert [each.words for each in none] == [
        "Антипина Дарья",
        "Вуквукай Илья",
        "Тынетегин Павел",
        "Ященко Ольга",
    ]
    assert {each.journal for each in none} == {named("7А Алгебра")}
