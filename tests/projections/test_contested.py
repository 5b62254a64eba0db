"""What is contested until there is an Act (R-177, K-20, K-23): all that the Act would name, though the intruder wrote
it with another's password; and again while an Act is suspended (E-15)."""

from __future__ import annotations

from uuid import UUID

import pytest

from commands.accounts import IssueCredential
from projections.contested import contested
from tests.breach import Breach, account_of
from tests.projections.pouring import Paper, caught_up
from tests.world import TOML, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-11-18")
DARIA, MARIA, ILIA = "Антипина Дарья", "Каляна Мария", "Вуквукай Илья"
DAY = "2026-11-18"


@pytest.fixture
def story() -> Breach:
    return Breach.of_two_administrators()


def marks(paper: Paper, story: Breach, when: str) -> set[UUID]:
    """Of whom the page of the lesson says that the mark is contested."""
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        found = contested(reading)
        rows = reading.rows("cells", "lesson = %(lesson)s", lesson=LESSON.id)
    return {row.pupil for row in rows if row.entry in found}


@pytest.mark.case("E-15")
def test_what_was_written_with_a_password_the_intruder_issued_is_contested_too(
    paper: Paper, story: Breach
) -> None:
    story.mark("Соколова", f"{DAY} 09:40", LESSON, MARIA, "3")
    known = named("known to the intruder")
    story.do("Носов", f"{DAY} 10:00", IssueCredential(account=account_of("Соколова"), credential=known))
    story.using["Соколова"] = known
    story.mark("Соколова", f"{DAY} 10:30", LESSON, DARIA, "5")
    incident = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=f"{DAY} 15:00")
    assert marks(paper, story, f"{DAY} 15:01") == {named(DARIA)}
    assert marks(paper, story, f"{DAY} 14:59") == set(), "nobody had said so yet"
    with paper.reading(f"{DAY} 15:01") as reading:
        assert {entry.position for entry in story.selection(incident).void} <= contested(reading)
    story.act(incident, f"{DAY} 16:00", by="Тынетегина", number="9")
    assert marks(paper, story, f"{DAY} 16:01") == set()


@pytest.mark.case("E-15")
def test_while_an_act_is_suspended_what_it_named_is_contested_again(paper: Paper, story: Breach) -> None:
    story.mark("Соколова", f"{DAY} 09:40", LESSON, MARIA, "5")
    first = story.notice("Соколова", f"{DAY} 09:00", f"{DAY} 09:10", by="Тынетегина", now=f"{DAY} 10:00")
    story.act(first, f"{DAY} 12:00", by="Носов")
    stolen = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=f"{DAY} 15:00")
    story.act(stolen, f"{DAY} 16:00", by="Тынетегина", number="9")
    assert marks(paper, story, f"{DAY} 11:00") == {named(MARIA)}
    assert marks(paper, story, f"{DAY} 13:00") == set()
    assert story.incident(first).status == "suspended"
    assert marks(paper, story, f"{DAY} 16:01") == {named(MARIA)}


@pytest.mark.case("AT-19")
def test_where_the_act_of_the_school_goes_back_to_the_breach_so_does_what_is_contested(
    paper: Paper, story: Breach
) -> None:
    extended = TOML.replace("extend_to_breach = false", "extend_to_breach = true")
    assert extended != TOML
    story.adopted(f"{DAY} 08:00", extended)
    for at, pupil in (("10:19", ILIA), ("10:20", DARIA), ("10:55", MARIA)):
        story.mark("Соколова", f"{DAY} {at}", LESSON, pupil, "5")
    story.notice("Соколова", f"{DAY} 10:20", f"{DAY} 10:55", now=f"{DAY} 11:10")
    assert marks(paper, story, f"{DAY} 11:11") == {named(DARIA), named(MARIA)}
