"""What a teacher writes about one lesson, in time and late, and what follows in the days after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from bench.writing import By, Writer
from bench.year_founding import topic
from bench.year_plan import SUBJECTS, Page, Plan
from bench.year_pupils import People
from ledger import streams, windows
from ledger.entry import Category, Draft, Finding
from ledger.events import attendance, homework, lessons, marks, voids
from ledger.personal import PersonalText
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson

MINUTE = timedelta(minutes=1)
Doing = Sequence[Draft] | Callable[["Making", By, datetime], None]
Step = tuple[
    datetime, By, Doing
]  # the local moment, who, what is written (or what decides it at that moment)
WORKS = ("independent", "check", "control", "practical", "test", "homework_check")
KINDS = {"слово": ("dictation", "dictation_grammar", "exposition", "control", "independent")}


@dataclass(kw_only=True)
class Standing:
    """What stands on one page since its period began: marks by pupil and (lesson, work), «н» by pupil and lesson."""

    marks: dict[UUID, dict[tuple[UUID, UUID], tuple[int, tuple[int, ...]]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    absences: dict[UUID, dict[UUID, int]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(kw_only=True)
class Making:
    """A year being written. `later` are steps of a day to come; `sealed` makes the text of a reason about a person."""

    plan: Plan
    people: People
    school: School
    regulation: Regulation
    writer: Writer
    random: Random
    sealed: Callable[[str, UUID], PersonalText]
    later: dict[date, list[Step]] = field(default_factory=lambda: defaultdict(list))
    pages: dict[UUID, Page] = field(default_factory=dict)
    page_of: dict[UUID, Page] = field(default_factory=dict)  # by lesson
    standing: dict[UUID, Standing] = field(default_factory=lambda: defaultdict(Standing))  # by page
    held: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))  # lessons of a page so far
    ends: dict[UUID, datetime] = field(default_factory=dict)  # of the day being written, by class
    stolen: dict[UUID, list[int]] = field(default_factory=lambda: defaultdict(list))  # positions by stream
    taken: dict[UUID, UUID | None] = field(
        default_factory=dict
    )  # lesson → who stands in; None: not held there
    added: dict[date, list[Lesson]] = field(
        default_factory=lambda: defaultdict(list)
    )  # moved there, or extra
    exempt: dict[UUID, tuple[date, date]] = field(default_factory=dict)  # from physical education
    period_marks: dict[UUID, list[int]] = field(default_factory=dict)  # by pupil, of the last period
    refused: list[tuple[Lesson, UUID, int]] = field(
        default_factory=list
    )  # who tried, when the head stood there
    today: date = date.min
    thief: tuple[UUID, datetime, datetime] | None = None  # account, local span
    offset: timedelta = timedelta()
    _bys: dict[tuple[UUID, str], By] = field(default_factory=dict)

    def by(self, person: UUID, role: str = "teacher") -> By:
        if (person, role) not in self._bys:
            self._bys[person, role] = self.plan.by(person, role)
        return self._bys[person, role]

    def office(self, role: str) -> By:
        return self.by(self.plan.office[role], role)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def after(self, on: date, days: int) -> date:
        """That many days later, on a weekday of the year."""
        day = on + timedelta(days=days)
        while day.isoweekday() > 5:
            day += timedelta(days=1)
        return min(day, self.plan.last)

    def moment(self, on: date, hour: int, minutes: int = 0) -> datetime:
        """Some second of these minutes after the hour, or that very hour when none are given."""
        return datetime.combine(on, time(hour)) + timedelta(seconds=self.random.randrange(60 * minutes + 1))


def one(lesson: Lesson, event: object, late: Finding | None = None, causation: int | None = None) -> Draft:
    return Draft(
        category=Category.LESSON,
        stream=lesson.id,
        version=None,
        event=event,
        causation=causation,
        findings=(late,) if late else (),
    )


def late_by(code: str, at: datetime, due: datetime) -> Finding | None:
    seconds = windows.delay(at, due)
    return None if seconds is None else Finding(code=code, delay=seconds)


def ordinary(making: Making, lesson: Lesson, page: Page, teacher: UUID) -> Iterator[Step]:
    """A lesson filled on its day: presence, topic, homework, answers, perhaps a work, the teacher's signature."""
    random, by = making.random, making.by(teacher)
    making.page_of[lesson.id] = page
    making.held[page.id] += 1
    listed = making.people.members(page, lesson.date)
    missing = making.people.missing[lesson.date]
    absent = [
        pupil
        for pupil in listed
        if (pupil in missing or making.chance(0.006)) and not _free(making, lesson, page, pupil)
    ]
    there = [pupil for pupil in listed if pupil not in absent and not _free(making, lesson, page, pupil)]
    yield _presence(making, lesson, by, absent)
    if making.chance(0.98):
        yield _topic(making, lesson, page, by)
    if making.chance(0.985):
        yield _homework(making, lesson, page, by)
    if page.marked and there:
        yield from _answers(making, lesson, page, by, there)
        if making.held[page.id] % 6 == 5:
            yield from _work(making, lesson, page, by, there)
    if absent and making.chance(0.15):
        at = lesson.starts + random.randrange(5, 25) * MINUTE
        yield (
            at + timedelta(minutes=10),
            by,
            (one(lesson, attendance.AbsenceWithdrawn(pupil=absent[-1], came_late=True)),),
        )
    if making.chance(0.9):
        yield making.moment(lesson.date, 18, 240), by, (one(lesson, lessons.LessonCompleted()),)


def _free(making: Making, lesson: Lesson, page: Page, pupil: UUID) -> bool:
    span = making.exempt.get(pupil)
    return span is not None and page.subject == "Физическая культура" and span[0] <= lesson.date <= span[1]


def held(making: Making, lesson: Lesson) -> lessons.LessonHeld:
    return lessons.LessonHeld(
        slot=lesson.slot,
        journal=lesson.journal,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts.time(),
        ends=lesson.ends.time(),
        answer_due=windows.answer_due(lesson, making.school, making.regulation),
        tzdb=windows.tzdb_version(),
        mode=lesson.mode,
    )


def _presence(making: Making, lesson: Lesson, by: By, absent: list[UUID]) -> Step:
    in_time = making.chance(0.93)
    at = lesson.starts + timedelta(seconds=making.random.randrange(60, 300))
    late = None
    if not in_time:  # after the lesson: everything else waits for it, for the lesson begins with this entry
        at = lesson.starts + timedelta(seconds=301)
        late = Finding(code="W-05", delay=making.random.randrange(60, 7200))
    return (
        at,
        by,
        (
            one(lesson, held(making, lesson)),
            one(lesson, attendance.AttendanceTaken(), late),
            *(one(lesson, attendance.AbsenceNoted(pupil=pupil), late) for pupil in absent),
        ),
    )


def _topic(making: Making, lesson: Lesson, page: Page, by: By) -> Step:
    n = making.held[page.id]
    departs = page.plan is not None and making.chance(0.02)
    event = lessons.TopicRecorded(
        text=topic(page.subject, n) + (", резервный урок" if departs else ""),
        plan=page.plan,
        item=None if page.plan is None or departs else n,
        deviation=departs,
    )
    if "laboratory" in SUBJECTS[page.subject][1] and n % 6 == 5 and making.chance(0.8):
        briefing = lessons.BriefingRecorded(text="Инструктаж по технике безопасности проведён")
        return _in_lesson(making, lesson), by, (one(lesson, event), one(lesson, briefing))
    return _in_lesson(making, lesson), by, (one(lesson, event),)


def _in_lesson(making: Making, lesson: Lesson) -> datetime:
    return lesson.starts + timedelta(seconds=making.random.randrange(360, 2400))


def _homework(making: Making, lesson: Lesson, page: Page, by: By) -> Step:
    random = making.random
    if making.chance(0.05):
        return _in_lesson(making, lesson), by, (one(lesson, homework.HomeworkNotSet()),)
    following = making.school.timetable.next_after(page.id, lesson.date)
    event = homework.HomeworkSet(
        text=f"§ {making.held[page.id]}, № {random.randint(1, 400)}–{random.randint(401, 800)}, письменно",
        manner=("written",) if making.chance(0.7) else ("oral",),
        due=None if following is None else following.date,
        due_lesson=None if following is None else following.id,
    )
    soft = making.ends[page.klass.id] + 60 * MINUTE
    at = making.moment(lesson.date, 19, 200) if making.chance(0.06) else _in_lesson(making, lesson)
    return at, by, (one(lesson, event, late_by("W-04", at, soft)),)


def _value(making: Making, pupil: UUID) -> tuple[int, ...]:
    return (max(2, min(5, round(making.random.gauss(making.people.ability[pupil], 0.75)))),)


def _answers(making: Making, lesson: Lesson, page: Page, by: By, there: list[UUID]) -> Iterator[Step]:
    random = making.random
    for pupil in there:
        if random.random() > page.rate:
            continue
        given = marks.MarkGiven(work=lesson.id, pupil=pupil, value=_value(making, pupil))
        at = _in_lesson(making, lesson)
        yield at, by, (one(lesson, given),)
        if random.random() < 0.02:
            yield at + 3 * MINUTE, by, _second_thought(making, lesson, given)


def _second_thought(making: Making, lesson: Lesson, given: marks.MarkGiven) -> Doing:
    """Another value over it, or taken away, or taken back within seconds."""
    chance = making.random.random()
    if chance < 0.7:
        again = marks.MarkGiven(work=given.work, pupil=given.pupil, value=(min(5, given.value[0] + 1),))
        return (one(lesson, again),)
    if chance < 0.85:
        return (one(lesson, marks.MarkWithdrawn(work=given.work, pupil=given.pupil)),)

    def take_back(making: Making, by: By, at: datetime) -> None:
        stood = making.standing[lesson.journal].marks[given.pupil].pop((lesson.id, given.work), None)
        if stood is not None:
            making.writer.write(by, at, (one(lesson, voids.EntriesTakenBack(positions=(stood[0],))),))

    return take_back


def _work(making: Making, lesson: Lesson, page: Page, by: By, there: list[UUID]) -> Iterator[Step]:
    """Written in the lesson, marked in the days after it, mostly within its window."""
    random, n = making.random, making.held[page.id]
    kind = random.choice(KINDS.get(SUBJECTS[page.subject][2], WORKS))
    if "laboratory" in SUBJECTS[page.subject][1] and n % 12 == 5:
        kind = "laboratory"
    if n % 24 == 23:
        kind = "monitoring"
    if page.subject == "Литература" and n % 12 == 11:
        kind = "essay"
    due, code = windows.work_due(lesson, kind, making.school, making.regulation)
    work, fraction = making.plan.new(), making.regulation.work_kinds[kind].fraction
    added = marks.WorkAdded(
        work=work, kind=kind, title=f"Работа {n // 6}", due=due, window=code, tzdb=windows.tzdb_version()
    )
    yield lesson.starts + timedelta(seconds=305), by, (one(lesson, added),)
    on = lesson.date if due.date() <= lesson.date else making.after(lesson.date, random.choice((0, 1, 1, 2)))
    if making.chance(0.04):
        on = max(on, making.after(due.date(), 1))
    began = making.moment(on, 19, 90) if on == lesson.date else making.moment(on, 15, 60)
    for k, pupil in enumerate(there):
        if random.random() < 0.05:
            continue
        value = _value(making, pupil) + (
            _value(making, pupil) if fraction and page.subject != "Литература" else ()
        )
        at = began + timedelta(seconds=25 * k)
        given = marks.MarkGiven(work=work, pupil=pupil, value=value)
        step = at, by, (one(lesson, given, late_by(code, at, due)),)
        if on == lesson.date:
            yield step
        else:
            making.later[on].append(step)
    if kind == "essay":
        _literacy(making, lesson, page, by, work, there, on)


def _literacy(
    making: Making, lesson: Lesson, page: Page, by: By, work: UUID, there: list[UUID], on: date
) -> None:
    """R-126: the second mark of an essay stands on the page of Russian."""
    russian = next(each for each in page.klass.pages if each.subject == "Русский язык")
    at = making.moment(max(on, making.after(lesson.date, 1)), 17, 30)
    events = [
        marks.LiteracyMarkGiven(work=work, journal=russian.id, pupil=pupil, value=_value(making, pupil))
        for pupil in there
    ]
    making.later[at.date()].append((at, by, tuple(one(lesson, event) for event in events)))


def remember(making: Making, first: int, by: By, at: datetime, drafts: Sequence[Draft]) -> None:
    """What the new entries leave standing on their page; literacy marks are not followed."""
    for position, draft in enumerate(drafts, first):
        event, page = draft.event, making.page_of.get(draft.stream)
        if page is None:
            continue
        standing = making.standing[page.id]
        if isinstance(event, marks.MarkGiven):
            standing.marks[event.pupil][draft.stream, event.work] = (position, event.value)
        elif isinstance(event, marks.MarkWithdrawn):
            standing.marks[event.pupil].pop((draft.stream, event.work), None)
        elif isinstance(event, attendance.AbsenceNoted):
            standing.absences[event.pupil][draft.stream] = position
        elif isinstance(event, attendance.AbsenceWithdrawn):
            standing.absences[event.pupil].pop(draft.stream, None)
        if making.thief and by.account == making.thief[0] and making.thief[1] <= at <= making.thief[2]:
            making.stolen[draft.stream].append(position)


def in_stream(category: Category, stream: UUID, event: object, **more: object) -> Draft:
    return Draft(category=category, stream=stream, version=None, event=event, **more)  # type: ignore[arg-type]


def day_stream(making: Making, page: Page, on: date) -> UUID:
    return streams.day(making.plan.id, page.klass.id, on)
