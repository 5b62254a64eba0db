"""A school's CSV bundle: a folder of files, read whole or refused whole."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from commands.files.csv_checks import CHECKS
from commands.files.csv_references import duplicates, resolve
from commands.files.csv_rows import FILES, REQUIRED, School, SchoolBundle
from commands.files.csv_school import read_school
from commands.files.csv_table import Table, read_table
from commands.files.csv_text import MAX_BYTES
from commands.files.csv_timetable import collisions, with_teachers
from commands.files.csv_values import level_of
from commands.files.reading import Problem, Reading, refused


def read_bundle_folder(folder: Path) -> Reading[SchoolBundle]:
    """Reads at most 20 MB and one byte of each file, so that a huge one is refused without being held."""
    if not folder.is_dir():
        return refused([Problem(file=folder.name, line=0, column="", reason="такой папки нет")])
    paths = [path for path in sorted(folder.iterdir()) if path.suffix.lower() == ".csv" and path.is_file()]
    names = [path.name.lower() for path in paths]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        return refused([Problem(file=twice[0], line=0, column="", reason="файл с таким именем есть дважды")])
    return read_bundle({path.name.lower(): beginning(path) for path in paths})


def beginning(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def read_bundle(files: Mapping[str, bytes]) -> Reading[SchoolBundle]:
    """The school, or every problem of every file.

    files: file name («pupils.csv») → its bytes. References and what must hold between files are looked at
    only when every file is sound alone: otherwise one wrong class would be named for each of its pupils.
    """
    problems = name_problems(files)
    tables = {name: read_file(name, files.get(f"{name}.csv")) for name in FILES}
    for name, table in tables.items():
        problems += table.problems
        problems += duplicates(name, table)
    school = read_school(tables["school"], problems) if tables["school"].rows else None
    if problems or school is None:
        return refused(problems or [Problem(file="school.csv", line=0, column="", reason="файл без строк")])
    tables = resolve(tables, problems)
    if not problems:
        tables = checked(tables, school, problems)
    return refused(problems) if problems else Reading(value=assemble(tables, school))


def checked(tables: Mapping[str, Table], school: School, problems: list[Problem]) -> dict[str, Table]:
    for check in CHECKS:
        problems += check(tables, school)
    timetable = with_teachers(tables["timetable"], tables["workload"], problems)
    problems += collisions(timetable, tables["group_members"])
    return {**tables, "timetable": timetable}


def name_problems(files: Mapping[str, bytes]) -> list[Problem]:
    """A misspelt file name must not look like a file that was left out."""
    known = {f"{name}.csv" for name in FILES}
    reason = f"такого файла в наборе не бывает; бывают: {', '.join(f'{name}.csv' for name in FILES)}"
    unknown = [Problem(file=name, line=0, column="", reason=reason) for name in files if name not in known]
    missing = [f"{name}.csv" for name in FILES if name in REQUIRED and f"{name}.csv" not in files]
    needed = "файла нет, а без него нельзя"
    return unknown + [Problem(file=name, line=0, column="", reason=needed) for name in missing]


def read_file(name: str, data: bytes | None) -> Table:
    if data is None:
        return Table(file=f"{name}.csv", rows=(), headers={}, problems=())
    return read_table(f"{name}.csv", FILES[name], data)


def assemble(tables: Mapping[str, Table], school: School) -> SchoolBundle:
    classes = tuple(replace(row, level=row.level or level_of(row.grade)) for row in tables["classes"].rows)
    rows = {name: table.rows for name, table in tables.items() if name != "school"}
    return SchoolBundle(school=school, **{**rows, "classes": classes})
