"""Readiness for the close of a period: every number against a plain count of the raw entries (R-161, R-162)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from commands.deciding import Refusal
from commands.period_close import ClosePeriods, SheetRef
from commands.reminders import RemindReadiness
from ledger.attestation import least_marks, marks_counted, missed_too_much
from ledger.column import for_all
from ledger.lesson import fold_lesson
from ledger.school import School
from ledger.streams import year as year_of
from ledger.timetable import Lesson
from projections import readiness, readiness_square
from projections.missing_period_marks import missing
from projections.period_evidence import of_page
from projections.readiness import Filter, ReadinessPage
from projections.readiness_gaps import KINDS, Gaps
from projections.reading import NoSuchPage, Reading
from projections.standings import standings
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.term import AT_HOME, HOME_PAGE, KLASS, NEWCOMER, PERIOD, marked, told
from tests.world import FIRST, SCHOOL_ID, UST_BELAYA, named

LAST = date(2026, 11, 20)
DURING, CLOSING = "2026-10-30 20:00", "2026-11-20 20:00"
ALGEBRA, RUSSIAN, PHYSICS = named("7А Алгебра"), named("7А Русский язык"), named("7А Физика")


def poured(paper: Paper, story: Story) -> None:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)


def lessons_of(story: Story, school: School, journal: UUID, now: datetime) -> list[tuple[Lesson, object]]:
    """The page's lessons that are over, each with its sheet folded from its own entries."""
    found = []
    for lesson in school.timetable.by_journal.get(journal, ()):
        if FIRST <= lesson.date <= LAST and lesson.ends <= now:
            found.append((lesson, fold_lesson(lesson.id, story.entries(lesson.id))))
    return found


def plain_gaps(story: Story, school: School, journal: UUID, now: datetime) -> Gaps:
    """Topics, presence and works, counted lesson by lesson; the marks are counted by `plain_marks`."""
    topics = attendance = works = 0
    for lesson, sheet in lessons_of(story, school, journal, now):
        topics += sheet.topic is None
        attendance += sheet.taken is None
        for work, known in sheet.works.items():
            if not for_all(known.kind, known.assess, known.makes_up, UST_BELAYA):
                continue
            asked = [
                p for p in school.pupils_of(journal, lesson.date) if school.liable(p, journal, lesson.date)
            ]
            works += any((work, pupil) not in sheet.marks for pupil in asked)
    return Gaps(topics=topics, attendance=attendance, works=works)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("when", [DURING, CLOSING])
def test_every_number_is_what_a_plain_count_of_the_entries_gives(
    paper: Paper,
    seed: int,
    when: str,
) -> None:
    now = datetime.fromisoformat(when)
    story, school = told(seed, now.date())
    poured(paper, story)
    pages = [page.id for page in school.journals.values() if page.class_id == KLASS]
    with paper.reading(when) as reading:
        page = readiness.page(reading, PERIOD, [KLASS])
        by_subject = {square.subject: square for row in page.rows for square in row.squares}
        for subject, square in by_subject.items():
            own = [each for each in pages if school.journals[each].subject == subject]
            plain = sum((plain_gaps(story, school, journal, now) for journal in own), Gaps())
            short, unmarked = plain_marks(reading, school, own, due=when == CLOSING)
            assert square.gaps == Gaps(
                topics=plain.topics,
                attendance=plain.attendance,
                works=plain.works,
                short=short,
                marks=unmarked,
            ), school.subjects[subject].title
            lines = readiness_square.page(reading, KLASS, subject, PERIOD)
            assert sum((each.gaps for each in lines.pages), Gaps()) == square.gaps


def plain_marks(reading: Reading, school: School, pages: list[UUID], *, due: bool) -> tuple[int, int]:
    """Pupils short of marks and without a period mark, from the evidence of each (projections.period_evidence)."""
    short = unmarked = 0
    for journal in pages:
        if "unmarked" in school.subject_of(journal).attributes:
            continue
        home = school.journals[journal].pupil is not None
        asked = [
            p
            for p in school.pupils_of(journal, reading.today)
            if home or not school.pupils[p].at_home(reading.today)
        ]
        unmarked += len(asked) if due else 0
        planned = [each for each in school.timetable.by_journal[journal] if FIRST <= each.date <= LAST]
        over = sum(each.ends <= reading.now for each in planned)
        span = school.periods[PERIOD].span
        for evidence, proposal in of_page(reading, journal, asked, span).values():
            needed = least_marks(evidence, UST_BELAYA)
            wanted = needed if due else needed * over // len(planned)
            short += proposal.by != "exempt" and len(evidence.marks) < wanted
    return short, unmarked


@pytest.mark.parametrize("seed", range(4, 8))
def test_the_counts_of_the_database_are_the_evidence_of_each_pupil(paper: Paper, seed: int) -> None:
    """Also of the newcomer, the exempt and the one at home, where the evidence is gathered mark by mark."""
    story, school = told(seed, LAST)
    poured(paper, story)
    span = school.periods[PERIOD].span
    with paper.reading(CLOSING) as reading:
        for page in (each for each in school.journals.values() if each.class_id == KLASS):
            pupils = school.pupils_of(page.id, LAST)
            found = standings(reading, {page.id: pupils}, span)
            for pupil, (evidence, proposal) in of_page(reading, page.id, pupils, span).items():
                standing = found[page.id, pupil]
                marks, needed = marks_counted(evidence, UST_BELAYA), least_marks(evidence, UST_BELAYA)
                assert standing.short == (marks < needed and proposal.by != "exempt")
                assert standing.needed == needed or marks >= standing.needed
                assert (standing.marks, standing.missed, standing.held) == (
                    marks,
                    len(evidence.missed),
                    evidence.held,
                )
                assert standing.absent == missed_too_much(evidence.held, len(evidence.missed), UST_BELAYA)
                assert standing.exempt == (proposal.by == "exempt")


def matrix(paper: Paper, when: str) -> ReadinessPage:
    with paper.reading(when) as reading:
        return readiness.page(reading, PERIOD, list(reading.school.classes))


def gaps_at(page: ReadinessPage, subject: str) -> Gaps:
    row = next(row for row in page.rows if row.class_id == KLASS)
    return next(square.gaps for square in row.squares if square.subject == named(subject))


def test_marks_are_waited_for_from_the_last_week_on(paper: Paper) -> None:
    """The term ends on Friday 20 November: its last week begins on the 14th."""
    poured(paper, Story())
    before, after = matrix(paper, "2026-11-13 23:59"), matrix(paper, "2026-11-14 00:00")
    assert (before.due, gaps_at(before, "Алгебра").marks) == (False, 0)
    assert (after.due, gaps_at(after, "Алгебра").marks) == (True, 6)
    assert gaps_at(after, "Разговоры о важном").marks == 0


def test_the_year_is_one_more_period_to_be_filled_and_closed(paper: Paper) -> None:
    """R-158, R-162: its last week begins on 22 May; who graduates is owed the final mark besides."""
    story, year, literature = Story(), year_of(SCHOOL_ID, 2026), named("9А Литература")
    poured(paper, story)
    with paper.reading("2027-05-21 23:59") as reading:
        early = readiness.page(reading, year, list(reading.school.classes))
        assert (early.title, early.due, gaps_at(early, "Алгебра").marks) == ("", False, 0)
    with paper.reading("2027-05-22 00:00") as reading:
        page = readiness.page(reading, year, list(reading.school.classes))
        tasks = {
            each.place.journal: each
            for each in missing(reading, reading.school.journals.values())
            if each.place and each.place.period == year
        }
        square = readiness_square.page(reading, named("9А"), named("Литература"), year)
    assert [row.title for row in page.rows] == ["1А", "6А", "7А", "9А", "10А"]
    assert [period.title for period in page.periods][-2:] == ["III триместр", ""]
    assert (gaps_at(page, "Алгебра").marks, gaps_at(page, "Алгебра").short) == (6, 0)
    (only,) = square.pages
    assert [kind for _, _, kind in only.unmarked] == ["year", "final"]
    assert tasks[literature].place.period == year
    closing = ClosePeriods(sheets=(SheetRef(journal=literature, period=year),))
    with pytest.raises(Refusal) as asked:
        story.do("Дьячкова", "2027-05-27 12:00", closing)
    assert "9А, Литература — 2." in asked.value.sentence
    story.do("Дьячкова", "2027-05-27 12:00", replace(closing, confirmed=True))
    poured(paper, story)
    with paper.reading("2027-05-27 12:30") as reading:
        row = next(r for r in readiness.page(reading, year, [named("9А")]).rows)
    assert literature not in row.open


def test_a_square_says_who_closed_it_and_when(paper: Paper) -> None:
    story = Story()
    sheets = (SheetRef(journal=ALGEBRA, period=PERIOD), SheetRef(journal=PHYSICS, period=PERIOD))
    story.do("Дьячкова", "2026-11-20 17:00", ClosePeriods(sheets=sheets, confirmed=True))
    poured(paper, story)
    row = next(row for row in matrix(paper, CLOSING).rows if row.class_id == KLASS)
    closed = {square.subject: square for square in row.squares if square.closed_at}
    assert set(closed) == {named("Алгебра"), named("Физика")}
    assert closed[named("Физика")].closed_by == named("Дьячкова")
    assert ALGEBRA not in row.open
    assert RUSSIAN in row.open
    assert not any(square.closed for row in matrix(paper, "2026-11-20 16:59").rows for square in row.squares)


def test_a_period_mark_that_stands_is_not_missing_and_that_of_home_tuition_stands_on_its_own_page(
    paper: Paper,
) -> None:
    story, school = told(9, LAST)
    before = plain_unmarked(school)
    marked(story, ALGEBRA, NEWCOMER, "4", "2026-11-20 19:05")
    marked(story, HOME_PAGE, AT_HOME, "5", "2026-11-20 19:06")
    poured(paper, story)
    assert gaps_at(matrix(paper, CLOSING), "Алгебра").marks == before - 2
    with paper.reading(CLOSING) as reading:
        lines = readiness_square.page(reading, KLASS, named("Алгебра"), PERIOD)
    unmarked = {each.journal: {pupil for pupil, *_ in each.unmarked} for each in lines.pages}
    assert unmarked[HOME_PAGE] == set()
    assert AT_HOME not in unmarked[ALGEBRA]


def plain_unmarked(school: School) -> int:
    """All of 7А: the one at home on the page of its own."""
    return len(school.pupils_of_class(KLASS, LAST))


def test_the_matrix_is_narrowed_to_what_is_looked_for(paper: Paper) -> None:
    story, school = told(10, LAST)
    poured(paper, story)
    whole = matrix(paper, CLOSING)
    for kind in KINDS:
        left = readiness.narrowed(whole, Filter(gap=kind), school)
        assert left.gaps.of(kind) == whole.gaps.of(kind)
        assert all(square.gaps.of(kind) for row in left.rows for square in row.squares)
    petrov = readiness.narrowed(whole, Filter(teacher=named("Петров")), school)
    assert [subject for subject, _, _ in petrov.subjects] == [named("Физика")]
    one = readiness.narrowed(whole, Filter(class_id=KLASS, subject=named("Алгебра")), school)
    assert [(row.title, len(row.squares)) for row in one.rows] == [("7А", 1)]


def test_classes_of_every_level_stand_together_where_their_periods_have_one_title(paper: Paper) -> None:
    """«I триместр» is of НОО and of ООО; the half-year of 10А is another page."""
    poured(paper, Story())
    term = matrix(paper, CLOSING)
    assert [row.title for row in term.rows] == ["1А", "6А", "7А", "9А"]
    assert {row.title: row.period for row in term.rows}["1А"] == named("НОО I триместр")
    assert [period.title for period in term.periods][:2] == ["I триместр", "I полугодие"]
    with paper.reading(CLOSING) as reading:
        half = readiness.page(reading, named("СОО I полугодие"), list(reading.school.classes))
        assert [row.title for row in half.rows] == ["10А"]
        with pytest.raises(NoSuchPage):
            readiness.page(reading, named("нет такого"), [KLASS])


def test_a_reminder_is_shown_with_its_word(paper: Paper) -> None:
    story = Story()
    reminder = RemindReadiness(period=PERIOD, journals=(ALGEBRA, PHYSICS), text="До пятницы")
    story.do("Дьячкова", "2026-11-18 12:00", reminder)
    poured(paper, story)
    (shown,) = matrix(paper, CLOSING).reminders
    assert (shown.by, shown.journals, shown.text) == (named("Дьячкова"), 2, "До пятницы")
