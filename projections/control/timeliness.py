"""C-07: how completely and how timely each teacher fills the lessons (Усть-Белая 9.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.people import Name
from ledger.timetable import Lesson
from projections.absence_facts import kept
from projections.control import homework
from projections.control.held import Held, held, journals_of, narrow
from projections.control.late import Late, before_correction, confirmed_late, late, refused
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.reading import Reading

CODE, TITLE = "C-07", "Полнота и своевременность"
COLUMNS_READ = f"{homework.COLUMNS_READ}, topic IS NOT NULL AS topic, topic_entry, topic_correction, taken"
PARTS = {"topic": "тема", "homework": "домашнее задание", "attendance": "присутствие"}
NOTHING: frozenset[str] = frozenset()
COLUMNS = (
    Column(key="teacher", title="Учитель"),
    Column(key="held", title="Проведено уроков", kind="count"),
    Column(key="topic", title="С темой", kind="count", better="more"),
    Column(key="homework", title="С домашним заданием", kind="count", better="more"),
    Column(key="attendance", title="Присутствие отмечено", kind="count", better="more"),
    Column(key="completeness", title="Полнота", kind="share", better="more"),
    Column(key="timeliness", title="Своевременность", kind="share", better="more"),
    Column(key="late", title="Записей позже срока", kind="count", better="less"),
    Column(key="refused", title="Отказано", kind="count", better="less"),
)
NOTES = (
    "Полнота: уроки, где записаны тема, домашнее задание (или «не задано») и присутствие, от проведённых."
    " Своевременность: из заполненных полностью — те, где всё записано в срок.",
    "Чего порядок на уроке не требует (домашнее задание в 1-м классе, присутствие в дистанционный день),"
    " считается заполненным. Отказы — за попытки этих дней.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """`missing` and `late` name parts of a lesson: topic, homework, attendance."""

    lesson: Lesson
    teachers: tuple[UUID, ...]
    missing: frozenset[str]
    late: frozenset[str]


def report(reading: Reading, asked: Asked) -> Report:
    found = late(reading, asked.first)
    lessons = filled(reading, asked, found)
    tallies = _tallies(lessons, asked)
    delayed, stopped = _delayed(lessons, found), _stopped(reading, asked)
    names = reading.names(tallies)
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(
            _line(person, tallies[person], delayed[person], stopped[person], names)
            for person in reading.sorted(list(tallies), names)
        ),
        figures=_figures(lessons),
        notes=NOTES,
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The lessons of the teacher that are not full, or not in time."""
    for each in filled(reading, asked, late(reading, asked.first)):
        if UUID(key) in each.teachers and (each.missing or each.late):
            yield Behind(
                words="; ".join(_said(each)),
                date=each.lesson.date,
                lesson=each.lesson.id,
                journal=each.lesson.journal,
            )


def filled(reading: Reading, asked: Asked, found: Late) -> list[Filled]:
    """Every lesson held; `found` are the entries of its time and later that were late."""
    lessons = held(reading, asked, COLUMNS_READ)
    tardy, wanted = _tardy(lessons, found, reading), _wanted(reading)
    return [
        Filled(lesson=each.lesson, teachers=each.teachers, missing=_missing(each, wanted), late=tardy(each))
        for each in lessons
    ]


def _wanted(reading: Reading) -> Callable[[Lesson], frozenset[str]]:
    """The parts the act wants of a lesson; what it depends on repeats, and a year has 40,000 lessons."""
    school, regulation = reading.school, reading.regulation()
    known: dict[tuple[UUID, date, str], frozenset[str]] = {}

    def wanted(lesson: Lesson) -> frozenset[str]:
        key = (school.journals[lesson.journal].class_id, lesson.date, lesson.mode)
        if key not in known:
            presence = kept(lesson, school, regulation)
            spared = homework.free(lesson, school, regulation)
            known[key] = frozenset(PARTS) - {*(["homework"] * spared), *(["attendance"] * (not presence))}
        return known[key]

    return wanted


def missing_parts(reading: Reading) -> Callable[[Held], frozenset[str]]:
    """Of a lesson: the parts the act wants that are not written down."""
    wanted = _wanted(reading)
    return lambda each: _missing(each, wanted)


def _missing(each: Held, wanted: Callable[[Lesson], frozenset[str]]) -> frozenset[str]:
    row = each.row
    if row is None:
        return wanted(each.lesson)
    written = row.homework or row.not_set
    if row.topic and written and row.taken:
        return NOTHING
    there = {"topic": row.topic, "homework": written, "attendance": row.taken}
    return wanted(each.lesson) - {part for part, is_there in there.items() if is_there}


def _tardy(lessons: list[Held], found: Late, reading: Reading) -> Callable[[Held], frozenset[str]]:
    """Which parts of a lesson were recorded after their time. A corrected one is judged by what stood before; where
    nothing did, it came after its time."""
    entries = {entry.position for entry in found.entries}
    rows = [(each.lesson.id, each.row) for each in lessons if each.row is not None]
    topics = before_correction(reading, "topic", (id for id, row in rows if row.topic_correction is not None))
    first = homework.first_written(lessons, reading)
    confirmed = confirmed_late(found, (id for id, row in rows if row.taken), reading)

    def topic_late(id: UUID, row: Any) -> bool:
        if row.topic_correction is not None:
            return id not in topics or topics[id].topic_entry in entries
        return row.topic_entry in entries

    def homework_late(id: UUID, row: Any) -> bool:
        if row.homework_correction is not None:
            return id not in first or first[id].homework_delay is not None
        return row.homework_delay is not None

    def of(each: Held) -> frozenset[str]:
        id, row = each.lesson.id, each.row
        if row is None:
            return NOTHING
        found = {
            "topic": topic_late(id, row),
            "homework": homework_late(id, row),
            "attendance": id in confirmed,
        }
        return frozenset(part for part, late in found.items() if late)

    return of


def _tallies(lessons: list[Filled], asked: Asked) -> dict[UUID, Counter[str]]:
    tallies: dict[UUID, Counter[str]] = {}
    alike = Counter((each.teachers, each.missing, bool(each.late)) for each in lessons)
    for (teachers, missing, tardy), count in alike.items():
        said = {"held", *PARTS} - missing
        if not missing:
            said |= {"full"} if tardy else {"full", "in_time"}
        for person in teachers:
            if asked.teacher in (None, person):
                tallies.setdefault(person, Counter()).update(dict.fromkeys(said, count))
    return tallies


def _delayed(lessons: list[Filled], found: Late) -> Counter[UUID]:
    """Late entries about these lessons, by whoever wrote them."""
    wanted = {each.lesson.id for each in lessons}
    return Counter(entry.person for entry in found.entries if entry.stream in wanted)


def _stopped(reading: Reading, asked: Asked) -> Counter[UUID]:
    """Refused attempts of the days asked for; where a class or a subject is, about its lessons."""
    pages, school = journals_of(reading.school, asked), reading.school
    several = not narrow(asked)

    def meant(lesson: UUID | None) -> bool:
        timetable = school.timetable
        known = (timetable.by_id.get(lesson) or timetable.left.get(lesson)) if lesson is not None else None
        return several or (known is not None and known.journal in pages)

    return Counter(row.person for row in refused(reading, asked) if meant(row.stream))


def _line(person: UUID, tally: Counter[str], delayed: int, stopped: int, names: Mapping[UUID, Name]) -> Line:
    return Line(
        key=str(person),
        values=(
            names[person].short,
            tally["held"],
            *(tally[part] for part in PARTS),
            share(tally["full"], tally["held"]),
            share(tally["in_time"], tally["full"]),
            delayed,
            stopped,
        ),
    )


def _figures(lessons: list[Filled]) -> tuple[Figure, ...]:
    full = [each for each in lessons if not each.missing]
    in_time = sum(not each.late for each in full)
    return (
        Figure(
            key="completeness",
            title="Полнота",
            value=share(len(full), len(lessons)),
            kind="share",
            part=len(full),
            whole=len(lessons),
            better="more",
        ),
        Figure(
            key="timeliness",
            title="Своевременность",
            value=share(in_time, len(full)),
            kind="share",
            part=in_time,
            whole=len(full),
            better="more",
        ),
    )


def _said(each: Filled) -> Iterator[str]:
    if each.missing:
        yield f"нет: {', '.join(PARTS[part] for part in PARTS if part in each.missing)}"
    if each.late:
        yield f"позже срока: {', '.join(PARTS[part] for part in PARTS if part in each.late)}"
