"""P-30: who writes the plan, by the school's act."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import regulation
from ledger.entry import Role
from ledger.events.journals import PlanBound, PlanOpened
from ledger.events.plans import PlanItemsSet
from ledger.regulation import Regulation, load
from tests.world import codes, judged, named

OPENED = PlanOpened(plan=named("КТП"), subject=named("Алгебра"), grade=7, year=2026, title="Алгебра, 7")
ITEMS = PlanItemsSet(
    numbers=(1,),
    sections=("",),
    topics=("Степень",),
    hours=(100,),
    dates=(None,),
    kinds=("",),
    controls=(False,),
    homeworks=("",),
    reason="",
)
BOUND = PlanBound(plan=named("КТП"))
FOLDER = Path(regulation.__file__).parent / "regulations"


def of(name: str) -> Regulation:
    return load((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


def said(event: object, by: str, role: Role, school: str) -> list[str]:
    return codes(judged(event, None, "2026-09-01 15:00", by=by, role=role, regulation=of(school)))


@pytest.mark.parametrize("event", [OPENED, ITEMS, BOUND], ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("school", ["ust-belaya", "poshekhonye", "perm", "padun", "school-37"])
def test_a_teacher_writes_plans_at_every_school(school: str, event: object) -> None:
    assert said(event, "Соколова", Role.TEACHER, school) == []


@pytest.mark.parametrize("event", [OPENED, ITEMS, BOUND], ids=lambda event: type(event).__name__)
@pytest.mark.parametrize(
    ("school", "found"), [("perm", []), ("ust-belaya", ["P-30 refuse"]), ("poshekhonye", ["P-30 refuse"])]
)
def test_the_administrator_writes_them_where_the_act_says_so(
    school: str, found: list[str], event: object
) -> None:
    """Perm 3.3 and 3.5; Poshekhonye 3.4."""
    assert said(event, "Носов", Role.ADMINISTRATOR, school) == found


def test_an_administrator_who_teaches_the_subject_writes_in_either_role() -> None:
    assert said(ITEMS, "Носов", Role.TEACHER, "perm") == []
    assert said(ITEMS, "Ефимова", Role.DEPUTY, "perm") == ["P-30 refuse"]
