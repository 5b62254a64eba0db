"""One CSV file to rows of its class, every cell that cannot be taken named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from commands.files.csv_column import Column, columns_of
from commands.files.csv_text import CsvLine, Unreadable, clean_cell, read_lines
from commands.files.names import match_key, tidy
from commands.files.reading import Problem


@dataclass(frozen=True, kw_only=True)
class Table:
    """rows: instances of the file's row class; headers: field name → header as this file writes it."""

    file: str
    rows: tuple[Any, ...]
    headers: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_table(file: str, row: type, data: bytes) -> Table:
    problems: list[Problem] = []
    rows: list[Any] = []
    headers: dict[str, str] = {}
    try:
        lines = read_lines(file, data)
        header = next(lines, None)
        if header is None:
            reason = "файл пуст: нет даже строки заголовков"
            problems.append(Problem(file=file, line=0, column="", reason=reason))
        else:
            places = place_columns(file, header, columns_of(row), problems)
            headers = {each.field: tidy(header.cells[at]) for at, each in places.items()}
            if not problems:  # under wrong headers every line would be wrong, and say nothing new
                rows = read_rows(file, row, places, header, lines, problems)
    except Unreadable as unreadable:
        problems.append(unreadable.problem)
    return Table(file=file, rows=tuple(rows), headers=headers, problems=tuple(problems))


def place_columns(
    file: str, header: CsvLine, columns: tuple[Column, ...], problems: list[Problem]
) -> dict[int, Column]:
    """Position in the line → column; unknown, repeated and missing headers become problems."""
    spellings = {match_key(word): each for each in columns for word in (each.name, *each.aliases)}
    places: dict[int, Column] = {}
    for at, cell in enumerate(header.cells):
        found = spellings.get(match_key(cell))
        if found is None:
            known = ", ".join(each.name for each in columns)
            reason = f"столбец {at + 1} «{tidy(cell)[:60]}» неизвестен; бывают: {known}"
            problems.append(Problem(file=file, line=header.number, column=tidy(cell)[:60], reason=reason))
        elif found in places.values():
            reason = f"столбец «{found.name}» стоит дважды"
            problems.append(Problem(file=file, line=header.number, column=tidy(cell), reason=reason))
        else:
            places[at] = found
    for each in columns:
        if each.required and each not in places.values():
            reason = f"нет столбца «{each.name}» ({each.aliases[0]})"
            problems.append(Problem(file=file, line=header.number, column=each.name, reason=reason))
    return places


def read_rows(
    file: str,
    row: type,
    places: Mapping[int, Column],
    header: CsvLine,
    lines: Iterable[CsvLine],
    problems: list[Problem],
) -> list[Any]:
    rows = []
    for line in lines:
        if len(line.cells) != len(header.cells):
            reason = f"в строке {len(line.cells)} ячеек, а столбцов {len(header.cells)}"
            problems.append(Problem(file=file, line=line.number, column="", reason=reason))
            continue
        before = len(problems)
        values: dict[str, Any] = {}
        for at, each in places.items():
            try:
                values |= read_cell(each, line.cells[at])
            except ValueError as error:
                column = tidy(header.cells[at])
                problems.append(Problem(file=file, line=line.number, column=column, reason=str(error)))
        if len(problems) == before:
            rows.append(row(line=line.number, **values))
    return rows


def read_cell(column: Column, cell: str) -> dict[str, Any]:
    """The field and its value; nothing where an empty cell leaves the field its default."""
    clean = clean_cell(cell)
    if clean:
        return {column.field: column.parse(clean)}
    if column.required:
        raise ValueError("ячейка пуста, а без неё нельзя")
    return {}
