"""The arithmetic of period marks against the same worked out another way: in fractions, case by case (K-10…K-14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.attestation import (
    Counted,
    Evidence,
    Missed,
    least_marks,
    marks_counted,
    means,
    missed_too_much,
    propose,
    propose_year,
)
from ledger.parameter_attestation import ControlWeight, NonAttestation, YearFormula
from ledger.parameter_values import Fractions
from ledger.regulation import Regulation
from tests.world import UST_BELAYA

LESSON, PAGE = UUID(int=1), UUID(int=2)
PLAIN, CONTROL = "answer", "control"
CONTROL_KINDS = {kind for kind, known in UST_BELAYA.work_kinds.items() if "control" in known.flags}

values = st.one_of(
    st.tuples(st.integers(1, 5)),
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.tuples(st.integers(2, 5)),
)
works = st.lists(st.tuples(values, st.sampled_from([PLAIN, CONTROL, "dictation"])), max_size=20)
modes = st.sampled_from(["mean", "tie_break", "weight"])
roundings = st.sampled_from(["half_up", "half_down", "even"])
fractions = st.builds(
    Fractions, enabled=st.just(True), mean=st.sampled_from(["two", "mean", "first"]), count=st.integers(1, 2)
)
terms = st.builds(
    lambda control, rounding, fraction: replace(
        UST_BELAYA, control_weight=control, rounding=rounding, fractions=fraction
    ),
    st.builds(ControlWeight, mode=modes, low=st.just(0.4), high=st.just(0.6), weight=st.integers(1, 4)),
    roundings,
    fractions,
)


def marks(*given: tuple[tuple[int, ...], str]) -> tuple[Counted, ...]:
    return tuple(
        Counted(
            entry=n, lesson=LESSON, journal=PAGE, work=LESSON, date=date(2026, 10, 12), kind=kind, value=value
        )
        for n, (value, kind) in enumerate(given, start=1)
    )


def away(count: int, category: str = "") -> tuple[Missed, ...]:
    return tuple(
        Missed(entry=100 + n, lesson=LESSON, date=date(2026, 10, 12), category=category) for n in range(count)
    )


def sum_and_count(
    given: list[tuple[tuple[int, ...], str]], act: Regulation, only: bool
) -> tuple[Fraction, int]:
    """Sum and number of what a mean is of; `only` control works, which then weigh nothing."""
    total, count = Fraction(0), 0
    for value, kind in given:
        control = kind in CONTROL_KINDS
        if only and not control:
            continue
        times = (
            act.control_weight.weight if control and act.control_weight.mode == "weight" and not only else 1
        )
        if act.fractions.mean == "two":
            total, count = total + times * sum(value), count + times * len(value)
        elif act.fractions.mean == "first":
            total, count = total + times * value[0], count + times
        else:
            total, count = total + times * Fraction(sum(value), len(value)), count + times
    return total, count


def nearest(mean: Fraction, how: str) -> int:
    """Whole marks by hand: which of the two neighbours is nearer, and what becomes of the middle."""
    low = floor(mean)
    over = mean - low
    if over != Fraction(1, 2):
        return low if over < Fraction(1, 2) else low + 1
    return {"half_up": low + 1, "half_down": low, "even": low + low % 2}[how]


def expected(given: list[tuple[tuple[int, ...], str]], act: Regulation) -> str:
    total, count = sum_and_count(given, act, only=False)
    if count == 0:
        return ""
    mean = total / count
    control, works_ = sum_and_count(given, act, only=True)
    over = mean - floor(mean)
    middle = Fraction(2, 5) <= over <= Fraction(3, 5)
    if act.control_weight.mode == "tie_break" and middle and works_:
        from_middle = control / works_ - floor(mean) - Fraction(1, 2)
        if from_middle:
            return str(floor(mean) + (from_middle > 0))
    return str(nearest(mean, act.rounding))


@given(works, terms)
@example(
    [((4,), PLAIN), ((3,), PLAIN), ((4,), CONTROL), ((3,), CONTROL)], UST_BELAYA
)  # control 3.5: rounding
@example([((3,), PLAIN)] * 3 + [((4,), CONTROL)] * 2, UST_BELAYA)  # 3.40, the edge of the tie-break
@example([((3,), CONTROL)] * 2 + [((4,), PLAIN)] * 3, UST_BELAYA)  # 3.60
def test_the_proposal_is_what_the_act_says_of_these_marks(
    given: list[tuple[tuple[int, ...], str]], act: Regulation
) -> None:
    found = propose(Evidence(marks=marks(*given), held=40), act)
    assert found.value == expected(given, act)
    for only, mean in ((False, found.mean), (True, found.control_mean)):
        total, count = sum_and_count(given, act, only)
        if count:
            assert mean is not None
            assert abs(Fraction(mean) - total / count) < Fraction(1, 10**20)
        else:
            assert mean is None


def test_a_pupil_of_the_special_group_is_never_proposed_an_unsatisfactory_mark() -> None:
    """AT-10, R-135, 7.14(b11)."""
    twos = marks(((2,), PLAIN), ((1,), PLAIN), ((2,), PLAIN))
    assert propose(Evidence(marks=twos, held=9), UST_BELAYA).value == "2"
    found = propose(Evidence(marks=twos, held=9, special=True), UST_BELAYA)
    assert (found.value, found.by) == ("3", "special")
    good = propose(Evidence(marks=marks(((4,), PLAIN)), held=9, special=True), UST_BELAYA)
    assert (good.value, good.by) == ("4", "mean")


@given(works)
def test_the_order_of_the_marks_changes_nothing(given: list[tuple[tuple[int, ...], str]]) -> None:
    assert means(marks(*given), UST_BELAYA) == means(marks(*reversed(given)), UST_BELAYA)


@pytest.mark.case("E-08")
@pytest.mark.parametrize(("mode", "mean"), [("two", "4.2"), ("mean", "4.375"), ("first", "4.5")])
def test_a_fraction_counts_in_the_mean_as_the_act_says_and_as_one_mark_for_the_attestation(
    mode: str, mean: str
) -> None:
    act = replace(UST_BELAYA, fractions=replace(UST_BELAYA.fractions, mean=mode))
    given = marks(((5,), PLAIN), ((5,), PLAIN), ((4, 3), PLAIN), ((4,), PLAIN))
    whole, _ = means(given, act)
    assert str(whole) == mean
    assert marks_counted(Evidence(marks=given), act) == 4
    twice = replace(act, fractions=replace(act.fractions, count=2))
    assert marks_counted(Evidence(marks=given), twice) == 5


@given(st.integers(0, 60), st.integers(0, 60))
def test_more_than_half_is_strictly_more(held: int, missed: int) -> None:
    assert missed_too_much(held, missed, UST_BELAYA) == (held > 0 and 2 * missed > held)


@given(st.integers(1, 60), st.integers(0, 60), st.sampled_from([0.25, 0.5, 0.1, 0.75]))
def test_any_share_of_the_act_is_compared_exactly(held: int, missed: int, share: float) -> None:
    act = replace(UST_BELAYA, non_attestation=NonAttestation(threshold=share, scope="subject"))
    assert missed_too_much(held, missed, act) == (Fraction(missed, held) > Fraction(str(share)))


def test_who_missed_too_much_is_proposed_not_attested_until_the_deputy_lets_him() -> None:
    evidence = Evidence(marks=marks(((4,), PLAIN)), missed=away(17), held=33)
    assert propose(evidence, UST_BELAYA).value == "н/а"
    assert propose(evidence, UST_BELAYA, attested=True).value == "4"


@given(st.integers(1, 300), st.data())
def test_exempt_is_proposed_from_the_share_of_the_act_on(days: int, data: st.DataObject) -> None:
    exempt = data.draw(st.integers(0, days))
    found = propose(Evidence(marks=marks(((4,), PLAIN)), held=9, days=days, exempt_days=exempt), UST_BELAYA)
    assert (found.value == "осв") == (2 * exempt >= days)


@given(
    st.integers(1, 600),
    st.lists(st.sampled_from(["", "по болезни", "без уважительной причины", "по уважительной причине"])),
)
def test_how_many_marks_it_takes(hours: int, categories: list[str]) -> None:
    missed = tuple(each for category in categories for each in away(1, category))
    excused = {"по болезни", "по уважительной причине"} & set(categories)
    if hours < 200:
        needed = 3
    elif hours < 300 or excused:
        needed = 5
    else:
        needed = 7
    assert least_marks(Evidence(missed=missed, week_hours=hours), UST_BELAYA) == needed


period_values = st.lists(st.sampled_from(["5", "4", "3", "2", "осв", "н/а", ""]), max_size=4)


@given(
    period_values,
    st.sampled_from(["", "2", "3", "4", "5"]),
    st.sampled_from(["member", "tie_break", "ignored"]),
    st.sampled_from(["excluded", "blocks"]),
    roundings,
)
def test_the_year_is_the_mean_of_its_periods_with_account_of_the_attestation(
    periods: list[str], exam: str, attestation: str, blocked: str, how: str
) -> None:
    formula = YearFormula(attestation=attestation, not_attested=blocked)
    act = replace(UST_BELAYA, year_formula=formula, rounding=how)
    found = propose_year(periods, exam, act).value
    numbers = [int(value) for value in periods if value in "2345" and value]
    counted = [*numbers, int(exam)] if exam and attestation == "member" else numbers
    if "н/а" in periods and blocked == "blocks":
        assert found == "н/а"
    elif not counted:
        there = {value for value in periods if value}
        assert found == ("осв" if there == {"осв"} else "н/а" if there else "")
    else:
        mean = Fraction(sum(counted), len(counted))
        if exam and attestation == "tie_break" and mean - floor(mean) == Fraction(1, 2):
            assert found == str(floor(mean) + (int(exam) > mean))
        else:
            assert found == str(nearest(mean, how))


@pytest.mark.parametrize(
    ("periods", "year"),
    [
        (("осв", "осв", "осв"), "осв"),
        (("осв", "н/а", ""), "н/а"),
        (("н/а", "осв", "осв"), "н/а"),
        (("", "", ""), ""),
    ],
)
def test_a_year_of_words_does_not_depend_on_their_order(periods: tuple[str, ...], year: str) -> None:
    """«осв» only when every period was."""
    formula = replace(UST_BELAYA, year_formula=YearFormula(attestation="member", not_attested="excluded"))
    assert propose_year(periods, "", formula).value == year
    assert propose_year(reversed(periods), "", formula).value == year
