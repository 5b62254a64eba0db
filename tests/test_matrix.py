"""The permission matrix, 57 actions × 12 roles (requirements, section 3; a copy in samples/matrix.csv): what
`ledger.access` grants is what the matrix lets, cell by cell, and the few cells that differ say why."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from ledger import access_table
from ledger.access_table import TABLE
from ledger.entry import Role

SAMPLE = Path(__file__).parent / "samples" / "matrix.csv"
MATRIX = list(csv.DictReader(SAMPLE.read_text(encoding="utf-8").splitlines()))
ROLES = {
    role: role.value
    for role in Role
    if role not in (Role.SYSTEM, Role.NOBODY)  # the machine asks nobody; nobody is nobody
}

# (row, role): why the table and the matrix differ there.
OTHERWISE: dict[tuple[int, Role], str] = {
    (1, Role.METHODIST): "reads the timetable, row 18; marks are no business of the timetable's keeper",
    (2, Role.TEACHER): "the own page of the journal is a subject teacher's part of the diary",
    (5, Role.TEACHER): "R-144: decides a dispute about an «н» of the own lesson",
    (11, Role.DEPUTY): "grants it to a substitute and gives none",
    (12, Role.DIRECTOR): "P-57: decides when the only deputy is the one who asks",
    (13, Role.DIRECTOR): "P-57: decides when the only deputy is the one who asks",
    (14, Role.DIRECTOR): "P-57: decides when the only deputy asks; reports errors like every reader",
    (14, Role.CLASS_TEACHER): "reports errors like every reader (issue 4)",
    (15, Role.DIRECTOR): "P-57: decides when the only deputy asks; reports errors like every reader",
    (15, Role.CLASS_TEACHER): "reports errors like every reader (issue 4)",
    (16, Role.CLASS_TEACHER): "reports errors like every reader (issue 4)",
    (16, Role.WORKING_GROUP): "reports errors of any kind, row 14",
    (18, Role.DIRECTOR): "reads the timetable he works by",
    (18, Role.CLASS_TEACHER): "reads the timetable he works by",
    (18, Role.TEACHER): "reads the timetable he works by",
    (19, Role.DIRECTOR): "sees in the timetable who stands in for whom",
    (19, Role.TEACHER): "sees in the timetable who stands in for whom",
    (19, Role.INSPECTOR): "sees in the timetable who stands in for whom",
    (19, Role.CLASS_TEACHER): "sees in the timetable who stands in for whom",
    (20, Role.INSPECTOR): "sees in the timetable what was moved",
    (20, Role.CLASS_TEACHER): "sees in the timetable what was moved",
    (20, Role.ADMINISTRATOR): "sees in the timetable what was moved",
    (21, Role.CLASS_TEACHER): "reads the calendar: whoever works or inspects here goes by it",
    (21, Role.TEACHER): "reads the calendar: whoever works or inspects here goes by it",
    (21, Role.INSPECTOR): "reads the calendar: whoever works or inspects here goes by it",
    (22, Role.DIRECTOR): "reads the calendar: whoever works or inspects here goes by it",
    (22, Role.METHODIST): "reads the calendar: whoever works or inspects here goes by it",
    (22, Role.CLASS_TEACHER): "reads the calendar: whoever works or inspects here goes by it",
    (22, Role.TEACHER): "reads the calendar: whoever works or inspects here goes by it",
    (22, Role.INSPECTOR): "reads the calendar: whoever works or inspects here goes by it",
    (24, Role.TEACHER): "sees the own workload on «Сегодня» and in the journal list",
    (25, Role.TEACHER): "reads the home page by view_journal",
    (25, Role.GUARDIAN): "reads the home page by view_diary",
    (25, Role.PUPIL): "reads the home page by view_diary",
    (29, Role.GUARDIAN): "asks the class teacher by message, row 39 (issue 6)",
    (29, Role.PUPIL): "asks the class teacher by message, row 39 (issue 6)",
    (50, Role.ADMINISTRATOR): "of entries' technical side only: the trail of an account",
}


ROWLESS = {
    "recheck_period_mark": "R-172",
    "close_period": "R-162",
    "view_explanation": "shows of the page and the diary what each lets",
    "request_bulk_correction": "E-12: what an order takes back",
    "withdraw_correction": "one's own request",
    "decide_error_report": "R-168",
    "view_tasks": "shows what waits for the own roles",
    "take_back": "one's own last action",
    "change_own_password": "one's own",
    "edit_dictionary": "R-070",
    "view_dictionary": "R-070",
    "register_outage": "W-39",
    "declare_paper": "R-051",
    "admit_guardians": "P-37",
    "note_coming_of_age": "K-17: the daily job's alone",
    "check_day": "W-25",
    "acknowledge_certificate": "row 46 says «acquaint»: whoever the certificate names",
    "keep_feeds": "one's own calendar addresses",
    "search": "shows what each find's own action lets",
    "view_first_page": "shows what each part's own action lets",
    "view_plan": "R-011, R-082: whoever works at the school",
    "view_control_schedule": "R-081, published to families",
}


def _tags() -> dict[str, tuple[int, ...]]:
    """Action → matrix rows, as the table's own comments say."""
    source = Path(access_table.__file__).read_text(encoding="utf-8")
    found: dict[str, tuple[int, ...]] = {}
    action = ""
    for line in source.splitlines():
        if head := re.match(r'    "(\w+)": ', line):
            action = head[1]
        rows = re.search(r"# \[([\d, ]+)\]", line)
        if rows and action:
            found[action] = tuple(int(n) for n in rows[1].split(","))
            action = ""
    return found


TAGS = _tags()


def granted(row: int, role: Role) -> bool:
    return any(role in TABLE[action] for action, rows in TAGS.items() if row in rows)


def lets(row: dict[str, str], role: Role) -> bool:
    columns = [role.value] + (["substitute"] if role is Role.TEACHER else [])
    return any(not row[column].startswith("–") for column in columns)


CELLS = [(row, role) for row in MATRIX for role in ROLES]


def test_the_matrix_is_whole() -> None:
    assert [int(row["row"]) for row in MATRIX] == list(range(1, 58))


@pytest.mark.parametrize(
    ("row", "role"), CELLS, ids=[f"{row['row']} {row['action']}, {role}" for row, role in CELLS]
)
def test_a_cell_is_what_the_table_grants(row: dict[str, str], role: Role) -> None:
    number = int(row["row"])
    differs = granted(number, role) != lets(row, role)
    assert differs == ((number, role) in OTHERWISE), f"the matrix says «{row[ROLES[role]]}»"


def test_every_row_has_an_action() -> None:
    nobodys = {17}  # «approve own request» is denied to all: rule P-57
    assert {n for rows in TAGS.values() for n in rows} == set(range(1, 58)) - nobodys


def test_every_action_says_its_row_or_why_it_has_none() -> None:
    assert set(TABLE) - set(TAGS) == set(ROWLESS)
