"""C-02 and C-03: pupils without marks and with one mark (Perm 3.6), by class and subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from ledger.evidence import steady
from ledger.people import Name
from ledger.regulation import Regulation
from ledger.rules.marks import unmarked
from ledger.school import School
from projections.control import class_subject
from projections.control.class_subject import Place, place_of
from projections.control.held import lessons_held
from projections.control.report import Asked, Behind, Chart, Column, Figure, Line, Report, share
from projections.reading import Reading

COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="subject", title="Предмет"),
    Column(key="pupils", title="Учеников", kind="count"),
    Column(key="few", title="Из них", kind="count", better="less"),
    Column(key="share", title="Доля", kind="share", better="less"),
    Column(key="who", title="Кто"),
)
NOTE = (
    "Считаются ученики, которые должны были быть хотя бы на одном проведённом уроке и не освобождены;"
    " перешедшему из класса в класс засчитываются отметки по предмету из обоих."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Few:
    """How many marks are meant."""

    code: str
    title: str
    marks: int


NONE = Few(code="C-02", title="Ученики без отметок", marks=0)
ONE = Few(code="C-03", title="Ученики с одной отметкой", marks=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Of a class and subject: who is to have marks, and who of them has so few."""

    place: Place
    pupils: frozenset[UUID]
    few: tuple[UUID, ...]


def report(few: Few, reading: Reading, asked: Asked) -> Report:
    found, school = find(few, reading, asked), reading.school
    names = reading.names({pupil for each in found for pupil in each.few})
    return Report(
        code=few.code,
        title=few.title,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(each, names, reading) for each in found),
        figures=(_figure(few, found),),
        charts=_charts(few, found, school),
        notes=(NOTE,),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(few: Few, reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """Each pupil on the page of the class, with the mark where there is one."""
    place = class_subject.of_key(key)
    found = next((each for each in find(few, reading, asked) if each.place == place), None)
    if found is None:
        return
    names, marks = reading.names(found.few), _standing(found, reading, asked)
    for pupil in reading.sorted(found.few, names):
        mark = marks.get(pupil)
        yield Behind(
            words=f"{names[pupil].listed}: {mark.value}" if mark else names[pupil].listed,
            date=mark.date if mark else None,
            lesson=mark.lesson if mark else None,
            work=mark.work if mark else None,
            journal=mark.journal if mark else _page_of(pupil, place, asked.last, reading.school),
            pupil=pupil,
            class_id=place[0],
        )


without_marks, behind_without_marks = partial(report, NONE), partial(behind, NONE)
with_one_mark, behind_one_mark = partial(report, ONE), partial(behind, ONE)


def find(few: Few, reading: Reading, asked: Asked) -> tuple[Found, ...]:
    """In the order of classes and subjects; a class where nobody is to have marks is not there."""
    expected = _expected(reading, asked)
    marks = _marks(reading, asked, expected)
    return tuple(
        Found(
            place=place,
            pupils=frozenset(expected[place]),
            few=tuple(pupil for pupil in expected[place] if marks[pupil, place[1]] == few.marks),
        )
        for place in class_subject.ordered(expected, reading.school)
    )


def _expected(reading: Reading, asked: Asked) -> dict[Place, set[UUID]]:
    """Whoever was liable at one lesson of a marked page that was held."""
    school, regulation = reading.school, reading.regulation()
    expected: dict[Place, set[UUID]] = defaultdict(set)
    for journal, days in _days(reading, asked, regulation).items():
        expected[place_of(journal, school)].update(
            pupil for pupil in school.members_ever(journal) if _liable_once(pupil, journal, days, school)
        )
    return {place: pupils for place, pupils in expected.items() if pupils}


def _days(reading: Reading, asked: Asked, regulation: Regulation) -> dict[UUID, list[date]]:
    """Days with lessons at which marks may be given, by page, ascending (P-12, P-21)."""
    found: dict[UUID, list[date]] = defaultdict(list)
    for lesson, _ in lessons_held(reading, asked):
        terms = regulation.extracurricular.get(lesson.mode)
        if terms is None or terms.marks:
            found[lesson.journal].append(lesson.date)
    return {page: days for page, days in found.items() if unmarked(page, reading.school, regulation) is None}


def _liable_once(pupil: UUID, journal: UUID, days: list[date], school: School) -> bool:
    return steady(pupil, journal, days[0], days[-1], school) or any(
        school.liable(pupil, journal, day) for day in days
    )


def _marks(
    reading: Reading, asked: Asked, expected: Mapping[Place, set[UUID]]
) -> dict[tuple[UUID, UUID], int]:
    """By pupil and subject: marks travel with a pupil from class to class (E-06). A fraction counts as P-25 says."""
    found: dict[tuple[UUID, UUID], int] = defaultdict(int)
    more = reading.regulation().fractions.count - 1
    counted = f"count(*) + {more:d} * count(*) FILTER (WHERE strpos(value, '/') > 0)"
    pupils = {pupil for own in expected.values() for pupil in own}
    few = "" if _of_all(asked) else " AND pupil = ANY(%(pupils)s)"
    rows = reading.rows(
        "cells",
        f"value_kind = 'mark' AND date BETWEEN %(first)s AND %(last)s{few}",
        columns=f"pupil, journal, {counted} AS marks",
        grouped="pupil, journal",
        first=asked.first,
        last=asked.last,
        pupils=list(pupils),
    )
    for row in rows:
        found[row.pupil, reading.school.journals[row.journal].subject] += row.marks
    return found


def _of_all(asked: Asked) -> bool:
    """Then one pass over the days is less than a look at every pupil."""
    return (asked.class_id, asked.teacher) == (None, None)


def _standing(found: Found, reading: Reading, asked: Asked) -> dict[UUID, Any]:
    """The last mark of each pupil in the subject."""
    pages = [p.id for p in reading.school.journals.values() if p.subject == found.place[1]]
    rows = reading.rows(
        "cells",
        "value_kind = 'mark' AND date BETWEEN %(first)s AND %(last)s"
        " AND pupil = ANY(%(pupils)s) AND journal = ANY(%(pages)s)",
        first=asked.first,
        last=asked.last,
        pupils=list(found.few),
        pages=pages,
    )
    return {row.pupil: row for row in sorted(rows, key=lambda row: (row.date, row.entry))}


def _page_of(pupil: UUID, place: Place, on: date, school: School) -> UUID | None:
    """The page of the class and subject the pupil is on, or was."""
    class_id, subject = place
    pages = [page.id for page in school.pages_of_class(class_id) if page.subject == subject]
    own = [page for page in pages if pupil in school.members_ever(page)]
    return next((page for page in own if school.enrolled(pupil, page, on)), own[0] if own else None)


def _line(found: Found, names: Mapping[UUID, Name], reading: Reading) -> Line:
    who = reading.sorted(found.few, dict(names))
    return Line(
        key=class_subject.key_of(found.place),
        values=(
            *class_subject.words(found.place, reading.school),
            len(found.pupils),
            len(found.few),
            share(len(found.few), len(found.pupils)),
            ", ".join(names[pupil].short for pupil in who),
        ),
    )


def _figure(few: Few, found: tuple[Found, ...]) -> Figure:
    """Of all pupils in all subjects asked for."""
    part, whole = sum(len(each.few) for each in found), sum(len(each.pupils) for each in found)
    return Figure(
        key="share",
        title=few.title,
        value=share(part, whole),
        kind="share",
        part=part,
        whole=whole,
        better="less",
    )


def _charts(few: Few, found: tuple[Found, ...], school: School) -> tuple[Chart, ...]:
    """By class, where there are several."""
    parts: dict[UUID, list[int]] = {}
    for each in found:
        sums = parts.setdefault(each.place[0], [0, 0])
        sums[0] += len(each.few)
        sums[1] += len(each.pupils)
    if len(parts) < 2:
        return ()
    series = (few.title, tuple(share(part, whole) for part, whole in parts.values()))
    titles = tuple(school.classes[class_id].title for class_id in parts)
    return (Chart(title=f"{few.title}, %", shape="bars", labels=titles, series=(series,), unit="%"),)
