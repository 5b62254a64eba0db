"""What class teachers, families and the director add to the year: reasons of absence, daily checks, «Ознакомлен»,
recommendations, paper slips, the monthly control."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from bench.writing import By
from bench.year_founding import account_holders, school
from bench.year_lessons import Doing, Making, in_stream
from bench.year_plan import Klass, study_days
from ledger import streams
from ledger.entry import Category
from ledger.events import attendance, control, families

EXPLAINED, READS = 0.88, 0.7


def plan_families(making: Making) -> None:
    _explanations(making)
    for klass in making.plan.classes:
        _daily_checks(making, klass)
    for klass in making.plan.classes[::3]:
        _on_paper(making, klass)
    _acquaintance(making)
    _recommendations(making)
    for month in (9, 10, 11, 12, 1, 2, 3, 4, 5):
        _monthly_control(making, date(making.plan.year + (month < 9), month, 1))


def class_teacher(making: Making, klass: Klass) -> By:
    assert klass.teacher is not None
    return making.by(klass.teacher, "class_teacher")


def _explanations(making: Making) -> None:
    """On the day after, or on the first school day there is."""
    klass_of = {pupil: klass for klass in making.plan.classes for pupil in making.people.ever(klass)}
    for away in making.people.away:
        on = making.after(away.last, 1)
        if not making.chance(EXPLAINED) or on <= away.last:
            continue
        document = making.sealed("Справка", away.person) if away.category == "по болезни" else None
        said = attendance.AbsencesExplained(
            explanation=making.plan.new(),
            pupil=away.person,
            first=away.first,
            last=away.last,
            category=away.category,
            document=document,
        )
        draft = in_stream(Category.CASE, streams.excuses(making.plan.id, away.person), said)
        by = class_teacher(making, klass_of[away.person])
        making.later[on].append((making.moment(on, 15, 100), by, (draft,)))


def _daily_checks(making: Making, klass: Klass) -> None:
    by, stream = class_teacher(making, klass), streams.daily_checks(making.plan.id, klass.id)

    def check(making: Making, by: By, at: datetime) -> None:
        looked = making.writer.position
        said = control.DayChecked(day=making.today, position=looked, missing=())
        making.writer.write(by, at, (in_stream(Category.CASE, stream, said),))

    for on in making.school.timetable.by_day:
        if making.chance(0.93):
            making.later[on].append((making.moment(on, 16, 100), by, check))


def _on_paper(making: Making, klass: Klass) -> None:
    """One family of the class reads paper: a slip on Fridays."""
    plan, pupil = making.plan, klass.pupils[9]
    by, first = class_teacher(making, klass), plan.first + timedelta(days=9)
    declared = families.PaperInformingDeclared(first=first, document=making.sealed("Заявление", pupil))
    making.later[first].append((datetime.combine(first, time(9)), by, (school(pupil, declared),)))

    def prepare(making: Making, by: By, at: datetime) -> None:
        monday = making.today - timedelta(days=4)
        stream = streams.slips(plan.id, klass.id, monday)
        slips = families.SlipsPrepared(
            class_id=klass.id, week=monday, position=making.writer.position, pupils=(pupil,)
        )
        handed = families.SlipHandedOut(pupil=pupil, receiver=plan.guardians[pupil][0])
        drafts = [in_stream(Category.CASE, stream, slips)]
        drafts += [in_stream(Category.CASE, stream, handed)] if making.chance(0.9) else []
        making.writer.write(by, at, drafts)

    for on in study_days(plan):
        if on.isoweekday() == 5 and on > first and on in making.school.timetable.by_day:
            making.later[on].append((datetime.combine(on, time(15)), by, prepare))


def _acquaintance(making: Making) -> None:
    """Marks of a period, read by those who have an account, within ten days of its end."""
    accounts = set(account_holders(making.plan))
    ends = sorted({last for _, _, _, _, last in making.plan.periods.values()} - {making.plan.last})
    for last in ends:
        for klass in making.plan.classes:
            for pupil in making.people.ever(klass):
                for guardian in making.plan.guardians[pupil]:
                    if guardian in accounts and making.chance(READS):
                        on = last + timedelta(days=making.random.randrange(1, 10))
                        by, at = making.by(guardian, "guardian"), making.moment(on, 19, 150)
                        making.later[on].append((at, by, _read(pupil)))


def _read(pupil: UUID) -> Doing:
    def read(making: Making, by: By, at: datetime) -> None:
        entries = making.period_marks.get(pupil)
        if entries:
            said = families.Acknowledged(entries=tuple(entries))
            making.writer.write(
                by, at, (in_stream(Category.CASE, streams.family(making.plan.id, pupil), said),)
            )

    return read


def _recommendations(making: Making) -> None:
    for klass in making.plan.classes:
        for pupil in klass.pupils[1::3]:
            on = making.after(making.plan.first, making.random.randrange(20, 250))
            page = making.random.choice(klass.pages)
            said = families.RemarkWritten(
                remark=making.plan.new(),
                kind="recommendation",
                text=making.sealed("Повторить правила и решать задачи дома", pupil),
                journal=page.id,
            )
            draft = in_stream(Category.CASE, streams.family(making.plan.id, pupil), said)
            making.later[on].append((making.moment(on, 16, 60), making.by(page.teacher), (draft,)))


def _monthly_control(making: Making, month: date) -> None:
    on = making.after(month, 24)

    def record(making: Making, by: By, at: datetime) -> None:
        said = control.ControlRecorded(
            control=making.plan.new(),
            month=month,
            position=making.writer.position,
            text=making.sealed("Проверены все классы", by.person),
        )
        stream = streams.director_control(making.plan.id)
        making.writer.write(by, at, (in_stream(Category.CASE, stream, said),))

    making.later[on].append((datetime.combine(on, time(17)), making.office("director"), record))
