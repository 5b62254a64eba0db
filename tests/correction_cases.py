"""What the tests of corrections do again and again: a case asked for, its reference, entries written past the gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest

from commands.corrections import (
    ApproveCorrections,
    CorrectionItem,
    CorrectionRef,
    RequestCorrections,
)
from commands.deciding import Refusal
from commands.marks import GiveMark
from ledger import streams
from ledger.appending import Append
from ledger.correction import CorrectionCase, fold_corrections
from ledger.entry import Category, Draft, Role
from ledger.events.period_marks import ExceptionGranted, PeriodClosed, PeriodMarkGiven
from ledger.events.staff import RoleGranted, RoleWithdrawn
from ledger.events.voids import EntriesVoided
from ledger.period_sheet import LEAST_MARKS, PeriodSheet, fold_period_sheet
from ledger.timetable import Lesson
from tests.story import Story, sealed
from tests.world import FIRST, SCHOOL_ID, given_lesson, named, stamp

TRIMESTER, YEAR = named("ООО I триместр"), streams.year(SCHOOL_ID, 2026)


ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
GEOMETRY = given_lesson("7А Геометрия", "2026-10-15")
ESSAY = given_lesson("10А Литература", "2026-10-12", 2)
KALYANA, OLGA = named("Каляна Мария"), named("Ященко Ольга")
ASKED, DECIDED = "2026-10-19 12:00", "2026-10-19 15:00"


def written(
    story: Story,
    by: str,
    when: str,
    category: Category,
    stream: UUID,
    *events: object,
    role: Role = Role.TEACHER,
) -> None:
    """Entries that stand there already, whatever the rules would have said."""
    story.at(when)
    made = replace(stamp(by, when, role), command_id=uuid4())
    drafts = tuple(Draft(category=category, stream=stream, version=None, event=event) for event in events)
    story.store.append(Append(stamp=made, body_sha256=sha256(b"").digest(), answer="{}", drafts=drafts))


def voided(story: Story, when: str, category: Category, stream: UUID, *positions: int) -> None:
    """By an Act."""
    event = EntriesVoided(act=named("акт"), positions=positions)
    written(story, "Носов", when, category, stream, event, role=Role.ADMINISTRATOR)


def sheet_of(page: UUID, period: UUID) -> UUID:
    return streams.period_sheet(SCHOOL_ID, page, period)


def marked(
    story: Story, by: str, when: str, page: UUID, period: UUID, kind: str, pupil: str, value: str
) -> int:
    """A period mark that stands; its position."""
    event = PeriodMarkGiven(
        journal=page,
        period=period,
        kind=kind,
        pupil=named(pupil),
        value=value,
        proposed=value,
        rests_on=(),
    )
    written(story, by, when, Category.PERIOD, sheet_of(page, period), event)
    return story.entries(sheet_of(page, period))[-1].position


def spared(story: Story, when: str, page: UUID, period: UUID, *pupils: str) -> None:
    """The deputy lets them be attested with few marks (W-35)."""
    why = sealed("болела", named(pupils[0]), uuid4(), 0)
    granted = (
        ExceptionGranted(
            case=uuid4(), journal=page, period=period, pupil=named(pupil), ground=LEAST_MARKS, reason=why
        )
        for pupil in pupils
    )
    written(story, "Дьячкова", when, Category.PERIOD, sheet_of(page, period), *granted, role=Role.DEPUTY)


def closed(story: Story, when: str, page: UUID, period: UUID) -> None:
    event = PeriodClosed(journal=page, period=period)
    written(story, "Ефимова", when, Category.PERIOD, sheet_of(page, period), event, role=Role.DEPUTY)


def marks(story: Story, page: UUID, period: UUID) -> PeriodSheet:
    return fold_period_sheet(story.entries(sheet_of(page, period)))


def of_mark(lesson: Lesson, pupil: str, new: str, seen: int, work: UUID | None = None) -> CorrectionItem:
    column = work or lesson.id
    return CorrectionItem(
        target="mark", lesson=lesson.id, work=column, pupil=named(pupil), new=new, seen=seen
    )


def of_period_mark(page: UUID, period: UUID, kind: str, pupil: str, new: str, seen: int) -> CorrectionItem:
    return CorrectionItem(
        target="period_mark", journal=page, period=period, kind=kind, pupil=named(pupil), new=new, seen=seen
    )


def asks(
    story: Story,
    by: str,
    when: str,
    *items: CorrectionItem,
    ground: str = "erroneous_entry",
    reason: str = "Отметка поставлена не той ученице",
) -> tuple[CorrectionRef, ...]:
    command = RequestCorrections(items=items, ground=ground, reason=reason)
    parts = story.do(by, when, command).parts
    return tuple(
        CorrectionRef(case=UUID(part["case"]), lesson=item.lesson, journal=item.journal, period=item.period)
        for part, item in zip(parts, items, strict=True)
    )


def approves(story: Story, by: str, when: str, *refs: CorrectionRef, reason: str = "") -> Any:
    return story.do(by, when, ApproveCorrections(cases=refs, reason=reason))


def case(story: Story, ref: CorrectionRef) -> CorrectionCase:
    about = ref.lesson
    if about is None:
        assert ref.journal is not None
        assert ref.period is not None
        about = sheet_of(ref.journal, ref.period)
    return fold_corrections(story.entries(streams.corrections(SCHOOL_ID, about))).cases[ref.case]


BEFORE_SCHOOL = FIRST - timedelta(days=1)
# The division of the act: Ефимова is the deputy for УВР, Дьячкова for УМР (7.14, K-25).
DIVIDED: tuple[tuple[UUID, object], ...] = tuple(
    (named(person), event)
    for person, competence in (("Ефимова", "УВР"), ("Дьячкова", "УМР"))
    for event in (
        RoleWithdrawn(role="deputy", last=BEFORE_SCHOOL),
        RoleGranted(role="deputy", first=FIRST, until=None, competence=competence),
    )
)


def give(story: Story, by: str, lesson: Lesson, pupil: str, value: str, seen: int = 0) -> int:
    """In the lesson's own window; the position of the mark."""
    command = GiveMark(lesson=lesson.id, work=lesson.id, pupil=named(pupil), value=value, seen=seen)
    when = lesson.ends.replace(minute=lesson.ends.minute + story.commands % 40)
    return int(story.do(by, when.isoformat(), command).parts[-1]["position"])


def mark(story: Story, lesson: Lesson = ALGEBRA, pupil: UUID = KALYANA) -> tuple[int, ...] | None:
    return story.sheet(lesson).mark(lesson.id, pupil)


def three(story: Story) -> CorrectionRef:
    """Каляна's 3 in algebra is to be a 4; Соколова asks."""
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    (ref,) = asks(story, "Соколова", ASKED, of_mark(ALGEBRA, "Каляна Мария", "4", seen))
    return ref


def refused(code: str, done: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as found:
        done()
    assert found.value.code == code, found.value.sentence
    return found.value
