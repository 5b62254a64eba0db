"""Any control report on paper (R-225): its table, what it comes to, charts, room for remarks and a signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Spacer

from exports.chart import drawings
from exports.fonts import SERIF, words
from exports.grid import LINE, STRONG, TINY, Upright, signature, table
from exports.heading import Heading, title_of
from exports.paper import HEAD, NARROW, SMALL, Imprint, p, sheets
from projections.control.report import Column, Report, Value
from projections.control.said import NUMBERS, figure_words, said

UPRIGHT, LYING = 210 * mm - 2 * NARROW, 297 * mm - 2 * NARROW
SIZE, PAD = 8.0, 5.0
WIDEST = 62 * mm  # of a column of text: longer ones go on below
LINES_FOR_REMARKS = 3
SQUEEZED = 0.55  # of what a column would like: heads are turned before words are broken any narrower
MANY = 8  # columns of numbers, whose heads are worth turning
HEAD_HEIGHT = 34 * mm  # of heads read from below
CELL = ParagraphStyle("cell", parent=SMALL, fontSize=SIZE, leading=SIZE * 1.2)
MOST = 3000  # lines: whoever prints asks before; a longer table is no paper to read


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layout:
    """Widths of the columns in a `room`; `turned`: heads of numbers are read from below."""

    widths: list[float]
    room: float
    turned: bool


def pdf(report: Report, heading: Heading, imprint: Imprint) -> bytes:
    """Upright, or lying where the table needs it."""
    layout = _laid_out(report)
    story = list(_story(report, heading, imprint, layout))
    lying = layout.room == LYING
    return sheets(story, imprint, title=title_of(report), landscape=lying, margin=NARROW)


def _laid_out(report: Report) -> _Layout:
    natural = _natural(report, turned=False)
    if sum(natural) <= UPRIGHT:
        return _Layout(widths=natural, room=UPRIGHT, turned=False)
    flat = _fitted(report, natural, turned=False)
    squeezed = min(width / own for width, own in zip(flat, natural, strict=True)) < SQUEEZED
    if not squeezed or sum(map(_is_narrow, report.columns)) < MANY:
        return _Layout(widths=flat, room=LYING, turned=False)
    return _Layout(
        widths=_fitted(report, _natural(report, turned=True), turned=True), room=LYING, turned=True
    )


def _story(report: Report, heading: Heading, imprint: Imprint, layout: _Layout) -> Iterator[Flowable]:
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
    yield _table(report, layout) if report.lines else p("Строк нет.")
    yield Spacer(1, 2 * mm)
    for note in report.notes:
        yield p(note, SMALL)
    yield KeepTogether([*_remarks(layout.room), signature(imprint, [("Проверил(а)", "")], width=layout.room)])


def _table(report: Report, layout: _Layout) -> Flowable:
    head = [
        Upright(column.title, height=HEAD_HEIGHT)
        if layout.turned and _is_narrow(column)
        else p(column.title, TINY)
        for column in report.columns
    ]
    rows = (
        [
            _cell(value, column, width)
            for value, column, width in zip(line.values, report.columns, layout.widths, strict=True)
        ]
        for line in report.lines
    )
    numbers = [n for n, column in enumerate(report.columns) if _is_narrow(column)]
    right = [("ALIGN", (n, 1), (n, -1), "RIGHT") for n in numbers]
    return table(head, rows, layout.widths, size=SIZE, more=right)


def _is_narrow(column: Column) -> bool:
    return column.kind in NUMBERS or column.kind == "mark"


def _cell(value: Value, column: Column, width: float) -> str | Flowable:
    """A paragraph only where the words do not fit or the font has not all of them: it costs a hundred times more."""
    text = "" if value is None and column.kind == "text" else said(value, column.kind)
    fits = stringWidth(text, SERIF, SIZE) <= width - 4 and "\n" not in text
    return text if fits and words(text) == escape(text) else p(text, CELL)


def _natural(report: Report, *, turned: bool) -> list[float]:
    """What each column would like: its longest value or the longest word of its title, no wider than WIDEST."""
    return [
        min(WIDEST, max(_least(column, turned=turned), *_values(report, n, column)) + PAD)
        for n, column in enumerate(report.columns)
    ]


def _least(column: Column, *, turned: bool) -> float:
    if turned and _is_narrow(column):
        return TINY.fontSize
    return max(stringWidth(word, SERIF, TINY.fontSize) for word in (*column.title.split(), "—" * 3))


def _values(report: Report, n: int, column: Column) -> Iterator[float]:
    yield 0.0
    for line in report.lines:
        yield stringWidth(said(line.values[n], column.kind), SERIF, SIZE)


def _fitted(report: Report, natural: list[float], *, turned: bool) -> list[float]:
    """The widths, brought to the sheet's: the widest columns of text give way first, down to the longest word of their
    title; then everybody does."""
    if sum(natural) <= LYING:
        return natural
    least = [_least(column, turned=turned) + PAD for column in report.columns]
    fitted = natural
    for most in range(int(WIDEST), 0, -4):
        fitted = [max(own, min(width, most)) for own, width in zip(least, natural, strict=True)]
        if sum(fitted) <= LYING:
            return fitted
    return [width * LYING / sum(fitted) for width in fitted]


def _remarks(room: float) -> Iterator[Flowable]:
    """Empty lines to write on (Perm 3.7: remarks of whoever controls)."""
    yield Spacer(1, 4 * mm)
    yield p("Замечания:", STRONG)
    for _ in range(LINES_FOR_REMARKS):
        yield HRFlowable(width=room, thickness=0.4, color=LINE, spaceBefore=6.5 * mm, spaceAfter=0)
    yield Spacer(1, 2 * mm)
