"""Whoever tells the year: steps in order of time, written as a lived-in ledger would have them (bench.writing)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from uuid import UUID

from bench.writing import By, Writer
from ledger.entry import Category, Draft, Finding
from ledger.events import attendance, homework, lessons, marks, voids
from ledger.events.late_entries import LateEntryPermitted
from ledger.events.period_marks import PeriodMarkGiven
from ledger.personal import PersonalText, seal
from ledger.school import School
from ledger.timetable import Lesson
from ledger.windows import delay
from tests.plain_year.founding import account_of
from tests.world import ROLES, ZONE, named

MINUTE = timedelta(minutes=1)
Making = Callable[[], Sequence[Draft]]


@dataclass(kw_only=True)
class Telling:
    """`cells` are the marks that stand, by lesson, work and pupil: position and value; `notes` the positions of «н»,
    topics and homework, by lesson and pupil («topic», «homework» in the pupil's place)."""

    school: School
    writer: Writer
    random: Random
    cells: dict[tuple[UUID, UUID, UUID], tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    notes: dict[tuple[UUID, UUID | str], int] = field(default_factory=dict)
    pages: dict[UUID, UUID] = field(default_factory=dict)
    by_account: dict[tuple[UUID, UUID], list[int]] = field(default_factory=lambda: defaultdict(list))
    permitted: dict[UUID, int] = field(default_factory=dict)
    sheets: dict[tuple[UUID, UUID], list[int]] = field(default_factory=lambda: defaultdict(list))
    stolen: tuple[int, int] = (0, 0)
    _steps: list[tuple[datetime, int, str, str | None, Making]] = field(default_factory=list)
    _count: count = field(default_factory=count)  # type: ignore[type-arg]

    def at(self, when: datetime, who: str, *drafts: Draft, role: str | None = None) -> None:
        self.then(when, who, lambda: drafts, role=role)

    def then(self, when: datetime, who: str, making: Making, *, role: str | None = None) -> None:
        """`making` looks at what stands at that moment; nothing is written where it says nothing."""
        heappush(self._steps, (when, next(self._count), who, role, making))

    def run(self, until: datetime) -> None:
        while self._steps:
            when, _, who, role, making = heappop(self._steps)
            drafts = tuple(making()) if when <= until else ()
            if drafts:
                self.write(when, who, drafts, role)

    def write(self, when: datetime, who: str, drafts: Sequence[Draft], role: str | None = None) -> None:
        by = By(account=account_of(named(who)), person=named(who), role=role or role_of(who))
        first = self.writer.write(by, when.replace(tzinfo=ZONE), drafts)
        for position, draft in enumerate(drafts, first):
            self._remember(position, draft, named(who))

    def _remember(self, position: int, draft: Draft, person: UUID) -> None:
        event, lesson = draft.event, draft.stream
        if draft.category is Category.LESSON:
            self.by_account[person, lesson].append(position)
        if isinstance(event, marks.MarkGiven):
            self.cells[lesson, event.work, event.pupil] = position, event.value
        elif isinstance(event, LateEntryPermitted):
            self.permitted[event.case] = position
        elif isinstance(event, PeriodMarkGiven):
            self.sheets[event.period, event.pupil].append(position)
        elif isinstance(event, marks.MarkWithdrawn):
            self.cells.pop((lesson, event.work, event.pupil), None)
        elif isinstance(event, attendance.AbsenceNoted):
            self.notes[lesson, event.pupil] = position
        elif isinstance(event, attendance.AbsenceWithdrawn):
            self.notes.pop((lesson, event.pupil), None)
        elif isinstance(event, lessons.TopicRecorded):
            self.notes[lesson, "topic"] = position
        elif isinstance(event, homework.HomeworkSet | homework.HomeworkNotSet):
            self.notes[lesson, "homework"] = position
        elif isinstance(event, lessons.LessonHeld):
            self.pages[lesson] = event.journal
        elif isinstance(event, voids.EntriesVoided | voids.EntriesTakenBack):
            gone = set(event.positions)
            self.cells = {key: each for key, each in self.cells.items() if each[0] not in gone}
            self.notes = {key: each for key, each in self.notes.items() if each not in gone}

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def after(self, when: datetime, minutes: int) -> datetime:
        return when + self.random.randint(1, minutes) * MINUTE

    def text(self, words: str, about: str) -> PersonalText:
        """Sealed with the key of tests.story."""
        return seal(words, person=named(about), key=bytes(32), nonce=self.random.randbytes(12))


def role_of(who: str) -> str:
    return ROLES[who].value if who in ROLES else "guardian"


def of_lesson(
    lesson: Lesson | UUID, event: object, *findings: Finding, causation: int | None = None
) -> Draft:
    stream = lesson if isinstance(lesson, UUID) else lesson.id
    return Draft(
        category=Category.LESSON,
        stream=stream,
        version=None,
        event=event,
        findings=findings,
        causation=causation,
    )


def of_school(stream: UUID, event: object) -> Draft:
    return Draft(category=Category.SCHOOL, stream=stream, version=None, event=event)


def of_case(stream: UUID, event: object) -> Draft:
    return Draft(category=Category.CASE, stream=stream, version=None, event=event)


def of_sheet(stream: UUID, event: object, *findings: Finding) -> Draft:
    return Draft(category=Category.PERIOD, stream=stream, version=None, event=event, findings=findings)


def found_late(code: str, when: datetime, due: datetime) -> tuple[Finding, ...]:
    seconds = delay(when, due)
    return () if seconds is None else (Finding(code=code, delay=seconds),)
