"""A plan in an Excel workbook: values only. Formulas, errors and macros are refused, merged cells are told."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from commands.files.plan_archive import opened
from commands.files.plan_header import find_header
from commands.files.plan_sheet import Area, PlanSheet, PlanUnreadable, SheetLine
from commands.files.reading import Problem

MAX_COLUMNS = 60
MAX_LINES = 3_000  # of a sheet, empty ones too
MAX_AREAS = 5_000
FORMULA = "в ячейке формула: её значение меняется вслед за другими; вставьте вместо неё значение"
ERROR = "в ячейке ошибка Excel ({})"


def read_xlsx_sheet(file: str, data: bytes) -> PlanSheet:
    """The first sheet with a plan's headers. Raises PlanUnreadable."""
    archive = opened(data)
    try:
        sheets = list(_sheets(file, data, archive))
    except PlanUnreadable:
        raise
    except Exception as broken:  # openpyxl raises whatever a damaged part made it stumble on
        raise PlanUnreadable(f"книга повреждена и не читается ({type(broken).__name__})") from broken
    found = [sheet for sheet in sheets if _is_plan(sheet[1])]
    if not found:
        raise PlanUnreadable("ни на одном листе не найдена строка заголовков: нужен столбец «Тема» (topic)")
    title, sheet = found[0]
    notices = sheet.notices
    if len(found) > 1:
        others = ", ".join(f"«{other}»" for other, _ in found[1:])
        reason = f"прочитан лист «{title}»; на листах {others} тоже планы: загрузите их отдельными файлами"
        notices = (*notices, Problem(file=file, line=0, column="", reason=reason))
    return PlanSheet(file=file, lines=sheet.lines, merged=sheet.merged, lettered=True, notices=notices)


def _is_plan(sheet: PlanSheet) -> bool:
    try:
        find_header(sheet)
    except PlanUnreadable as why:
        if why.line:
            raise  # headers are there, and wrong
        return False
    return True


def _sheets(file: str, data: bytes, archive: zipfile.ZipFile) -> Iterator[tuple[str, PlanSheet]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    for each in book.worksheets:
        if each.sheet_state == "visible":
            merged = tuple(_areas(archive, each._worksheet_path))
            yield each.title, PlanSheet(file=file, lines=tuple(_lines(each)), merged=merged, lettered=True)


def _lines(sheet: Any) -> Iterator[SheetLine]:
    sheet.reset_dimensions()  # what a file says of its own size need not be so
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_LINES), start=1):
        cells = tuple(_text(cell.value) for cell in row)
        if not any(cells):
            continue
        wrong = {at: said for at, cell in enumerate(row) if (said := _wrong(cell))}
        yield SheetLine(number=number, cells=cells, wrong=wrong)


def _wrong(cell: Any) -> str:
    if cell.value is None:
        return ""
    return FORMULA if cell.data_type == "f" else ERROR.format(cell.value) if cell.data_type == "e" else ""


def _text(value: object) -> str:
    """As a person would have typed it into a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _areas(archive: zipfile.ZipFile, path: str) -> Iterator[Area]:
    """Merged cells of the sheet, which openpyxl does not tell when it reads row by row; nor of what lies below."""
    nth = 0
    with archive.open(path.lstrip("/")) as part:
        for _, element in iterparse(part):
            kind = element.tag.rpartition("}")[2]
            if kind == "row":
                _check_row(element)
            elif kind == "mergeCell":
                nth += 1
                if nth > MAX_AREAS:
                    raise PlanUnreadable(f"на листе больше {MAX_AREAS} объединённых ячеек: это не план")
                yield _area(element.get("ref", ""))


def _check_row(row: Any) -> None:
    number = row.get("r", "")
    if number.isdecimal() and int(number) > MAX_LINES and any(len(cell) for cell in row):
        raise PlanUnreadable(f"на листе заполнены строки ниже {MAX_LINES}-й: это не план", int(number))
    row.clear()  # else the whole sheet would stay in memory


def _area(name: str) -> Area:
    left, top, right, bottom = range_boundaries(name)
    return Area(name=name, top=top, bottom=bottom, left=left - 1, right=right - 1)
