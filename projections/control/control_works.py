"""C-10: control works and internal monitoring (Усть-Белая 9.2, 9.5(b6)): how they were written and when entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ledger.alphabet import plain
from ledger.period_sheet import PERIOD
from ledger.school import Journal, School
from projections.columns import title_of
from projections.control.report import Asked, Behind, Chart, Column, Figure, Line, Report, share
from projections.control.scope import class_words, pages_asked, terms_of
from projections.means import fraction_parts
from projections.reading import Reading

CODE, TITLE = "C-10", "Контрольные работы"
DEGREES = {5: 100, 4: 64, 3: 36, 2: 16, 1: 7}  # what a mark adds to the degree of learning, «СОУ» (C-10)
COLUMNS = (
    Column(key="date", title="Дата", kind="day"),
    Column(key="class", title="Класс"),
    Column(key="subject", title="Предмет"),
    Column(key="work", title="Работа"),
    Column(key="enrolled", title="По списку", kind="count"),
    Column(key="wrote", title="Писали", kind="count", better="more"),
    *(Column(key=f"n{mark}", title=f"«{mark}»", kind="count") for mark in DEGREES),
    Column(key="mean", title="Средний балл", kind="mean", better="more"),
    Column(key="success", title="Успеваемость", kind="share", better="more"),
    Column(key="quality", title="Качество", kind="share", better="more"),
    Column(key="degree", title="СОУ", kind="share", better="more"),
    Column(key="late", title="Внесено после срока", kind="count", better="less"),
    Column(key="above", title="Выше отметки за период", kind="count"),
    Column(key="same", title="Как отметка за период", kind="count"),
    Column(key="below", title="Ниже отметки за период", kind="count"),
)
NOTES = (
    "Отметка дробью входит в счёт первой своей частью, в средний балл — по пункту акта об отметках дробью.",
    "Работы, написанные позже теми, кто отсутствовал, отдельными строками не показаны.",
)

WORKS = (
    "journal = ANY(%(pages)s) AND kind = ANY(%(kinds)s) AND date BETWEEN %(first)s AND %(last)s"
    " AND makes_up IS NULL AND source IS NULL"
)
# Of each work and value: how many, how many late, and beside which mark of the reporting period of that day.
_MARKS = """
    SELECT c.work, c.value, p.value AS period, count(*)::int AS marks, count(c.delay)::int AS late
    FROM pages.cells c
    LEFT JOIN unnest(%(pages)s::uuid[], %(periods)s::uuid[], %(begins)s::date[], %(ends)s::date[])
        AS t(journal, period, first, last) ON t.journal = c.journal AND c.date BETWEEN t.first AND t.last
    LEFT JOIN pages.period_marks p ON p.school_id = c.school_id AND p.journal = c.journal AND p.pupil = c.pupil
        AND p.period = t.period AND p.kind = %(kind)s
        AND p.since <= %(position)s AND (p.until IS NULL OR p.until > %(position)s)
    WHERE c.school_id = %(school)s AND c.value_kind = 'mark' AND c.work = ANY(%(works)s) AND c.work <> c.lesson
        AND c.date BETWEEN %(first)s AND %(last)s
        AND c.since <= %(position)s AND (c.until IS NULL OR c.until > %(position)s)
    GROUP BY c.work, c.value, p.value"""


@dataclass(kw_only=True, slots=True)
class Written:
    """What the marks of a work, or of several, come to. `numbers` are what the mean is of, by how often."""

    counts: dict[int, int] = field(default_factory=lambda: dict.fromkeys(DEGREES, 0))
    total: Decimal = Decimal(0)
    numbers: int = 0
    late: int = 0
    above: int = 0
    same: int = 0
    below: int = 0

    @property
    def wrote(self) -> int:
        return sum(self.counts.values())

    @property
    def good(self) -> int:
        return self.counts[5] + self.counts[4]

    @property
    def enough(self) -> int:
        return self.good + self.counts[3]

    @property
    def mean(self) -> float | None:
        return round(float(self.total / self.numbers), 2) if self.numbers else None

    @property
    def degree(self) -> float | None:
        return share(sum(DEGREES[mark] * n for mark, n in self.counts.items()), 100 * self.wrote)

    def add(self, row: Any, mode: str) -> None:
        first = int(row.value.split("/")[0])
        self.counts[first] += row.marks
        for part in fraction_parts(row.value, mode):
            self.total += part * row.marks
            self.numbers += row.marks
        self.late += row.late
        if row.period is not None and row.period.isdigit():
            period = int(row.period)
            self.above += row.marks * (first > period)
            self.same += row.marks * (first == period)
            self.below += row.marks * (first < period)

    def join(self, other: Written) -> None:
        for mark, n in other.counts.items():
            self.counts[mark] += n
        self.total += other.total
        self.numbers += other.numbers
        self.late += other.late


def report(reading: Reading, asked: Asked) -> Report:
    pages = {page.id: page for page in pages_asked(reading.school, asked)}
    works = _works(reading, asked, pages)
    written = _written(reading, asked, pages, works)
    words = {page: class_words(pages[page], reading) for page in {work.journal for work in works}}
    enrolled = _enrolled(works, reading.school)
    lines = tuple(
        _line(work, written[work.work], words, enrolled[work.journal, work.date], reading) for work in works
    )
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=lines,
        figures=_figures(written.values(), len(works)),
        charts=_charts(works, written, reading.school),
        notes=NOTES,
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The mark of everybody who wrote the work."""
    rows = reading.rows(
        "cells",
        "work = %(work)s AND value_kind = 'mark' AND date BETWEEN %(first)s AND %(last)s",
        columns="lesson, journal, work, pupil, date, value, delay",
        work=UUID(key),
        first=asked.first,
        last=asked.last,
    )
    cells = {row.pupil: row for row in rows}
    names = reading.names(cells)
    for pupil in reading.sorted(list(cells), names):
        row = cells[pupil]
        late = ", внесена после срока" if row.delay is not None else ""
        yield Behind(
            words=f"{names[pupil].listed} — {row.value}{late}",
            date=row.date,
            lesson=row.lesson,
            journal=row.journal,
            work=row.work,
            pupil=pupil,
        )


def _works(reading: Reading, asked: Asked, pages: Mapping[UUID, Journal]) -> list[Any]:
    """Of days that have come, in order of time."""
    kinds = reading.regulation().work_kinds
    rows = reading.rows(
        "works",
        WORKS,
        columns="lesson, work, journal, date, kind, title, makes_up, source",
        pages=list(pages),
        kinds=[key for key, kind in kinds.items() if kind.control or kind.monitoring],
        first=asked.first,
        last=min(asked.last, reading.today),
    )
    order = {page: n for n, page in enumerate(pages)}
    return sorted(rows, key=lambda row: (row.date, order[row.journal], row.work))


def _written(
    reading: Reading, asked: Asked, pages: Mapping[UUID, Journal], works: Iterable[Any]
) -> dict[UUID, Written]:
    found = {work.work: Written() for work in works}
    school, mode = reading.school, reading.regulation().fractions.mean
    spans = [
        (page, term.id, term.span.first, term.span.last)
        for page in dict.fromkeys(work.journal for work in works)
        for term in terms_of(school.classes[pages[page].class_id], school)
    ]
    journals, periods, begins, ends = ([span[n] for span in spans] for n in range(4))
    rows = reading.query(
        _MARKS,
        pages=journals,
        periods=periods,
        begins=begins,
        ends=ends,
        works=list(found),
        kind=PERIOD,
        first=asked.first,
        last=asked.last,
    )
    for row in rows:
        found[row.work].add(row, mode)
    return found


def _line(work: Any, written: Written, words: Mapping[UUID, str], enrolled: int, reading: Reading) -> Line:
    wrote = written.wrote
    return Line(
        key=str(work.work),
        values=(
            work.date,
            words[work.journal],
            reading.school.subject_of(work.journal).title,
            title_of(work, work.date, reading.regulation()),
            *(enrolled, wrote, *written.counts.values()),
            *(written.mean, share(written.enough, wrote), share(written.good, wrote), written.degree),
            *(written.late, written.above, written.same, written.below),
        ),
    )


def _enrolled(works: Iterable[Any], school: School) -> dict[tuple[UUID, date], int]:
    """How many were on the list of the page that day."""
    days = {(work.journal, work.date) for work in works}
    return {(journal, on): len(school.pupils_of(journal, on)) for journal, on in days}


def _figures(written: Iterable[Written], works: int) -> tuple[Figure, ...]:
    whole = Written()
    for each in written:
        whole.join(each)
    return (
        Figure(key="works", title="Контрольных работ", value=works, kind="count"),
        _share("success", "Успеваемость", whole.enough, whole.wrote),
        _share("quality", "Качество", whole.good, whole.wrote),
        Figure(key="degree", title="СОУ", value=whole.degree, kind="share", better="more"),
        Figure(key="late", title="Внесено после срока", value=whole.late, kind="count", better="less"),
    )


def _share(key: str, title: str, part: int, whole: int) -> Figure:
    value = share(part, whole)
    return Figure(key=key, title=title, value=value, kind="share", part=part, whole=whole, better="more")


def _charts(works: Iterable[Any], written: Mapping[UUID, Written], school: School) -> tuple[Chart, ...]:
    """By subject; of one subject by class."""
    by_subject, by_class = _Sums(), _Sums()
    for work in works:
        by_subject.add(school.subject_of(work.journal).title, written[work.work])
        by_class.add(school.klass_of(work.journal).title, written[work.work])
    if len(by_subject.sums) > 1:
        return (by_subject.chart("Контрольные работы по предметам", sorted(by_subject.sums, key=plain)),)
    if by_class.sums:
        classes = sorted(by_class.sums, key=lambda title: (len(title), title))
        return (by_class.chart("Контрольные работы по классам", classes),)
    return ()


@dataclass(frozen=True, slots=True)
class _Sums:
    """Works put together by a word."""

    sums: dict[str, Written] = field(default_factory=dict)

    def add(self, word: str, written: Written) -> None:
        self.sums.setdefault(word, Written()).join(written)

    def chart(self, title: str, labels: list[str]) -> Chart:
        own = [self.sums[label] for label in labels]
        return Chart(
            title=title,
            shape="bars",
            labels=tuple(labels),
            series=(
                ("Успеваемость", tuple(share(each.enough, each.wrote) for each in own)),
                ("Качество", tuple(share(each.good, each.wrote) for each in own)),
            ),
            unit="%",
        )
