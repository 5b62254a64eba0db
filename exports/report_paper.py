"""Any control report on paper (R-225): its table, what it comes to, charts, room for remarks and a signature."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Spacer

from exports.chart import drawings
from exports.fonts import SERIF, words
from exports.grid import LINE, STRONG, TINY, signature, table
from exports.heading import Heading, title_of
from exports.paper import HEAD, NARROW, SMALL, Imprint, p, sheets
from projections.control.report import Column, Report, Value
from projections.control.said import NUMBERS, figure_words, said

UPRIGHT, LYING = 210 * mm - 2 * NARROW, 297 * mm - 2 * NARROW
SIZE, PAD = 8.0, 5.0
WIDEST = 62 * mm  # of a column of text: longer ones go on below
LINES_FOR_REMARKS = 3
CELL = ParagraphStyle("cell", parent=SMALL, fontSize=SIZE, leading=SIZE * 1.2)
MOST = 3000  # lines: whoever prints asks before; a longer table is no paper to read


def pdf(report: Report, heading: Heading, imprint: Imprint) -> bytes:
    """Upright, or lying where the table needs it."""
    natural = _natural(report)
    lying = sum(natural) > UPRIGHT
    room = LYING if lying else UPRIGHT
    story = list(_story(report, heading, imprint, _fitted(report, natural, room), room))
    return sheets(story, imprint, title=title_of(report), landscape=lying, margin=NARROW)


def _story(
    report: Report, heading: Heading, imprint: Imprint, widths: list[float], room: float
) -> Iterator[Flowable]:
    yield p(heading.school, SMALL)
    yield p(title_of(report), HEAD)
    yield p("; ".join(f"{name}: {value}" for name, value in heading.about), SMALL)
    yield Spacer(1, 3 * mm)
    yield p("; ".join(f"{each.title}: {figure_words(each)}" for each in report.figures), STRONG)
    yield Spacer(1, 3 * mm)
    for chart in report.charts:
        for n, drawing in enumerate(drawings(chart)):
            drawing.hAlign = "LEFT"
            yield KeepTogether([*([p(chart.title, STRONG)] if n == 0 else []), drawing, Spacer(1, 3 * mm)])
    yield _table(report, widths) if report.lines else p("Строк нет.")
    yield Spacer(1, 2 * mm)
    for note in report.notes:
        yield p(note, SMALL)
    yield KeepTogether([*_remarks(room), signature(imprint, [("Проверил(а)", "")], width=room)])


def _table(report: Report, widths: list[float]) -> Flowable:
    head = [p(column.title, TINY) for column in report.columns]
    numbers = [n for n, column in enumerate(report.columns) if column.kind in NUMBERS | {"mark"}]
    rows = (
        [_cell(value, c, width) for value, c, width in zip(line.values, report.columns, widths, strict=True)]
        for line in report.lines
    )
    right = [("ALIGN", (n, 1), (n, -1), "RIGHT") for n in numbers]
    return table(head, rows, widths, size=SIZE, more=right)


def _cell(value: Value, column: Column, width: float) -> str | Flowable:
    """A paragraph only where the words do not fit or the font has not all of them: it costs a hundred times more."""
    text = "" if value is None and column.kind == "text" else said(value, column.kind)
    fits = stringWidth(text, SERIF, SIZE) <= width - 4 and "\n" not in text
    return text if fits and words(text) == escape(text) else p(text, CELL)


def _natural(report: Report) -> list[float]:
    """What each column would like: its longest value or the longest word of its title, no wider than WIDEST."""
    return [
        min(WIDEST, max(_least(column), *_values(report, n, column)) + PAD)
        for n, column in enumerate(report.columns)
    ]


def _least(column: Column) -> float:
    return max(stringWidth(word, SERIF, TINY.fontSize) for word in (*column.title.split(), "—" * 3))


def _values(report: Report, n: int, column: Column) -> Iterator[float]:
    yield 0.0
    for line in report.lines:
        yield stringWidth(said(line.values[n], column.kind), SERIF, SIZE)


def _fitted(report: Report, natural: list[float], room: float) -> list[float]:
    """The widths, brought to the sheet's: the widest columns of text give way first, down to the longest word of their
    title; then everybody does."""
    if sum(natural) <= room:
        return natural
    least = [_least(column) + PAD for column in report.columns]
    fitted = natural
    for most in range(int(WIDEST), 0, -4):
        fitted = [max(own, min(width, most)) for own, width in zip(least, natural, strict=True)]
        if sum(fitted) <= room:
            return fitted
    return [width * room / sum(fitted) for width in fitted]


def _remarks(room: float) -> Iterator[Flowable]:
    """Empty lines to write on (Perm 3.7: remarks of whoever controls)."""
    yield Spacer(1, 4 * mm)
    yield p("Замечания:", STRONG)
    for _ in range(LINES_FOR_REMARKS):
        yield HRFlowable(width=room, thickness=0.4, color=LINE, spaceBefore=6.5 * mm, spaceAfter=0)
    yield Spacer(1, 2 * mm)
