"""What a school is before its first lesson: calendar, classes, pupils, pages, slots, plans, orders, accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID

from bench.year_plan import NUMBERS, SUBJECTS, Klass, Page, Plan, account_of, holidays
from ledger import streams, windows
from ledger.entry import Category, Draft
from ledger.events import (
    accounts,
    calendar,
    journals,
    mandates,
    plans,
    regulations,
    roster,
    staff,
    timetable,
)

TOML = (Path(windows.__file__).parent / "regulations" / "template.toml").read_text(encoding="utf-8")
ZONE = "Asia/Anadyr"
FIRST_BELL, LESSON_MINUTES, EVERY = 8 * 60 + 30, 40, 52  # minutes; a lesson begins every 52


def school(stream: UUID, event: object) -> Draft:
    return Draft(category=Category.SCHOOL, stream=stream, version=None, event=event)


def adopted(plan: Plan) -> Draft:
    """The first entry: every later one names it."""
    event = regulations.RegulationAdopted(title="template.toml", toml=TOML, in_force=plan.first)
    return Draft(category=Category.REGULATION, stream=streams.regulation(plan.id), version=None, event=event)


def founding(plan: Plan) -> Iterator[Draft]:
    yield from _calendar(plan)
    yield from _office(plan)
    home = streams.calendar(plan.id)
    for title, (short, attributes, _) in SUBJECTS.items():
        event = journals.SubjectAdded(
            subject=plan.subjects[title], title=title, short=short, attributes=attributes
        )
        yield school(home, event)
    bells = plan.new()
    yield school(home, _bells(bells))
    for klass in plan.classes:
        yield from _class(plan, klass, bells)
        for page in klass.pages:
            yield from _page(plan, page)
    for (subject, grade), each in plan.plans.items():
        yield from _thematic_plan(plan, subject, grade, each)
    yield school(home, calendar.JournalOpened(year=plan.year))
    yield from _accounts(plan)


def _calendar(plan: Plan) -> Iterator[Draft]:
    home = streams.calendar(plan.id)
    yield school(
        home, calendar.SchoolFounded(title="Школа на тысячу учеников", zone=ZONE, demonstration=False)
    )
    yield school(home, calendar.YearSet(year=plan.year, first=plan.first, last=plan.last))
    for period, (level, kind, title, first, last) in plan.periods.items():
        defined = calendar.ReportingPeriodDefined(
            period=period, year=plan.year, level=level, kind=kind, title=title, first=first, last=last
        )
        yield school(home, defined)
    for title, first, last in holidays(plan.year):
        free = calendar.HolidayScheduled(holiday=plan.new(), title=title, first=first, last=last)
        yield school(home, free)


def _bells(schedule: UUID) -> calendar.BellsSet:
    begin = [FIRST_BELL + EVERY * n for n in range(NUMBERS)]
    return calendar.BellsSet(
        schedule=schedule,
        title="Звонки",
        numbers=tuple(range(1, NUMBERS + 1)),
        starts=tuple(time(m // 60, m % 60) for m in begin),
        ends=tuple(time((m + LESSON_MINUTES) // 60, (m + LESSON_MINUTES) % 60) for m in begin),
    )


def _office(plan: Plan) -> Iterator[Draft]:
    for role, person in plan.office.items():
        competence = "УВР" if role == "deputy" else None
        granted = staff.RoleGranted(role=role, first=plan.first, until=None, competence=competence)
        yield school(person, granted)
    mandate = mandates.MandateGranted(
        mandate=plan.new(),
        classes=(),
        first=plan.first,
        last=plan.last + timedelta(days=700),
        order=plan.new(),
    )
    yield school(plan.office["inspector"], mandate)


def _class(plan: Plan, klass: Klass, bells: UUID) -> Iterator[Draft]:
    formed = roster.ClassFormed(year=plan.year, title=klass.title, grade=klass.grade, level=klass.level)
    yield school(klass.id, formed)
    assert klass.teacher is not None
    led = roster.ClassTeacherAppointed(person=klass.teacher, first=plan.first, until=None)
    yield school(klass.id, led)
    for n, group in enumerate(klass.groups, 1):
        yield school(klass.id, roster.GroupFormed(group=group, title=f"{klass.title}/{n}"))
    for weekday in range(1, 7):
        ring = calendar.BellsAssigned(class_id=klass.id, weekday=weekday, schedule=bells, first=plan.first)
        yield school(streams.calendar(plan.id), ring)
    for pupil in klass.pupils:
        yield from enrolment(plan, klass, pupil, plan.first)


def enrolment(plan: Plan, klass: Klass, pupil: UUID, first: date) -> Iterator[Draft]:
    yield school(pupil, roster.PupilEnrolled(class_id=klass.id, first=first, order="12"))
    if klass.groups:
        yield school(pupil, roster.PupilGrouped(group=plan.group_of[pupil], first=first, until=None))
    for n, guardian in enumerate(plan.guardians[pupil]):
        yield school(pupil, roster.GuardianLinked(guardian=guardian, kinship="отец" if n else "мать"))


def _page(plan: Plan, page: Page) -> Iterator[Draft]:
    subject = plan.subjects[page.subject]
    listed = journals.JournalListed(class_id=page.klass.id, group=page.group, subject=subject, year=plan.year)
    yield school(page.id, listed)
    hours = page.hours * 100
    yield school(
        page.id,
        journals.WorkloadAssigned(teacher=page.teacher, first=plan.first, until=None, hours=hours),
    )
    if page.group is None or page.group == page.klass.groups[0]:
        norm = journals.StudyPlanSet(subject=subject, week_hours=hours, year_hours=hours * 34)
        yield school(page.klass.id, norm)
    for weekday, number in page.places:
        slot = timetable.SlotScheduled(
            journal=page.id,
            weekday=weekday,
            number=number,
            week="all",
            first=plan.first,
            last=plan.last,
            room=str(100 + number * 10 + weekday),
        )
        yield school(plan.new(), slot)


def _thematic_plan(plan: Plan, subject: str, grade: int, each: UUID) -> Iterator[Draft]:
    pages = [page for page in plan.pages if page.plan == each]
    title = f"{subject}, {grade} класс"
    opened = journals.PlanOpened(
        plan=each, subject=plan.subjects[subject], grade=grade, year=plan.year, title=title
    )
    yield school(streams.plan_head(each), opened)
    lines = pages[0].hours * 34
    items = plans.PlanItemsSet(
        numbers=tuple(range(1, lines + 1)),
        sections=tuple(f"Раздел {1 + n // 12}" for n in range(lines)),
        topics=tuple(topic(subject, n) for n in range(1, lines + 1)),
        hours=(100,) * lines,
        dates=tuple(plan.first + timedelta(days=n * 270 // lines) for n in range(lines)),
        kinds=("",) * lines,
        controls=tuple(n % 12 == 11 for n in range(lines)),
        homeworks=("",) * lines,
        reason="",
    )
    yield Draft(category=Category.PLAN, stream=each, version=None, event=items)
    yield Draft(category=Category.PLAN, stream=each, version=None, event=plans.PlanApproved())
    for page in pages:
        yield school(page.id, journals.PlanBound(plan=each))


def topic(subject: str, n: int) -> str:
    return f"{subject}: тема {n}, закрепление и повторение пройденного"


def _accounts(plan: Plan) -> Iterator[Draft]:
    for person in account_holders(plan):
        for event in (
            accounts.AccountCreated(person=person),
            accounts.CredentialIssued(
                credential=UUID(int=account_of(person).int ^ 1), procedure="administrator", parent=None
            ),
        ):
            yield Draft(category=Category.ACCOUNT, stream=account_of(person), version=None, event=event)


def account_holders(plan: Plan) -> list[UUID]:
    """All staff, nine guardians of ten, pupils from the fifth grade on."""
    held = [*plan.office.values(), *plan.staff]
    for klass in plan.classes:
        for n, pupil in enumerate(klass.pupils):
            held += [guardian for guardian in plan.guardians[pupil] if n % 10 != 9]
            held += [pupil] if klass.grade >= 5 else []
    return held
