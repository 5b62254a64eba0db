"""The summary register (R-160): each cell against the entries, the pupil who moved (E-06), home tuition (R-159),
signs of danger before the deadline (W-35, W-36), sums (C-11), promotion (R-075)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from commands.promotion import DecidePromotion, PromotionItem, ProposePromotion
from ledger import streams
from ledger.effective import effective
from ledger.school import School
from projections import register
from projections.reading import NoSuchPage
from projections.register import RegisterCell, RegisterPage, RegisterRow
from projections.register_columns import short_words
from projections.register_sums import Sum, Total, percent
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.term import AT_HOME, HOME_PAGE, KLASS, MORE, NEWCOMER, PERIOD, marked, told
from tests.world import PUPILS, SCHOOL_ID, named

LAST, AFTER = date(2026, 11, 20), "2026-11-25 12:00"
ALGEBRA, RUSSIAN, PHYSICS = named("7А Алгебра"), named("7А Русский язык"), named("7А Физика")
FORMER, SECOND = named("6А Русский язык"), named("ООО II триместр")
ARTYOM, PAVEL, DARYA = (named(who) for who in ("Рультытегин Артём", "Тынетегин Павел", "Антипина Дарья"))


def sheet(paper: Paper, story: Story, when: str, chosen: tuple[str, ...] = ()) -> RegisterPage:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(when) as reading:
        return register.page(reading, KLASS, chosen)


def row_of(page: RegisterPage, pupil: UUID) -> RegisterRow:
    return next(row for row in page.rows if row.pupil == pupil)


def cell_of(page: RegisterPage, pupil: UUID, subject: str, column: str = str(PERIOD)) -> RegisterCell:
    n = [each.subject for each in page.subjects].index(named(subject))
    return row_of(page, pupil).cells[n][[each.key for each in page.shown].index(column)]


def test_every_cell_is_what_the_sheets_say(paper: Paper) -> None:
    story, school = told(21, LAST)
    values = ("5", "4", "3", "2", "н/а", "осв")
    pages = [page for page in school.journals.values() if page.class_id == KLASS]
    for n, page in enumerate(pages):
        for k, pupil in enumerate(school.pupils_of(page.id, LAST)):
            if (n + k) % 4:
                marked(story, page.id, pupil, values[(n * 3 + k) % 6], f"2026-11-20 19:{n:02}")
    page = sheet(paper, story, AFTER)
    said = {
        (row.pupil, subject.subject): own[0].value
        for row in page.rows
        for subject, own in zip(page.subjects, row.cells, strict=True)
        if own[0].value
    }
    assert [each.key for each in page.shown] == [str(PERIOD)]
    assert said == plain_marks(story, school)
    assert named("Разговоры о важном") not in {each.subject for each in page.subjects}


def plain_marks(story: Story, school: School) -> dict[tuple[UUID, UUID], str]:
    """The last living mark of each cell, sheet by sheet."""
    found = {}
    for page in school.journals.values():
        if page.class_id != KLASS or page.subject == named("Разговоры о важном"):
            continue
        for entry in effective(story.entries(streams.period_sheet(SCHOOL_ID, page.id, PERIOD))):
            found[entry.event.pupil, page.subject] = entry.event.value  # type: ignore[attr-defined]
    return found


@pytest.mark.case("E-06")
def test_a_newcomer_brings_the_marks_of_the_class_he_came_from(paper: Paper) -> None:
    """Moved on 19 October: a mark set in 6А stands in the register of 7А until 7А sets its own, and leads there."""
    story = Story(*MORE)
    marked(story, FORMER, NEWCOMER, "3", "2026-10-16 15:00")
    before = cell_of(sheet(paper, story, "2026-11-19 12:00"), NEWCOMER, "Русский язык")
    assert (before.value, before.journal) == ("3", FORMER)
    marked(story, RUSSIAN, NEWCOMER, "4", "2026-11-20 15:00")
    after = cell_of(sheet(paper, story, AFTER), NEWCOMER, "Русский язык")
    assert (after.value, after.journal, after.corrected) == ("4", RUSSIAN, False)


@pytest.mark.case("E-06")
def test_who_moved_away_stays_with_the_marks_he_got_here_and_is_asked_for_none(paper: Paper) -> None:
    """In the register of 6А, which the newcomer of 7А left."""
    story = Story(*MORE)
    marked(story, FORMER, NEWCOMER, "3", "2026-10-16 15:00")
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(AFTER) as reading:
        page = register.page(reading, named("6А"))
    (row,) = page.rows
    assert (row.pupil, row.gone) == (NEWCOMER, True)
    assert [[cell.value for cell in own] for own in row.cells] == [["3"]]
    assert page.totals[0] == Total(pupils=0, complete=0, excellent=0, good=0, failing=0, passing=0)


def test_marks_of_home_tuition_stand_on_the_pupils_own_page(paper: Paper) -> None:
    """R-159: at home since 5 October; subjects without a page of hers are not hers."""
    story = Story(*MORE)
    marked(story, HOME_PAGE, AT_HOME, "5", "2026-11-20 15:00")
    page = sheet(paper, story, AFTER)
    assert cell_of(page, AT_HOME, "Алгебра") == RegisterCell(value="5", journal=HOME_PAGE)
    assert cell_of(page, AT_HOME, "Физика") == RegisterCell()


def test_an_empty_cell_is_missing_from_the_day_after_the_period(paper: Paper) -> None:
    story = Story()
    assert not cell_of(sheet(paper, story, "2026-11-20 23:59"), DARYA, "Алгебра").missing
    assert cell_of(sheet(paper, story, "2026-11-21 00:00"), DARYA, "Алгебра").missing


def test_who_is_not_of_the_group_does_not_learn_the_subject_there(paper: Paper) -> None:
    page = sheet(paper, Story(), AFTER)
    assert cell_of(page, PAVEL, "Иностранный язык") == RegisterCell()
    assert cell_of(page, DARYA, "Иностранный язык").missing


def test_danger_is_shown_weeks_before_the_deadline_and_not_where_a_mark_stands(paper: Paper) -> None:
    """Тынетегин missed most of physics by 30 October; a mark that is set is no longer in danger."""
    story, _ = told(3, date(2026, 10, 30))
    page = sheet(paper, story, "2026-10-30 20:00")
    risk = cell_of(page, PAVEL, "Физика").risk
    assert risk is not None
    assert (risk.absent, risk.missed * 2 > risk.held) == (True, True)
    signs = [cell.risk for row in page.rows for own in row.cells for cell in own if cell.risk]
    assert all(each.absent or each.marks < each.due <= each.needed for each in signs)
    marked(story, PHYSICS, PAVEL, "н/а", "2026-10-30 21:00")
    assert cell_of(sheet(paper, story, "2026-10-30 22:00"), PAVEL, "Физика").risk is None


def test_a_mark_that_had_another_value_carries_a_sign_and_the_past_has_the_former(paper: Paper) -> None:
    story = Story()
    marked(story, ALGEBRA, DARYA, "3", "2026-11-19 15:00")
    marked(story, ALGEBRA, DARYA, "4", "2026-11-20 15:00")
    now, then = sheet(paper, story, AFTER), sheet(paper, story, "2026-11-19 16:00")
    assert cell_of(now, DARYA, "Алгебра") == RegisterCell(value="4", journal=ALGEBRA, corrected=True)
    assert cell_of(then, DARYA, "Алгебра") == RegisterCell(value="3", journal=ALGEBRA)


def test_columns_are_those_chosen_else_what_has_begun_or_has_marks(paper: Paper) -> None:
    story = Story()
    assert [c.key for c in sheet(paper, story, AFTER).shown] == [str(PERIOD)]
    assert [c.key for c in sheet(paper, story, AFTER, ("year", str(SECOND))).shown] == [str(SECOND), "year"]
    assert [c.key for c in sheet(paper, story, "2026-11-30 08:00").shown] == [str(PERIOD), str(SECOND)]
    marked(story, ALGEBRA, DARYA, "5", "2027-05-20 15:00", kind="year")
    shown = sheet(paper, story, "2027-05-20 16:00").shown
    assert [c.kind for c in shown] == ["period", "period", "period", "year"]


def test_sums_count_who_is_attested_and_totals_who_learns_how(paper: Paper) -> None:
    """«осв» is in no percent, «н/а» is no achievement; a pupil without all marks is neither excellent nor good."""
    story = Story()
    values = ("5", "4", "2", "н/а", "осв", "4")
    for pupil, value in zip(PUPILS["7А"], values, strict=True):
        marked(story, ALGEBRA, named(pupil), value, "2026-11-20 15:00")
    page = sheet(paper, story, AFTER)
    algebra = next(each for each in page.subjects if each.subject == named("Алгебра"))
    assert algebra.sums[0] == Sum(given=5, failing=2, success=60, quality=60)
    assert page.totals[0] == Total(pupils=6, complete=0, excellent=0, good=0, failing=2, passing=0)
    for subject in ("Физика", "Геометрия", "Русский язык", "Литература", "Физкультура", "Иностранный язык"):
        for pupil, value in ((DARYA, "5"), (named("Вуквукай Илья"), "5")):
            marked(story, named(f"7А {subject}"), pupil, value, "2026-11-20 15:00")
    assert sheet(paper, story, AFTER).totals[0] == Total(
        pupils=6, complete=2, excellent=1, good=1, failing=2, passing=2
    )


def test_percents_are_whole_with_halves_up() -> None:
    assert [percent(1, 8), percent(1, 3), percent(2, 3), percent(0, 5), percent(0, 0)] == [
        13,
        33,
        67,
        0,
        None,
    ]


def test_a_proposal_is_shown_until_the_school_decides(paper: Paper) -> None:
    story = Story()
    items = (PromotionItem(pupil=DARYA, decision="promoted"),)
    assert not sheet(paper, story, AFTER).promoting
    story.do("Громова", "2027-05-20 12:00", ProposePromotion(year=2026, items=items))
    proposed = row_of(sheet(paper, story, "2027-05-20 13:00"), DARYA).promotion
    assert proposed is not None
    assert (proposed.decision, proposed.decided) == ("promoted", False)
    decided = DecidePromotion(year=2026, items=items, order_number="41", order_date=date(2027, 5, 24))
    story.do("Орлова", "2027-05-24 12:00", decided)
    said = row_of(sheet(paper, story, "2027-05-24 13:00"), DARYA).promotion
    assert said is not None
    assert (said.decision, said.decided, said.order) == ("promoted", True, "41")


def test_promotion_is_asked_about_from_the_last_period_on(paper: Paper) -> None:
    story = Story()
    assert not sheet(paper, story, "2027-02-28 23:00").promoting
    assert sheet(paper, story, "2027-03-01 08:00").promoting


def test_there_is_no_register_of_no_class(paper: Paper) -> None:
    sheet(paper, Story(), AFTER)
    with paper.reading(AFTER) as reading, pytest.raises(NoSuchPage):
        register.page(reading, named("нет такого"))


@pytest.mark.parametrize(
    ("titles", "short"),
    [
        (("Английский язык, 1 группа", "Английский язык, 2 группа"), ("1", "2")),
        (("Технология (мальчики)", "Технология (девочки)"), ("мальчики", "девочки")),
        (("", "1 группа"), ("", "1 группа")),
        (("7А",), ("7А",)),
    ],
)
def test_a_head_says_of_a_group_what_tells_it_from_the_others(
    titles: tuple[str, ...], short: tuple[str, ...]
) -> None:
    assert short_words(titles) == short
