"""The trail of what was corrected, asked for, reported, taken back: old → new, ground and names, for ever (R-163)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from commands.corrections import CorrectionRef, DeclineCorrections
from commands.error_reports import CloseErrorReport, ReportError
from commands.marks import GiveMark
from commands.promotion import DecidePromotion, PromotionItem
from commands.taking_back import TakeBack
from ledger import streams
from ledger.codec import NAMES
from ledger.error_report import fold_error_reports
from ledger.events import roster
from ledger.period_sheet import PERIOD
from projections import period_mark_trail, trail
from projections.trail_lines import TrailPage
from tests.correction_cases import (
    DIVIDED,
    TRIMESTER,
    approves,
    asks,
    closed,
    marked,
    of_mark,
    of_period_mark,
    spared,
)
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named
from web.titles import EVENTS

PAGE, LESSON = named("7А Алгебра"), given_lesson("7А Алгебра", "2026-10-12")
WHO, MARIA, MOTHER = "Каляна Мария", named("Каляна Мария"), "мать Каляны"
ASKED, DECIDED, LATER = "2026-10-19 12:00", "2026-10-19 15:00", "2026-10-19 16:00"


@pytest.fixture
def story() -> Story:
    linked = (MARIA, roster.GuardianLinked(guardian=named(MOTHER), kinship="мать"))
    made = Story(*DIVIDED, linked)
    made.do(
        "Соколова", "2026-10-12 10:30", GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA, value="3")
    )
    return made


def seen(story: Story) -> int:
    return story.sheet(LESSON).marks[LESSON.id, MARIA].position


def asked(story: Story) -> CorrectionRef:
    (ref,) = asks(story, "Соколова", ASKED, of_mark(LESSON, WHO, "4", seen(story)))
    return ref


def poured(paper: Paper, story: Story) -> None:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()


def cell(paper: Paper, when: str) -> TrailPage:
    with paper.reading(when) as reading:
        return trail.cell(reading, paper.store, LESSON.id, LESSON.id, MARIA, KEY_OF)


def test_a_corrected_mark_tells_old_and_new_the_ground_and_both_names(paper: Paper, story: Story) -> None:
    approves(story, "Ефимова", DECIDED, asked(story), reason="тетрадь приложена")
    poured(paper, story)
    corrected, before = cell(paper, LATER).lines
    note = corrected.correction
    assert note is not None
    assert (corrected.value, before.value, before.fate, before.correction) == ("4", "3", "replaced", None)
    assert (note.old, note.new, note.ground, note.status) == ("3", "4", "erroneous_entry", "approved")
    assert (note.reason, note.decision) == ("Отметка поставлена не той ученице", "тетрадь приложена")
    assert (note.requester, note.decided_by) == (named("Соколова"), named("Ефимова"))


def test_a_case_that_waits_stands_above_the_cell_and_changes_nothing_in_it(
    paper: Paper, story: Story
) -> None:
    asked(story)
    poured(paper, story)
    page = cell(paper, ASKED.replace("12:00", "13:00"))
    (note,) = page.waiting
    assert (note.old, note.new) == ("3", "4")
    assert set(note.waits_for) == {named("Ефимова"), named("Дьячкова")}  # P-53: any deputy
    assert [(line.what, line.value) for line in page.lines] == [
        ("correction-requested", ""),
        ("mark-given", "3"),
    ]
    assert page.lines[0].comment == "3 → 4: Отметка поставлена не той ученице"
    assert page.lines[0].ground == "erroneous_entry"
    (stands,) = page.standing
    assert (stands.target, stands.value, stands.seen, stands.past) == ("mark", "3", seen(story), True)


def test_a_declined_case_stays_in_the_history_with_its_reason(paper: Paper, story: Story) -> None:
    story.do("Ефимова", DECIDED, DeclineCorrections(cases=(asked(story),), reason="в тетради тройка"))
    poured(paper, story)
    page = cell(paper, LATER)
    assert page.waiting == ()
    assert [(line.what, line.comment) for line in page.lines[:2]] == [
        ("correction-declined", "в тетради тройка"),
        ("correction-requested", "3 → 4: Отметка поставлена не той ученице"),
    ]


def test_until_the_deadline_whoever_gave_the_mark_mends_it_in_the_cell(paper: Paper, story: Story) -> None:
    poured(paper, story)
    assert [each.past for each in cell(paper, "2026-10-12 23:59:59").standing] == [False]
    assert [each.past for each in cell(paper, "2026-10-13 00:00").standing] == [True]


def test_what_its_author_took_back_stays_in_the_history_as_such(paper: Paper) -> None:
    story = Story()
    given = UUID("5c001e5c-2026-4000-8000-00000000ace0")
    give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=MARIA, value="5")
    story.do("Соколова", "2026-10-12 10:30:00", give, given)
    story.do("Соколова", "2026-10-12 10:30:05", TakeBack(command=given))
    poured(paper, story)
    (line,) = cell(paper, "2026-10-12 11:00").lines
    assert (line.value, line.fate, line.person) == ("5", "taken back", named("Соколова"))


def test_an_error_report_and_its_answer_are_lines_of_the_cell_and_of_the_pupil(
    paper: Paper, story: Story
) -> None:
    place = {"journal": PAGE, "lesson": LESSON.id}
    said = ReportError(target="mark", work=LESSON.id, pupil=MARIA, text="В тетради стоит 5", **place)
    story.do(MOTHER, ASKED, said)
    (report,) = fold_error_reports(story.entries(streams.error_reports(SCHOOL_ID, LESSON.id))).tickets
    answer = CloseErrorReport(report=report, corrected=False, answer="Пятёрка за другую работу", **place)
    story.do("Ефимова", DECIDED, answer)
    poured(paper, story)
    with paper.reading(LATER) as reading:
        of_pupil = trail.of_pupil(reading, paper.store, MARIA, KEY_OF)
    for page in (cell(paper, LATER), of_pupil):
        told = [(line.what, line.comment, line.person) for line in page.lines[:2]]
        assert told == [
            ("error-report-closed", "запись верна: Пятёрка за другую работу", named("Ефимова")),
            ("error-reported", "В тетради стоит 5", named(MOTHER)),
        ]
        assert (page.lines[0].class_title, page.lines[0].subject, page.lines[0].date) == (
            "7А",
            "Алгебра",
            date(2026, 10, 12),
        )


def test_a_period_marks_own_history_has_its_values_and_the_case_between_them(
    paper: Paper, story: Story
) -> None:
    three = marked(story, "Соколова", "2026-11-18 12:00", PAGE, TRIMESTER, PERIOD, WHO, "3")
    marked(story, "Соколова", "2026-11-18 12:01", PAGE, TRIMESTER, PERIOD, "Ященко Ольга", "5")
    spared(story, "2026-11-18 12:02", PAGE, TRIMESTER, WHO)
    closed(story, "2026-11-20 23:00", PAGE, TRIMESTER)
    (ref,) = asks(
        story, "Соколова", "2026-11-20 23:10", of_period_mark(PAGE, TRIMESTER, PERIOD, WHO, "4", three)
    )
    approves(story, "Ефимова", "2026-11-20 23:20", ref)
    poured(paper, story)
    with paper.reading("2026-11-20 23:30") as reading:
        own = period_mark_trail.trail(reading, paper.store, PAGE, TRIMESTER, PERIOD, MARIA, KEY_OF)
        of_pupil = trail.of_pupil(reading, paper.store, MARIA, KEY_OF)
    assert [(line.value, line.fate, line.period_title) for line in own.lines] == [
        ("4", "stands", "I триместр"),
        ("", "stands", "I триместр"),  # the exception she was granted
        ("3", "replaced", "I триместр"),
    ]
    assert own.lines[0].correction is not None
    assert own.lines[0].correction.decided_by == named("Ефимова")
    assert {line.what for line in of_pupil.lines} == {
        *("period-mark-given", "correction-approved", "correction-requested", "mark-given"),
        "exception-granted",
    }
    assert {line.pupil for line in of_pupil.lines} <= {MARIA, None}


def test_what_became_of_the_year_is_in_the_pupils_history_in_words(paper: Paper, story: Story) -> None:
    item = PromotionItem(pupil=MARIA, decision="promoted")
    decide = DecidePromotion(
        year=2026, items=(item,), order_number="12", order_date=date(2027, 5, 28), confirmed=True
    )
    story.do("Орлова", "2027-05-28 12:00", decide)
    poured(paper, story)
    with paper.reading("2027-05-28 13:00") as reading:
        line = trail.of_pupil(reading, paper.store, MARIA, KEY_OF).lines[0]
    assert (line.what, line.decision) == ("promotion-decided", "promoted")


def test_every_new_event_is_called_by_a_russian_name() -> None:
    told = ("period-", "exception-", "correction-", "error-report", "promotion-", "readiness-")
    new = {name for name in NAMES.values() if name.startswith(told)}
    new |= {"work-kind-changed", "entries-taken-back", "lesson-moved"}
    assert new <= set(EVENTS)
