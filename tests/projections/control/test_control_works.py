"""C-10: how control works were written and when they were entered (Усть-Белая 9.2, 9.5(b6))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ledger.entry import Category, Finding
from ledger.events.marks import MarkGiven
from ledger.events.period_marks import PeriodMarkGiven
from ledger.events.roster import PupilMoved
from tests.correction_cases import marked, sheet_of, voided, written
from tests.projections.control.reported import asked, behind, figures, line, lines, poured, report
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import PUPILS, given_lesson, given_work, held, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
WORK = named("control")
TERM = named("ООО I триместр")
WEEK = asked(class_id="7А")
VALUES = dict(zip(PUPILS["7А"], ((5,), (4,), (3,), (2,), (4,)), strict=False))  # Ященко was away


def told() -> Story:
    """A control work of 12 October, marked that day."""
    story = Story()
    marks = (MarkGiven(work=WORK, pupil=named(who), value=value) for who, value in VALUES.items())
    events = (held(LESSON), given_work(LESSON, "control"), *marks)
    written(story, "Соколова", "2026-10-12 15:00", Category.LESSON, LESSON.id, *events)
    return story


def test_shares_and_degree_are_of_who_wrote(paper: Paper) -> None:
    """5, 4, 3, 2, 4: mean 3,6; success 4 of 5; quality 3 of 5; degree (100 + 64 + 36 + 16 + 64) ÷ 5 = 56."""
    poured(paper, told())
    found = report(paper, "C-10", WEEK)
    row = line(found, subject="Алгебра")
    assert (row["date"], row["work"]) == (date(2026, 10, 12), "Контрольная работа")
    assert (row["enrolled"], row["wrote"]) == (6, 5)
    assert [row[f"n{mark}"] for mark in (5, 4, 3, 2, 1)] == [1, 2, 1, 1, 0]
    assert (row["mean"], row["success"], row["quality"], row["degree"]) == (3.6, 80.0, 60.0, 56.0)
    assert row["late"] == 0
    assert figures(found)["quality"] == (60.0, 3, 5)


def test_a_work_is_compared_with_the_period_mark_of_its_day(paper: Paper) -> None:
    """5 against 4, 4 against 4, 2 against 3; «н/а» and no mark are compared with nothing."""
    story, who = told(), PUPILS["7А"]
    for pupil, value in ((who[0], "4"), (who[1], "4"), (who[2], "н/а"), (who[3], "3")):
        marked(story, "Соколова", "2026-11-20 15:00", named("7А Алгебра"), TERM, "period", pupil, value)
    second = named("ООО II триместр")
    event = PeriodMarkGiven(
        journal=named("7А Алгебра"),
        period=second,
        kind="period",
        pupil=named(who[4]),
        value="5",
        proposed="5",
        rests_on=(),
    )
    written(
        story, "Соколова", "2027-02-19 15:00", Category.PERIOD, sheet_of(named("7А Алгебра"), second), event
    )
    poured(paper, story)
    row = line(report(paper, "C-10", WEEK, "2027-02-20 12:00"), subject="Алгебра")
    assert (row["above"], row["same"], row["below"]) == (1, 1, 1)


def test_a_mark_entered_after_its_deadline_is_late(paper: Paper) -> None:
    story = told()
    late = MarkGiven(work=WORK, pupil=named("Ященко Ольга"), value=(3,))
    written(story, "Соколова", "2026-10-20 15:00", Category.LESSON, LESSON.id, late)
    entry = story.entries(LESSON.id)[-1]
    assert entry.findings == ()
    story.store = WithFinding.of(story, entry.position)  # type: ignore[assignment]
    poured(paper, story)
    row = line(report(paper, "C-10", WEEK, "2026-10-21 12:00"), subject="Алгебра")
    assert (row["wrote"], row["late"]) == (6, 1)


class WithFinding:
    """What a story told, one entry of it found late by the rules."""

    def __init__(self, story: Story, position: int) -> None:
        self.told, self.position = story.store, position

    @classmethod
    def of(cls, story: Story, position: int) -> WithFinding:
        return cls(story, position)

    def entries(self, school: object, after: int, limit: int) -> list[object]:
        found = self.told.entries(school, after=after, limit=limit)  # type: ignore[arg-type]
        late = (Finding(code="W-07", delay=90),)
        return [replace(e, findings=late) if e.position == self.position else e for e in found]


def test_a_fraction_counts_by_its_first_part_and_its_mean_by_both(paper: Paper) -> None:
    story = told()
    both = MarkGiven(work=WORK, pupil=named("Ященко Ольга"), value=(5, 3))
    written(story, "Соколова", "2026-10-12 16:00", Category.LESSON, LESSON.id, both)
    poured(paper, story)
    row = line(report(paper, "C-10", WEEK), subject="Алгебра")
    assert (row["n5"], row["wrote"], row["mean"]) == (2, 6, round(26 / 7, 2))


def test_a_void_takes_a_mark_out_of_the_sums_and_the_past_keeps_it(paper: Paper) -> None:
    story = told()
    two = next(e.position for e in story.entries(LESSON.id) if getattr(e.event, "value", None) == (2,))
    voided(story, "2026-10-14 10:00", Category.LESSON, LESSON.id, two)
    poured(paper, story)
    before = line(report(paper, "C-10", WEEK, "2026-10-14 09:59"), subject="Алгебра")
    after = line(report(paper, "C-10", WEEK, "2026-10-14 10:01"), subject="Алгебра")
    assert (before["wrote"], before["success"]) == (5, 80.0)
    assert (after["wrote"], after["success"]) == (4, 100.0)


def test_who_moved_away_was_on_the_list_that_day(paper: Paper) -> None:
    story = Story(
        (named("Ященко Ольга"), PupilMoved(class_id=named("6А"), first=date(2026, 10, 13), order=None))
    )
    written(
        story,
        "Соколова",
        "2026-10-12 15:00",
        Category.LESSON,
        LESSON.id,
        held(LESSON),
        given_work(LESSON, "control"),
    )
    poured(paper, story)
    row = line(report(paper, "C-10", WEEK), subject="Алгебра")
    assert (row["enrolled"], row["wrote"], row["mean"], row["success"]) == (6, 0, None, None)


def test_other_classes_subjects_and_teachers_are_left_out(paper: Paper) -> None:
    poured(paper, told())
    assert len(lines(report(paper, "C-10", asked(subject="Алгебра", teacher="Соколова")))) == 1
    for other in (asked(class_id="6А"), asked(subject="Физика"), asked(teacher="Петров"), asked(level="НОО")):
        assert lines(report(paper, "C-10", other)) == []


def test_behind_a_work_stands_every_mark_by_name(paper: Paper) -> None:
    poured(paper, told())
    found = behind(paper, "C-10", WEEK, str(WORK))
    assert [each.words for each in found] == [
        "Антипина Дарья — 5",
        "Вуквукай Илья — 4",
        "Каляна Мария — 3",
        "Рультытегин Артём — 2",
        "Тынетегин Павел — 4",
    ]
    assert found[0].pupil == named("Антипина Дарья")


def test_classes_are_drawn_when_one_subject_is_asked_for(paper: Paper) -> None:
    poured(paper, told())
    (chart,) = report(paper, "C-10", asked(subject="Алгебра")).charts
    assert (chart.labels, chart.series) == (("7А",), (("Успеваемость", (80.0,)), ("Качество", (60.0,))))
