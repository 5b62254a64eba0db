"""Corrections of marks, disputes about «н», and one stolen access with its Act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bench.writing import By
from bench.year_lessons import Making, in_stream, one
from bench.year_plan import Page, account_of
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events import accounts, attendance, compromise, corrections, error_reports, marks, voids
from ledger.events.period_marks import PeriodMarkGiven
from ledger.timetable import Lesson

ACT_DAY = (11, 17)  # month and day on which the Act becomes final


def ask_correction(
    making: Making, lesson: Lesson, page: Page, pupil: UUID, work: UUID, teacher: UUID
) -> None:
    """Two days after the lesson; one of ten is declined, another starts from a family's report."""
    on = making.after(lesson.date, 2)

    def ask(making: Making, by: By, at: datetime) -> None:
        stood = making.standing[page.id].marks[pupil].get((lesson.id, work))
        if stood is None:
            return
        case, seen = making.plan.new(), stood
        better = (min(5, seen[1][0] + 1),)
        report = _reported(making, lesson, page, pupil, work, at) if making.chance(0.2) else None
        asked = corrections.CorrectionRequested(
            case=case,
            journal=page.id,
            target="mark",
            old="/".join(map(str, seen[1])),
            new=str(better[0]),
            seen=seen[0],
            ground="erroneous_entry",
            reason=making.sealed("Ошибка при вводе", teacher),
            lesson=lesson.id,
            work=work,
            pupil=pupil,
            report=report,
        )
        position = making.writer.write(by, at, (_correction(making, lesson.id, asked),))
        _plan_decision(making, lesson, asked, better, (on, position))

    making.later[on].append((making.moment(on, 16, 60), making.by(teacher), ask))


def _correction(making: Making, about: UUID, event: object) -> Draft:
    return in_stream(Category.CASE, streams.corrections(making.plan.id, about), event)


def _plan_decision(
    making: Making,
    lesson: Lesson,
    asked: corrections.CorrectionRequested,
    value: tuple[int, ...],
    when: tuple[date, int],
) -> None:
    on = making.after(when[0], 1)
    by, at = making.office("deputy"), making.moment(on, 11, 60)
    if on <= when[0]:
        return
    if making.chance(0.1):
        no = corrections.CorrectionDeclined(case=asked.case, reason=making.sealed("Ошибки нет", by.person))
        making.later[on].append((at, by, (_correction(making, lesson.id, no),)))
        return
    assert asked.work is not None
    assert asked.pupil is not None
    given = marks.MarkGiven(work=asked.work, pupil=asked.pupil, value=value, correction=asked.case)
    yes = corrections.CorrectionApproved(case=asked.case)
    drafts = _correction(making, lesson.id, yes), one(lesson, given, causation=when[1])
    making.later[on].append((at, by, drafts))


def _reported(making: Making, lesson: Lesson, page: Page, pupil: UUID, work: UUID, at: datetime) -> UUID:
    """What the family wrote before the teacher asked."""
    guardian, report = making.plan.guardians[pupil][0], making.plan.new()
    said = error_reports.ErrorReported(
        report=report,
        journal=page.id,
        target="mark",
        text=making.sealed("В тетради другая отметка", guardian),
        due=datetime.combine(lesson.date, time(23, 59, 59)) + timedelta(days=3),
        lesson=lesson.id,
        work=work,
        pupil=pupil,
    )
    stream = streams.error_reports(making.plan.id, lesson.id)
    answer = error_reports.ErrorReportClosed(
        report=report, corrected=True, answer=making.sealed("Исправляем", guardian)
    )
    by = making.by(guardian, "guardian")
    making.writer.write(by, at, (in_stream(Category.CASE, stream, said),))
    making.writer.write(making.by(page.teacher), at, (in_stream(Category.CASE, stream, answer),))
    return report


def correct_period_mark(making: Making, page: Page, sheet: UUID, given: PeriodMarkGiven, seen: int) -> None:
    """A week after it was given: asked by the teacher, approved by the deputy."""
    day, case = making.after(making.today, 14), making.plan.new()
    if day <= making.today or not given.value.isdigit():
        return
    new = str(min(5, int(given.value) + 1))
    asked = corrections.CorrectionRequested(
        case=case,
        journal=page.id,
        target="period_mark",
        old=given.value,
        new=new,
        seen=seen,
        ground="revision",
        reason=making.sealed("Пересмотр", page.teacher),
        period=given.period,
        pupil=given.pupil,
        kind=given.kind,
    )
    yes = corrections.CorrectionApproved(case=case)
    drafts = (
        _correction(making, sheet, yes),
        in_stream(Category.PERIOD, sheet, replace(given, value=new, correction=case)),
    )
    steps = making.later[day]
    steps.append(
        (datetime.combine(day, time(10)), making.by(page.teacher), (_correction(making, sheet, asked),))
    )
    steps.append((datetime.combine(day, time(12)), making.office("deputy"), drafts))


def dispute(making: Making, lesson: Lesson, page: Page, pupil: UUID, teacher: UUID) -> None:
    """The class teacher says the pupil was there (R-144); the teacher agrees two times of three."""
    on, case = making.after(lesson.date, 1), making.plan.new()
    assert page.klass.teacher is not None
    if on <= lesson.date:
        return
    said = attendance.AbsenceDisputed(
        case=case,
        lesson=lesson.id,
        journal=page.id,
        pupil=pupil,
        reason=making.sealed("Был на уроке", pupil),
    )
    stream, upheld = streams.disputes(making.plan.id, lesson.id), making.chance(0.66)
    decided = attendance.AbsenceDisputeDecided(case=case, upheld=upheld, reason=None)
    by = making.by(page.klass.teacher, "class_teacher")
    making.later[on].append((making.moment(on, 9, 50), by, (in_stream(Category.CASE, stream, said),)))
    drafts = [in_stream(Category.CASE, stream, decided)]
    if upheld:
        drafts.append(one(lesson, attendance.AbsenceWithdrawn(pupil=pupil, came_late=False)))
    making.later[on].append((making.moment(on, 15, 50), making.by(teacher), tuple(drafts)))


def plan_act(making: Making) -> None:
    """Somebody wrote with a teacher's access for two days of October; marks of the first period rest on it."""
    plan, owner = making.plan, making.plan.staff[20]
    making.thief = (
        account_of(owner),
        datetime.combine(date(plan.year, 10, 21), time(8)),
        datetime.combine(date(plan.year, 10, 22), time(23)),
    )
    incident, act, on = plan.new(), plan.new(), date(plan.year, *ACT_DAY)
    administrator, noticed = (
        making.office("administrator"),
        datetime.combine(date(plan.year, 10, 23), time(9)),
    )
    account = account_of(owner)
    members = tuple(plan.staff[:3])
    since = making.thief[1]
    report = compromise.CompromiseReported(
        account=account, owner=owner, detected_at=since, reported_at=noticed, signed=True
    )
    steps = making.later[noticed.date()]
    steps.append((noticed, making.by(owner), (_case(incident, report),)))
    for n, role in enumerate(("director", "administrator"), 1):
        received = compromise.NoticeReceived(role=role, received_at=since)
        steps.append((noticed + timedelta(minutes=20 * n), making.office(role), (_case(incident, received),)))
    for n, event in enumerate(
        (accounts.AccountBlocked(reason="compromise"), accounts.AccountUnblocked(reason="new access"))
    ):
        draft = in_stream(Category.ACCOUNT, account, event)
        steps.append((noticed + timedelta(minutes=50 + n), administrator, (draft,)))
    drawn = (
        compromise.CommissionAppointed(members=members, order=plan.new()),
        compromise.ActDrawnUp(act=act, number="1", date=on, since=since),
    )
    last = making.later[on]
    last.append(
        (datetime.combine(on, time(9)), administrator, tuple(_case(incident, each) for each in drawn))
    )
    for n, member in enumerate(members):
        signed = _case(incident, compromise.ActSigned(act=act))
        last.append((datetime.combine(on, time(10, n)), making.by(member), (signed,)))

    def finalise(making: Making, by: By, at: datetime) -> None:
        count = sum(map(len, making.stolen.values()))
        drafts = [_case(incident, compromise.ActFinalised(act=act, entries=count))]
        for stream, positions in making.stolen.items():
            event = voids.EntriesVoided(act=act, positions=tuple(positions))
            drafts.append(in_stream(Category.LESSON, stream, event))
        making.writer.write(by, at, drafts)

    last.append((datetime.combine(on, time(12)), administrator, finalise))


def _case(stream: UUID, event: object) -> Draft:
    return in_stream(Category.CASE, stream, event)
