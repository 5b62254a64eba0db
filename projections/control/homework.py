"""C-04: how homework is recorded (Perm 3.6, Усть-Белая 9.5): in time, late, «не задано», not at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from ledger.regulation import Mode, Regulation
from ledger.school import School
from ledger.timetable import Lesson
from projections.control import class_subject
from projections.control.class_subject import Place, place_of
from projections.control.held import Held, held
from projections.control.late import before_correction
from projections.control.report import Asked, Behind, Chart, Column, Figure, Line, Report, share
from projections.reading import Reading

CODE, TITLE = "C-04", "Запись домашних заданий"
IN_TIME, LATE, NOT_SET, EMPTY, FREE = "in_time", "late", "not_set", "empty", "free"
COLUMNS_READ = "lesson, homework IS NOT NULL AS homework, not_set, homework_delay, homework_correction"
WORDS = {
    IN_TIME: "записано в срок",
    LATE: "записано позже срока",
    NOT_SET: "не задано",
    EMPTY: "не записано",
    FREE: "не задаётся",
}
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="subject", title="Предмет"),
    Column(key="held", title="Проведено уроков", kind="count"),
    Column(key=IN_TIME, title="ДЗ в срок", kind="count", better="more"),
    Column(key=LATE, title="Позже срока", kind="count", better="less"),
    Column(key=NOT_SET, title="Не задано", kind="count"),
    Column(key=EMPTY, title="Не записано", kind="count", better="less"),
    Column(key=FREE, title="Не задаётся", kind="count"),
    Column(key="share", title="В срок", kind="share", better="more"),
)
NOTE = (
    "Доля: записанные в срок от проведённых уроков без «не задано» и без тех, где задание не задаётся"
    " (классы без отметок, внеурочные занятия). Исправленная запись считается по времени первой."
)


def report(reading: Reading, asked: Asked) -> Report:
    counts = _by_place(reading, asked)
    school, whole = reading.school, sum(counts.values(), Counter[str]())
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(place, counts[place], school) for place in class_subject.ordered(counts, school)),
        figures=_figures(whole),
        charts=_charts(counts, school),
        notes=(NOTE,),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The lessons of the class and subject, what is not in time first."""
    place, found = class_subject.of_key(key), []
    for each, state in states(reading, asked):
        if place_of(each.lesson.journal, reading.school) == place:
            found.append((state == IN_TIME, each.lesson.starts, each.lesson, state))
    for _, _, lesson, state in sorted(found, key=lambda each: each[:2]):
        yield Behind(words=WORDS[state], date=lesson.date, lesson=lesson.id, journal=lesson.journal)


def states(reading: Reading, asked: Asked) -> Iterator[tuple[Held, str]]:
    """Every lesson held with what is recorded of homework there."""
    lessons, regulation = held(reading, asked, COLUMNS_READ), reading.regulation()
    before = first_written(lessons, reading)
    for each in lessons:
        yield each, state(each, before, reading.school, regulation)


def first_written(lessons: Iterable[Held], reading: Reading) -> dict[UUID, Any]:
    """What stood there before a correction, of the lessons whose homework was corrected."""
    corrected = (e.lesson.id for e in lessons if e.row is not None and e.row.homework_correction is not None)
    return before_correction(reading, "homework", corrected)


def state(each: Held, before: Mapping[UUID, Any], school: School, regulation: Regulation) -> str:
    row = each.row
    if free(each.lesson, school, regulation):
        return FREE
    if row is None or not (row.homework or row.not_set):
        return EMPTY
    if row.not_set:
        return NOT_SET
    if row.homework_correction is None:
        return IN_TIME if row.homework_delay is None else LATE
    first = before.get(each.lesson.id)  # None: a case brought the first there was, after its time
    return IN_TIME if first is not None and first.homework_delay is None else LATE


def free(lesson: Lesson, school: School, regulation: Regulation) -> bool:
    """No homework is set there: grades without marks (R-114), lessons of P-21 without."""
    terms = regulation.extracurricular.get(lesson.mode)
    if terms is not None and not terms.homework:
        return True
    grade = school.klass_of(lesson.journal).grade
    return grade in regulation.unmarked_grades and regulation.mode("R-114") is not Mode.OFF


def _by_place(reading: Reading, asked: Asked) -> dict[Place, Counter[str]]:
    counts: dict[Place, Counter[str]] = defaultdict(Counter)
    for each, found in states(reading, asked):
        counts[place_of(each.lesson.journal, reading.school)][found] += 1
    return counts


def _line(place: Place, counts: Counter[str], school: School) -> Line:
    return Line(
        key=class_subject.key_of(place),
        values=(
            *class_subject.words(place, school),
            counts.total(),
            *(counts[kind] for kind in (IN_TIME, LATE, NOT_SET, EMPTY, FREE)),
            share(counts[IN_TIME], _asked_for(counts)),
        ),
    )


def _asked_for(counts: Counter[str]) -> int:
    return counts[IN_TIME] + counts[LATE] + counts[EMPTY]


def _figures(counts: Counter[str]) -> tuple[Figure, ...]:
    whole = _asked_for(counts)
    return (
        Figure(
            key="share",
            title="Домашние задания записаны в срок",
            value=share(counts[IN_TIME], whole),
            kind="share",
            part=counts[IN_TIME],
            whole=whole,
            better="more",
        ),
        Figure(key=LATE, title="Позже срока", value=counts[LATE], kind="count", better="less"),
        Figure(key=EMPTY, title="Не записано", value=counts[EMPTY], kind="count", better="less"),
    )


def _charts(counts: Mapping[Place, Counter[str]], school: School) -> tuple[Chart, ...]:
    """By class, where there are several."""
    classes: dict[UUID, Counter[str]] = {}
    for place in class_subject.ordered(counts, school):
        own = classes.get(place[0], Counter())
        classes[place[0]] = own + counts[place]
    if len(classes) < 2:
        return ()
    series = ("В срок", tuple(share(own[IN_TIME], _asked_for(own)) for own in classes.values()))
    titles = tuple(school.classes[class_id].title for class_id in classes)
    return (Chart(title="Записано в срок, %", shape="bars", labels=titles, series=(series,), unit="%"),)
