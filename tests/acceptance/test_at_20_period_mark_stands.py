"""AT-20, its period part: a mark for the period is never changed when what it rested on is voided; it tells on what."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

import pytest

from commands.period_marks import RecheckPeriodMark
from ledger.appending import Append
from ledger.entry import Category, Draft
from ledger.events.voids import EntriesVoided
from ledger.period_sheet import PERIOD, YEAR
from tests.story import Story
from tests.told_term import FIRST_TERM, Term, setting, sheet_of
from tests.world import named, stamp

DARYA = "Антипина Дарья"
SEVEN = ("control 3", "control 5", "3", "4", "3", "3", "3")  # with the last 4 of the eight: 28 / 8


def void(story: Story, position: int) -> None:
    """As the administrator does it by a signed Act, in the stream of the entry."""
    stream = next(
        e.stream
        for e in story.store.entries(stamp("Носов", "2026-11-25 10:00").school, limit=10_000)
        if e.position == position
    )
    when = "2026-11-25 10:00"
    made = replace(stamp("Носов", when), command_id=uuid4(), received_at=story.at(when))
    event = EntriesVoided(act=named("Акт № 1"), positions=(position,))
    draft = Draft(category=Category.LESSON, stream=stream, version=None, event=event)
    story.store.append(Append(stamp=made, body_sha256=sha256(b"").digest(), answer="{}", drafts=(draft,)))


@pytest.mark.case("AT-20")
def test_the_mark_stays_when_what_it_rested_on_is_voided_and_its_recheck_rests_on_the_rest() -> None:
    story, term = Story(), Term(marks={DARYA: (*SEVEN, "4")})
    term.tell(story, term.lessons())
    story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4"), confirmed=True))
    before = sheet_of(story).marks[PERIOD, named(DARYA)]
    assert before.event.proposed == "4"  # type: ignore[attr-defined]
    rests_on = before.event.rests_on  # type: ignore[attr-defined]
    five = next(
        entry.position
        for lesson in term.lessons()
        for entry in story.entries(lesson.id)
        if entry.position in rests_on and entry.event.value == (5,)  # type: ignore[attr-defined]
    )
    void(story, five)
    after = sheet_of(story).marks[PERIOD, named(DARYA)]
    assert after == before
    recheck = RecheckPeriodMark(
        journal=named("7А Алгебра"),
        period=FIRST_TERM,
        kind=PERIOD,
        pupil=named(DARYA),
        reason="Поставлена добросовестно, по работам периода",
        seen=before.position,
    )
    story.do("Ефимова", "2026-11-26 10:00", recheck)
    checked = sheet_of(story).rechecked[PERIOD, named(DARYA)].event
    assert set(checked.rests_on) == set(rests_on) - {five}  # type: ignore[attr-defined]
    assert sheet_of(story).marks[PERIOD, named(DARYA)] == before
    assert (YEAR, named(DARYA)) not in sheet_of(story).marks
