"""P-31: who edits the timetable; P-21: what is recorded of an extracurricular lesson, school by school."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ledger import regulation, windows
from ledger.entry import Role
from ledger.events.attendance import AbsenceNoted, AttendanceTaken
from ledger.events.staff import RoleGranted
from ledger.events.timetable import SlotEnded, SlotScheduled
from ledger.regulation import Regulation
from tests.world import (
    FIRST,
    LAST,
    UST_BELAYA,
    answer,
    codes,
    given_lesson,
    given_school,
    homework_for,
    judged,
    named,
)

REGULATIONS = Path(windows.__file__).parent / "regulations"
MORNING = "2026-10-12 08:00"
SLOT = SlotScheduled(
    journal=named("7А Геометрия"), weekday=5, number=1, week="all", first=FIRST, last=LAST, room=None
)


def of(name: str) -> Regulation:
    return regulation.load((REGULATIONS / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


@pytest.mark.parametrize(
    ("school", "methodist", "administrator"),
    [
        ("ust-belaya", [], []),
        ("perm", ["P-31 refuse"], []),
        ("poshekhonye", ["P-31 refuse"], []),
        ("padun", [], []),
        ("school-37", [], []),
    ],
)
def test_the_timetable_is_edited_by_whom_the_act_names(
    school: str, methodist: list[str], administrator: list[str]
) -> None:
    for event in (SLOT, SlotEnded(last=FIRST)):
        assert codes(judged(event, None, MORNING, by="Кеулькут", regulation=of(school))) == methodist
        assert codes(judged(event, None, MORNING, by="Носов", regulation=of(school))) == administrator


def test_of_two_roles_either_will_do() -> None:
    """A methodist who is the administrator too edits it in Perm, whichever role the door found first."""
    both = given_school(
        (named("Кеулькут"), RoleGranted(role="administrator", first=FIRST, until=None, competence=None))
    )
    assert judged(SLOT, None, MORNING, by="Кеулькут", school=both, regulation=of("perm")) == ()


def test_a_file_taken_in_by_the_machine_is_nobodys() -> None:
    assert judged(SLOT, None, MORNING, by="Кеулькут", role=Role.SYSTEM, regulation=of("perm")) == ()


LESSON = given_lesson("7А Физика", "2026-10-12")
DURING = "2026-10-12 13:40"


def found(event: object, mode: str, school: str) -> list[str]:
    said = codes(judged(event, replace(LESSON, mode=mode), DURING, by="Петров", regulation=of(school)))
    return [each for each in said if each.startswith("P-21")]


@pytest.mark.parametrize(
    "event",
    [answer(LESSON, "Вуквукай Илья", 5), AbsenceNoted(pupil=named("Вуквукай Илья")), AttendanceTaken()],
    ids=["mark", "«н»", "presence"],
)
def test_instead_of_lessons_nothing_is_recorded_of_pupils_where_the_act_forbids_it(event: object) -> None:
    """7.13; an ordinary lesson and one in another form (8.3) are as any."""
    assert found(event, "7.13", "ust-belaya") == ["P-21 refuse"]
    assert found(event, "8.3", "ust-belaya") == []
    assert found(event, "", "ust-belaya") == []
    assert found(event, "7.13", "perm") == []
    assert found(event, "7.13", "padun") == ["P-21 report"]


def test_homework_there_follows_the_parameter() -> None:
    homework = homework_for(LESSON, "§ 7", "written")
    assert UST_BELAYA.extracurricular["7.13"].homework is False
    assert [each.split()[0] for each in found(homework, "7.13", "ust-belaya")] == ["P-21"]
    assert found(homework, "8.3", "ust-belaya") == []
