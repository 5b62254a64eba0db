"""school.csv: keys and values, not rows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from commands.files import csv_values as v
from commands.files.csv_rows import School, Setting
from commands.files.csv_table import Table
from commands.files.names import match_key
from commands.files.reading import Problem

SETTINGS: Mapping[str, tuple[Callable[[str], Any], str]] = MappingProxyType(
    {
        "name": (v.text, "название"),
        "zone": (v.zone, "часовой пояс"),
        "regulation": (v.slug, "локальный акт"),
        "year": (v.school_year, "учебный год"),
        "year_first": (v.school_date, "начало года"),
        "year_last": (v.school_date, "конец года"),
    }
)
SPELLINGS = {match_key(word): key for key, (_, russian) in SETTINGS.items() for word in (key, russian)}


def read_school(table: Table, problems: list[Problem]) -> School | None:
    """The school, or None with problems appended: unknown, repeated or missing keys, wrong values."""
    found: dict[str, Any] = {}
    rows: dict[str, Setting] = {}
    before = len(problems)
    for row in table.rows:
        key = SPELLINGS.get(match_key(row.key))
        if key is None:
            reason = f"ключ «{row.key}» неизвестен; бывают: {', '.join(SETTINGS)}"
            problems.append(at(table, row, "key", reason))
        elif key in rows:
            problems.append(at(table, row, "key", f"ключ «{key}» уже стоит в строке {rows[key].line}"))
        else:
            rows[key] = row
            read_setting(table, row, key, found, problems)
    for key in SETTINGS.keys() - rows.keys():
        problems.append(Problem(file=table.file, line=0, column="key", reason=f"нет ключа «{key}»"))
    if len(problems) > before:
        return None
    school = School(**found)
    problems.extend(year_problems(table, school, rows))
    return school if len(problems) == before else None


def read_setting(
    table: Table, row: Setting, key: str, found: dict[str, Any], problems: list[Problem]
) -> None:
    try:
        found[key] = SETTINGS[key][0](row.value)
    except ValueError as error:
        problems.append(at(table, row, "value", str(error)))


def year_problems(table: Table, school: School, rows: Mapping[str, Setting]) -> list[Problem]:
    if school.year_last <= school.year_first:
        return [at(table, rows["year_last"], "value", "год кончается раньше, чем начинается")]
    if (school.year_last - school.year_first).days > 366:
        return [at(table, rows["year_last"], "value", "учебный год длиннее календарного")]
    if school.year_first.year not in (int(school.year[:4]), int(school.year[:4]) + 1):
        return [at(table, rows["year_first"], "value", f"дата не из учебного года {school.year}")]
    return []


def at(table: Table, row: Any, field: str, reason: str) -> Problem:
    """A problem of one row, naming the column as the file does."""
    return Problem(file=table.file, line=row.line, column=table.headers.get(field, field), reason=reason)
