"""AT-18 (7.14(b10)): a final mark of class 9 takes explanation, conclusion and the director's распоряжение."""

from __future__ import annotations

from datetime import date

import pytest

from commands.corrections import CorrectionRef, DeclineCorrections
from commands.deciding import Refusal
from commands.final_corrections import ConcludeFinalCorrection, OrderFinalCorrection
from commands.period_marks import PeriodMarkItem, SetPeriodMarks
from ledger.appending import Append, Appended
from ledger.events import journals, timetable
from ledger.events.corrections import CorrectionOrdered
from ledger.period_sheet import YEAR as OF_YEAR
from tests.correction_cases import (
    DIVIDED,
    YEAR,
    approves,
    asks,
    case,
    closed,
    marked,
    marks,
    of_period_mark,
)
from tests.story import Story
from tests.world import FIRST, LAST, SCHOOL_ID, named

PHYSICS, OLEG = named("9А Физика"), "Кергитваль Олег"
PAGE = (
    (
        PHYSICS,
        journals.JournalListed(class_id=named("9А"), group=None, subject=named("Физика"), year=2026),
    ),
    (PHYSICS, journals.WorkloadAssigned(teacher=named("Петров"), first=FIRST, until=None, hours=200)),
    (
        named("9А Физика 2 4"),
        timetable.SlotScheduled(
            journal=PHYSICS, weekday=2, number=4, week="all", first=FIRST, last=LAST, room=None
        ),
    ),
)
EXPLANATION = "Не учтена контрольная работа 19.05: в ней 5, по ошибке внесена в другую строку."


@pytest.fixture
def story() -> Story:
    there = Story(*DIVIDED, *PAGE)
    marked(there, "Петров", "2027-05-27 12:00", PHYSICS, YEAR, OF_YEAR, OLEG, "4")
    closed(there, "2027-05-28 23:00", PHYSICS, YEAR)
    return there


def value(story: Story) -> str:
    return marks(story, PHYSICS, YEAR).value(OF_YEAR, named(OLEG))


def ask(story: Story) -> CorrectionRef:
    seen = marks(story, PHYSICS, YEAR).marks[OF_YEAR, named(OLEG)].position
    item = of_period_mark(PHYSICS, YEAR, OF_YEAR, OLEG, "5", seen)
    (ref,) = asks(story, "Петров", "2027-06-01 10:00", item, reason=EXPLANATION)
    return ref


def conclude(story: Story, ref: CorrectionRef, by: str = "Дьячкова", when: str = "2027-06-01 15:00") -> None:
    command = ConcludeFinalCorrection(
        case=ref.case, journal=PHYSICS, period=YEAR, conclusion="Ошибка подтверждается работой."
    )
    story.do(by, when, command)


def order(
    story: Story,
    ref: CorrectionRef,
    by: str = "Орлова",
    number: str = "212",
    on: date | None = date(2027, 6, 2),
    when: str = "2027-06-02 11:00",
) -> None:
    command = OrderFinalCorrection(case=ref.case, journal=PHYSICS, period=YEAR, number=number, date=on)
    story.do(by, when, command)


def refused(story: Story, code: str, *args: object, **more: object) -> str:
    with pytest.raises(Refusal) as found:
        order(story, *args, **more)  # type: ignore[arg-type]
    assert found.value.code == code, found.value.sentence
    assert value(story) == "4"
    return found.value.sentence


@pytest.mark.case("AT-18")
def test_the_mark_changes_when_all_three_papers_are_there(story: Story) -> None:
    ref = ask(story)
    conclude(story, ref)
    assert value(story) == "4"
    order(story, ref)
    assert value(story) == "5"
    known = case(story, ref)
    assert known.status == "approved"
    assert known.settled is not None
    assert isinstance(known.settled.event, CorrectionOrdered)
    school = story.house.schools.current(SCHOOL_ID)
    signed = school.orders[known.settled.event.order]
    assert (signed.kind, signed.number, signed.date) == ("final_correction", "212", date(2027, 6, 2))
    entry = marks(story, PHYSICS, YEAR).marks[OF_YEAR, named(OLEG)]
    assert entry.event.correction == ref.case  # type: ignore[attr-defined]


@pytest.mark.case("AT-18")
def test_without_the_conclusion_there_is_no_order(story: Story) -> None:
    assert "заключения" in refused(story, "P-55", ask(story))


@pytest.mark.case("AT-18")
@pytest.mark.parametrize("by", ["Ефимова", "Дьячкова", "Орлова"])
def test_no_deputy_approves_it_as_an_ordinary_correction(story: Story, by: str) -> None:
    ref = ask(story)
    conclude(story, ref)
    with pytest.raises(Refusal) as found:
        approves(story, by, "2027-06-02 11:00", ref)
    assert found.value.code in ("P-54", "P-55")
    assert value(story) == "4"


@pytest.mark.case("AT-18")
def test_an_order_without_number_or_date_is_none(story: Story) -> None:
    ref = ask(story)
    conclude(story, ref)
    assert "номер" in refused(story, "order-number", ref, number=" ")
    assert "дату" in refused(story, "order-date", ref, on=None)


@pytest.mark.case("AT-18")
def test_an_order_follows_the_conclusion_and_is_signed_already(story: Story) -> None:
    ref = ask(story)
    conclude(story, ref)
    refused(story, "order-date", ref, on=date(2027, 5, 31))
    refused(story, "order-date", ref, on=date(2027, 6, 3))
    order(story, ref, on=date(2027, 6, 1))
    assert value(story) == "5"


@pytest.mark.case("AT-18")
def test_the_conclusion_is_of_the_deputy_for_methodical_work(story: Story) -> None:
    ref = ask(story)
    with pytest.raises(Refusal) as found:
        conclude(story, ref, by="Ефимова")
    assert (found.value.code, "Заключение" in found.value.sentence) == ("P-55", True)
    conclude(story, ref)
    with pytest.raises(Refusal) as twice:
        conclude(story, ref)
    assert (twice.value.code, twice.value.status) == ("correction-concluded", 409)


@pytest.mark.case("AT-18")
def test_the_director_types_no_mark(story: Story) -> None:
    item = PeriodMarkItem(pupil=named(OLEG), value="5", seen=1)
    command = SetPeriodMarks(journal=PHYSICS, period=YEAR, kind=OF_YEAR, marks=(item,), confirmed=True)
    with pytest.raises(Refusal) as found:
        story.do("Орлова", "2027-06-02 11:00", command)
    assert found.value.status == 403


@pytest.mark.case("AT-18")
def test_the_deputy_who_concludes_may_decline_and_then_nothing_is_left_to_order(story: Story) -> None:
    ref = ask(story)
    story.do("Дьячкова", "2027-06-01 12:00", DeclineCorrections(cases=(ref,), reason="Работа не переписана"))
    assert (case(story, ref).status, value(story)) == ("declined", "4")
    refused(story, "correction-decided", ref)


@pytest.mark.case("AT-18")
def test_two_orders_with_one_number_signed_at_one_moment_are_not_both_written(story: Story) -> None:
    """The cases have nothing in common but the number."""
    literature = named("9А Литература")
    seen = marked(story, "Лебедева", "2027-05-28 23:30", literature, YEAR, OF_YEAR, OLEG, "3")
    item = of_period_mark(literature, YEAR, OF_YEAR, OLEG, "4", seen)
    (other,) = asks(story, "Лебедева", "2027-06-01 09:00", item, reason=EXPLANATION)
    mine = ask(story)
    conclude(story, mine)
    about = ConcludeFinalCorrection(
        case=other.case, journal=literature, period=YEAR, conclusion="Ошибка подтверждается работой."
    )
    story.do("Дьячкова", "2027-06-01 15:01", about)
    real, calls = story.store.append, []

    def append(batch: Append) -> Appended:
        """Another secretary's order is written while ours is on its way."""
        if not calls:
            calls.append(batch)
            theirs = OrderFinalCorrection(
                case=other.case, journal=literature, period=YEAR, number="212", date=date(2027, 6, 2)
            )
            story.do("Орлова", "2027-06-02 11:00", theirs)
        return real(batch)

    story.store.append = append  # type: ignore[method-assign]
    refused(story, "order-numbered", mine)
