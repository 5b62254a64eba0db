"""C-05: how far each page of the journal has come by its plan (Perm 2.2, 3.6; Усть-Белая 9.2), since the year began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from ledger.people import Name
from ledger.plan import HOUR
from projections import plan_fulfilment
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.control.scope import about_page, class_words, pages_asked
from projections.plan_fulfilment import Fulfilment
from projections.reading import Reading

CODE, TITLE = "C-05", "Выполнение программы"
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="subject", title="Предмет"),
    Column(key="teacher", title="Учитель"),
    Column(key="curriculum", title="Часов в год по учебному плану", kind="hours"),
    Column(key="whole", title="Часов в год по КТП", kind="hours"),
    Column(key="planned", title="По КТП на дату", kind="hours"),
    Column(key="held", title="Проведено", kind="hours"),
    Column(key="substituted", title="Из них замены", kind="count"),
    Column(key="moved", title="Переносы", kind="count"),
    Column(key="extracurricular", title="Внеурочные", kind="count"),
    Column(key="distance", title="Дистанционно", kind="count"),
    Column(key="lag", title="Отставание", kind="hours", better="less"),
    Column(key="percent", title="Выполнение", kind="share", better="more"),
    Column(key="owed", title="Не пройдены темы", kind="count", better="less"),
    Column(key="departures", title="Отступления от КТП", kind="count", better="less"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """Sums of pages, in hundredths of an hour."""

    planned: int
    held: int

    @classmethod
    def of(cls, rows: Iterable[Fulfilment]) -> Hours:
        own = tuple(rows)
        return cls(planned=sum(row.planned for row in own), held=sum(row.held for row in own))

    @property
    def lag(self) -> int:
        return self.planned - self.held


def report(reading: Reading, asked: Asked) -> Report:
    rows, words = fulfilled(reading, asked), _words(reading, asked)
    names = reading.names({person for row in rows for person in row.teachers})
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(row, words[row.journal], names) for row in rows),
        figures=figures(rows),
        notes=notes(rows),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The lines of the plan no lesson took, then the lessons whose topic is not the plan's."""
    journal = UUID(key)
    for row in fulfilled(reading, about_page(asked, journal, reading.school)):
        if row.journal != journal:
            continue
        for owed in row.owed:
            words = f"Не пройдена тема {owed.place}: {owed.topic}"
            yield Behind(words=words, date=owed.due, journal=journal)
        for gone in row.departures:
            said = "отступление отмечено" if gone.marked else "темы нет в КТП"
            yield Behind(words=f"{gone.topic} ({said})", date=gone.date, lesson=gone.lesson, journal=journal)


def fulfilled(reading: Reading, asked: Asked) -> tuple[Fulfilment, ...]:
    """Of the pages asked for, up to the last day of them; in order of class and subject. A page nobody has planned and
    where nothing was held is left out."""
    pages = [page.id for page in pages_asked(reading.school, asked)]
    found = plan_fulfilment.page(reading, pages, asked.last).rows
    return tuple(row for row in found if row.plan is not None or row.held or row.curriculum)


def figures(rows: Iterable[Fulfilment]) -> tuple[Figure, ...]:
    own = tuple(rows)
    hours, lagging = Hours.of(row for row in own if row.plan is not None), [r for r in own if r.lag > 0]
    return (
        Figure(
            key="percent",
            title="Выполнение программы",
            value=share(hours.held, hours.planned),
            kind="share",
            part=hours.held // HOUR,
            whole=hours.planned // HOUR,
            better="more",
        ),
        Figure(key="lag", title="Отставание, ч", value=hours.lag, kind="hours", better="less"),
        Figure(
            key="lagging",
            title="Страниц журнала с отставанием",
            value=len(lagging),
            kind="count",
            part=len(lagging),
            whole=len(own),
            better="less",
        ),
    )


def notes(rows: Iterable[Fulfilment]) -> tuple[str, ...]:
    unplanned = sum(row.plan is None for row in rows)
    said = (
        "Часы считаются с начала учебного года до последнего дня отчёта; проведён урок, у которого есть тема.",
    )
    if not unplanned:
        return said
    return (*said, f"Страниц без КТП: {unplanned}; в общий процент они не входят.")


def _line(row: Fulfilment, words: str, names: Mapping[UUID, Name]) -> Line:
    return Line(
        key=str(row.journal),
        values=(
            words,
            row.subject,
            ", ".join(names[person].short for person in row.teachers if person in names),
            *(row.curriculum, row.whole, row.planned, row.held),
            *(row.substituted, row.moved, row.extracurricular, row.distance),
            *(row.lag if row.plan is not None else None, row.percent),
            *(len(row.owed), len(row.departures)),
        ),
    )


def _words(reading: Reading, asked: Asked) -> dict[UUID, str]:
    return {page.id: class_words(page, reading) for page in pages_asked(reading.school, asked)}
