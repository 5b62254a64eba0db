"""What a weekly slip tells of what was entered after the one before: each entry on one slip, whatever its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from commands.handle import handle
from commands.marks import AddWork, GiveMark
from commands.paper_informing import DeclarePaperInforming, WithdrawPaperInforming
from commands.remarks import WriteRemark
from commands.slips import PrepareSlips
from exports import slip as paper_slip
from exports.slip import Printed
from exports.slip_news import Words
from ledger.entry import Origin
from ledger.events.roster import ClassTeacherAppointed
from ledger.period_sheet import PERIOD
from projections import reading as pages
from projections import slip
from projections.slip import Slip
from tests import stolen_term
from tests.correction_cases import ALGEBRA, KALYANA, TRIMESTER, approves, marked, three
from tests.papers import imprint, text_of
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

CLASS, MARIA = named("7А"), "Каляна Мария"
LED = (CLASS, ClassTeacherAppointed(person=named("Громова"), first=date(2026, 9, 1), until=None))
LAST = given_lesson("7А Алгебра", "2026-10-16")  # of the week
WEEKS = tuple(date(2026, 10, 5) + timedelta(weeks=n) for n in range(4))
WORDS = Words(
    kinds={}, reasons={}, targets={"mark": "отметка"}, grounds={"erroneous_entry": "ошибочная запись"}
)
FRIDAY = timedelta(days=4, hours=15)


def declared(story: Story, when: str, pupil: UUID = KALYANA) -> None:
    day = date.fromisoformat(when[:10])
    story.do("Громова", when, DeclarePaperInforming(pupil=pupil, first=day, document="заявление"))


def prepared(story: Story, monday: date, when: str = "", pupil: UUID = KALYANA) -> None:
    """By the job, on Friday at three."""
    at = when or (datetime.combine(monday, datetime.min.time()) + FRIDAY).isoformat()
    head = story.store.head(SCHOOL_ID).position
    command = PrepareSlips(class_id=CLASS, week=monday, position=head, pupils=(pupil,))
    nobody = {"account": UUID(int=0), "person": UUID(int=0), "origin": Origin.JOB}
    handle(command, replace(story.asking("Громова", at, command), **nobody), story.house)


@pytest.fixture
def story() -> Story:
    """Каляна's family is on paper since 1 October."""
    told = Story(LED)
    declared(told, "2026-10-01 12:00")
    return told


def slips(paper: Paper, story: Story, pupil: UUID = KALYANA) -> dict[date, tuple[Slip, bytes]]:
    """Each slip there is, as it is printed of its own entry."""
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(None) as reading:
        rows = reading.rows("slips", "pupil = %(pupil)s", pupil=pupil)
    return {row.week: printed(paper, pupil, row) for row in rows}


def printed(paper: Paper, pupil: UUID, row: object) -> tuple[Slip, bytes]:
    position, monday = row.position, row.week  # type: ignore[attr-defined]
    with paper.pool.connection() as connection:
        at = pages.instant_of(connection, SCHOOL_ID, position)
    where = {"now": datetime.now(UTC), "at": at, "entry": position}
    with pages.reading(paper.pool, paper.schools, paper.runner, SCHOOL_ID, **where) as reading:
        shown = slip.page(reading, pupil, monday, KEY_OF)
        one = Printed(
            slip=shown, names={named("Соколова"): "Соколова И. В."}, leader="", imprint=imprint(reading)
        )
    return shown, paper_slip.pdf([one], WORDS)


def own(shown: Slip) -> list[tuple[date, str]]:
    return [(mark.date, mark.value) for each in shown.subjects for mark in each.marks]


def late(shown: Slip) -> list[tuple[date | None, str]]:
    return [(line.date, line.value) for line in shown.news.marks]


def test_a_mark_entered_on_saturday_is_on_the_next_slip_and_on_no_other(paper: Paper, story: Story) -> None:
    first = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=KALYANA, value="4")
    story.do("Соколова", "2026-10-12 10:30", first)
    work = story.do("Соколова", "2026-10-16 10:30", AddWork(lesson=LAST.id, kind="control"))
    prepared(story, WEEKS[1])
    control = GiveMark(lesson=LAST.id, work=UUID(work.parts[-1]["work"]), pupil=KALYANA, value="3")
    story.do("Соколова", "2026-10-17 11:00", control)
    prepared(story, WEEKS[2])
    prepared(story, WEEKS[3])
    found = slips(paper, story)
    assert {week: (own(shown), late(shown)) for week, (shown, _) in found.items()} == {
        WEEKS[1]: ([(ALGEBRA.date, "4")], []),
        WEEKS[2]: ([], [(LAST.date, "3")]),
        WEEKS[3]: ([], []),
    }
    said = text_of(found[WEEKS[2]][1])
    assert "Внесено после прошлой распечатки Алгебра, пт 16.10 — 3 (контрольная работа)" in said
    assert "Внесено" not in text_of(found[WEEKS[3]][1])
    assert slips(paper, story) == found, "and it prints the same bytes again"


def test_a_correction_is_told_on_the_slip_after_it_was_agreed_with_what_stood_there(
    paper: Paper, story: Story
) -> None:
    prepared(story, WEEKS[0])
    ref = three(story)
    approves(story, "Дьячкова", "2026-10-19 15:00", ref)
    prepared(story, WEEKS[2])
    prepared(story, WEEKS[3])
    found = slips(paper, story)
    weeks = (WEEKS[0], *WEEKS[2:])
    assert [len(found[week][0].news.corrections) for week in weeks] == [0, 1, 0]
    assert [late(found[week][0]) for week in weeks] == [[], [], []], "and not as a mark besides"
    said = text_of(found[WEEKS[2]][1])
    assert "Исправлено: Алгебра, отметка" in said
    assert "было 3, стало 4 (ошибочная запись)" in said


def test_a_slip_made_up_late_leaves_to_the_next_what_is_of_its_week_and_repeats_nothing(
    paper: Paper, story: Story
) -> None:
    """Two missed Fridays: both slips are made on one day, one after the other."""
    prepared(story, WEEKS[0])
    for lesson, value in ((ALGEBRA, "5"), (given_lesson("7А Алгебра", "2026-10-19"), "2")):
        give = GiveMark(lesson=lesson.id, work=lesson.id, pupil=KALYANA, value=value)
        story.do("Соколова", f"{lesson.date} 10:30", give)
    marked(story, "Соколова", "2026-10-22 10:00", named("7А Алгебра"), TRIMESTER, PERIOD, MARIA, "4")
    for monday in WEEKS[1:3]:
        prepared(story, monday, "2026-10-26 08:00")
    found = slips(paper, story)
    assert [own(found[week][0]) for week in WEEKS[1:3]] == [[(WEEKS[1], "5")], [(WEEKS[2], "2")]]
    assert [late(found[week][0]) for week in WEEKS[1:3]] == [[(None, "4")], []]
    assert "Алгебра, отметка за период, I триместр — 4" in text_of(found[WEEKS[1]][1])


def test_a_comment_written_after_the_slip_is_among_the_remarks_of_the_next_with_its_lessons_day(
    paper: Paper, story: Story
) -> None:
    prepared(story, WEEKS[1])
    said = {"pupil": KALYANA, "journal": named("7А Алгебра")}
    comment = WriteRemark(kind="comment", lesson=LAST.id, text="Работа без черновика.", **said)
    story.do("Соколова", "2026-10-16 17:00", comment)
    story.do(
        "Соколова", "2026-10-17 12:00", WriteRemark(kind="recommendation", text="Повторить § 4.", **said)
    )
    story.do("Соколова", "2026-10-20 12:00", WriteRemark(kind="recommendation", text="Читать § 5.", **said))
    prepared(story, WEEKS[2])
    prepared(story, WEEKS[3])
    found = slips(paper, story)
    told = [[(each.on, each.text) for each in found[week][0].remarks] for week in WEEKS[1:]]
    assert told == [
        [],
        [
            (LAST.date, "Работа без черновика."),
            (date(2026, 10, 17), "Повторить § 4."),
            (date(2026, 10, 20), "Читать § 5."),
        ],
        [],
    ]


def test_a_family_that_had_the_diary_in_between_is_told_of_nothing_from_before_its_new_declaration(
    paper: Paper, story: Story
) -> None:
    prepared(story, WEEKS[0])
    story.do("Громова", "2026-10-10 09:00", WithdrawPaperInforming(pupil=KALYANA, last=date(2026, 10, 10)))
    give = GiveMark(lesson=ALGEBRA.id, work=ALGEBRA.id, pupil=KALYANA, value="5")
    story.do("Соколова", "2026-10-12 10:30", give)
    declared(story, "2026-10-19 09:00")
    prepared(story, WEEKS[2])
    assert late(slips(paper, story)[WEEKS[2]][0]) == []


@pytest.mark.case("AT-20")
def test_what_an_act_took_away_is_told_on_the_slip_after_it_even_of_its_own_day(paper: Paper) -> None:
    """The slip of the 25th was made at noon, the Act finalised at 13:30."""
    pupil, monday = named(stolen_term.DARYA), date(2026, 11, 23)
    story = stolen_term.told(LED, *stolen_term.SECOND_DEPUTY)
    declared(story, "2026-11-23 09:00", pupil)
    prepared(story, monday, "2026-11-25 12:00", pupil)
    story.act()
    for weeks in (1, 2):
        prepared(story, monday + timedelta(weeks=weeks), "", pupil)
    found = slips(paper, story, pupil)
    voids = [found[week][0].news.voids for week in sorted(found)]
    assert [[(note.was, note.now) for note in each] for each in voids] == [[], [("5", "")], []]
    said = text_of(found[monday + timedelta(weeks=1)][1])
    assert "Признано недействительным" in said
    assert "18.11.2026, 2-й урок: было 5, стало пусто (Акт № 1 от 25.11.2026)" in said
