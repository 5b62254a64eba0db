"""The year 2026/27 of the school up to 19 March: two terms that are over and one that runs, written as it was lived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

import psycopg

from bench.writing import COPY_ENTRIES, Writer
from ledger import streams
from ledger.entry import Category, Draft, Entry
from ledger.events import days, plans
from ledger.school import School
from ledger.school_fold import fold_school
from ledger.timetable import Lesson
from tests.plain_year import cases, sheets
from tests.plain_year.founding import (
    EVERYBODY,
    NEWCOMER,
    PLANNED,
    Said,
    account_events,
    account_of,
    founding,
    holders,
)
from tests.plain_year.lessons import tell
from tests.plain_year.telling import Telling, of_school
from tests.world import FIRST, SCHOOL_ID, named, school_entries

NOW = datetime.fromisoformat("2027-03-19 20:00")  # local
TERMS = (
    ("I триместр", ("НОО", "ООО"), date(2026, 9, 1), date(2026, 11, 20)),
    ("II триместр", ("НОО", "ООО"), date(2026, 11, 30), date(2027, 2, 19)),
    ("I полугодие", ("СОО",), date(2026, 9, 1), date(2026, 12, 29)),
)
SUBSTITUTES = {"Соколова": "Петров", "Петров": "Соколова", "Лебедева": "Громова", "Ким": "Громова"}
EIGHTH = time(15, 0), time(15, 40)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What happened to the timetable: said in the morning of `on`."""

    on: date
    stream: UUID
    event: object
    after: bool = False  # said when the lesson had been written down


def write_year(superuser: str) -> None:
    """Into the database of the connection string, as whoever may copy entries in."""
    random = Random(2026)
    said = founding()
    base = fold_school(SCHOOL_ID, school_entries(*said))
    changes = tuple(_changes(base, random))
    school = fold_school(
        SCHOOL_ID, school_entries(*said, *((each.stream, each.event) for each in changes if not each.after))
    )
    writer = Writer(SCHOOL_ID, random)
    telling = Telling(school=school, writer=writer, random=random)
    _plan(telling, school, changes)
    with psycopg.connect(superuser) as connection, connection.transaction(), connection.cursor() as cursor:
        with cursor.copy(COPY_ENTRIES) as copy:
            writer.into(copy)
            _found(telling, said)
            telling.run(NOW)
        writer.finish(connection)
        _refuse(connection, school, random)


def _found(telling: Telling, said: tuple[Said, ...]) -> None:
    when = datetime.fromisoformat("2026-08-31 12:00")
    entries = school_entries(*said)
    adopted, *others = sorted(entries, key=_regulation_first)
    telling.write(when, "Носов", (_drafted(adopted),))
    telling.writer.regulation = telling.writer.position
    telling.write(when, "Носов", [_drafted(each) for each in others])
    for title, subject in PLANNED:
        telling.write(when, "Кеулькут", tuple(_thematic(title, subject)))
    for who in holders():
        drafts = [
            Draft(category=Category.ACCOUNT, stream=account_of(named(who)), version=None, event=event)
            for event in account_events(named(who))
        ]
        telling.write(when, "Носов", drafts)


def _regulation_first(entry: Entry) -> bool:
    return entry.category is not Category.REGULATION


def _drafted(entry: Entry) -> Draft:
    return Draft(category=entry.category, stream=entry.stream, version=None, event=entry.event)


def _thematic(title: str, subject: str) -> Iterator[Draft]:
    count = 100 if subject == "Алгебра" else 70
    items = plans.PlanItemsSet(
        numbers=tuple(range(1, count + 1)),
        sections=("Раздел",) * count,
        topics=tuple(f"Тема {n}" for n in range(1, count + 1)),
        hours=(100,) * count,
        dates=tuple(FIRST + timedelta(days=n * 265 // count) for n in range(count)),
        kinds=("",) * count,
        controls=tuple(n % 12 == 11 for n in range(count)),
        homeworks=("",) * count,
        reason="",
    )
    plan = named(f"КТП {title} {subject}")
    for event in (items, plans.PlanApproved()):
        yield Draft(category=Category.PLAN, stream=plan, version=None, event=event)


def _changes(school: School, random: Random) -> Iterator[Change]:
    """One lesson of forty: somebody else gave it, nobody did, it was moved, or there was one more."""
    regular = [each for each in school.timetable.lessons if each.date <= NOW.date()]
    for n, lesson in enumerate(random.sample(regular, len(regular) // 25)):
        page = school.journals[lesson.journal]
        stream = streams.day(SCHOOL_ID, page.class_id, lesson.date)
        teacher = school.teachers_of(page.id, lesson.date)[0]
        if page.pupil is not None:
            continue
        if n % 5 < 2:
            yield Change(on=lesson.date, stream=stream, event=_substituted(lesson, teacher, n))
        elif n % 5 == 2:
            gone = days.LessonCancelled(lesson=lesson.id, reason="by_order", order=None)
            yield Change(on=lesson.date, stream=stream, event=gone, after=n % 3 == 0)
        elif n % 5 == 3:
            yield Change(on=lesson.date, stream=stream, event=_moved(lesson))
        else:
            yield Change(on=lesson.date, stream=stream, event=_extra(lesson, n))


def _substituted(lesson: Lesson, teacher: UUID, n: int) -> days.SubstitutionRecorded:
    named_so = {named(who): named(other) for who, other in SUBSTITUTES.items()}
    other = named_so.get(teacher, named("Ефимова"))
    manner = ("same_subject", "same_subject", "independent", "dropped")[n // 5 % 4]
    return days.SubstitutionRecorded(
        substitution=named(f"замена {lesson.id}"),
        lesson=lesson.id,
        absent=teacher,
        substitute=None if manner == "dropped" or (manner == "independent" and n % 2) else other,
        manner=manner,
        order=None,
    )


def _moved(lesson: Lesson) -> days.LessonMoved:
    on = lesson.date + timedelta(days=1 if lesson.date.isoweekday() < 5 else 3)
    return days.LessonMoved(
        lesson=lesson.id, date=on, number=8, starts=EIGHTH[0], ends=EIGHTH[1], room=None, order=None
    )


def _extra(lesson: Lesson, n: int) -> days.ExtraLessonScheduled:
    mode = ("", "7.13", "8.3")[n // 5 % 3]
    return days.ExtraLessonScheduled(
        slot=named(f"сверх {lesson.id}"),
        journal=lesson.journal,
        date=lesson.date,
        number=9,
        starts=time(15, 50),
        ends=time(16, 30),
        room=None,
        mode=mode,
        form="экскурсия" if mode else "",
        replaces=lesson.id if mode == "8.3" else None,
        order=None,
    )


def _plan(telling: Telling, school: School, changes: tuple[Change, ...]) -> None:
    for change in changes:
        hour = time(20) if change.after else time(7, 30)
        telling.at(datetime.combine(change.on, hour), "Ефимова", of_school(change.stream, change.event))
    count: Counter[UUID] = Counter()
    for lesson in school.timetable.lessons:
        if lesson.ends <= NOW:
            tell(telling, lesson, count[lesson.journal])
            cases.follow(telling, lesson)
            count[lesson.journal] += 1
    cases.marked_stolen(telling)
    cases.void(telling)
    _weeks(telling)
    _terms(telling, school)


def _weeks(telling: Telling) -> None:
    monday = date(2026, 9, 7)
    while monday < NOW.date():
        for pupil in EVERYBODY:
            cases.explain(telling, pupil, monday)
        cases.slips(telling, monday)
        cases.recommend(telling, monday + timedelta(days=3))
        monday += timedelta(days=7)


def _terms(telling: Telling, school: School) -> None:
    for title, levels, first, last in TERMS:
        for level in levels:
            period = named(f"{level} {title}")
            pages = [
                page
                for page in school.journals.values()
                if school.classes[page.class_id].level == level
                and school.classes[page.class_id].grade > 1
                and "unmarked" not in school.subjects[page.subject].attributes
            ]
            for n, page in enumerate(pages):
                sheets.give(telling, page.id, period, (first, last), n)
            sheets.acquaint(telling, period, last)
    sheets.exception(telling, named("ООО I триместр"), date(2026, 11, 17))
    sheets.of_year(telling, "10А Русский язык", date(2027, 3, 12))
    sheets.of_year(telling, "7А Литература", date(2027, 3, 15))
    for n, pupil in enumerate((NEWCOMER, "Каляна Мария", "Омрына Анна")):
        sheets.promoted(telling, pupil, date(2027, 3, 16 + n % 2))


def _refuse(connection: psycopg.Connection[tuple[object, ...]], school: School, random: Random) -> None:
    """Attempts after the window, as ledger.append would have kept them."""
    held = [each for each in school.timetable.lessons if each.ends <= NOW]
    for lesson in random.sample(held, 40):
        person = school.teachers_of(lesson.journal, lesson.date)[0]
        command, code = random.choice(
            (("RecordTopic", "W-03"), ("GiveMark", "W-01"), ("SetHomework", "W-04"))
        )
        at = (lesson.ends + timedelta(days=2)).replace(tzinfo=school.zone)
        if at.replace(tzinfo=None) > NOW:
            continue
        position = connection.execute(
            "SELECT max(position) FROM ledger.entries WHERE school_id = %s AND recorded_at < %s",
            (SCHOOL_ID, at),
        ).fetchone()
        assert position is not None
        connection.execute(
            "INSERT INTO ledger.refusals (school_id, command_id, account, person, acting_role, command, code,"
            " clause, sentence, stream_id, received_at, recorded_at, position)"
            " VALUES (%s, %s, %s, %s, 'teacher', %s, %s, '9.5', 'Срок истёк.', %s, %s, %s, %s)",
            (
                *(SCHOOL_ID, named(f"отказ {lesson.id}"), account_of(person), person, command, code),
                *(lesson.id, at, at, position[0]),
            ),
        )
