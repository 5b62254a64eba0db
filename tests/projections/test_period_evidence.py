"""What a period mark rests on is the same at the gate, from entries, and on the pages, from rows (design 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID, uuid5

import pytest

from commands.deciding import Sight
from commands.period_facts import period_state
from commands.period_reads import of_marks
from ledger import streams
from ledger.appending import Append
from ledger.attestation import Evidence
from ledger.entry import Category, Draft
from ledger.events import attendance, journals, marks, roster, timetable, voids
from ledger.school import School
from ledger.timetable import Lesson
from projections.period_evidence import of_page
from tests.projections.pouring import Paper, caught_up
from tests.story import Story, sealed
from tests.told_term import FIRST_HALF, FIRST_TERM, PARALLEL, setting
from tests.world import PUPILS, SCHOOL_ID, UST_BELAYA, given_work, held, named, stamp

MARIA, PAVEL, OLGA = named("Каляна Мария"), named("Тынетегин Павел"), named("Ященко Ольга")
HOME = "7А Алгебра на дому"
CATEGORIES = ("по болезни", "по уважительной причине", "без уважительной причины")
BEGUN, TOLD_UNTIL = date(2026, 9, 1), date(2026, 12, 18)
MOVES = (
    (MARIA, roster.PupilMoved(class_id=named("7Б"), first=date(2026, 10, 19), order="91")),
    (
        PAVEL,
        roster.ExemptionGranted(
            exemption=named("справка"), first=date(2026, 10, 5), until=date(2026, 10, 30), document=None
        ),
    ),
    (OLGA, roster.HomeTuitionStarted(tuition=named("дом"), first=date(2026, 10, 5), until=None, order=None)),
    (
        named(HOME),
        journals.HomeJournalListed(class_id=named("7А"), subject=named("Алгебра"), year=2026, pupil=OLGA),
    ),
    (
        named("слот на дому"),
        timetable.SlotScheduled(
            journal=named(HOME), weekday=2, number=6, week="all", first=BEGUN, last=TOLD_UNTIL, room=None
        ),
    ),
)
PAGES = {
    "7А Алгебра": ("7А", FIRST_TERM),
    "7Б Алгебра": ("7А", FIRST_TERM),
    HOME: ("7А", FIRST_TERM),
    "7А Физкультура": ("7А", FIRST_TERM),
    "10А Литература": ("10А", FIRST_HALF),
    "10А Русский язык": ("10А", FIRST_HALF),
}


class Telling:
    """Appends random events of lessons as they would stand after the gate, voids among them."""

    def __init__(self, seed: int) -> None:
        self.random, self.story, self.count = Random(seed), Story(*PARALLEL, *MOVES), 0
        self.school = self.story.house.schools.current(SCHOOL_ID)

    def append(self, category: Category, stream: UUID, *events: object) -> list[int]:
        self.count += 1
        made = replace(
            stamp("Соколова", "2026-12-18 10:00"),
            command_id=uuid5(SCHOOL_ID, f"telling {self.count}"),
            received_at=self.story.at("2026-12-18 10:00"),
        )
        drafts = tuple(Draft(category=category, stream=stream, version=None, event=e) for e in events)
        batch = Append(stamp=made, body_sha256=sha256(b"").digest(), answer="{}", drafts=drafts)
        first = self.story.store.append(batch).first or 0
        return list(range(first, first + len(events)))

    def tell(self) -> Story:
        for page, (klass, _) in PAGES.items():
            for lesson in self.school.timetable.by_journal[named(page)]:
                if lesson.date <= TOLD_UNTIL and self.random.random() < 0.8:
                    self._lesson(page, lesson, [named(who) for who in PUPILS[klass]])
        for pupil in (named(who) for klass in ("7А", "10А") for who in PUPILS[klass]):
            self._said(pupil)
        return self.story

    def _lesson(self, page: str, lesson: Lesson, pupils: list[UUID]) -> None:
        events = list(self._events(page, lesson, pupils))
        positions = self.append(Category.LESSON, lesson.id, held(lesson, self.school), *events)
        if self.random.random() < 0.3:
            dead = tuple(sorted(self.random.sample(positions[1:], min(2, len(events)))))
            if dead:
                self.append(Category.LESSON, lesson.id, voids.EntriesVoided(act=named("Акт"), positions=dead))

    def _events(self, page: str, lesson: Lesson, pupils: list[UUID]) -> Iterator[object]:
        r = self.random
        kind = r.choice(["test", "control", "essay", "dictation_grammar"])
        work = replace(given_work(lesson, kind, self.school), work=uuid5(lesson.id, "work"))
        yield work
        for pupil in r.sample(pupils, min(len(pupils), r.randint(0, 5))):
            what = r.random()
            if what < 0.3:
                yield attendance.AbsenceNoted(pupil=pupil)
                if r.random() < 0.2:
                    yield attendance.AbsenceWithdrawn(pupil=pupil, came_late=r.random() < 0.5)
            else:
                column = r.choice([lesson.id, work.work])
                value = (r.randint(2, 5), r.randint(2, 5)) if what > 0.9 else (r.randint(1, 5),)
                yield marks.MarkGiven(work=column, pupil=pupil, value=value)
                if page == "10А Литература" and r.random() < 0.5:
                    yield marks.LiteracyMarkGiven(
                        work=column, journal=named("10А Русский язык"), pupil=pupil, value=(r.randint(2, 5),)
                    )
                if r.random() < 0.1:
                    yield marks.MarkWithdrawn(work=column, pupil=pupil)
        if r.random() < 0.1:
            yield marks.WorkKindChanged(work=work.work, kind="control", correction=named("случай"))

    def _said(self, pupil: UUID) -> None:
        stream = streams.excuses(SCHOOL_ID, pupil)
        for n in range(self.random.randint(0, 4)):
            first = BEGUN + timedelta(days=self.random.randint(0, 100))
            explained = attendance.AbsencesExplained(
                explanation=uuid5(pupil, f"{n}"),
                pupil=pupil,
                first=first,
                last=first + timedelta(days=self.random.randint(0, 20)),
                category=self.random.choice(CATEGORIES),
                document=None,
            )
            self.append(Category.CASE, stream, explained)
            if self.random.random() < 0.3:
                gone = attendance.ExplanationWithdrawn(explanation=explained.explanation)
                self.append(Category.CASE, stream, gone)


def at_the_gate(story: Story, school: School, page: str) -> dict[UUID, Evidence]:
    """What the decider of SetPeriodMarks sees for everybody who was ever on the page."""
    period = PAGES[page][1]
    pupils = school.members_ever(named(page))
    command = replace(
        setting(page=page, period=period),
        marks=tuple(replace(each, pupil=pupil) for pupil in pupils for each in setting(("кто", "4")).marks),
    )
    wanted = (*of_marks(command, school, UST_BELAYA), streams.period_sheet(SCHOOL_ID, named(page), period))
    sight = Sight(
        school=school,
        adopted=UST_BELAYA,
        stamp=stamp("Соколова", "2026-12-18 11:00"),
        loaded=story.store.load(SCHOOL_ID, streams=list(dict.fromkeys(wanted))).streams,
        seal=sealed,
        sheets=((named(page), period),),
    )
    return dict(period_state(named(page), period, sight).evidence)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_gate_and_the_page_rest_a_period_mark_on_the_same_evidence(paper: Paper, seed: int) -> None:
    story = Telling(seed).tell()
    paper.pour(story.store)
    caught_up(paper)
    school = story.house.schools.current(SCHOOL_ID)
    counted = 0
    with paper.reading(None) as reading:
        for page, (_, period) in PAGES.items():
            span = school.periods[period].span
            gate = at_the_gate(story, school, page)
            shown = {
                pupil: evidence
                for pupil, (evidence, _) in of_page(reading, named(page), gate.keys(), span).items()
            }
            assert gate, page
            for pupil, evidence in gate.items():
                assert shown[pupil] == evidence, (page, pupil)
                counted += len(evidence.marks) + len(evidence.missed)
    assert counted > 100
    assert any(
        mark.journal == named("7А Алгебра") for mark in at_the_gate(story, school, "7Б Алгебра")[MARIA].marks
    )
