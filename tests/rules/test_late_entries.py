"""Late entries: W-40 with P-47 (a deputy permits) and P-57 (another person decides)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from ledger.entry import Category, Role
from ledger.events.late_entries import (
    LateEntryDeclined,
    LateEntryPermitted,
    LateEntryRequested,
    LateEntryWithdrawn,
)
from ledger.events.staff import RoleGranted
from ledger.lesson import Sheet
from ledger.personal import PersonalText
from ledger.regulation import load
from ledger.windows import permission_until
from tests.world import (
    FIRST,
    REGULATIONS,
    SCHOOL,
    UST_BELAYA,
    codes,
    entry,
    given_lesson,
    given_school,
    judged,
    named,
    stamp,
)

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
CASE = named("case")
REASON = PersonalText(person=named("Соколова"), nonce=bytes(12), sealed=bytes(30))


def request(target: str = "topic", work: UUID | None = None, pupil: UUID | None = None) -> LateEntryRequested:
    return LateEntryRequested(
        case=CASE,
        lesson=ALGEBRA.id,
        journal=ALGEBRA.journal,
        target=target,
        work=work,
        pupil=pupil,
        reason=REASON,
    )


def asked(by: str = "Соколова", role: Role | None = None):
    made = stamp(by, "2026-10-13 08:00", role)
    return (entry(request(), named("late"), made, Category.CASE, 1),)


def permitted(until: str) -> LateEntryPermitted:
    return LateEntryPermitted(case=CASE, until=datetime.fromisoformat(until), reason=None)


def test_a_teacher_asks_for_a_lesson_of_her_own_page():
    assert judged(request(), ALGEBRA, "2026-10-13 08:00") == ()
    assert codes(judged(request(), ALGEBRA, "2026-10-13 08:00", by="Петров")) == ["W-19 refuse"]
    assert codes(judged(request(), ALGEBRA, "2026-10-13 08:00", by="Орлова"))[0] == "P-58 refuse"


@pytest.mark.parametrize("target", ["column", "mark"])
def test_a_cell_may_be_asked_for_before_the_lesson_has_its_first_entry(target):
    pupil = named("Каляна Мария") if target == "mark" else None
    event = request(target, ALGEBRA.id, pupil)
    assert judged(event, ALGEBRA, "2026-10-13 08:00", sheet=Sheet(lesson=ALGEBRA.id)) == ()


def test_what_is_not_there_cannot_be_asked_for():
    pupil = named("Каляна Мария")
    for event in (
        request("diary"),
        request("mark", named("control"), pupil),
        request("column", named("control")),
        request("mark", ALGEBRA.id, named("Омрына Анна")),
        request("mark", ALGEBRA.id, None),
    ):
        assert codes(judged(event, ALGEBRA, "2026-10-13 08:00")) == ["late-target refuse"]


def test_where_nobody_permits_nobody_asks():
    strict = replace(UST_BELAYA, late_entry=replace(UST_BELAYA.late_entry, mode="reject"))
    found = judged(request(), ALGEBRA, "2026-10-13 08:00", regulation=strict)
    assert codes(found) == ["W-40 refuse"]


@pytest.mark.parametrize(
    "decision", [permitted("2026-10-14 23:59:59"), LateEntryDeclined(case=CASE, reason=REASON)]
)
def test_a_deputy_decides_or_the_director_for_her_and_nobody_else(decision):
    def found(by):
        return codes(judged(decision, ALGEBRA, "2026-10-13 09:00", by=by, cases=asked()))

    assert found("Дьячкова") == found("Орлова") == []
    assert found("Кеулькут") == found("Петров") == found("Носов") == ["P-57 refuse"]


def test_the_deputy_is_of_the_competence_the_act_gives_it_to():
    """Poshekhonye 3.5 gives it to the deputy for УВР (P-06)."""
    poshekhonye = load((REGULATIONS / "poshekhonye.toml").read_text(encoding="utf-8"), "poshekhonye.toml")

    def found(competence: str | None, regulation=poshekhonye, *more):
        grant = RoleGranted(role="deputy", first=FIRST, until=None, competence=competence)
        return codes(
            judged(
                permitted("2026-10-14 23:59:59"),
                ALGEBRA,
                "2026-10-13 09:00",
                by="Ким",
                role=Role.DEPUTY,
                cases=asked(),
                school=given_school((named("Ким"), grant), *more),
                regulation=regulation,
            )
        )

    assert found("УВР") == found(None) == []
    assert found("УМР") == ["P-57 refuse"]
    assert found("УМР", UST_BELAYA) == []  # 9.2 names no competence for it
    director = RoleGranted(role="director", first=FIRST, until=None, competence=None)
    assert found("УМР", poshekhonye, (named("Ким"), director)) == []


def test_nobody_decides_on_their_own_request_whatever_the_role():
    decision = permitted("2026-10-14 23:59:59")
    own = asked("Ефимова", Role.TEACHER)

    found = judged(decision, ALGEBRA, "2026-10-13 09:00", by="Ефимова", cases=own)
    assert codes(found) == ["P-57 refuse"]
    assert "другой человек" in found[0].sentence
    assert judged(decision, ALGEBRA, "2026-10-13 09:00", by="Дьячкова", cases=own) == ()
    alone = replace(UST_BELAYA, four_eyes=replace(UST_BELAYA.four_eyes, on=False))
    assert judged(decision, ALGEBRA, "2026-10-13 09:00", by="Ефимова", cases=own, regulation=alone) == ()


def test_whoever_asked_may_withdraw_and_a_deputy_but_no_colleague():
    event = LateEntryWithdrawn(case=CASE, reason=None)

    def found(by):
        return codes(judged(event, ALGEBRA, "2026-10-13 09:00", by=by, cases=asked()))

    assert found("Соколова") == found("Дьячкова") == []
    assert found("Петров") == ["P-57 refuse"]


def test_a_permission_holds_to_the_end_of_the_next_working_day():
    in_time, longer = permitted("2026-10-14 23:59:59"), permitted("2026-10-15 00:00:00")
    assert judged(in_time, ALGEBRA, "2026-10-13 09:00", by="Дьячкова", cases=asked()) == ()
    found = judged(longer, ALGEBRA, "2026-10-13 09:00", by="Дьячкова", cases=asked())
    assert codes(found) == ["W-40 refuse"]
    assert "14.10.2026 23:59:59" in found[0].sentence


@pytest.mark.parametrize(
    ("given", "until"),
    [
        ("2026-10-13 00:00", "2026-10-14 23:59:59"),
        ("2026-10-13 23:59", "2026-10-14 23:59:59"),
        ("2026-10-16 12:00", "2026-10-19 23:59:59"),  # Friday: Monday
        ("2026-10-17 12:00", "2026-10-19 23:59:59"),  # Saturday: Monday
        ("2026-11-03 12:00", "2026-11-05 23:59:59"),  # a free day between
        ("2026-11-20 12:00", "2026-11-30 23:59:59"),  # holidays between
        ("2027-05-28 12:00", "2027-05-29 23:59:59"),  # no lessons planned any more: the next day
    ],
)
def test_a_working_day_is_a_day_with_lessons(given, until):
    end = permission_until(datetime.fromisoformat(given), SCHOOL, UST_BELAYA)
    assert end == datetime.fromisoformat(until)
