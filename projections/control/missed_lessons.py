"""C-08: missed lessons of a class with topics and homework, by pupil (Усть-Белая 9.2): what is to be caught up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from projections import missed_lessons
from projections.attendance_stats import categories_of
from projections.control.attendance import UNSTATED
from projections.control.held import lessons_held
from projections.control.report import Asked, Behind, Column, Figure, Line, Report
from projections.control.scope import pages_asked
from projections.missed_lessons import MissedLesson
from projections.reading import NoSuchPage, Reading

CODE, TITLE = "C-08", "Пропущенные уроки с темами"
COLUMNS = (
    Column(key="pupil", title="Ученик"),
    Column(key="date", title="Дата", kind="day"),
    Column(key="number", title="Урок", kind="count"),
    Column(key="subject", title="Предмет"),
    Column(key="topic", title="Тема"),
    Column(key="homework", title="Домашнее задание"),
    Column(key="category", title="Причина"),
    Column(key="made_up", title="Восполнено"),
)
MADE_UP = {True: "да", False: "нет", None: ""}
NOTES = (
    "Восполнено: работа, которую писали на уроке, написана позже; пусто — работы на уроке не было.",
    "Пропуски ученика, перешедшего из другого класса, показаны в том классе, где они были.",
)
Found = Mapping[UUID, tuple[MissedLesson, ...]]


def report(reading: Reading, asked: Asked) -> Report:
    """Raises NoSuchPage: no such class."""
    found = _found(reading, asked)
    whole = [each for own in found.values() for each in own]
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_lines(reading, found)),
        figures=_figures(reading, whole),
        notes=(*_totals(reading, found, whole), *NOTES),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The cell of the «н»."""
    pupil, lesson = map(UUID, key.split("/"))
    for each in _found(reading, asked).get(pupil, ()):
        if each.lesson == lesson:
            words = f"{each.subject}, урок {each.number}: {each.topic or 'темы нет'}"
            yield Behind(words=words, date=each.date, lesson=lesson, journal=each.journal, pupil=pupil)


def _found(reading: Reading, asked: Asked) -> Found:
    """On the pages of the class, by pupil."""
    school = reading.school
    if asked.class_id not in school.classes:
        raise NoSuchPage(str(asked.class_id))
    inside = Asked(first=asked.first, last=asked.last, class_id=asked.class_id, subject=asked.subject)
    pages = {page.id for page in pages_asked(school, inside)}
    given = None if asked.teacher is None else {lesson.id for lesson, _ in lessons_held(reading, asked)}
    members = {pupil for page in pages for pupil in school.members_ever(page)}
    known = missed_lessons.of_pupils(reading, members, asked.first, asked.last)
    wanted = {
        pupil: tuple(e for e in own if e.journal in pages and (given is None or e.lesson in given))
        for pupil, own in known.items()
    }
    return {pupil: own for pupil, own in wanted.items() if own}


def _lines(reading: Reading, found: Found) -> Iterator[Line]:
    names = reading.names(found)
    for pupil in reading.sorted(list(found), names):
        for each in found[pupil]:
            yield Line(
                key=f"{pupil}/{each.lesson}",
                values=(
                    names[pupil].listed,
                    *(each.date, each.number, each.subject, each.topic, each.homework),
                    *(each.category or UNSTATED, MADE_UP[each.made_up]),
                ),
            )


def _figures(reading: Reading, whole: Iterable[MissedLesson]) -> tuple[Figure, ...]:
    why = Counter(each.category for each in whole)
    categories = categories_of(reading, why)
    return (
        Figure(key="missed", title="Пропущено уроков", value=why.total(), kind="count", better="less"),
        *(
            Figure(key=f"category:{each}", title=each or UNSTATED, value=why[each], kind="count")
            for each in categories
        ),
    )


def _totals(reading: Reading, found: Found, whole: Iterable[MissedLesson]) -> Iterator[str]:
    subjects = Counter(each.subject for each in whole)
    if subjects:
        yield "По предметам: " + ", ".join(f"{title} — {n}" for title, n in subjects.most_common()) + "."
    names = reading.names(found)
    for pupil in reading.sorted(list(found), names):
        why = Counter(each.category or UNSTATED for each in found[pupil])
        said = ", ".join(f"{category} — {n}" for category, n in why.most_common())
        yield f"{names[pupil].listed}: {len(found[pupil])} ({said})."
