"""The school of the acceptance scenarios (requirements section 5), in code: year 2026/27, Asia/Anadyr.

Everything is made of entries, folded as in production. `given_*` make what was there before, `judged` asks
the rules. Times are the school's own, as ISO strings: "2026-10-12 23:58".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from ledger import streams, windows
from ledger.entry import Category, Entry, Origin, Role, Stamp
from ledger.events import calendar, homework, journals, lessons, marks, roster, staff, timetable
from ledger.events.regulations import RegulationAdopted
from ledger.judging import Judged, State, judge
from ledger.late_entry import fold_late_entries
from ledger.lesson import Sheet, fold_lesson
from ledger.regulation import Regulation, load
from ledger.school import School
from ledger.school_fold import fold_school
from ledger.timetable import Lesson

ZONE = ZoneInfo("Asia/Anadyr")
SCHOOL_ID = UUID("5c001e5c-2026-4000-8000-000000000001")
REGULATIONS = Path(windows.__file__).parent / "regulations"
TOML = (REGULATIONS / "ust-belaya.toml").read_text(encoding="utf-8")
UST_BELAYA = load(TOML, "ust-belaya.toml")

FIRST, LAST = date(2026, 9, 1), date(2027, 5, 28)

CLASSES = {"1А": (1, "НОО"), "6А": (6, "ООО"), "7А": (7, "ООО"), "9А": (9, "ООО"), "10А": (10, "СОО")}

PUPILS = {
    "7А": (
        "Антипина Дарья",
        "Вуквукай Илья",
        "Каляна Мария",
        "Рультытегин Артём",
        "Тынетегин Павел",
        "Ященко Ольга",
    ),
    "1А": ("Рентыргин Саша",),
    "6А": ("Эттувги Роман",),
    "9А": ("Кергитваль Олег",),
    "10А": ("Омрына Анна",),
}

SUBJECTS: dict[str, tuple[str, ...]] = {
    "Алгебра": (),
    "Геометрия": (),
    "Математика": (),
    "Физика": ("laboratory",),
    "Русский язык": ("language",),
    "Литература": ("literature",),
    "Иностранный язык": ("foreign",),
    "Физкультура": ("pe",),
    "Разговоры о важном": ("unmarked",),
}

ROLES = {
    "Орлова": Role.DIRECTOR,
    "Ефимова": Role.DEPUTY,
    "Дьячкова": Role.DEPUTY,
    "Кеулькут": Role.METHODIST,
    "Носов": Role.ADMINISTRATOR,
    "Громова": Role.TEACHER,
    "Соколова": Role.TEACHER,
    "Петров": Role.TEACHER,
    "Лебедева": Role.TEACHER,
    "Ким": Role.TEACHER,
}

BELLS = {
    1: (time(8, 30), time(9, 10)),
    2: (time(9, 25), time(10, 5)),
    3: (time(10, 25), time(11, 5)),
    4: (time(11, 20), time(12, 0)),
    5: (time(12, 20), time(13, 0)),
    6: (time(13, 25), time(14, 5)),
}

# Page of the journal → teacher and its weekly lessons (ISO weekday, number). 7А ends at 14:05 on Mondays.
PAGES: dict[tuple[str, str], tuple[str, tuple[tuple[int, int], ...]]] = {
    ("7А", "Алгебра"): ("Соколова", ((1, 2), (3, 2), (5, 2))),
    ("7А", "Физика"): ("Петров", ((1, 6), (3, 3), (5, 6))),
    ("7А", "Геометрия"): ("Ефимова", ((4, 3),)),
    ("7А", "Русский язык"): ("Лебедева", ((1, 3), (2, 2), (3, 6), (4, 1))),
    ("7А", "Литература"): ("Лебедева", ((1, 4), (2, 3))),
    ("7А", "Физкультура"): ("Ким", ((1, 5), (2, 6), (3, 5))),
    ("7А", "Разговоры о важном"): ("Громова", ((1, 1),)),
    ("7А", "Иностранный язык"): ("Громова", ((4, 2),)),
    ("6А", "Русский язык"): ("Лебедева", ((1, 5), (3, 5))),
    ("9А", "Литература"): ("Лебедева", ((5, 5),)),
    ("10А", "Литература"): ("Лебедева", ((1, 1), (1, 2), (5, 1))),
    ("10А", "Русский язык"): ("Лебедева", ((2, 1),)),
    ("1А", "Математика"): ("Дьячкова", ((1, 1), (2, 1))),
}

# Only this page belongs to a group, with these pupils.
GROUPED = {("7А", "Иностранный язык"): ("Антипина Дарья", "Вуквукай Илья")}

PERIODS = (
    ("НОО", "trimester", "I триместр", date(2026, 9, 1), date(2026, 11, 20)),
    ("ООО", "trimester", "I триместр", date(2026, 9, 1), date(2026, 11, 20)),
    ("ООО", "trimester", "II триместр", date(2026, 11, 30), date(2027, 2, 19)),
    ("ООО", "trimester", "III триместр", date(2027, 3, 1), date(2027, 5, 28)),
    ("СОО", "half_year", "I полугодие", date(2026, 9, 1), date(2026, 12, 29)),
    ("СОО", "half_year", "II полугодие", date(2027, 1, 11), date(2027, 5, 28)),
)

HOLIDAYS = (
    ("День народного единства", date(2026, 11, 4), date(2026, 11, 4)),
    ("Осенние каникулы", date(2026, 11, 21), date(2026, 11, 29)),
    ("Зимние каникулы", date(2026, 12, 30), date(2027, 1, 10)),
    ("Весенние каникулы", date(2027, 2, 20), date(2027, 2, 28)),
)


def named(name: str) -> UUID:
    """The id of a person, class, subject, page («7А Алгебра») or work of this world."""
    return uuid5(SCHOOL_ID, name)


def at(local: str) -> datetime:
    """The instant of a local time of the school."""
    return datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)


def stamp(by: str, when: str, role: Role | None = None, declared: str | None = None) -> Stamp:
    """By default in the person's own role; a deputy who teaches says `role=Role.TEACHER`."""
    return Stamp(
        school=SCHOOL_ID,
        account=named(f"account {by}"),
        person=named(by),
        role=role or ROLES[by],
        command_id=named(f"{by} {when}"),
        received_at=at(when),
        declared_at=at(declared) if declared else None,
        origin=Origin.IMPORT if declared else Origin.UI,
    )


def entry(
    event: object, stream: UUID, made: Stamp, category: Category = Category.LESSON, number: int = 0
) -> Entry:
    """An entry that takes `number` as its position and version; 0 for a proposed one."""
    return Entry(
        position=number,
        category=category,
        stream=stream,
        version=number,
        event=event,
        stamp=made,
        recorded_at=made.received_at,
    )


def _school_entries() -> Iterable[tuple[UUID, object]]:
    year, home = 2026, streams.calendar(SCHOOL_ID)
    yield home, calendar.SchoolFounded(title="Центр образования", zone=ZONE.key, demonstration=False)
    yield home, calendar.YearSet(year=year, first=FIRST, last=LAST)
    for level, kind, title, first, last in PERIODS:
        yield (
            home,
            calendar.ReportingPeriodDefined(
                period=named(f"{level} {title}"),
                year=year,
                level=level,
                kind=kind,
                title=title,
                first=first,
                last=last,
            ),
        )
    for title, first, last in HOLIDAYS:
        yield home, calendar.HolidayScheduled(holiday=named(title), title=title, first=first, last=last)
    starts, ends = zip(*BELLS.values(), strict=True)
    yield (
        home,
        calendar.BellsSet(
            schedule=named("звонки"), title="Звонки", numbers=tuple(BELLS), starts=starts, ends=ends
        ),
    )
    for title, attributes in SUBJECTS.items():
        yield (
            home,
            journals.SubjectAdded(subject=named(title), title=title, short=title[:3], attributes=attributes),
        )
    for person, role in ROLES.items():
        yield (
            named(person),
            staff.RoleGranted(role=role.value, first=FIRST, until=None, competence=None),
        )
    for title in CLASSES:
        yield from _class_entries(title)
    for page in PAGES:
        yield from _page_entries(*page)


def _class_entries(title: str) -> Iterable[tuple[UUID, object]]:
    grade, level = CLASSES[title]
    yield named(title), roster.ClassFormed(year=2026, title=title, grade=grade, level=level)
    for weekday in range(1, 6):
        yield (
            streams.calendar(SCHOOL_ID),
            calendar.BellsAssigned(
                class_id=named(title), weekday=weekday, schedule=named("звонки"), first=FIRST
            ),
        )
    if title == "7А":
        yield (
            named(title),
            roster.ClassTeacherAppointed(person=named("Громова"), first=FIRST, until=None),
        )
        yield named(title), roster.GroupFormed(group=named("группа"), title="1")
    for pupil in PUPILS[title]:
        yield named(pupil), roster.PupilEnrolled(class_id=named(title), first=FIRST, order=None)
    for pupils in GROUPED.values() if title == "7А" else ():
        for pupil in pupils:
            yield named(pupil), roster.PupilGrouped(group=named("группа"), first=FIRST, until=None)


def _page_entries(title: str, subject: str) -> Iterable[tuple[UUID, object]]:
    teacher, places = PAGES[title, subject]
    page = named(f"{title} {subject}")
    group = named("группа") if (title, subject) in GROUPED else None
    yield (
        page,
        journals.JournalListed(class_id=named(title), group=group, subject=named(subject), year=2026),
    )
    yield (
        page,
        journals.WorkloadAssigned(teacher=named(teacher), first=FIRST, until=None, hours=100 * len(places)),
    )
    for weekday, number in places:
        yield (
            named(f"{title} {subject} {weekday} {number}"),
            timetable.SlotScheduled(
                journal=page,
                weekday=weekday,
                number=number,
                week="all",
                first=FIRST,
                last=LAST,
                room=None,
            ),
        )


def school_entries(*more: tuple[UUID, object]) -> tuple[Entry, ...]:
    """All entries of category school, `more` (stream, event) after them, then the adopted regulation."""
    made = stamp("Носов", "2026-08-31 12:00")
    events = (*_school_entries(), *more)
    written = [
        entry(event, stream, made, Category.SCHOOL, n) for n, (stream, event) in enumerate(events, start=1)
    ]
    adopted = RegulationAdopted(title="ust-belaya.toml", toml=TOML, in_force=FIRST)
    home = streams.regulation(SCHOOL_ID)
    return (*written, entry(adopted, home, made, Category.REGULATION, len(written) + 1))


def given_school(*more: tuple[UUID, object]) -> School:
    """The school, and whatever else happened in it."""
    return fold_school(SCHOOL_ID, school_entries(*more))


SCHOOL = given_school()


def given_lesson(page: str, on: str, number: int | None = None, school: School = SCHOOL) -> Lesson:
    """The planned lesson of the page («7А Алгебра») that day; the first of them unless a number is named."""
    day = date.fromisoformat(on)
    return next(
        lesson
        for lesson in school.timetable.by_journal[named(page)]
        if lesson.date == day and number in (None, lesson.number)
    )


def held(lesson: Lesson, school: School = SCHOOL, regulation: Regulation = UST_BELAYA) -> lessons.LessonHeld:
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


def given_work(lesson: Lesson, kind: str, school: School = SCHOOL) -> marks.WorkAdded:
    """A work of `kind` on this lesson; its id is `named(kind)`, its deadline the regulation's."""
    due, window = windows.work_due(lesson, kind, school, UST_BELAYA)
    return marks.WorkAdded(
        work=named(kind), kind=kind, title="", due=due, window=window, tzdb=windows.tzdb_version()
    )


def given_sheet(lesson: Lesson, *events: object) -> Sheet:
    """The sheet after the lesson was held and `events` were written during it."""
    made = stamp("Соколова", lesson.starts.isoformat())
    written = enumerate((held(lesson), *events), start=1)
    return fold_lesson(lesson.id, [entry(event, lesson.id, made, number=n) for n, event in written])


def mark(pupil: str, *value: int, work: str | UUID) -> marks.MarkGiven:
    """A mark in the column of a work of this kind, or of the lesson's own (its id)."""
    column = named(work) if isinstance(work, str) else work
    return marks.MarkGiven(work=column, pupil=named(pupil), value=value)


def answer(lesson: Lesson, pupil: str, *value: int) -> marks.MarkGiven:
    """A mark in the ready column «Ответ на уроке»."""
    return mark(pupil, *value, work=lesson.id)


def homework_for(lesson: Lesson, text: str, *manner: str, school: School = SCHOOL) -> homework.HomeworkSet:
    """Homework due at the page's next lesson."""
    due = school.timetable.next_after(lesson.journal, lesson.date)
    assert due is not None
    return homework.HomeworkSet(text=text, manner=manner, due=due.date, due_lesson=due.id)


def judged(
    event: object,
    lesson: Lesson | None,
    when: str,
    *,
    by: str = "Соколова",
    role: Role | None = None,
    sheet: Sheet | None = None,
    previous: tuple[Sheet, ...] = (),
    cases: Iterable[Entry] = (),
    school: School = SCHOOL,
    regulation: Regulation = UST_BELAYA,
    declared: str | None = None,
) -> tuple[Judged, ...]:
    """What the rules say of `event`, proposed at the local time `when`; by default on a lesson just held."""
    before = sheet or (given_sheet(lesson) if lesson else Sheet(lesson=named("нет такого урока")))
    state = State(sheet=before, lesson=lesson, previous=previous, late=fold_late_entries(cases))
    proposed = entry(event, before.lesson, stamp(by, when, role, declared))
    return judge(proposed, state, school, regulation)


def codes(found: Iterable[Judged]) -> list[str]:
    """«W-04 late»: what was found and what it does."""
    return [f"{each.finding.code} {each.mode}" for each in found]
