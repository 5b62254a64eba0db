"""A lesson nobody wrote down on its day: asked for, permitted, written with the permission; or never."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from bench.writing import By
from bench.year_founding import topic
from bench.year_lessons import Making, held, in_stream, one, remember
from bench.year_plan import Page
from ledger import streams
from ledger.entry import Category, Draft, Finding
from ledger.events import attendance, homework, late_entries, lessons
from ledger.late_entry import use_of
from ledger.timetable import Lesson
from ledger.windows import day_end

DAY_LATE = 20 * 3600  # seconds


def ask(making: Making, lesson: Lesson, page: Page, teacher: UUID) -> None:
    """The next morning; one of eight is declined."""
    on, by, case = making.after(lesson.date, 1), making.by(teacher), making.plan.new()
    if on <= lesson.date:
        return
    asked = late_entries.LateEntryRequested(
        case=case,
        lesson=lesson.id,
        journal=page.id,
        target="lesson",
        work=None,
        pupil=None,
        reason=making.sealed("Не было связи", teacher),
    )
    declined = making.chance(0.12)

    def decide(making: Making, by: By, at: datetime) -> None:
        if declined:
            no = late_entries.LateEntryDeclined(case=case, reason=making.sealed("Связь была", teacher))
            making.writer.write(by, at, (_case(making, lesson, no),))
            return
        yes = late_entries.LateEntryPermitted(case=case, until=day_end(on), reason=None)
        permitted = making.writer.write(by, at, (_case(making, lesson, yes),))
        drafts = _written(making, lesson, page, case, permitted)
        late = making.by(teacher)
        remember(
            making, making.writer.write(late, at + timedelta(seconds=2), drafts), late, _local(lesson), drafts
        )

    making.later[on].append((making.moment(on, 8, 30), by, (_case(making, lesson, asked),)))
    making.later[on].append((making.moment(on, 20, 60), making.office("deputy"), decide))


def _local(lesson: Lesson) -> datetime:
    return lesson.starts


def _case(making: Making, lesson: Lesson, event: object) -> Draft:
    return in_stream(Category.CASE, streams.late_entries(making.plan.id, lesson.id), event)


def _written(making: Making, lesson: Lesson, page: Page, case: UUID, permitted: int) -> tuple[Draft, ...]:
    making.page_of[lesson.id] = page
    making.held[page.id] += 1
    missing = making.people.missing[lesson.date]
    absent = [pupil for pupil in making.people.members(page, lesson.date) if pupil in missing]
    n = making.held[page.id]
    judged = (
        ("W-05", attendance.AttendanceTaken()),
        *(("W-05", attendance.AbsenceNoted(pupil=pupil)) for pupil in absent),
        (
            "W-03",
            lessons.TopicRecorded(text=topic(page.subject, n), plan=page.plan, item=n if page.plan else None),
        ),
        ("W-04", homework.HomeworkNotSet()),
    )
    drafts = [one(lesson, held(making, lesson))]
    for code, event in judged:
        used = late_entries.LateEntryUsed(case=case, use=use_of(event) or "")
        finding = Finding(code=code, delay=DAY_LATE)
        drafts += [one(lesson, event, finding, permitted), _case(making, lesson, used)]
    return tuple(drafts)


def extracurricular(making: Making, lesson: Lesson, page: Page) -> tuple[Draft, ...]:
    """7.13: a topic, no marks and no absences."""
    making.page_of[lesson.id] = page
    said = lessons.TopicRecorded(text="Внеурочное занятие")
    return one(lesson, held(making, lesson)), one(lesson, said)
