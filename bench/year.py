"""A school of a thousand pupils and a whole study year of about a million entries, made in a few minutes.

Forty classes of twenty-five, the year that is over: lessons, marks, absences with reasons, works, homework, late
entries, corrections, substitutions, an Act, marks for the periods, families with accounts. The same school every time.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg

from bench.writing import COPY_ENTRIES, Writer
from bench.year_access import write_access
from bench.year_cases import ask_correction, dispute, plan_act
from bench.year_changes import plan_changes
from bench.year_families import plan_families
from bench.year_founding import ZONE, adopted, founding
from bench.year_late import ask, extracurricular
from bench.year_lessons import Making, Step, ordinary, remember
from bench.year_plan import NUMBERS, Page, Plan, plan_of, study_days
from bench.year_pupils import people_of
from bench.year_sheets import plan_sheets
from ledger.personal import PersonalText, seal
from ledger.regulation import in_force
from ledger.timetable import Lesson
from web.premises import Premises

# Shares of lessons.
NEVER, LATE, CORRECTED, DISPUTED, REFUSED = 0.008, 0.012, 0.006, 0.004, 0.03
OPENING, HOME = time(7, 0), ZoneInfo(ZONE)


def make_year(here: Premises, superuser: str) -> Plan:
    """`superuser`: the connection string of the embedded server's own role, for nobody else copies entries in."""
    plan = plan_of(datetime.now(UTC).date())
    people, writer = people_of(plan, Random(11)), Writer(plan.id, Random(13))
    with psycopg.connect(superuser) as connection, _no_collector():
        with _copying(connection, writer):
            _found(plan, writer)
        school = here.school(plan.id)
        found = in_force(school, plan.first)
        assert found is not None
        making = Making(
            plan=plan,
            people=people,
            school=school,
            regulation=found[1],
            writer=writer,
            random=Random(17),
            sealed=_sealing(here, plan),
        )
        making.pages |= {page.id: page for page in plan.pages}
        for prepare in (plan_changes, plan_families, plan_act, plan_sheets):
            prepare(making)
        with _copying(connection, writer):
            for on in study_days(plan):
                _write_day(making, on)
        with connection.transaction():
            write_access(connection, making)
    return plan


@contextmanager
def _copying(connection: psycopg.Connection[tuple[object, ...]], writer: Writer) -> Iterator[None]:
    """One COPY and the head after it, committed."""
    with connection.transaction(), connection.cursor() as cursor:
        with cursor.copy(COPY_ENTRIES) as copy:
            writer.into(copy)
            yield
        writer.finish(connection)


@contextmanager
def _no_collector() -> Iterator[None]:
    """A million entries make no cycles, and looking for some takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _found(plan: Plan, writer: Writer) -> None:
    by = plan.by(plan.office["administrator"], "administrator")
    at = _instant(datetime.combine(plan.first - timedelta(days=7), time(9)))
    writer.regulation = writer.write(by, at, (adopted(plan),))
    drafts = list(founding(plan))
    for n in range(0, len(drafts), 1000):
        writer.write(by, at, drafts[n : n + 1000])


def _sealing(here: Premises, plan: Plan) -> Callable[[str, UUID], PersonalText]:
    keys, random = here.keys(plan.id), Random(19)

    def sealed(text: str, person: UUID) -> PersonalText:
        return seal(text, person=person, key=keys.key_for(person), nonce=random.randbytes(12))

    return sealed


def _instant(local: datetime) -> datetime:
    return local.replace(tzinfo=HOME).astimezone(UTC)


def _write_day(making: Making, on: date) -> None:
    making.today = on
    steps: list[Step] = making.later.pop(on, [])
    for draft in making.people.moves.get(on, ()):
        steps.append((datetime.combine(on, OPENING), making.office("administrator"), (draft,)))
    lessons = [*making.school.timetable.by_day.get(on, ()), *making.added.pop(on, ())]
    making.ends = {}
    for lesson in lessons:
        klass = making.school.journals[lesson.journal].class_id
        making.ends[klass] = max(lesson.ends, making.ends.get(klass, lesson.ends))
    for lesson in lessons:
        steps += _lesson(making, lesson)
    steps.sort(key=itemgetter(0))
    shift = _instant(datetime.combine(on, time(12))) - datetime.combine(on, time(12), UTC)
    for local, by, doing in steps:
        at = local.replace(tzinfo=UTC) + shift
        if callable(doing):
            doing(making, by, at)
        else:
            remember(making, making.writer.write(by, at, doing), by, local, doing)


def _lesson(making: Making, lesson: Lesson) -> Iterable[Step]:
    """Nothing of a lesson that is not held there, nor of one in a hundred that nobody writes down."""
    page = making.pages[lesson.journal]
    extra = lesson.number > NUMBERS
    teacher = page.teacher if extra else making.taken.get(lesson.id, page.teacher)
    if teacher is None or making.chance(NEVER):
        return ()
    if lesson.mode == "7.13":
        return ((lesson.ends, making.by(teacher), extracurricular(making, lesson, page)),)
    if making.chance(LATE):
        ask(making, lesson, page, teacher)
        return ()
    steps = list(ordinary(making, lesson, page, teacher))
    _consequences(making, lesson, page, teacher)
    return steps


def _consequences(making: Making, lesson: Lesson, page: Page, teacher: UUID) -> None:
    """What some lessons bring days later: a correction, a dispute, an attempt that is refused."""
    pupils = making.people.members(page, lesson.date)
    if making.chance(CORRECTED) and page.marked:
        for pupil in pupils[:4]:  # those without a mark ask for nothing
            ask_correction(making, lesson, page, pupil, lesson.id, teacher)
    if making.chance(DISPUTED):
        missing = [pupil for pupil in pupils if pupil in making.people.missing[lesson.date]]
        for pupil in missing[:1]:
            dispute(making, lesson, page, pupil, teacher)
    if making.chance(REFUSED):
        making.refused.append((lesson, teacher, making.writer.position))
