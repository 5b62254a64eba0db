"""The bytes of one CSV file to lines of cells, refusing what would deceive whoever opens it later."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from commands.files.encoding import decode
from commands.files.names import tidy
from commands.files.reading import Problem

MAX_BYTES = 20 * 1024 * 1024
MAX_FIELD = 1_000
# A spreadsheet that opens an export of ours would run these (OWASP, CSV injection); full-width twins too.
FORMULA = re.compile(r"[\t\r]|\s*([=+@＝＋＠]|-.)")
HIDDEN = (
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
)  # control, format (bidi overrides, zero width), surrogate, private, none


class Unreadable(Exception):
    """The file as a whole cannot be read; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class CsvLine:
    number: int
    cells: tuple[str, ...]


def read_lines(file: str, data: bytes) -> Iterator[CsvLine]:
    """Lines with at least one filled cell, raw cells, 1-based numbers of the line a record begins on."""
    text = checked_text(file, data)
    delimiter = detect_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield CsvLine(number=begins, cells=tuple(cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(Problem(file=file, line=begins, column="", reason=csv_reason(error))) from error


def checked_text(file: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Unreadable(Problem(file=file, line=0, column="", reason="файл больше 20 МБ"))
    decoded = decode(data)
    if decoded is None or decoded.encoding != "utf-8":
        guess = decoded.encoding if decoded else "неизвестную"
        reason = f"файл не в кодировке UTF-8 (похоже на {guess}); сохраните его как «CSV UTF-8»"
        raise Unreadable(Problem(file=file, line=first_bad_line(data), column="", reason=reason))
    if "\0" in decoded.text:
        line = decoded.text.count("\n", 0, decoded.text.index("\0")) + 1
        reason = "в файле нулевые байты: это не текст"
        raise Unreadable(Problem(file=file, line=line, column="", reason=reason))
    return decoded.text


def first_bad_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 0


def detect_delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def csv_reason(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "кавычка открыта и не закрыта"
    if "field limit" in str(error):
        return "ячейка длиннее 131 072 знаков: скорее всего, кавычка открыта и не закрыта"
    if "expected after" in str(error):
        return "лишние знаки после закрывающей кавычки; кавычка внутри текста удваивается"
    return f"строка записана не по правилам CSV ({error})"


def clean_cell(cell: str) -> str:
    """The cell in order (NFC, single blanks), or ValueError: why a journal does not take such text."""
    if len(cell) > MAX_FIELD:
        raise ValueError(f"в ячейке {len(cell)} знаков, а можно не больше {MAX_FIELD}")
    if FORMULA.match(cell):
        raise ValueError("ячейка начинается как формула (=, +, -, @, табуляция): таблица её исполнит")
    hidden = next((letter for letter in cell if unicodedata.category(letter) in HIDDEN), "")
    if hidden:
        raise ValueError(f"в ячейке невидимый или управляющий знак U+{ord(hidden):04X}: наберите её заново")
    return tidy(cell)
