"""Rows that name rows of other files: each reference must hold, and takes the spelling of what it names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from commands.files.csv_column import columns_of
from commands.files.csv_rows import FILES
from commands.files.csv_school import at
from commands.files.csv_table import Table
from commands.files.names import class_key, match_key
from commands.files.reading import Problem

Fold = Callable[[str], str]
Index = Mapping[str, Mapping[str, str]]
# Where a file is referred to: by which field, and when two spellings are one.
REFERRED: Mapping[str, tuple[str, Fold]] = {
    "classes": ("name", class_key),
    "staff": ("id", match_key),
    "pupils": ("id", match_key),
    "subjects": ("subject", match_key),
    "bells": ("schedule", match_key),
}


def resolve(tables: Mapping[str, Table], problems: list[Problem]) -> dict[str, Table]:
    """The tables with every reference in its own spelling; broken ones become problems."""
    index = {file: spellings(tables[file], *about) for file, about in REFERRED.items()}
    resolved = {name: resolve_table(name, table, index, problems) for name, table in tables.items()}
    return resolve_groups(resolved, problems)


def spellings(table: Table, field: str, fold: Fold) -> dict[str, str]:
    return {fold(getattr(row, field)): getattr(row, field) for row in reversed(table.rows)}


def resolve_table(name: str, table: Table, index: Index, problems: list[Problem]) -> Table:
    references = [column for column in columns_of(FILES[name]) if column.refers]
    if not references:
        return table
    rows = []
    for row in table.rows:
        changed = {}
        for column in references:
            value = getattr(row, column.field)
            found = index[column.refers].get(REFERRED[column.refers][1](value)) if value else value
            if found is None:
                problems.append(at(table, row, column.field, f"«{value}» нет в файле {column.refers}.csv"))
            elif found != value:
                changed[column.field] = found
        rows.append(replace(row, **changed) if changed else row)
    return replace(table, rows=tuple(rows))


def resolve_groups(tables: Mapping[str, Table], problems: list[Problem]) -> dict[str, Table]:
    groups = {(row.class_name, match_key(row.group)): row.group for row in tables["groups"].rows}
    resolved = dict(tables)
    for name in ("group_members", "workload", "timetable"):
        table = tables[name]
        rows = tuple(resolve_group(table, row, groups, problems) for row in table.rows)
        resolved[name] = replace(table, rows=rows)
    return resolved


def resolve_group(
    table: Table, row: Any, groups: Mapping[tuple[str, str], str], problems: list[Problem]
) -> Any:
    if not row.group:
        return row
    found = groups.get((row.class_name, match_key(row.group)))
    if found is None:
        reason = f"группы «{row.group}» класса {row.class_name} нет в файле groups.csv"
        problems.append(at(table, row, "group", reason))
        return row
    return replace(row, group=found)


def duplicates(name: str, table: Table) -> list[Problem]:
    """Rows whose key was already there; the first one stays unnamed, the later ones are named."""
    fold = REFERRED["classes"][1] if name == "classes" else match_key
    key_columns = [column for column in columns_of(FILES[name]) if column.unique]
    seen: dict[tuple[str, ...], int] = {}
    problems = []
    for row in table.rows:
        key = tuple(fold(str(getattr(row, column.field))) for column in key_columns)
        if key in seen:
            value = getattr(row, key_columns[0].field)
            problems.append(at(table, row, key_columns[0].field, f"«{value}» уже есть в строке {seen[key]}"))
        seen.setdefault(key, row.line)
    return problems
