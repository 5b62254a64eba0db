"""«Задачи» after a breach of access: a suspended Act waits for another administrator, and the director knows (E-15)."""

from __future__ import annotations

from uuid import UUID

import pytest

from commands.acts import FinaliseAct
from ledger.events.staff import RoleGranted
from projections import tasks
from projections.task import Task
from tests.breach import Breach
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.world import FIRST, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-11-18")
MARIA = "Каляна Мария"
DAY = "2026-11-18"


@pytest.fixture
def story() -> Breach:
    """Two administrators: Носов, whose access is stolen, and Тынетегина."""
    role = RoleGranted(role="administrator", first=FIRST, until=None, competence=None)
    made = Breach((named("Тынетегина"), role))
    made.has_account("Тынетегина")
    return made


def waiting(paper: Paper, story: Breach, person: str, role: str, when: str) -> list[Task]:
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        page = tasks.page(reading, named(person), {role}, KEY_OF)
    return [task for group in page.groups if group.role == role for task in group.tasks if task.incident]


def kinds(paper: Paper, story: Breach, incident: UUID, when: str) -> tuple[list[str], list[str]]:
    """What of this incident waits for the second administrator, and for the director."""
    both = ("Тынетегина", "administrator"), ("Орлова", "director")
    of_both = [waiting(paper, story, person, role, when) for person, role in both]
    administrator, director = ([task.kind for task in own if task.incident == incident] for own in of_both)
    return administrator, director


def suspended(story: Breach, drawn_up_by: str) -> UUID:
    """An incident whose Act Носов finalised after his own password had been stolen; the Act about him suspends it."""
    story.mark("Соколова", f"{DAY} 09:40", LESSON, MARIA, "5")
    first = story.notice("Соколова", f"{DAY} 09:00", f"{DAY} 09:10", by="Тынетегина", now=f"{DAY} 10:00")
    act = story.drawn_up(first, f"{DAY} 12:00", by=drawn_up_by)
    story.do("Носов", f"{DAY} 12:01", FinaliseAct(incident=first, act=act))
    stolen = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=f"{DAY} 15:00")
    story.act(stolen, f"{DAY} 16:00", by="Тынетегина", number="9")
    assert story.incident(first).status == "suspended"
    return first


@pytest.mark.case("E-15")
def test_an_act_whose_drawing_up_is_void_too_is_to_be_drawn_up_anew(paper: Paper, story: Breach) -> None:
    first = suspended(story, drawn_up_by="Носов")
    assert kinds(paper, story, first, f"{DAY} 16:01") == (["act_to_draw_up"], ["act_suspended"])
    again = story.drawn_up(first, f"{DAY} 17:00", number="10", by="Тынетегина")
    assert kinds(paper, story, first, f"{DAY} 17:05") == (["act_to_finalise"], ["act_suspended"])
    story.do("Тынетегина", f"{DAY} 17:10", FinaliseAct(incident=first, act=again))
    assert kinds(paper, story, first, f"{DAY} 17:11") == ([], [])


@pytest.mark.case("E-15")
def test_an_act_another_drew_up_needs_no_second_signatures(paper: Paper, story: Breach) -> None:
    first = suspended(story, drawn_up_by="Тынетегина")
    assert kinds(paper, story, first, f"{DAY} 16:01") == (["act_to_finalise"], ["act_suspended"])
