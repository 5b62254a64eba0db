"""A decision fails when what it rests on moved, and is made again (design 3, guards)."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from commands.absences import AbsenceStretch, DisputeAbsence, ExplainAbsences
from commands.attendance import TakeAttendance
from commands.deciding import Refusal
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.marks import GiveMark
from commands.movement import DepartPupil
from commands.roster import GroupPupils
from ledger.appending import Append, Appended
from ledger.entry import Category, Draft
from ledger.events.journals import WorkloadEnded
from ledger.events.roster import ClassTeacherAppointed, PupilDeparted, PupilMoved
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


TODAY = LESSON.date
MARIYA = named("Каляна Мария")
ILL = AbsenceStretch(pupil=MARIYA, first=TODAY, last=TODAY, category="по болезни")
OF_THE_CLASS_TEACHER = [
    ExplainAbsences(stretches=(ILL,)),
    DepartPupil(pupil=MARIYA, last=TODAY),
    GroupPupils(class_id=named("7А"), group=named("группа"), pupils=(MARIYA,), first=TODAY),
    DisputeAbsence(lesson=LESSON.id, pupil=MARIYA, reason="Была на олимпиаде."),
]


def with_an_absence() -> Story:
    story = Story()
    story.do("Соколова", "2026-10-12 09:30", TakeAttendance(lesson=LESSON.id, absent=(MARIYA,)))
    return story


@pytest.mark.parametrize("command", OF_THE_CLASS_TEACHER, ids=lambda command: type(command).__name__)
def test_whoever_led_the_class_until_a_moment_ago_no_longer_acts_for_it(command: object) -> None:
    story = with_an_absence()
    another = ClassTeacherAppointed(person=named("Петров"), first=TODAY, until=None)
    meanwhile(story, named("7А"), another)
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-10-12 15:00", command)
    assert refused.value.status == 403
    with_an_absence().do("Громова", "2026-10-12 15:00", command)


def test_nor_for_a_pupil_who_has_just_moved_to_another_class() -> None:
    story = with_an_absence()
    meanwhile(story, MARIYA, PupilMoved(class_id=named("6А"), first=TODAY, order="12-к"))
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-10-12 15:00", ExplainAbsences(stretches=(ILL,)))
    assert refused.value.status == 403
