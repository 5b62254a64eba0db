"""C-11 and C-15: results of a period by class and level, and how they move (Усть-Белая 9.2, Perm 3.4)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger import streams
from ledger.entry import Category
from ledger.events.roster import ClassFormed
from tests.correction_cases import marked, sheet_of, voided
from tests.projections.control.reported import asked, behind, figures, line, lines, poured, report
from tests.projections.pouring import Paper
from tests.story import Story
from tests.term import MORE, NEWCOMER
from tests.world import FIRST, LAST, PUPILS, SCHOOL_ID, named

TERM, SECOND = named("ООО I триместр"), named("ООО II триместр")
FORMER = named("6А Русский язык")
TERM_END = date(2026, 11, 20)
NOW = "2026-11-25 12:00"
SUBJECTS = ("Алгебра", "Физика", "Геометрия", "Русский язык", "Литература", "Физкультура")
OF_TERM = asked(FIRST, TERM_END, class_id="7А")
# By pupil in order of the list: marks of the six subjects; only the first two learn the foreign language.
MARKS = (
    ("5", "5", "5", "5", "5", "5", "5"),
    ("5", "5", "5", "5", "5", "5", "4"),
    ("4", "4", "5", "5", "5", "осв"),
    ("3", "4", "5", "5", "5", "5"),
    ("2", "4", "4", "4", "4", "4"),
    ("н/а", "4", "4", "4", "4", "4"),
)


def told(story: Story | None = None, period: UUID = TERM, when: str = "2026-11-20 15:00") -> Story:
    story = story or Story()
    for pupil, own in zip(PUPILS["7А"], MARKS, strict=True):
        for subject, value in zip((*SUBJECTS, "Иностранный язык"), own, strict=False):
            marked(story, "Соколова", when, named(f"7А {subject}"), period, "period", pupil, value)
    return story


def test_pupils_are_counted_by_what_their_marks_come_to(paper: Paper) -> None:
    """One excellent, two good (one of them with one 4), one with one 3, two failing: 4 of 6 and 3 of 6."""
    poured(paper, told())
    found = report(paper, "C-11", OF_TERM, NOW)
    row = line(found, level="ООО")
    assert (row["class"], row["term"], row["pupils"]) == ("7А", "I триместр", 6)
    assert (row["attested"], row["not_attested"], row["exempt"], row["unset"]) == (5, 1, 1, 0)
    assert (row["excellent"], row["one_four"], row["good"], row["one_three"]) == (1, 1, 2, 1)
    assert (row["failing"], row["success"], row["quality"]) == (2, 66.7, 50.0)
    assert figures(found)["success"] == (66.7, 4, 6)


def test_who_has_not_all_marks_yet_is_in_no_share(paper: Paper) -> None:
    story = Story()
    marked(story, "Соколова", "2026-11-20 15:00", named("7А Алгебра"), TERM, "period", "Антипина Дарья", "5")
    marked(story, "Соколова", "2026-11-20 15:00", named("7А Алгебра"), TERM, "period", "Каляна Мария", "2")
    poured(paper, story)
    row = line(report(paper, "C-11", OF_TERM, NOW), level="ООО")
    assert (row["attested"], row["unset"], row["failing"], row["success"]) == (0, 6, 1, None)
    algebra = asked(FIRST, TERM_END, class_id="7А", subject="Алгебра")
    own = line(report(paper, "C-11", algebra, NOW), level="ООО")
    assert (own["attested"], own["excellent"], own["failing"], own["success"]) == (2, 1, 1, 50.0)


def test_levels_and_the_school_are_summed_and_an_empty_class_stands_with_nothing(paper: Paper) -> None:
    empty = ClassFormed(year=2026, title="8Б", grade=8, level="ООО")
    poured(paper, told(Story((named("8Б"), empty))))
    found = report(paper, "C-11", asked(FIRST, TERM_END), NOW)
    titles = [row["class"] for row in lines(found)]
    assert titles == ["1А", "6А", "7А", "8Б", "9А", "10А", "Всего НОО", "Всего ООО", "Всего СОО", "Всего"]
    nobody = line(found, **{"class": "8Б"})
    assert (nobody["pupils"], nobody["success"], nobody["quality"]) == (0, None, None)
    level = line(found, **{"class": "Всего ООО"})
    assert (level["pupils"], level["attested"], level["success"]) == (8, 5, 66.7)


def test_the_whole_year_is_judged_by_the_marks_of_the_year(paper: Paper) -> None:
    story, year = told(), streams.year(SCHOOL_ID, 2026)
    for subject in (*SUBJECTS, "Иностранный язык"):
        marked(
            story, "Соколова", "2027-05-27 15:00", named(f"7А {subject}"), year, "year", "Антипина Дарья", "4"
        )
    poured(paper, story)
    row = line(report(paper, "C-11", asked(FIRST, LAST, class_id="7А"), "2027-05-28 12:00"), level="ООО")
    assert (row["term"], row["good"], row["excellent"], row["unset"]) == ("год", 1, 0, 5)


def test_a_newcomer_counts_with_the_marks_he_brought(paper: Paper) -> None:
    """E-06: of 6А, in Russian, until 7А sets its own."""
    story = Story(*MORE)
    marked(story, "Лебедева", "2026-10-16 15:00", FORMER, TERM, "period", "Эттувги Роман", "2")
    russian = asked(FIRST, TERM_END, class_id="7А", subject="Русский язык")
    poured(paper, story)
    assert line(report(paper, "C-11", russian, NOW), level="ООО")["failing"] == 1
    marked(
        story, "Лебедева", "2026-11-20 15:00", named("7А Русский язык"), TERM, "period", "Эттувги Роман", "4"
    )
    poured(paper, story)
    row = line(report(paper, "C-11", russian, NOW), level="ООО")
    assert (row["failing"], row["good"]) == (0, 1)
    found = behind(paper, "C-11", russian, str(named("7А")), NOW)
    assert next(each.words for each in found if each.pupil == NEWCOMER).endswith("с одной «4»")


def test_a_void_of_a_mark_changes_the_result_from_then_on(paper: Paper) -> None:
    story = told()
    sheet = sheet_of(named("7А Алгебра"), TERM)
    two = next(e.position for e in story.entries(sheet) if getattr(e.event, "value", "") == "2")
    voided(story, "2026-11-24 10:00", Category.PERIOD, sheet, two)
    poured(paper, story)
    before = line(report(paper, "C-11", OF_TERM, "2026-11-24 09:59"), level="ООО")
    after = line(report(paper, "C-11", OF_TERM, "2026-11-24 10:01"), level="ООО")
    assert (before["failing"], before["unset"]) == (2, 0)
    assert (after["failing"], after["unset"]) == (1, 1)


def test_quality_moves_from_period_to_period(paper: Paper) -> None:
    """In the second trimester everybody has a 4 in algebra: 6 of 6 against 2 of 6."""
    story = Story()
    for n, pupil in enumerate(PUPILS["7А"]):
        value = "4" if n < 2 else "3"
        page = named("7А Алгебра")
        marked(story, "Соколова", "2026-11-20 15:00", page, TERM, "period", pupil, value)
    for pupil in PUPILS["7А"]:
        marked(story, "Соколова", "2027-02-19 15:00", named("7А Алгебра"), SECOND, "period", pupil, "4")
    poured(paper, story)
    wanted = asked(FIRST, date(2027, 2, 19), class_id="7А", subject="Алгебра")
    found = report(paper, "C-15", wanted, "2027-02-20 12:00")
    first, second = line(found, term="I триместр"), line(found, term="II триместр")
    assert (first["mean"], first["quality"], first["success"]) == (3.33, 33.3, 100.0)
    assert (first["mean_change"], first["quality_change"]) == (None, None)
    assert (second["mean"], second["quality"], second["success"]) == (4.0, 100.0, 100.0)
    assert (second["mean_change"], second["quality_change"], second["success_change"]) == (0.67, 66.7, 0.0)
    (chart,) = found.charts
    assert (chart.shape, chart.labels) == ("lines", ("I триместр", "II триместр"))
    assert chart.series[0] == ("Качество", (33.3, 100.0))


def test_only_the_periods_asked_for_are_shown_and_changes_reach_back(paper: Paper) -> None:
    poured(paper, told(told(), SECOND, "2027-02-19 15:00"))
    wanted = asked(date(2026, 12, 1), date(2027, 2, 19), class_id="7А")
    (row,) = lines(report(paper, "C-15", wanted, "2027-02-20 12:00"))
    assert (row["term"], row["quality_change"]) == ("II триместр", 0.0)
    key = f"{named('7А')}/{SECOND}"
    words = [each.words for each in behind(paper, "C-15", wanted, key, "2027-02-20 12:00")]
    assert words[0] == "7А, Антипина Дарья — на «5»"
