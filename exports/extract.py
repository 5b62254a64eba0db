"""A certified extract of a journal page (R-254): marks and lessons as they stood at a position, to be signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from exports.fonts import BOLD, SERIF
from exports.paper import HEAD, SMALL, p, printed

COLUMNS_A_TABLE = 17
NAME, CELL, MEAN = 44 * mm, 5.9 * mm, 10 * mm


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """All in words: `days` head the columns, a row is a name, its cells parallel to the days, the mean and the mark of
    the period; `lessons` are (day, topic, homework)."""

    school: str
    title: str
    teachers: str
    period: str
    moment: str
    days: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], str, str], ...]
    lessons: tuple[tuple[str, str, str], ...]
    foot: str
    qr: str


def pdf(extract: Extract) -> bytes:
    return printed(list(_story(extract)), title=f"Выписка: {extract.title}", foot=extract.foot, qr=extract.qr)


def _story(extract: Extract) -> Iterator[Flowable]:
    yield p("ВЫПИСКА ИЗ ЭЛЕКТРОННОГО ЖУРНАЛА", HEAD)
    yield p(extract.title, HEAD)
    yield Spacer(1, 3 * mm)
    yield p(f"{extract.school}. {extract.period}. Учитель: {extract.teachers or '—'}")
    yield p(f"Страница показана такой, какой она была {extract.moment}.")
    for first in range(0, max(1, len(extract.days)), COLUMNS_A_TABLE):
        yield Spacer(1, 2 * mm)
        yield _marks(extract, first)
    yield Spacer(1, 4 * mm)
    yield _lessons(extract.lessons)
    yield Spacer(1, 6 * mm)
    yield KeepTogether([p("Выписка верна"), _signature()])


def _marks(extract: Extract, first: int) -> Table:
    """As many columns as a sheet holds; the last table has the means and the marks of the period too."""
    last = first + COLUMNS_A_TABLE
    ends = last >= len(extract.days)
    days = [day.replace(".", "\n") for day in extract.days[first:last]]
    head = ["№", "Фамилия, имя", *days, *(("ср.", "итог") if ends else ())]
    rows = [
        [str(number), p(name, SMALL), *cells[first:last], *((mean, mark) if ends else ())]
        for number, (name, cells, mean, mark) in enumerate(extract.rows, 1)
    ]
    widths = [6 * mm, NAME, *[CELL] * len(days), *((MEAN, MEAN) if ends else ())]
    table = Table([head, *rows], colWidths=widths, repeatRows=1, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
                ("FONT", (0, 0), (-1, -1), SERIF, 8),
                ("FONT", (0, 0), (-1, 0), BOLD, 7, 8),
                ("ALIGN", (2, 0), (-1, -1), "CENTER"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 1),
                ("RIGHTPADDING", (0, 0), (-1, -1), 1),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
            ]
        )
    )
    return table


def _lessons(lessons: Sequence[tuple[str, str, str]]) -> Table:
    head = [
        Paragraph(f"<b>{word}</b>", SMALL) for word in ("Число", "Что пройдено на уроке", "Домашнее задание")
    ]
    rows = [[p(each, SMALL) for each in line] for line in lessons]
    table = Table([head, *rows], colWidths=[16 * mm, 84 * mm, 70 * mm], repeatRows=1, hAlign="LEFT")
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    return table


def _signature() -> Table:
    table = Table(
        [["должность", "подпись", "фамилия, инициалы", "дата"], ["М. П.", "", "", ""]],
        colWidths=[50 * mm, 35 * mm, 50 * mm, 35 * mm],
        rowHeights=[10 * mm, 12 * mm],
    )
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), SERIF, 8),
                ("LINEABOVE", (0, 0), (-1, 0), 0.6, colors.black),
                ("ALIGN", (0, 0), (-1, -1), "CENTER"),
                ("VALIGN", (0, 0), (-1, 0), "TOP"),
            ]
        )
    )
    return table
