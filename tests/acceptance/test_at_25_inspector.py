"""AT-25, the inspector's part: with a mandate for 01–10.06.2027 the page of 7А algebra is read as it was on 20.11.2026
at 18:00 and as it is now; every cell that differs is listed with its cause (R-024, R-254; Padun 1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from commands.accounts import IssueCredential, UnblockAccount
from commands.acts import AppointCommission, DrawUpAct, FinaliseAct, SignAct
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.mandates import EndMandate, GrantMandate
from ledger.access import Target, acting_role
from ledger.entry import Role
from ledger.school import School
from projections import journal as journal_page
from projections.difference import Scope, between
from projections.journal import JournalPage
from projections.moments import moments
from tests.acceptance.test_at_19_compromise import ACCOUNT, INCIDENT, LESSON, MEMBERS, NEW, Theft
from tests.correction_cases import approves, asks, of_mark
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import Paper, caught_up
from tests.world import SCHOOL_ID, at, named

ALGEBRA, MARIA, DARIA, ILIA = (
    named(n) for n in ("7А Алгебра", "Каляна Мария", "Антипина Дарья", "Вуквукай Илья")
)
INSPECTOR = named("Проверяющий из комитета")
ORDER = OrderNamed(number="12", on=date(2027, 5, 28))
MANDATE = GrantMandate(
    person=INSPECTOR, first=date(2027, 6, 1), last=date(2027, 6, 10), order=ORDER, classes=(named("7А"),)
)


def checked_year() -> Theft:
    """Honest marks and stolen ones of 18.11; on 23.11 the Act makes the stolen ones void; on 25.11 a case corrects
    an honest one; at the end of May a mandate is granted."""
    story = Theft()
    story.mark("09:40", MARIA, "3")
    story.mark("09:41", ILIA, "4")
    story.mark("10:58", DARIA, "5")
    story.mark("11:04", MARIA, "5")
    story.reported()
    story.received("Носов", "10:55")
    order = OrderNamed(number="150", on=date(2026, 11, 23))
    story.do("Орлова", "2026-11-23 09:00", AppointCommission(incident=INCIDENT, members=MEMBERS, order=order))
    story.do("Носов", "2026-11-23 09:10", DrawUpAct(incident=INCIDENT, number="1", date=date(2026, 11, 23)))
    (act,) = story.incident().acts
    for name in ("Ефимова", "Дьячкова", "Громова"):
        story.do(name, "2026-11-23 09:20", SignAct(incident=INCIDENT, act=act))
    story.do("Носов", "2026-11-23 09:30", FinaliseAct(incident=INCIDENT, act=act))
    story.do("Носов", "2026-11-23 10:00", IssueCredential(account=ACCOUNT, credential=NEW))
    story.do("Носов", "2026-11-23 10:01", UnblockAccount(account=ACCOUNT, reason="compromise"))
    story.credential = NEW
    seen = story.sheet(LESSON).marks[LESSON.id, ILIA].position
    refs = asks(story, "Соколова", "2026-11-25 12:00", of_mark(LESSON, "Вуквукай Илья", "5", seen))
    approves(story, "Дьячкова", "2026-11-25 13:00", *refs)
    story.do("Орлова", "2027-05-31 10:00", MANDATE)
    return story


def role_on(school: School, on: str, journal: UUID = ALGEBRA) -> Role | None:
    return acting_role(
        INSPECTOR, "view_journal", Target(today=date.fromisoformat(on), journal=journal), school
    )


@pytest.fixture
def year(paper: Paper) -> tuple[Theft, Paper]:  # noqa: F811
    story = checked_year()
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    return story, paper


def cells(page: JournalPage) -> dict[UUID, str]:
    column = next(n for n, each in enumerate(page.columns) if each.work == LESSON.id)
    return {row.pupil: row.cells[column].value for row in page.rows if row.cells[column].value}


def read(paper: Paper, when: str | None) -> dict[UUID, str]:  # noqa: F811
    with paper.reading(when) as reading:
        return cells(journal_page.page(reading, ALGEBRA, named("ООО I триместр")))


@pytest.mark.case("AT-25")
def test_the_mandate_opens_its_class_from_its_first_day_to_its_last() -> None:
    story = checked_year()
    school = story.house.schools.current(SCHOOL_ID)
    assert [role_on(school, day) for day in ("2027-05-31", "2027-06-11")] == [None, None]
    assert [role_on(school, day) for day in ("2027-06-01", "2027-06-10")] == [Role.INSPECTOR] * 2
    assert role_on(school, "2027-06-05", named("9А Алгебра")) is None, "another class is out of the scope"


@pytest.mark.case("AT-25")
def test_both_states_of_the_page_are_reproduced(year: tuple[Theft, Paper]) -> None:
    _, paper = year  # noqa: F811
    assert read(paper, "2026-11-20 18:00") == {MARIA: "5", ILIA: "4", DARIA: "5"}
    assert read(paper, None) == {MARIA: "3", ILIA: "5"}


@pytest.mark.case("AT-25")
def test_every_differing_cell_is_listed_with_its_cause(year: tuple[Theft, Paper]) -> None:
    story, paper = year  # noqa: F811
    then, now = read(paper, "2026-11-20 18:00"), read(paper, None)
    with paper.reading(None) as reading:
        found = between(reading, reading.position_at(at("2026-11-20 18:00")), Scope(journals=(ALGEBRA,)))
    said = {each.pupil: (each.before, each.after, each.why) for each in found.changed if each.kind == "mark"}
    assert {pupil: pair[:2] for pupil, pair in said.items()} == {
        pupil: (then.get(pupil, ""), now.get(pupil, ""))
        for pupil in then | now
        if then.get(pupil) != now.get(pupil)
    }
    assert {pupil: why for pupil, (_, _, why) in said.items()} == {
        MARIA: "act",
        DARIA: "act",
        ILIA: "correction",
    }
    assert found.counts == {"act": 2, "correction": 1}
    (act,) = story.incident().acts
    assert {each.act for each in found.changed if each.why == "act"} == {act}


@pytest.mark.case("AT-25")
def test_before_and_after_the_act_are_named_moments(year: tuple[Theft, Paper]) -> None:
    _, paper = year  # noqa: F811
    with paper.reading("2026-11-20 18:00") as reading:
        known = paper.schools.current(SCHOOL_ID)
        found = moments(reading, known, INSPECTOR, at("2027-06-05 10:00"))
    named_so = {(each.kind, each.title): each.entry for each in found}
    changed = {}
    for moment in ("before_act", "after_act"):
        entry = named_so[moment, "1"]
        assert entry is not None
        with paper.reading(None) as reading:
            found_since = between(reading, entry, Scope(journals=(ALGEBRA,)))
        changed[moment] = {each.pupil for each in found_since.changed}
    assert changed == {"before_act": {MARIA, DARIA, ILIA}, "after_act": {ILIA}}, "his was corrected later"


@pytest.mark.case("AT-25")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"last": date(2027, 5, 30)}, "mandate-days"),
        ({"last": date(2028, 6, 2)}, "mandate-days"),
        ({"classes": (named("нет такого класса"),)}, "class-exists"),
    ],
)
def test_a_mandate_of_no_days_of_years_or_of_no_class_is_refused(changed: dict, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Theft().do("Орлова", "2027-05-31 10:00", replace(MANDATE, **changed))
    assert refused.value.code == code


@pytest.mark.case("AT-25")
def test_a_mandate_is_ended_from_today_on_and_never_backwards() -> None:
    story = checked_year()
    (held,) = story.house.schools.current(SCHOOL_ID).mandates[INSPECTOR]
    with pytest.raises(Refusal):
        story.do(
            "Орлова", "2027-06-05 10:00", EndMandate(person=INSPECTOR, mandate=held.id, last=date(2027, 6, 4))
        )
    story.do(
        "Орлова", "2027-06-05 10:00", EndMandate(person=INSPECTOR, mandate=held.id, last=date(2027, 6, 5))
    )
    school = story.house.schools.current(SCHOOL_ID)
    assert role_on(school, "2027-06-05") is Role.INSPECTOR
    assert role_on(school, "2027-06-06") is None
