"""The inbox: every case in its context, and to each reader exactly what they may decide, with the rule's own sentence
where they may not (P-06, P-53…P-57, R-151, R-157, R-163…R-168)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from commands.attestation_exceptions import RequestException
from commands.error_reports import ForwardErrorReports, ReportError, ReportRef
from commands.final_corrections import ConcludeFinalCorrection
from commands.marks import GiveMark
from ledger import streams
from ledger.error_report import fold_error_reports
from ledger.events.roster import GuardianLinked
from ledger.events.staff import RoleGranted
from ledger.period_sheet import FINAL, NON_ATTESTATION, PERIOD
from projections import inbox
from projections.correction_cards import CorrectionCard
from projections.inbox import InboxPage
from tests.correction_cases import TRIMESTER, YEAR, approves, asks, closed, marked, of_mark, of_period_mark
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.told_term import Term, during, setting
from tests.world import FIRST, SCHOOL_ID, given_lesson, named

PAGE, FINALS = named("7А Алгебра"), named("9А Литература")
MONDAY, WEDNESDAY = given_lesson("7А Алгебра", "2026-10-12"), given_lesson("7А Алгебра", "2026-10-14")
GEOMETRY = given_lesson("7А Геометрия", "2026-10-15")
MARIA = "Каляна Мария"


@contextmanager
def poured(paper: Paper, story: Story) -> Iterator[Paper]:
    paper.pour(story.store)
    caught_up(paper)
    yield paper


def seen_by(paper: Paper, story: Story, person: str, when: str) -> InboxPage:
    with poured(paper, story), paper.reading(when) as reading:
        return inbox.page(reading, named(person), KEY_OF)


def only(page: InboxPage) -> CorrectionCard:
    ((card,),) = page.corrections
    return card


def given(story: Story, lesson: object = MONDAY, value: str = "3", by: str = "Соколова") -> int:
    id_: UUID = lesson.id  # type: ignore[attr-defined]
    when = during(lesson, 20)  # type: ignore[arg-type]
    return story.do(by, when, GiveMark(lesson=id_, work=id_, pupil=named(MARIA), value=value)).last or 0


def test_a_correction_stands_in_its_journal_with_the_marks_around_and_what_counted_it(paper: Paper) -> None:
    story = Story()
    seen, after = given(story), given(story, WEDNESDAY, "5")
    assert after > seen
    asks(story, "Соколова", "2026-10-16 12:00", of_mark(MONDAY, MARIA, "4", seen))
    card = only(seen_by(paper, story, "Ефимова", "2026-10-16 13:00"))
    assert (card.old, card.new, card.moved) == ("3", "4", None)
    assert (card.place.class_title, card.place.subject, card.place.pupil) == ("7А", "Алгебра", named(MARIA))
    assert [(near.value, near.here) for near in card.around] == [("3", True), ("5", False)]
    assert (card.reason, card.ground) == ("Отметка поставлена не той ученице", "erroneous_entry")
    assert (card.may, card.stopped) == (frozenset({"approve", "decline"}), "")


def test_a_period_mark_that_counted_the_mark_is_named(paper: Paper) -> None:
    story = Story()
    Term(marks={MARIA: ("4",) * 9}).tell(story, Term().lessons())
    first = Term().lessons()[0]
    seen = story.sheet(first).marks[first.id, named(MARIA)].position
    story.do("Соколова", "2026-11-20 12:00", setting((MARIA, "4")))
    asks(story, "Соколова", "2026-11-20 13:00", of_mark(first, MARIA, "5", seen))
    card = only(seen_by(paper, story, "Ефимова", "2026-11-20 14:00"))
    assert [(rest.period_title, rest.kind, rest.value) for rest in card.rests] == [
        ("I триместр", PERIOD, "4")
    ]


def test_whoever_asked_is_told_that_another_decides(paper: Paper) -> None:
    story = Story()
    seen = given(story, GEOMETRY, by="Ефимова")
    asks(story, "Ефимова", "2026-10-16 12:00", of_mark(GEOMETRY, MARIA, "4", seen))
    own = only(seen_by(paper, story, "Ефимова", "2026-10-16 13:00"))
    assert own.may == frozenset()
    assert own.stopped.startswith("Решение по собственному запросу принимает другой человек")
    other = only(seen_by(paper, story, "Дьячкова", "2026-10-16 13:00"))
    assert other.may == {"approve", "decline"}


def test_a_deputy_of_another_competence_is_told_so_and_the_director_stands_in(paper: Paper) -> None:
    umr = RoleGranted(role="deputy", first=FIRST, until=None, competence="УМР")
    story = Story((named("Тымнеква"), umr))
    seen = marked(story, "Соколова", "2026-11-18 12:00", PAGE, TRIMESTER, PERIOD, MARIA, "4")
    item = of_period_mark(PAGE, TRIMESTER, PERIOD, MARIA, "5", seen)
    asks(story, "Соколова", "2026-11-23 13:00", item)
    other = only(seen_by(paper, story, "Тымнеква", "2026-11-23 14:00"))
    assert other.may == frozenset()
    assert "в чьей это компетенции" in other.stopped
    assert only(seen_by(paper, story, "Орлова", "2026-11-23 14:00")).may == {"approve", "decline"}


def test_a_cell_that_changed_since_is_shown_as_it_stands_now(paper: Paper) -> None:
    story = Story()
    seen = given(story)
    asks(story, "Соколова", "2026-10-12 12:00", of_mark(MONDAY, MARIA, "4", seen))
    again = GiveMark(lesson=MONDAY.id, work=MONDAY.id, pupil=named(MARIA), value="5", seen=seen)
    story.do("Соколова", "2026-10-12 12:30", again)
    assert only(seen_by(paper, story, "Ефимова", "2026-10-12 13:00")).moved == "5"


def test_what_was_asked_for_together_stands_together(paper: Paper) -> None:
    story = Story()
    items = [of_mark(lesson, MARIA, "4", given(story, lesson)) for lesson in (MONDAY, WEDNESDAY)]
    asks(story, "Соколова", "2026-10-16 12:00", *items)
    alone = of_mark(MONDAY, "Ященко Ольга", "4", 0)
    asks(story, "Соколова", "2026-10-16 12:30", alone, ground="omitted")
    page = seen_by(paper, story, "Ефимова", "2026-10-16 13:00")
    assert [len(group) for group in page.corrections] == [2, 1]
    assert page.total == 3


def test_a_final_mark_waits_for_the_conclusion_and_then_for_the_director(paper: Paper) -> None:
    story, pupil = Story(), "Кергитваль Олег"
    seen = marked(story, "Лебедева", "2027-05-26 12:00", FINALS, YEAR, FINAL, pupil, "4")
    item = of_period_mark(FINALS, YEAR, FINAL, pupil, "5", seen)
    (ref,) = asks(story, "Лебедева", "2027-05-31 13:00", item)
    (of_deputy,) = seen_by(paper, story, "Дьячкова", "2027-05-31 14:00").finals
    assert of_deputy.may == {"conclude", "decline"}
    (early,) = seen_by(paper, story, "Орлова", "2027-05-31 14:00").finals
    assert "order" not in early.may
    concluded = ConcludeFinalCorrection(case=ref.case, journal=FINALS, period=YEAR, conclusion="Согласна")
    story.do("Дьячкова", "2027-05-31 15:00", concluded)
    (ready,) = seen_by(paper, story, "Орлова", "2027-05-31 16:00").finals
    assert "order" in ready.may
    assert (ready.conclusion, ready.concluded_by) == ("Согласна", named("Дьячкова"))
    (after,) = seen_by(paper, story, "Дьячкова", "2027-05-31 16:00").finals
    assert "conclude" not in after.may
    assert "order" not in after.may


def test_an_attestation_against_the_rule_shows_the_numbers_it_is_about(paper: Paper) -> None:
    story, lessons = Story(), Term().lessons(last="2026-10-30")
    Term(away={MARIA: 20}).tell(story, lessons)
    ask = RequestException(
        journal=PAGE, period=TRIMESTER, pupil=named(MARIA), ground=NON_ATTESTATION, reason="Готова сдать"
    )
    story.do("Соколова", "2026-11-02 12:00", ask)
    (card,) = seen_by(paper, story, "Дьячкова", "2026-11-02 13:00").exceptions
    assert (card.missed, card.held, card.reason) == (20, len(lessons), "Готова сдать")
    assert (card.wants_agreement, card.stopped) == (True, None)


def reported(story: Story) -> ReportRef:
    seen = given(story)
    assert seen
    error = ReportError(
        target="mark", journal=PAGE, lesson=MONDAY.id, work=MONDAY.id, pupil=named(MARIA), text="Была 4"
    )
    story.do("мать Каляны", "2026-10-13 09:00", error)
    (report,) = fold_error_reports(story.entries(streams.error_reports(SCHOOL_ID, MONDAY.id))).tickets
    return ReportRef(report=report, journal=PAGE, lesson=MONDAY.id)


@pytest.fixture
def told() -> Story:
    return Story((named(MARIA), GuardianLinked(guardian=named("мать Каляны"), kinship="мать")))


@pytest.mark.parametrize(
    ("when", "over"),
    [("2026-10-14 09:00:00", False), ("2026-10-14 09:00:01", True), ("2026-10-15 09:00", True)],
)
def test_an_error_report_past_its_day_stands_first_for_the_director_too(
    paper: Paper, told: Story, when: str, over: bool
) -> None:
    reported(told)
    page = seen_by(paper, told, "Орлова", when)
    found = page.escalated if over else page.reports
    (card,) = found
    assert (card.text, card.reporter, card.over is not None) == ("Была 4", named("мать Каляны"), over)
    assert len(page.escalated) + len(page.reports) == 1


def test_a_report_that_was_forwarded_waits_with_the_teacher_and_comes_back_unanswered(
    paper: Paper, told: Story
) -> None:
    ref = reported(told)
    told.do("Ефимова", "2026-10-13 10:00", ForwardErrorReports(reports=(ref,), note="Проверьте"))
    page = seen_by(paper, told, "Ефимова", "2026-10-13 10:30")
    assert (page.escalated, page.reports) == ((), ())
    (line,) = page.decided.reports
    assert (line.status, line.note, line.over) == ("forwarded", "Проверьте", None)
    late = seen_by(paper, told, "Ефимова", "2026-10-16 09:00")
    assert [(card.status, card.over is not None) for card in late.escalated] == [("forwarded", True)]
    assert (late.reports, late.decided.reports) == ((), ())


def test_what_was_decided_lately_names_who_and_why(paper: Paper) -> None:
    story = Story()
    refs = asks(story, "Соколова", "2026-10-16 12:00", of_mark(MONDAY, MARIA, "4", given(story)))
    approves(story, "Ефимова", "2026-10-16 12:30", *refs, reason="Проверено по тетради")
    page = seen_by(paper, story, "Дьячкова", "2026-10-16 13:00")
    (line,) = page.decided.corrections
    assert (line.status, line.old, line.new, line.decision) == ("approved", "3", "4", "Проверено по тетради")
    assert (line.decided_by, page.total) == (named("Ефимова"), 0)


def test_a_correction_of_a_period_mark_shows_what_is_proposed_and_of_what(paper: Paper) -> None:
    story, lessons = Story(), Term().lessons(last="2026-10-30")
    Term(away={MARIA: 3}).tell(story, lessons)
    seen = marked(story, "Соколова", "2026-11-20 12:00", PAGE, TRIMESTER, PERIOD, MARIA, "5")
    closed(story, "2026-11-22 12:00", PAGE, TRIMESTER)
    asks(story, "Соколова", "2026-11-23 13:00", of_period_mark(PAGE, TRIMESTER, PERIOD, MARIA, "4", seen))
    card = only(seen_by(paper, story, "Ефимова", "2026-11-23 14:00"))
    assert card.numbers is not None
    assert (card.numbers.missed, card.numbers.held) == (3, len(lessons))
    assert card.numbers.needed > 0
