"""What the journal says of one pupil on one page: marks, where the running period goes, absences, cases."""

from __future__ import annotations

from ledger.period_sheet import PERIOD
from projections import pupil_marks, pupil_page
from projections.case_place import CasePlace
from projections.pupil_page import PupilPage
from projections.pupil_record import PupilRecord, Running, SubjectRecord
from tests.correction_cases import asks, of_mark
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.projections.test_explanation import (
    FRIDAY,
    MARIA,
    PAGE,
    TERM,
    ended,
    ill,
    lesson_on,
    october,
    sets,
    told,
)
from tests.story import Story
from tests.world import named


def page_of(paper: Paper, story: Story, when: str) -> PupilPage:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    with paper.reading(when) as reading:
        return pupil_page.page(reading, MARIA, KEY_OF, marks=True, record=True)


def record_of(page: PupilPage) -> PupilRecord:
    assert page.record is not None
    return page.record


def subject(record: PupilRecord, title: str = "Алгебра") -> SubjectRecord:
    return next(each for each in record.subjects if each.marks.title == title)


def test_every_subject_stands_there_with_what_runs_and_what_was_missed(paper: Paper) -> None:
    record = record_of(page_of(paper, told(), "2026-11-20 12:00"))
    assert [each.marks.title for each in record.subjects] == [
        "Алгебра",
        "Геометрия",
        "Литература",
        "Русский язык",
        "Физика",
        "Физкультура",
    ]  # not «Разговоры о важном», which has no marks, nor the language of a group she is not in
    algebra = subject(record)
    assert algebra.running == Running(
        value="4", mean="3,50", marks=8, least=5, held=10, missed=(("по болезни", 1),)
    )
    assert (algebra.held, algebra.missed) == (10, (("по болезни", 1),))
    assert record.categories == (("по болезни", 1),)
    assert (record.late, record.entered) == (0, 8)
    assert [head.title for head in record.table.periods] == ["I триместр", "II триместр", "III триместр"]


def test_a_period_runs_is_set_or_says_after_its_deadline_that_it_is_not(paper: Paper) -> None:
    story = told()
    record = record_of(page_of(paper, story, FRIDAY))
    assert [cell.state for cell in subject(record).marks.cells] == ["runs", "ahead", "ahead"]
    sets(story, FRIDAY, "4")
    record = record_of(page_of(paper, story, "2026-11-21 00:00"))
    algebra, physics = (subject(record, title).marks.cells[0] for title in ("Алгебра", "Физика"))
    assert (algebra.value, algebra.state, algebra.journal, algebra.period) == ("4", "set", PAGE, TERM)
    assert (algebra.kind, algebra.rewritten, algebra.corrected) == (PERIOD, 0, False)
    assert (physics.value, physics.state) == ("", "overdue")  # the diary says «не выставлена»
    last_second = record_of(page_of(paper, story, "2026-11-20 23:59:59"))
    assert subject(last_second, "Физика").marks.cells[0].state == "runs"


def test_the_diary_shows_the_marks_of_its_year_only_when_there_are_any(paper: Paper) -> None:
    story = told()
    page_of(paper, story, FRIDAY)
    with paper.reading(FRIDAY) as reading:
        assert pupil_marks.of_pupil(reading, MARIA, 2026).begun
        assert pupil_marks.of_pupil(reading, named("Рентыргин Саша"), 2026).subjects == ()  # P-12: no marks
        assert not pupil_marks.of_pupil(reading, named("Рентыргин Саша"), 2026).begun


def test_the_cases_about_the_pupil_are_there_without_anybodys_reasons(paper: Paper) -> None:
    story = ill(october())
    mark = story.sheet(lesson_on("10-12")).marks[lesson_on("10-12").id, MARIA]
    asked = of_mark(lesson_on("10-12"), "Каляна Мария", "5", mark.position)
    asks(story, "Соколова", "2026-11-10 12:00", asked, reason="Перепутала строки")
    record = record_of(page_of(paper, ended(story), FRIDAY))
    (case,) = record.cases
    assert (case.of, case.status, case.old, case.new) == ("correction", "asked", "3", "5")
    assert isinstance(case.place, CasePlace)
    assert (case.place.subject, f"{case.place.date:%d.%m}") == ("Алгебра", "12.10")
    assert "Перепутала" not in str(record)
    assert record_of(page_of(paper, story, "2026-11-10 11:00")).cases == ()


def test_whoever_keeps_the_lists_gets_no_marks(paper: Paper) -> None:
    page_of(paper, told(), FRIDAY)
    with paper.reading(FRIDAY) as reading:
        page = pupil_page.page(reading, MARIA, None, marks=False, record=False)
    assert page.record is None
    assert page.card.class_title == "7А"
