"""A school before the close of a period: forty classes of thirty, sixteen subjects, eight weeks of lessons with marks;
the period before it has all its marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid4

from bench.school import PASSWORD, TOML, append, opening
from ledger import people, streams
from ledger.entry import Category, Draft
from ledger.events import (
    attendance,
    calendar,
    journals,
    lessons,
    marks,
    regulations,
    roster,
    staff,
    timetable,
)
from ledger.events.period_marks import PeriodMarkGiven
from ledger.people import Name
from ledger.regulation import load
from ledger.school import School
from ledger.schools import Schools
from ledger.timetable import Lesson
from web.account_desk import asked_by_system, create
from web.premises import Premises

CLASSES, PUPILS, SUBJECTS, MARKED, HOURS = 40, 30, 16, 8, 6
BELLS = tuple((time(n // 6, n % 6 * 10), time(n // 6, n % 6 * 10 + 9)) for n in range(HOURS))


@dataclass(frozen=True, kw_only=True)
class TermSchool:
    """`period` is in its last week."""

    id: UUID
    account: UUID
    deputy: UUID
    period: UUID
    classes: dict[UUID, tuple[UUID, ...]]  # its pages


@dataclass(kw_only=True)
class _Plan:
    classes_wanted: int
    id: UUID = field(default_factory=uuid4)
    deputy: UUID = field(default_factory=uuid4)
    teacher: UUID = field(default_factory=uuid4)
    former: UUID = field(default_factory=uuid4)
    period: UUID = field(default_factory=uuid4)
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    classes: dict[UUID, list[UUID]] = field(default_factory=dict)
    pupils: dict[UUID, list[UUID]] = field(default_factory=dict)

    @property
    def first(self) -> date:
        return self.today - timedelta(days=120)

    @property
    def begins(self) -> date:
        return self.today - timedelta(days=56)

    @property
    def last(self) -> date:
        return self.today + timedelta(days=3)


def make_term(here: Premises, classes: int = CLASSES) -> TermSchool:
    plan = _Plan(classes_wanted=classes)
    append(here.store, plan.id, tuple(_founding(plan)))
    school = Schools(here.store).current(plan.id)
    random = Random(7)
    for klass, pages in plan.classes.items():
        drafts = [draft for page in pages for draft in _page(plan, page, klass, school, random)]
        for n in range(0, len(drafts), 3000):
            append(here.store, plan.id, tuple(drafts[n : n + 3000]), person=plan.teacher)
    _name(here, plan)
    account = create(
        here,
        asked_by_system(plan.id),
        person=plan.deputy,
        login="bench",
        password=PASSWORD,
        must_change=False,
    )
    assert here.runner.advance(plan.id, patience=900.0)
    pages_of = {klass: tuple(pages) for klass, pages in plan.classes.items()}
    return TermSchool(id=plan.id, account=account, deputy=plan.deputy, period=plan.period, classes=pages_of)


def _draft(stream: UUID, event: object, category: Category = Category.SCHOOL) -> Draft:
    return Draft(category=category, stream=stream, version=None, event=event)


def _founding(plan: _Plan) -> Iterator[Draft]:
    home, year = streams.calendar(plan.id), plan.first.year
    yield _draft(home, calendar.SchoolFounded(title="Школа для измерений", zone="UTC", demonstration=False))
    yield _draft(home, calendar.YearSet(year=year, first=plan.first, last=plan.last + timedelta(days=90)))
    spans = (
        (plan.former, "I", plan.first, plan.begins - timedelta(days=1)),
        (plan.period, "II", plan.begins, plan.last),
    )
    for period, title, first, last in spans:
        yield _draft(
            home,
            calendar.ReportingPeriodDefined(
                period=period,
                year=year,
                level="ООО",
                kind="quarter",
                title=f"{title} четверть",
                first=first,
                last=last,
            ),
        )
    bells, (starts, ends) = uuid4(), zip(*BELLS, strict=True)
    ring = calendar.BellsSet(
        schedule=bells, title="Звонки", numbers=tuple(range(1, HOURS + 1)), starts=starts, ends=ends
    )
    yield _draft(home, ring)
    yield _draft(plan.deputy, staff.RoleGranted(role="deputy", first=plan.first, until=None, competence=None))
    subjects = [uuid4() for _ in range(SUBJECTS)]
    for n, subject in enumerate(subjects):
        added = journals.SubjectAdded(subject=subject, title=f"Предмет {n}", short=f"П{n}", attributes=())
        yield _draft(home, added)
    for n in range(plan.classes_wanted):
        yield from _class(plan, n, bells, subjects)
    adopted = regulations.RegulationAdopted(title="ust-belaya.toml", toml=TOML, in_force=plan.first)
    yield _draft(streams.regulation(plan.id), adopted, Category.REGULATION)


def _class(plan: _Plan, n: int, bells: UUID, subjects: list[UUID]) -> Iterator[Draft]:
    klass, year = uuid4(), plan.first.year
    title = f"{5 + n // 8}{'АБВГДЕЖЗ'[n % 8]}"
    yield _draft(klass, roster.ClassFormed(year=year, title=title, grade=5 + n // 8, level="ООО"))
    for weekday in range(1, 8):
        ring = calendar.BellsAssigned(class_id=klass, weekday=weekday, schedule=bells, first=plan.first)
        yield _draft(streams.calendar(plan.id), ring)
    plan.pupils[klass] = [uuid4() for _ in range(PUPILS)]
    for pupil in plan.pupils[klass]:
        yield _draft(pupil, roster.PupilEnrolled(class_id=klass, first=plan.first, order=None))
    plan.classes[klass] = [uuid4() for _ in subjects]
    for k, (page, subject) in enumerate(zip(plan.classes[klass], subjects, strict=True)):
        yield _draft(page, journals.JournalListed(class_id=klass, group=None, subject=subject, year=year))
        workload = journals.WorkloadAssigned(teacher=plan.teacher, first=plan.first, until=None, hours=200)
        yield _draft(page, workload)
        for weekday in (1 + k % 7, 1 + (k + 3) % 7):
            slot = timetable.SlotScheduled(
                journal=page,
                weekday=weekday,
                number=1 + k % HOURS,
                week="all",
                first=plan.begins,
                last=plan.last,
                room="12",
            )
            yield _draft(uuid4(), slot)


def _page(plan: _Plan, page: UUID, klass: UUID, school: School, random: Random) -> Iterator[Draft]:
    regulation, pupils = load(TOML, "ust-belaya.toml"), plan.pupils[klass]
    for lesson in school.timetable.by_journal[page]:
        if lesson.date < plan.today and random.random() < 0.97:
            yield from _lesson(lesson, pupils, random, opening(lesson, school, regulation))
    for pupil in pupils:
        given = PeriodMarkGiven(
            journal=page,
            period=plan.former,
            kind="period",
            pupil=pupil,
            value=str(random.randint(3, 5)),
            proposed="",
            rests_on=(),
        )
        yield _draft(streams.period_sheet(plan.id, page, plan.former), given, Category.PERIOD)


def _lesson(lesson: Lesson, pupils: list[UUID], random: Random, held: object) -> Iterator[Draft]:
    there = random.sample(pupils, MARKED + 1)
    events = (
        held,
        attendance.AttendanceTaken(),
        lessons.TopicRecorded(text=f"Тема {lesson.date}"),
        attendance.AbsenceNoted(pupil=there[0]),
        *(marks.MarkGiven(work=lesson.id, pupil=p, value=(random.randint(3, 5),)) for p in there[1:]),
    )
    return (_draft(lesson.id, event, Category.LESSON) for event in events)


def _name(here: Premises, plan: _Plan) -> None:
    firsts, lasts = ("Илья", "Мария", "Артём", "Ольга"), ("Каляна", "Вуквукай", "Ященко", "Антипина")
    persons = [pupil for own in plan.pupils.values() for pupil in own]
    names = {p: Name(last=f"{lasts[n % 4]}-{n}", first=firsts[n // 4 % 4]) for n, p in enumerate(persons)}
    names |= {who: Name(last="Соколова", first="Ирина") for who in (plan.teacher, plan.deputy)}
    with here.pool.connection() as connection:
        people.put_many(connection, plan.id, names, since=datetime(2020, 1, 1, tzinfo=UTC))
