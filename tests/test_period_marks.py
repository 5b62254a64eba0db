"""Period marks end to end: two at once, what stands already, the year, the close, the reminder and the promotion."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from commands.deciding import Conflict, Refusal
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from commands.period_close import ClosePeriods, SheetRef
from commands.period_marks import PeriodMarkItem, RecheckPeriodMark, SetPeriodMarks
from commands.promotion import DecidePromotion, PromotionItem, ProposePromotion
from commands.reminders import RemindReadiness
from ledger.appending import Append, Appended
from ledger.events.journals import HomeJournalListed, WorkloadAssigned
from ledger.events.roster import HomeTuitionStarted, PupilDeparted
from ledger.events.timetable import SlotScheduled
from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from ledger.streams import reminders
from tests.story import Story
from tests.told_term import FIRST_TERM, Term, during, setting, sheet_of
from tests.told_term import YEAR as THE_YEAR
from tests.world import FIRST, LAST, SCHOOL_ID, named

DARYA, MARIA, ILYA = "Антипина Дарья", "Каляна Мария", "Вуквукай Илья"
NINE = ("4",) * 9
PETROV_TOO = (
    named("7А Алгебра"),
    WorkloadAssigned(teacher=named("Петров"), first=FIRST, until=None, hours=300),
)
PAGE = named("7А Алгебра")


def told(*more: tuple[UUID, object]) -> Story:
    story, term = Story(*more), Term(marks={DARYA: NINE, MARIA: NINE})
    term.tell(story, term.lessons())
    return story


def value(story: Story, who: str = DARYA) -> str:
    return sheet_of(story).value(PERIOD, named(who))


def test_two_teachers_who_set_the_same_mark_at_once_do_it_once() -> None:
    story = told(PETROV_TOO)
    first = story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4")))
    second = story.do("Петров", "2026-11-20 10:05", setting((DARYA, "4")))
    assert second.last is None
    assert sheet_of(story).marks[PERIOD, named(DARYA)].position == first.last


def test_of_two_teachers_with_different_marks_at_once_the_second_is_shown_the_first() -> None:
    story = told(PETROV_TOO)
    mine = setting(PeriodMarkItem(pupil=named(DARYA), value="5", reason="Олимпиада"))
    real, calls = story.store.append, []

    def append(batch: Append) -> Appended:
        """The colleague's mark is written while ours is on its way."""
        if not calls:
            calls.append(batch)
            story.do("Петров", "2026-11-20 10:05", setting((DARYA, "4")))
        return real(batch)

    story.store.append = append  # type: ignore[method-assign]
    with pytest.raises(Conflict) as conflict:
        story.do("Соколова", "2026-11-20 10:05", mine)
    assert conflict.value.theirs is not None
    assert conflict.value.theirs.event.value == "4"  # type: ignore[attr-defined]
    assert value(story) == "4"


def test_a_class_is_one_action_and_what_stands_already_is_no_entry() -> None:
    story = told()
    before = story.store.head(SCHOOL_ID).position
    whole = story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4"), (MARIA, "4")))
    assert (whole.first, whole.last) == (before + 1, before + 2)
    again = story.do("Соколова", "2026-11-20 10:06", setting((DARYA, "4"), (MARIA, "4")))
    assert again.last is None
    bad = setting((DARYA, "4"), PeriodMarkItem(pupil=named(MARIA), value="6", seen=whole.last or 0))
    with pytest.raises(Refusal, match="5, 4, 3, 2, 1, осв, н/а"):
        story.do("Соколова", "2026-11-20 10:07", bad)
    assert value(story, MARIA) == "4"


def test_a_mark_is_taken_away_while_its_time_runs() -> None:
    story = told()
    given = story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4")))
    with pytest.raises(Conflict):
        story.do("Соколова", "2026-11-20 10:06", setting((DARYA, "")))
    away = PeriodMarkItem(pupil=named(DARYA), value="", seen=given.last or 0)
    story.do("Соколова", "2026-11-20 10:07", setting(away))
    assert value(story) == ""
    assert story.do("Соколова", "2026-11-20 10:08", setting(away)).last is None


def test_who_has_left_the_school_and_who_never_was_there_get_no_mark() -> None:
    story = told((named(MARIA), PupilDeparted(last=date(2026, 11, 18), order="12-к")))
    for pupil in (named(MARIA), uuid4(), named("Кергитваль Олег")):
        with pytest.raises(Refusal) as refused:
            mark = PeriodMarkItem(pupil=pupil, value="4", reason="Учился")
            story.do("Соколова", "2026-11-20 10:05", setting(mark))
        assert refused.value.code == "period-pupil"


def test_a_number_against_not_attested_is_refused() -> None:
    story, term = Story(), Term(marks={DARYA: NINE}, away={DARYA: 18})
    term.tell(story, term.lessons())
    story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "н/а")))
    seen = sheet_of(story).marks[PERIOD, named(DARYA)].position
    number = PeriodMarkItem(pupil=named(DARYA), value="4", reason="Занимался дома", seen=seen)
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-11-20 10:06", setting(number, confirmed=True))
    assert refused.value.code == "W-36"
    assert value(story) == "н/а"


def test_a_page_without_that_period_and_a_kind_of_another_sheet_are_refused() -> None:
    story = told()
    for period, kind, code in (
        (named("СОО I полугодие"), PERIOD, "no-period"),
        (FIRST_TERM, YEAR, "period-kind"),
        (THE_YEAR, PERIOD, "period-kind"),
        (FIRST_TERM, "month", "period-kind"),
    ):
        with pytest.raises(Refusal) as refused:
            story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4"), period=period, kind=kind))
        assert refused.value.code == code
    twice = setting((DARYA, "4"), (DARYA, "5"))
    with pytest.raises(Refusal, match="назван дважды"):
        story.do("Соколова", "2026-11-20 10:05", twice)
    elsewhere = SetPeriodMarks(journal=uuid4(), period=FIRST_TERM, kind=PERIOD, marks=())
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-11-20 10:05", elsewhere)
    assert refused.value.status == 403


def test_a_recheck_says_why_and_changes_no_mark() -> None:
    story = told()
    given = story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4")))
    recheck = RecheckPeriodMark(
        journal=PAGE,
        period=FIRST_TERM,
        kind=PERIOD,
        pupil=named(DARYA),
        reason="Одна отметка исправлена, среднее то же",
        seen=given.last or 0,
    )
    story.do("Соколова", "2026-11-24 10:00", recheck)
    assert value(story) == "4"
    with pytest.raises(Refusal, match="отметки нет"):
        gone = RecheckPeriodMark(
            journal=PAGE, period=FIRST_TERM, kind=PERIOD, pupil=named(MARIA), reason="так", seen=0
        )
        story.do("Соколова", "2026-11-24 10:01", gone)


# --- the year


def year_told(exam: str) -> Story:
    """Three trimesters, 4, 4 and 5, and the attestation."""
    story = Story()
    term = Term(marks={DARYA: ("4",) * 70 + ("5",) * 40})
    ends = (("2026-09-01", "2026-11-20"), ("2026-11-30", "2027-02-19"), ("2027-03-01", "2027-05-28"))
    for (first, last), title, mark in zip(ends, ("I", "II", "III"), ("4", "4", "5"), strict=True):
        term.tell(story, term.lessons(first, last))
        period = named(f"ООО {title} триместр")
        why = PeriodMarkItem(pupil=named(DARYA), value=mark, reason="По работам периода")
        story.do("Соколова", f"{last} 10:05", setting(why, period=period, confirmed=True))
    attested = setting((DARYA, exam), period=THE_YEAR, kind=ATTESTATION)
    story.do("Соколова", "2027-05-28 10:06", attested)
    return story


def test_the_year_mark_rests_on_the_periods_and_the_attestation() -> None:
    story = year_told("5")
    answer = story.do("Соколова", "2027-05-28 10:07", setting((DARYA, "5"), period=THE_YEAR, kind=YEAR))
    sheet = sheet_of(story, period=THE_YEAR)
    event: Any = sheet.marks[YEAR, named(DARYA)].event
    assert (event.proposed, answer.findings) == ("5", ())  # 18 / 4 = 4.50
    assert len(event.rests_on) == 4
    assert sheet.marks[ATTESTATION, named(DARYA)].position in event.rests_on


def test_a_year_mark_other_than_the_mean_needs_a_reason() -> None:
    story = year_told("3")
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2027-05-28 10:07", setting((DARYA, "5"), period=THE_YEAR, kind=YEAR))
    assert (refused.value.code, "«4»" in refused.value.sentence) == ("P-26", True)


def test_the_year_mark_waits_for_every_period() -> None:
    story = told()
    story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4")))
    with pytest.raises(Refusal, match="Нет: II триместр, III триместр"):
        story.do("Соколова", "2027-05-27 10:00", setting((DARYA, "4"), period=THE_YEAR, kind=YEAR))


def test_a_final_mark_is_for_graduating_classes() -> None:
    story = Story()
    with pytest.raises(Refusal, match="9, 11") as refused:
        story.do("Соколова", "2027-05-26 10:00", setting((DARYA, "4"), period=THE_YEAR, kind=FINAL))
    assert (refused.value.code, refused.value.clause) == ("P-11", "7.14(b10)")
    final = setting(("Кергитваль Олег", "4"), page="9А Литература", period=THE_YEAR, kind=FINAL)
    story.do("Лебедева", "2027-05-26 10:01", final)
    sheet = sheet_of(story, "9А Литература", THE_YEAR)
    assert sheet.value(FINAL, named("Кергитваль Олег")) == "4"


# --- the close


def closing(*pages: str, period: UUID = FIRST_TERM, confirmed: bool = False) -> ClosePeriods:
    sheets = tuple(SheetRef(journal=named(page), period=period) for page in pages)
    return ClosePeriods(sheets=sheets, confirmed=confirmed)


def test_a_close_names_what_is_missing_once_and_closes_for_all_when_told_so() -> None:
    story = told()
    story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4"), (MARIA, "4")))
    both = closing("7А Алгебра", "7А Геометрия", "7А Разговоры о важном")
    with pytest.raises(Refusal) as asked:
        story.do("Дьячкова", "2026-11-20 15:00", both)
    assert (asked.value.code, asked.value.mode) == ("R-162", "confirm")
    assert "7А, Алгебра — 4" in asked.value.sentence
    assert "7А, Геометрия — 6" in asked.value.sentence
    assert "Разговоры" not in asked.value.sentence  # marked by nobody
    sure = closing("7А Алгебра", "7А Геометрия", "7А Разговоры о важном", confirmed=True)
    answer = story.do("Дьячкова", "2026-11-20 15:01", sure)
    assert (answer.last or 0) - (answer.first or 0) == 2
    assert story.do("Дьячкова", "2026-11-20 15:02", sure).last is None
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-11-20 15:03", setting((ILYA, "н/а")))
    assert refused.value.code == "R-162"


def test_a_sheet_is_not_closed_before_the_last_week_and_by_the_deputy_only() -> None:
    story = Story()
    with pytest.raises(Refusal, match=r"14\.11\.2026"):
        story.do("Дьячкова", "2026-11-13 23:59:59", closing("7А Алгебра", confirmed=True))
    story.do("Дьячкова", "2026-11-14 00:00", closing("7А Алгебра", confirmed=True))
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-11-20 15:00", closing("7А Физика", confirmed=True))
    assert refused.value.code == "not-allowed"


def test_one_reminder_goes_to_all_pages_named() -> None:
    story = Story()
    pages = (PAGE, named("7А Физика"))
    command = RemindReadiness(period=FIRST_TERM, journals=(*pages, PAGE), text="До пятницы, пожалуйста")
    story.do("Дьячкова", "2026-11-18 12:00", command)
    (entry,) = story.entries(reminders(SCHOOL_ID, FIRST_TERM))
    assert entry.event.journals == pages  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="Выберите"):
        story.do("Дьячкова", "2026-11-18 12:01", RemindReadiness(period=FIRST_TERM, journals=()))
    with pytest.raises(Refusal) as refused:
        ours = RemindReadiness(period=FIRST_TERM, journals=(named("10А Литература"),))
        story.do("Дьячкова", "2026-11-18 12:02", ours)
    assert refused.value.code == "no-period"


# --- the promotion


def items(decision: str, *pupils: str) -> tuple[PromotionItem, ...]:
    return tuple(PromotionItem(pupil=named(pupil), decision=decision) for pupil in pupils)


def standing(story: Story, pupil: str) -> tuple[str, bool, bool]:
    known = story.house.schools.current(SCHOOL_ID).pupils[named(pupil)].promotion(2026)
    assert known is not None
    return known.decision, known.decided, known.order is not None


def test_the_class_teacher_proposes_and_the_director_decides_by_order() -> None:
    story = Story()
    propose = ProposePromotion(year=2026, items=items("promoted", DARYA, MARIA))
    story.do("Громова", "2027-05-28 12:00", propose)
    assert story.do("Громова", "2027-05-28 12:01", propose).last is None
    assert standing(story, DARYA) == ("promoted", False, False)
    decide = DecidePromotion(
        year=2026,
        items=(*items("promoted", DARYA), *items("conditionally", MARIA)),
        order_number="45-у",
        order_date=date(2027, 5, 29),
    )
    story.do("Орлова", "2027-05-29 10:00", decide)
    assert standing(story, DARYA) == ("promoted", True, True)
    assert standing(story, MARIA) == ("conditionally", True, True)
    assert story.do("Орлова", "2027-05-29 10:01", decide).last is None
    with pytest.raises(Refusal, match="уже решено"):
        story.do("Громова", "2027-05-29 11:00", ProposePromotion(year=2026, items=items("retained", DARYA)))


def test_a_decision_without_an_order_keeps_the_one_that_follows() -> None:
    story = Story()
    story.do("Ефимова", "2027-05-28 12:00", DecidePromotion(year=2026, items=items("promoted", DARYA)))
    assert standing(story, DARYA) == ("promoted", True, False)
    later = DecidePromotion(year=2026, items=items("promoted", DARYA), order_date=date(2027, 5, 29))
    story.do("Ефимова", "2027-05-29 12:00", later)
    assert standing(story, DARYA) == ("promoted", True, True)
    again = DecidePromotion(year=2026, items=items("retained", DARYA))
    story.do("Ефимова", "2027-05-30 12:00", again)
    assert standing(story, DARYA) == ("retained", True, True)


def test_a_promotion_names_a_pupil_of_the_year_and_a_decision_of_the_list() -> None:
    story = Story()
    for who, year, decision, code in (
        (DARYA, 2026, "expelled", "promotion-decision"),
        (DARYA, 2025, "promoted", "promotion-pupil"),
        (DARYA, 2026, "admitted", "P-11"),
        ("никто", 2026, "promoted", "pupil-exists"),
    ):
        with pytest.raises(Refusal) as refused:
            story.do("Орлова", "2027-05-28 12:00", DecidePromotion(year=year, items=items(decision, who)))
        assert refused.value.code == code
    graduate = DecidePromotion(year=2026, items=items("admitted", "Кергитваль Олег"))
    story.do("Орлова", "2027-05-28 12:01", graduate)
    other = ProposePromotion(year=2026, items=items("promoted", "Кергитваль Олег"))
    with pytest.raises(Refusal) as denied:  # not her class
        story.do("Громова", "2027-05-28 12:02", other)
    assert denied.value.code == "not-allowed"


# --- at home (8.2)


def at_home() -> Story:
    """Каляна is taught algebra at home from October on, on a page of her own."""
    home = named("Алгебра на дому")
    story = Story(
        (
            named(MARIA),
            HomeTuitionStarted(tuition=named("дом"), first=date(2026, 10, 5), until=None, order=None),
        ),
        (
            home,
            HomeJournalListed(pupil=named(MARIA), class_id=named("7А"), subject=named("Алгебра"), year=2026),
        ),
        (home, WorkloadAssigned(teacher=named("Петров"), first=FIRST, until=None, hours=100)),
        (
            named("слот на дому"),
            SlotScheduled(
                journal=home, weekday=2, number=6, week="all", first=date(2026, 10, 5), last=LAST, room=None
            ),
        ),
    )
    term = Term(marks={MARIA: ("3",) * 3})
    term.tell(story, term.lessons(last="2026-10-02"))
    lessons = story.house.schools.current(SCHOOL_ID).timetable.by_journal[home]
    for lesson in (each for each in lessons if each.date <= date(2026, 11, 20)):
        give = GiveMark(lesson=lesson.id, work=lesson.id, pupil=named(MARIA), value="5", confirmed=True)
        story.do("Петров", during(lesson, 10), give)
        story.do("Петров", during(lesson, 30), RecordTopic(lesson=lesson.id, text="Тема"))
    return story


def test_the_mark_of_a_pupil_taught_at_home_stands_on_the_own_page_and_rests_on_both() -> None:
    story = at_home()
    mark = setting((MARIA, "4"), page="Алгебра на дому", confirmed=True)
    story.do("Петров", "2026-11-20 12:00", mark)
    event: Any = sheet_of(story, "Алгебра на дому").marks[PERIOD, named(MARIA)].event
    assert (event.proposed, len(event.rests_on)) == ("4", 10)  # (3·3 + 7·5) / 10 = 4.40
    with pytest.raises(Refusal) as asked:
        story.do("Дьячкова", "2026-11-20 15:00", closing("7А Алгебра", "Алгебра на дому"))
    assert asked.value.sentence == "Без отметки за период: 7А, Алгебра — 5. Закрыть ведомость?"
