"""C-13: наполняемость отметок of a class (Усть-Белая 7.14(b1, b6)): marks against lessons, by pupil and subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from ledger.evidence import pages_of
from ledger.people import Name
from ledger.regulation import Regulation
from ledger.rules.marks import unmarked
from ledger.school import Journal
from ledger.timetable import Lesson
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.control.scope import class_words, pages_asked, span_of
from projections.reading import NoSuchPage, Reading
from projections.standings import Standing, standings

CODE, TITLE = "C-13", "Наполняемость отметок"
COLUMNS = (
    Column(key="pupil", title="Ученик"),
    Column(key="page", title="Класс, группа"),
    Column(key="subject", title="Предмет"),
    Column(key="marks", title="Отметок", kind="count", better="more"),
    Column(key="lessons", title="Уроков", kind="count"),
    Column(key="share", title="Наполняемость", kind="share", better="more"),
    Column(key="gap", title="Уроков подряд без отметки", kind="count", better="less"),
    Column(key="level", title="Уровень"),
    Column(key="needed", title="Нужно отметок", kind="count"),
    Column(key="forecast", title="Прогноз"),
)
NOTES = (
    "Уроки — проведённые за дни отчёта, на которых ученик должен был быть, и в прежнем классе тоже; отметка дробью"
    " считается по пункту акта об отметках дробью.",
    "Прогноз: сколько отметок будет к последнему дню отчёта, если их ставить так же часто.",
)
LEVELS = ("высокая", "средняя", "низкая")
_MARKS = (
    "pupil = ANY(%(pupils)s) AND journal = ANY(%(pages)s) AND value_kind = 'mark'"
    " AND date BETWEEN %(first)s AND %(last)s"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """Of one pupil in the subject of a page: `lessons` held, each with whether the pupil got a mark there; `marks` are
    all on the page, those for literacy given in another lesson among them (R-126)."""

    pupil: UUID
    page: Journal
    lessons: tuple[tuple[Lesson, bool], ...]
    marks: int
    standing: Standing | None

    @property
    def percent(self) -> float | None:
        return share(self.marks, len(self.lessons))

    @property
    def gap(self) -> int:
        """The most lessons in a row without a mark."""
        runs = (
            sum(1 for _ in own) for empty, own in groupby(self.lessons, lambda each: not each[1]) if empty
        )
        return max(runs, default=0)

    def level(self, regulation: Regulation) -> str:
        """P-18; "" where nothing was held."""
        if not self.lessons:
            return ""
        terms, part = regulation.fullness, self.marks / len(self.lessons)
        return LEVELS[0 if part >= terms.high else 1 if part >= terms.medium else 2]

    def forecast(self, planned: int) -> str:
        """`planned` lessons of the page in these days, held or still to come."""
        if self.standing is None or self.standing.exempt or not self.lessons:
            return ""
        if self.marks >= self.standing.needed:
            return "хватает"
        coming = max(planned, len(self.lessons))
        expected = self.marks * coming // len(self.lessons)
        return f"будет {expected}" if expected >= self.standing.needed else f"не хватит: будет {expected}"


def report(reading: Reading, asked: Asked) -> Report:
    """Raises NoSuchPage: no such class."""
    fills, regulation = fills_of(reading, asked), reading.regulation()
    names = reading.names(each.pupil for each in fills)
    levels = [each.level(regulation) for each in fills]
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(each, names, asked, reading) for each in _in_order(fills, names, reading)),
        figures=_figures(levels),
        notes=NOTES,
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """Every lesson of the pupil there, with a mark or without."""
    pupil, journal = map(UUID, key.split("/"))
    for each in fills_of(reading, asked):
        if (each.pupil, each.page.id) != (pupil, journal):
            continue
        for lesson, marked in each.lessons:
            words = "отметка" if marked else "без отметки"
            yield Behind(words=words, date=lesson.date, lesson=lesson.id, journal=lesson.journal, pupil=pupil)


def fills_of(reading: Reading, asked: Asked) -> list[Fill]:
    """Of the pupils on the list of a page at the end of the days, or today."""
    school, regulation = reading.school, reading.regulation()
    if asked.class_id not in school.classes:
        raise NoSuchPage(str(asked.class_id))
    on = max(asked.first, min(asked.last, reading.today))
    pages = [page for page in pages_asked(school, asked) if unmarked(page.id, school, regulation) is None]
    wanted = {
        page.id: [p for p in school.pupils_of(page.id, on) if page.pupil or not school.pupils[p].at_home(on)]
        for page in pages
    }
    brought = {
        (page, pupil): pages_of(school, page, pupil) for page, pupils in wanted.items() for pupil in pupils
    }
    marks = _marks(reading, asked, brought)
    known = standings(reading, wanted, span_of(asked))
    return [
        Fill(
            pupil=pupil,
            page=page,
            lessons=tuple(_filled(pupil, brought[page.id, pupil], marks, asked, reading)),
            marks=sum(sum(marks.get((pupil, each), {}).values()) for each in brought[page.id, pupil]),
            standing=known.get((page.id, pupil)),
        )
        for page in pages
        for pupil in wanted[page.id]
    ]


Marks = Mapping[tuple[UUID, UUID], Mapping[UUID, int]]


def _marks(reading: Reading, asked: Asked, brought: Mapping[tuple[UUID, UUID], Sequence[UUID]]) -> Marks:
    """By pupil and page, in it by lesson: how many, a fraction as P-25 says."""
    count = "count(*)" if reading.regulation().fractions.count == 1 else "sum(1 + (value LIKE '%%/%%')::int)"
    rows = reading.rows(
        "cells",
        _MARKS,
        columns=f"pupil, lesson, journal, {count}::int AS marks",
        grouped="pupil, lesson, journal",
        pupils=list({pupil for _, pupil in brought}),
        pages=list({page for own in brought.values() for page in own}),
        first=asked.first,
        last=asked.last,
    )
    found: dict[tuple[UUID, UUID], dict[UUID, int]] = {}
    for row in rows:
        found.setdefault((row.pupil, row.journal), {})[row.lesson] = row.marks
    return found


def _filled(
    pupil: UUID, pages: Sequence[UUID], marks: Marks, asked: Asked, reading: Reading
) -> Iterator[tuple[Lesson, bool]]:
    """Lessons held at which the pupil was to be, wherever he sat, in order of time."""
    by_journal = reading.school.timetable.by_journal
    own = [
        (lesson, lesson.id in marks.get((pupil, page), ()))
        for page in pages
        for lesson in by_journal.get(page, ())
        if asked.first <= lesson.date <= asked.last and lesson.ends <= reading.now
    ]
    for lesson, marked in sorted(own, key=lambda each: each[0].starts):
        if reading.school.liable(pupil, lesson.journal, lesson.date):
            yield lesson, marked


def _in_order(fills: list[Fill], names: Mapping[UUID, Name], reading: Reading) -> Iterator[Fill]:
    """By subject as the pages stand, in it by name."""
    for _, own in groupby(fills, lambda each: each.page.id):
        known = {each.pupil: each for each in own}
        yield from (known[pupil] for pupil in reading.sorted(list(known), dict(names)))


def _line(each: Fill, names: Mapping[UUID, Name], asked: Asked, reading: Reading) -> Line:
    school, regulation = reading.school, reading.regulation()
    days = span_of(asked)
    planned = sum(lesson.date in days for lesson in school.timetable.by_journal.get(each.page.id, ()))
    return Line(
        key=f"{each.pupil}/{each.page.id}",
        values=(
            names[each.pupil].listed,
            class_words(each.page, reading),
            school.subjects[each.page.subject].title,
            *(each.marks, len(each.lessons), each.percent, each.gap, each.level(regulation)),
            each.standing.needed if each.standing is not None else None,
            each.forecast(planned),
        ),
    )


def _figures(levels: Sequence[str]) -> tuple[Figure, ...]:
    known = [level for level in levels if level]
    betters = ("more", "", "less")
    return tuple(
        Figure(
            key=f"level:{level}",
            title=f"Наполняемость {level}",
            value=share(known.count(level), len(known)),
            kind="share",
            part=known.count(level),
            whole=len(known),
            better=better,  # type: ignore[arg-type]
        )
        for level, better in zip(LEVELS, betters, strict=True)
    )
