"""«Задачи» after a breach of access: a suspended Act waits for another administrator, and the director knows (E-15);
what others wrote on a word that is void waits for a deputy (E-05)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from commands.acts import FinaliseAct
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from projections import reinstatement, tasks
from projections.task import Task
from tests.breach import Breach
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.world import given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-11-18")
EARLIER = given_lesson("7А Алгебра", "2026-11-02")
MARIA = "Каляна Мария"
DAY = "2026-11-18"


@pytest.fixture
def story() -> Breach:
    """Two administrators: Носов, whose access is stolen, and Тынетегина."""
    return Breach.of_two_administrators()


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


@pytest.mark.case("E-05")
def test_marks_under_a_void_permission_wait_for_a_deputy_as_long_as_void_entries_may_be_asked_for(
    paper: Paper, story: Breach
) -> None:
    item = LateEntryItem(lesson=EARLIER.id, target="lesson")
    story.do("Соколова", f"{DAY} 09:05", RequestLateEntry(items=(item,), reason="болела", confirmed=True))
    (case,) = story.late(EARLIER).cases
    permit = PermitLateEntries(cases=(CaseRef(case=case, lesson=EARLIER.id),), confirmed=True)
    story.do("Ефимова", f"{DAY} 10:58", permit)
    for pupil in (MARIA, "Антипина Дарья"):
        story.mark("Соколова", f"{DAY} 11:02", EARLIER, pupil, "4")
    incident = story.notice("Ефимова", f"{DAY} 10:50", f"{DAY} 10:55", now=f"{DAY} 11:10")
    assert contested(paper, story, f"{DAY} 13:00") == []
    story.act(incident, f"{DAY} 14:00")
    assert contested(paper, story, f"{DAY} 14:01") == [(EARLIER.id, 2)]
    with paper.reading(f"{DAY} 14:01") as reading:
        (act,) = story.incident(incident).acts
        until = reinstatement.until_of(reading, act)
    assert contested(paper, story, f"{until:%Y-%m-%d %H:%M:%S}") == [(EARLIER.id, 2)]
    assert contested(paper, story, f"{until + timedelta(seconds=1):%Y-%m-%d %H:%M:%S}") == []


def contested(paper: Paper, story: Breach, when: str) -> list[tuple[UUID | None, int]]:
    """Of which lesson, and how many places."""
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        page = tasks.page(reading, named("Дьячкова"), {"deputy"}, KEY_OF)
    found = [task for group in page.groups for task in group.tasks if task.kind == "contested"]
    return [(task.place.lesson if task.place else None, task.count) for task in found]
