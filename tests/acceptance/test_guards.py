"""A decision fails when what it rests on moved, and is made again (design 3, guards)."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from commands.deciding import Refusal
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.marks import GiveMark
from ledger.appending import Append, Appended
from ledger.entry import Category, Draft
from ledger.events.journals import WorkloadEnded
from ledger.events.roster import PupilDeparted
from ledger.events.staff import RoleWithdrawn
from tests.story import Story
from tests.world import given_lesson, named, stamp

LESSON = given_lesson("7А Алгебра", "2026-10-12")


def meanwhile(story: Story, stream: UUID, event: object) -> None:
    """Something happens after the command was decided and before it is written, once."""
    real = story.store.append

    def append(batch: Append) -> Appended:
        story.store.append = real  # type: ignore[method-assign]
        made = replace(stamp("Носов", "2026-10-12 10:00"), command_id=uuid4(), received_at=story.clock)
        draft = Draft(category=Category.SCHOOL, stream=stream, version=None, event=event)
        real(Append(stamp=made, body_sha256=sha256(b"").digest(), answer="{}", drafts=(draft,)))
        return real(batch)

    story.store.append = append  # type: ignore[method-assign]


def give(pupil: str) -> GiveMark:
    return GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named(pupil), value="4")


def test_a_mark_notices_that_the_pupil_has_just_left_the_school() -> None:
    story = Story()
    departed = PupilDeparted(last=LESSON.date.replace(day=11), order="12-к")
    meanwhile(story, named("Каляна Мария"), departed)
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-12 10:00", give("Каляна Мария"))
    assert refused.value.code == "enrolled"


def test_a_mark_notices_that_the_page_has_just_been_handed_over() -> None:
    story = Story()
    ended = WorkloadEnded(teacher=named("Соколова"), last=LESSON.date.replace(day=11))
    meanwhile(story, named("7А Алгебра"), ended)
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-10-12 10:00", give("Каляна Мария"))
    assert refused.value.status == 403


def test_a_permission_notices_that_the_deputys_term_has_just_ended() -> None:
    story = Story()
    item = LateEntryItem(lesson=LESSON.id, target="topic")
    story.do("Соколова", "2026-10-13 08:00", RequestLateEntry(items=(item,), reason="Не успела"))
    ref = CaseRef(case=next(iter(story.late(LESSON).cases)), lesson=LESSON.id)
    meanwhile(story, named("Дьячкова"), RoleWithdrawn(role="deputy", last=LESSON.date))
    with pytest.raises(Refusal) as refused:
        story.do("Дьячкова", "2026-10-13 08:10", PermitLateEntries(cases=(ref,)))
    assert refused.value.status == 403


def test_another_pupils_departure_moves_nothing() -> None:
    story = Story()
    meanwhile(story, named("Ященко Ольга"), PupilDeparted(last=LESSON.date, order=None))
    story.do("Соколова", "2026-10-12 10:00", give("Каляна Мария"))
    assert story.sheet(LESSON).mark(LESSON.id, named("Каляна Мария")) == (4,)
