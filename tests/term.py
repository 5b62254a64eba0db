"""A term of 7А told at random, with what makes counting hard: a group, a newcomer from 6А with his marks (E-06), an
exemption, home tuition, reasons of absences, works not complete, lessons nobody wrote; appended as entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid5

from ledger import streams
from ledger.appending import Append
from ledger.entry import Category, Draft
from ledger.events.attendance import AbsenceNoted, AbsencesExplained, AttendanceTaken
from ledger.events.journals import HomeJournalListed, WorkloadAssigned
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import MarkGiven
from ledger.events.period_marks import PeriodMarkGiven
from ledger.events.roster import ExemptionGranted, HomeTuitionStarted, PupilMoved
from ledger.events.timetable import SlotScheduled
from ledger.school import School
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import FIRST, LAST, SCHOOL_ID, given_school, given_work, held, named, stamp

KLASS, PERIOD = named("7А"), named("ООО I триместр")
NEWCOMER, AT_HOME = named("Эттувги Роман"), named("Ященко Ольга")
MOVED, HOME_FROM = date(2026, 10, 19), date(2026, 10, 5)
HOME_PAGE = named("Алгебра на дому")
MORE = (
    (NEWCOMER, PupilMoved(class_id=KLASS, first=MOVED, order=None)),
    (
        named("Рультытегин Артём"),
        ExemptionGranted(exemption=named("осв"), first=date(2026, 10, 1), until=LAST, document=None),
    ),
    (AT_HOME, HomeTuitionStarted(tuition=named("на дому"), first=HOME_FROM, until=None, order=None)),
    (HOME_PAGE, HomeJournalListed(pupil=AT_HOME, class_id=KLASS, subject=named("Алгебра"), year=2026)),
    (HOME_PAGE, WorkloadAssigned(teacher=named("Соколова"), first=HOME_FROM, until=None, hours=100)),
    (
        named("слот на дому"),
        SlotScheduled(
            journal=HOME_PAGE, weekday=3, number=1, week="all", first=HOME_FROM, last=LAST, room=None
        ),
    ),
)


def told(seed: int, until: date) -> tuple[Story, School]:
    """Every lesson of 7А and of the newcomer's former page up to the day."""
    story, school, random = Story(*MORE), given_school(*MORE), Random(seed)
    pages = [page.id for page in school.journals.values() if page.class_id == KLASS]
    lessons = [
        lesson
        for journal in (*pages, named("6А Русский язык"))
        for lesson in school.timetable.by_journal.get(journal, ())
        if lesson.date <= until and random.random() < 0.9
    ]
    for lesson in sorted(lessons, key=lambda each: (each.ends, each.id)):
        _append(
            story,
            lesson.id,
            Category.LESSON,
            lesson.ends.isoformat(" "),
            (held(lesson, school), *_written(lesson, school, random)),
        )
    for pupil in school.pupils_of_class(KLASS, until):
        _explained(story, pupil, until, random)
    return story, school


def marked(story: Story, journal: UUID, pupil: UUID, value: str, when: str, kind: str = "period") -> None:
    """A mark for the period, or for the year."""
    period = PERIOD if kind == "period" else streams.year(SCHOOL_ID, 2026)
    event = PeriodMarkGiven(
        journal=journal, period=period, kind=kind, pupil=pupil, value=value, proposed="", rests_on=()
    )
    stream = streams.period_sheet(SCHOOL_ID, journal, period)
    _append(story, stream, Category.PERIOD, when, (event,))


def _append(story: Story, stream: UUID, category: Category, when: str, events: tuple[object, ...]) -> None:
    story.at(when)
    made = replace(stamp("Соколова", when), command_id=uuid5(stream, f"{when} {events}"))
    drafts = tuple(Draft(category=category, stream=stream, version=None, event=event) for event in events)
    story.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=drafts))


def _written(lesson: Lesson, school: School, random: Random) -> Iterator[object]:
    there = school.pupils_of(lesson.journal, lesson.date)
    if random.random() < 0.9:
        yield TopicRecorded(text="Дроби")
    if random.random() < 0.9:
        yield AttendanceTaken()
    away = {pupil for pupil in there if random.random() < _absence(pupil, lesson)}
    for pupil in away:
        yield AbsenceNoted(pupil=pupil)
    here = [pupil for pupil in there if pupil not in away]
    for pupil in here:
        if random.random() < 0.25:
            yield MarkGiven(work=lesson.id, pupil=pupil, value=random.choice(((5,), (4,), (3,), (4, 3))))
    if random.random() < 0.1:
        work = replace(given_work(lesson, "control", school), work=uuid5(lesson.id, "control"))
        yield work
        for pupil in here:
            if random.random() < 0.8:
                yield MarkGiven(work=work.work, pupil=pupil, value=(random.randint(2, 5),))


def _absence(pupil: UUID, lesson: Lesson) -> float:
    """Тынетегин misses most of physics."""
    return 0.7 if (pupil, lesson.journal) == (named("Тынетегин Павел"), named("7А Физика")) else 0.15


def _explained(story: Story, pupil: UUID, until: date, random: Random) -> None:
    for n in range(3):
        first = FIRST + timedelta(days=random.randint(0, 70))
        said = AbsencesExplained(
            explanation=uuid5(pupil, str(n)),
            pupil=pupil,
            first=first,
            last=first + timedelta(days=10),
            category=random.choice(("по болезни", "без уважительной причины")),
            document=None,
        )
        _append(story, streams.excuses(SCHOOL_ID, pupil), Category.CASE, f"{until} 19:00", (said,))
