"""The timetable of a bundle: whose lesson each row is, and that nobody is in two places at once."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from commands.files.csv_rows import TimetableRow, WorkloadRow
from commands.files.csv_school import at
from commands.files.csv_table import Table
from commands.files.names import match_key
from commands.files.reading import SHOWN_PROBLEMS, Problem

Place = tuple[str, str]  # («учитель», id), («кабинет», …) or («класс», name)


def with_teachers(timetable: Table, workload: Table, problems: list[Problem]) -> Table:
    """Empty teacher cells filled from the workload; a row whose teacher cannot be known is a problem."""
    taught: dict[tuple[str, str, str], list[WorkloadRow]] = defaultdict(list)
    for each in workload.rows:
        taught[each.class_name, each.group, each.subject].append(each)
    rows = []
    for row in timetable.rows:
        fitting = [
            each.teacher
            for each in taught[row.class_name, row.group, row.subject]
            if dates_meet(row.first, row.last, each.first, each.last)
        ]
        reason = teacher_problem(row, sorted(set(fitting)))
        if reason:
            problems.append(at(timetable, row, "teacher", reason))
        rows.append(row if row.teacher or reason else replace(row, teacher=fitting[0]))
    return replace(timetable, rows=tuple(rows))


def teacher_problem(row: TimetableRow, fitting: list[str]) -> str:
    if not fitting:
        return f"в workload.csv никто не ведёт «{row.subject}» в {row.class_name} {row.group}".rstrip()
    if row.teacher and row.teacher not in fitting:
        return f"по workload.csv «{row.subject}» здесь ведёт {', '.join(fitting)}, а не {row.teacher}"
    if not row.teacher and len(fitting) > 1:
        return f"«{row.subject}» ведут несколько учителей ({', '.join(fitting)}): назовите, чей это урок"
    return ""


def collisions(timetable: Table, group_members: Table) -> Iterator[Problem]:
    """Two lessons of one teacher, room or class in one slot; groups collide when they share a pupil."""
    members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in group_members.rows:
        members[row.class_name, row.group].add(row.pupil)
    taken: dict[tuple[int, int, Place], list[TimetableRow]] = defaultdict(list)
    found = 0
    for row in timetable.rows:
        for place in places(row):
            others = taken[row.weekday, row.number, place]
            other = next((each for each in others if collide(row, each, place, members)), None)
            others.append(row)
            if other:
                found += 1
                yield collision(timetable, row, other, place)
        if found > SHOWN_PROBLEMS:  # a hostile file could make every pair of a million rows collide
            return


def places(row: TimetableRow) -> Iterator[Place]:
    yield "класс", row.class_name
    if row.teacher:
        yield "учитель", row.teacher
    if row.room:
        yield "кабинет", match_key(row.room)


def collide(
    row: TimetableRow, other: TimetableRow, place: Place, members: defaultdict[tuple[str, str], set[str]]
) -> bool:
    if not weeks_meet(row.week, other.week) or not dates_meet(row.first, row.last, other.first, other.last):
        return False
    if place[0] != "класс" or not row.group or not other.group or row.group == other.group:
        return True
    return not members[row.class_name, row.group].isdisjoint(members[row.class_name, other.group])


def collision(timetable: Table, row: TimetableRow, other: TimetableRow, place: Place) -> Problem:
    field = {"класс": "class_name", "учитель": "teacher", "кабинет": "room"}[place[0]]
    whose = f"{other.class_name} {other.group}".rstrip()
    reason = f"{place[0]} {getattr(row, field)} на этом уроке уже занят в строке {other.line}"
    return at(timetable, row, field, f"{reason} ({whose}, {other.subject})")


def weeks_meet(one: str, other: str) -> bool:
    return one == other or "all" in (one, other)


def dates_meet(first: date | None, last: date | None, begin: date | None, end: date | None) -> bool:
    """Whether first…last and begin…end share a day; None is without bound."""
    return (first or date.min) <= (end or date.max) and (begin or date.min) <= (last or date.max)
