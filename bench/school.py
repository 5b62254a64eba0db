"""A school to measure with: ten classes of thirty, a page of sixty written lessons, a hundred lessons today.

Everything is appended as entries. Lessons begin at midnight UTC, so that today's have begun at any hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from ledger import people, streams, windows
from ledger.appending import Append
from ledger.entry import Category, Draft, Finding, Origin, Role, Stamp
from ledger.events import (
    attendance,
    calendar,
    homework,
    journals,
    lessons,
    marks,
    regulations,
    roster,
    timetable,
)
from ledger.people import Name
from ledger.regulation import Regulation, load
from ledger.school import School
from ledger.schools import Schools
from ledger.store import Pool, PostgresStore
from ledger.timetable import Lesson
from web.account_desk import asked_by_system, create
from web.premises import Premises

TOML = (Path(windows.__file__).parent / "regulations" / "ust-belaya.toml").read_text(encoding="utf-8")
CLASSES, PUPILS, PAGES, LESSONS = 10, 30, 10, 60
PASSWORD = "полярная-сова-42"


@dataclass(frozen=True, kw_only=True)
class BenchSchool:
    """`page` is the journal with sixty written lessons; `today` are unwritten lessons of other journals."""

    id: UUID
    teacher: UUID
    account: UUID
    page: UUID
    page_lessons: tuple[Lesson, ...]
    today: tuple[Lesson, ...]
    pupils: dict[UUID, tuple[UUID, ...]]
    school: School


@dataclass(kw_only=True)
class _Plan:
    id: UUID = field(default_factory=uuid4)
    teacher: UUID = field(default_factory=uuid4)
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    classes: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(CLASSES)])
    pages: dict[UUID, UUID] = field(default_factory=dict)  # journal → class
    pupils: dict[UUID, list[UUID]] = field(default_factory=dict)

    @property
    def first(self) -> date:
        return self.today - timedelta(days=LESSONS - 1)

    @property
    def last(self) -> date:
        return self.today + timedelta(days=30)


def make_school(here: Premises) -> BenchSchool:
    plan = _Plan()
    store: PostgresStore = here.store
    append(store, plan.id, tuple(_founding(plan)))
    school = Schools(store).current(plan.id)
    regulation = load(TOML, "ust-belaya.toml")
    page = next(iter(plan.pages))
    written = tuple(each for each in school.timetable.by_journal[page] if each.date <= plan.today)
    assert len(written) == LESSONS
    pupils = plan.pupils[plan.pages[page]]
    random = Random(7)
    for lesson in written:
        events = _written(lesson, pupils, school, regulation, random)
        declared = lesson.starts.replace(tzinfo=UTC) + timedelta(minutes=30)
        append(store, plan.id, _in(lesson.id, events), person=plan.teacher, declared=declared)
    _correct(store, plan, written, pupils, random)
    _name(here.pool, plan)
    account = create(
        here,
        asked_by_system(plan.id),
        person=plan.teacher,
        login="bench",
        password=PASSWORD,
        must_change=False,
    )
    here.runner.advance(plan.id, patience=60.0)
    return BenchSchool(
        id=plan.id,
        teacher=plan.teacher,
        account=account,
        page=page,
        page_lessons=written,
        today=tuple(each for each in school.timetable.by_day[plan.today] if each.journal != page),
        pupils={journal: tuple(plan.pupils[klass]) for journal, klass in plan.pages.items()},
        school=school,
    )


def append(
    store: PostgresStore,
    school: UUID,
    drafts: tuple[Draft, ...],
    *,
    person: UUID | None = None,
    declared: datetime | None = None,
) -> None:
    who = person or uuid4()
    stamp = Stamp(
        school=school,
        account=who,
        person=who,
        role=Role.TEACHER,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        declared_at=declared,
        origin=Origin.UI if declared is None else Origin.IMPORT,
        session=who,
        credential=who,
    )
    store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))


def _draft(stream: UUID, event: object, category: Category = Category.SCHOOL) -> Draft:
    return Draft(category=category, stream=stream, version=None, event=event)


def _founding(plan: _Plan) -> Iterator[Draft]:
    home, first, year = streams.calendar(plan.id), plan.first, plan.first.year
    yield _draft(home, calendar.SchoolFounded(title="Школа для измерений", zone="UTC", demonstration=False))
    yield _draft(home, calendar.YearSet(year=year, first=first, last=plan.last))
    period = calendar.ReportingPeriodDefined(
        period=uuid4(), year=year, level="ООО", kind="quarter", title="Период", first=first, last=plan.last
    )
    yield _draft(home, period)
    bells = uuid4()
    yield _draft(
        home,
        calendar.BellsSet(
            schedule=bells, title="Звонки", numbers=(1,), starts=(time(0, 0),), ends=(time(0, 40),)
        ),
    )
    subjects = [uuid4() for _ in range(PAGES)]
    for n, subject in enumerate(subjects):
        yield _draft(
            home, journals.SubjectAdded(subject=subject, title=f"Предмет {n}", short=str(n), attributes=())
        )
    for n, klass in enumerate(plan.classes):
        yield from _class(plan, klass, n, bells, subjects)
    adopted = regulations.RegulationAdopted(title="ust-belaya.toml", toml=TOML, in_force=first)
    yield _draft(streams.regulation(plan.id), adopted, Category.REGULATION)


def _class(plan: _Plan, klass: UUID, n: int, bells: UUID, subjects: list[UUID]) -> Iterator[Draft]:
    yield _draft(
        klass, roster.ClassFormed(year=plan.first.year, title=f"7{'АБВГДЕЖЗИК'[n]}", grade=7, level="ООО")
    )
    for weekday in range(1, 8):
        ring = calendar.BellsAssigned(class_id=klass, weekday=weekday, schedule=bells, first=plan.first)
        yield _draft(streams.calendar(plan.id), ring)
    plan.pupils[klass] = [uuid4() for _ in range(PUPILS)]
    for pupil in plan.pupils[klass]:
        yield _draft(pupil, roster.PupilEnrolled(class_id=klass, first=plan.first, order=None))
    for subject in subjects:
        daily = not plan.pages
        page = uuid4()
        plan.pages[page] = klass
        yield _draft(
            page, journals.JournalListed(class_id=klass, group=None, subject=subject, year=plan.first.year)
        )
        workload = journals.WorkloadAssigned(teacher=plan.teacher, first=plan.first, until=None, hours=300)
        yield _draft(page, workload)
        for weekday in range(1, 8) if daily else (plan.today.isoweekday(),):
            slot = timetable.SlotScheduled(
                journal=page,
                weekday=weekday,
                number=1,
                week="all",
                first=plan.first,
                last=plan.last,
                room="12",
            )
            yield _draft(uuid4(), slot)


def opening(lesson: Lesson, school: School, regulation: Regulation) -> lessons.LessonHeld:
    return lessons.LessonHeld(
        slot=lesson.slot,
        journal=lesson.journal,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts.time(),
        ends=lesson.ends.time(),
        answer_due=windows.answer_due(lesson, school, regulation),
        tzdb=windows.tzdb_version(),
    )


def _written(
    lesson: Lesson, pupils: list[UUID], school: School, regulation: Regulation, random: Random
) -> Iterator[object]:
    """Twenty marks, two absences, topic and homework."""
    yield opening(lesson, school, regulation)
    yield attendance.AttendanceTaken()
    yield lessons.TopicRecorded(
        text=f"Сложение и вычитание дробей с разными знаменателями, часть {lesson.date.day}"
    )
    following = school.timetable.next_after(lesson.journal, lesson.date)
    assert following is not None
    yield homework.HomeworkSet(
        text=f"Учебник, § {lesson.date.day}, упр. {random.randint(1, 900)} и {random.randint(1, 900)}",
        manner=("written",),
        due=following.date,
        due_lesson=following.id,
    )
    there = random.sample(pupils, 22)
    for pupil in there[:2]:
        yield attendance.AbsenceNoted(pupil=pupil)
    for pupil in there[2:]:
        yield marks.MarkGiven(work=lesson.id, pupil=pupil, value=(random.randint(3, 5),))


def _in(stream: UUID, events: Iterator[object]) -> tuple[Draft, ...]:
    return tuple(_draft(stream, event, Category.LESSON) for event in events)


def _correct(
    store: PostgresStore, plan: _Plan, written: tuple[Lesson, ...], pupils: list[UUID], random: Random
) -> None:
    """Marks given late over others: what the page flags as rewritten and as late."""
    for lesson in written:
        event = marks.MarkGiven(work=lesson.id, pupil=random.choice(pupils), value=(5,))
        late = Draft(
            category=Category.LESSON,
            stream=lesson.id,
            version=None,
            event=event,
            findings=(Finding(code="W-01", delay=86_400),),
        )
        append(store, plan.id, (late,), person=plan.teacher)


def _name(pool: Pool, plan: _Plan) -> None:
    firsts, lasts = ("Илья", "Мария", "Артём", "Ольга"), ("Каляна", "Вуквукай", "Ященко", "Антипина")
    persons = [pupil for own in plan.pupils.values() for pupil in own]
    names = {
        person: Name(last=f"{lasts[n % 4]}-{n}", first=firsts[n // 4 % 4]) for n, person in enumerate(persons)
    }
    names[plan.teacher] = Name(last="Соколова", first="Ирина", middle="Владимировна")
    with pool.connection() as connection:
        people.put_many(connection, plan.id, names, since=datetime(2020, 1, 1, tzinfo=UTC))
