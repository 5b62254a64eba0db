"""A plan's file of whatever kind to its rows: the bytes tell the kind, not the name."""

from pathlib import Path

from commands.files.plan_archive import MAX_BYTES, OLE
from commands.files.plan_csv import read_csv_sheet
from commands.files.plan_rows import PlanFile
from commands.files.plan_sheet import PlanUnreadable
from commands.files.plan_table import read_plan_sheet
from commands.files.plan_xlsx import read_xlsx_sheet
from commands.files.reading import Problem, Reading, refused


def read_plan_file(path: Path) -> Reading[PlanFile]:
    with path.open("rb") as stream:
        return read_plan(path.name, stream.read(MAX_BYTES + 1))


def read_plan(file: str, data: bytes) -> Reading[PlanFile]:
    """The plan, or the problems, by line and column or by cell; nothing of a refused file is taken. Notices: columns
    not read, totals that do not agree, numbers missing."""
    workbook = data.startswith((b"PK", OLE))
    try:
        sheet = read_xlsx_sheet(file, data) if workbook else read_csv_sheet(file, data)
    except PlanUnreadable as why:
        return refused([Problem(file=file, line=why.line, column="", reason=why.reason)])
    return read_plan_sheet(sheet)
