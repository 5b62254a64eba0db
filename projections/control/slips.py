"""C-25: weekly paper slips (Усть-Белая 7.2): prepared, handed out by whom, received."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.people import Name
from ledger.school import School
from ledger.span import Span, monday_of
from projections import slip_register
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, Value, share
from projections.control.scope import classes_asked
from projections.reading import Reading

CODE, TITLE = "C-25", "Еженедельные распечатки"
COLUMNS = (
    Column(key="week", title="Неделя с", kind="day"),
    Column(key="class", title="Класс"),
    Column(key="pupil", title="Ученик"),
    Column(key="prepared", title="Подготовлена", kind="moment"),
    Column(key="handed", title="Выдана", kind="moment"),
    Column(key="by", title="Выдал(а)"),
    Column(key="receiver", title="Получил(а)"),
)
WEEK, FRIDAY = timedelta(days=7), timedelta(days=4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A slip that is due or was prepared; `row` of pages.slips, None: not prepared."""

    week: date
    pupil: UUID
    class_id: UUID
    row: Any | None


def report(reading: Reading, asked: Asked) -> Report:
    found = due(reading, asked)
    named = {p for each in found for p in (each.pupil, *_people(each.row))}
    names, school = reading.names(named), reading.school
    order = {person: n for n, person in enumerate(reading.sorted(list(names), names))}
    classes = {klass.id: n for n, klass in enumerate(classes_asked(school, asked))}
    found.sort(key=lambda each: (each.week, classes[each.class_id], order[each.pupil]))
    handed = sum(each.row is not None and each.row.handed_at is not None for each in found)
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(each, names, school) for each in found),
        figures=(
            Figure(
                key="handed",
                title="Распечатки выданы",
                value=share(handed, len(found)),
                kind="share",
                part=handed,
                whole=len(found),
                better="more",
            ),
        ),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The pupil whose slip it is."""
    week, pupil = date.fromisoformat(key.split("/")[0]), UUID(key.split("/")[1])
    for each in due(reading, asked):
        if (each.week, each.pupil) == (week, pupil):
            words = f"Распечатка за неделю с {week:%d.%m.%Y}"
            yield Behind(words=words, date=week, pupil=pupil, class_id=each.class_id)


def due(reading: Reading, asked: Asked) -> list[Due]:
    """One for each slip prepared, and for each week that is over and family on paper in it without one."""
    school, classes = reading.school, _classes(reading, asked)
    rows = reading.rows(
        "slips",
        "week BETWEEN %(first)s AND %(last)s",
        first=monday_of(asked.first),
        last=monday_of(asked.last),
    )
    found = {
        (row.week, row.pupil): Due(week=row.week, pupil=row.pupil, class_id=row.class_id, row=row)
        for row in rows
        if row.class_id in classes
    }
    for week in _weeks(asked, reading.today):
        for pupil, class_id in _on_paper(week, classes, school):
            found.setdefault((week, pupil), Due(week=week, pupil=pupil, class_id=class_id, row=None))
    return list(found.values())


def _classes(reading: Reading, asked: Asked) -> frozenset[UUID]:
    """Of a teacher the classes led."""
    days = Span(first=asked.first, last=asked.last)
    return frozenset(
        klass.id
        for klass in classes_asked(reading.school, asked)
        if asked.teacher is None
        or any(person == asked.teacher and span.overlaps(days) for person, span in klass.teachers)
    )


def _weeks(asked: Asked, today: date) -> Iterator[date]:
    """Mondays of weeks of the days asked for that are over."""
    week = monday_of(asked.first)
    while week <= asked.last and week + WEEK <= today:
        yield week
        week += WEEK


def _on_paper(week: date, classes: frozenset[UUID], school: School) -> Iterator[tuple[UUID, UUID]]:
    """Families on paper at the end of a week in which the class had lessons, with the class."""
    friday, taught = week + FRIDAY, classes & slip_register.taught(school, week)
    for pupil in school.pupils.values():
        if pupil.paper and pupil.on_paper(friday):
            class_id = pupil.class_on(friday)
            if class_id is not None and class_id in taught:
                yield pupil.id, class_id


def _people(row: Any | None) -> Iterator[UUID]:
    if row is not None:
        yield from (person for person in (row.handed_by, row.receiver) if person is not None)


def _line(each: Due, names: Mapping[UUID, Name], school: School) -> Line:
    row = each.row
    said: tuple[Value, ...] = (None,) * 4
    if row is not None:
        handed = school.local(row.handed_at) if row.handed_at is not None else None
        by, receiver = (names[p].short if p is not None else None for p in (row.handed_by, row.receiver))
        said = (school.local(row.prepared_at), handed, by, receiver)
    return Line(
        key=f"{each.week.isoformat()}/{each.pupil}",
        values=(each.week, school.classes[each.class_id].title, names[each.pupil].listed, *said),
    )
