"""A term of tests.browser.school that ends today: eight lessons with marks behind it, the last one recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from ledger import streams
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import calendar, lessons, marks
from ledger.windows import answer_due, tzdb_version
from tests.browser.school import PUPILS, SCHOOL, Site, named
from tests.world import UST_BELAYA

FEW = ("Вуквукай Илья", 3)  # who has fewer marks than the act asks for, and how many
SHEET = f"/journals/{named('7А Алгебра')}/periods/{named('I')}"


def end_term_today(site: Site) -> None:
    """Everybody has fours and fives in turn at each of the eight lessons, FEW at the first three."""
    first = site.today - timedelta(days=40)
    period = calendar.ReportingPeriodDefined(
        period=named("I"),
        year=first.year,
        level="ООО",
        kind="trimester",
        title="I триместр",
        first=first,
        last=site.today,
    )
    drafts = [
        Draft(category=Category.SCHOOL, stream=streams.calendar(SCHOOL), version=None, event=period),
        *_written(site),
    ]
    teacher = named("Соколова")
    stamp = Stamp(
        school=SCHOOL,
        account=named("account teacher"),
        person=teacher,
        role=Role.TEACHER,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=tuple(drafts)))
    site.here.runner.catch_up(SCHOOL, patience=30)


def _written(site: Site) -> Iterator[Draft]:
    for day in range(-8, 1):
        lesson = site.lesson(day)
        yield _draft(lesson, _held(site, lesson))
        if day == 0:
            yield _draft(lesson, lessons.TopicRecorded(text="Повторение"))
            continue
        for pupil in PUPILS:
            if pupil != FEW[0] or day < FEW[1] - 8:
                given = marks.MarkGiven(work=lesson, pupil=named(pupil), value=(4 + day % 2,))
                yield _draft(lesson, given)


def _held(site: Site, lesson: UUID) -> lessons.LessonHeld:
    school = site.here.school(SCHOOL)
    planned = school.timetable.by_id[lesson]
    return lessons.LessonHeld(
        slot=planned.slot,
        journal=planned.journal,
        date=planned.date,
        number=planned.number,
        starts=planned.starts.time(),
        ends=planned.ends.time(),
        answer_due=answer_due(planned, school, UST_BELAYA),
        tzdb=tzdb_version(),
    )


def _draft(lesson: UUID, event: object) -> Draft:
    return Draft(category=Category.LESSON, stream=lesson, version=None, event=event)
