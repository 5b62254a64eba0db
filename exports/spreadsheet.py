"""A control report as a table for other programs: CSV and XLSX.

Both have the same shape: one line that says what it is, the head, the lines. What the report comes to and its notes
follow in a CSV and have a sheet of their own in an XLSX. Text that a spreadsheet would run as a formula stays text
(«=HYPERLINK(…)» in a comment)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from exports.heading import Heading, title_of
from projections.control.report import Column, Kind, Report, Value
from projections.control.said import NUMBERS, figure_words, number, said

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMATS: dict[Kind, str] = {
    "count": "0",
    "share": "0.0%",
    "mean": "0.00",
    "hours": "0.##",
    "day": "dd.mm.yyyy",
    "moment": "dd.mm.yyyy hh:mm",
}
NARROWEST, WIDEST = 6, 60  # letters
LOOKED_AT = 400  # lines that say how wide a column is
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31


def comma_separated(report: Report, heading: Heading) -> bytes:
    """UTF-8 with a byte order mark, semicolons and decimal commas: what a Russian spreadsheet opens by a click."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(f"{title_of(report)}. {heading.line}")])
    writer.writerow([harmless(_head(column)) for column in report.columns])
    writer.writerows(
        [_written(value, column.kind) for value, column in zip(line.values, report.columns, strict=True)]
        for line in report.lines
    )
    writer.writerow([])
    writer.writerows([harmless(each) for each in row] for row in _sums(report))
    return text.getvalue().encode("utf-8-sig")


def _head(column: Column) -> str:
    return f"{column.title}, %" if column.kind == "share" else column.title


def _sums(report: Report) -> Iterator[tuple[str, ...]]:
    yield from ((figure.title, figure_words(figure)) for figure in report.figures)
    yield from ((note,) for note in report.notes)


def _written(value: Value, kind: Kind) -> str:
    if value is None:
        return ""
    if kind in NUMBERS and isinstance(value, int | float):
        return number(value, kind)
    return harmless(said(value, kind))


def harmless(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(RUNS) else text


def workbook(report: Report, heading: Heading) -> bytes:
    """XLSX: numbers are numbers, shares per cent, days dates; the head stays in sight."""
    book = Workbook(write_only=True)
    book.properties.title = title_of(report)
    book.properties.creator = heading.school
    _lines(book, report, heading)
    _about(book, report, heading)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _lines(book: Workbook, report: Report, heading: Heading) -> None:
    """A cell is made once a column and filled anew for every row, which is written at once: a year has 30,000 rows."""
    sheet = book.create_sheet(_NOT_IN_A_TITLE.sub(" ", title_of(report))[:_LONGEST_TITLE])
    sheet.freeze_panes = "B3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(max(1, len(report.columns)))}{len(report.lines) + 2}"
    for n, column in enumerate(report.columns):
        sheet.column_dimensions[get_column_letter(n + 1)].width = _width(report, n, column)
    sheet.append([_text(WriteOnlyCell(sheet), f"{title_of(report)}. {heading.line}")])
    sheet.append([_text(_head_cell(sheet), column.title) for column in report.columns])
    cells = [(_cell(sheet, column.kind), _cell(sheet), column.kind) for column in report.columns]
    for line in report.lines:
        sheet.append(
            [
                _filled(number, text, _typed(v, k))
                for v, (number, text, k) in zip(line.values, cells, strict=True)
            ]
        )


def _width(report: Report, n: int, column: Column) -> int:
    """In letters, after the first lines."""
    said_first = (said(line.values[n], column.kind) for line in report.lines[:LOOKED_AT])
    return min(WIDEST, max(NARROWEST, len(column.title), *map(len, said_first)) + 2)


def _about(book: Workbook, report: Report, heading: Heading) -> None:
    sheet = book.create_sheet("О таблице")
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = WIDEST
    rows: Sequence[tuple[str, ...]] = [
        (heading.school,),
        (title_of(report),),
        *heading.about,
        (),
        *_sums(report),
    ]
    for row in rows:
        sheet.append([_text(_cell(sheet), each) for each in row])


def _cell(sheet: Any, kind: Kind = "text") -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell.number_format = FORMATS.get(kind, "General")
    cell.alignment = Alignment(wrap_text=kind == "text", vertical="top")
    return cell


def _head_cell(sheet: Any) -> WriteOnlyCell:
    cell = _cell(sheet)
    cell.font = Font(bold=True)
    return cell


def _filled(number: WriteOnlyCell, text: WriteOnlyCell, value: Value) -> WriteOnlyCell | None:
    if value is None:
        return None
    if isinstance(value, str):
        return _text(text, value)
    number.value = value
    return number


def _text(cell: WriteOnlyCell, text: str) -> WriteOnlyCell:
    """A string whatever it begins with; letters a file cannot hold are left out."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(RUNS)
    return cell


def _typed(value: Value, kind: Kind) -> Value:
    if kind == "mark" and isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    if kind in ("share", "hours") and isinstance(value, int | float):
        return value / 100
    return value
