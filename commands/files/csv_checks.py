"""What must hold between the rows of a bundle: each check is a function of the tables."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from commands.files.bell_choice import schedule_for
from commands.files.csv_rows import School
from commands.files.csv_school import at
from commands.files.csv_table import Table
from commands.files.csv_values import grade_range
from commands.files.names import class_key
from commands.files.reading import Problem

Tables = Mapping[str, Table]
DATED = (
    "periods",
    "holidays",
    "group_members",
    "workload",
    "timetable",
)  # files with days `first` and `last`


def members_belong_to_the_class(tables: Tables, school: School) -> Iterator[Problem]:
    class_of = {pupil.id: pupil.class_name for pupil in tables["pupils"].rows}
    for row in tables["group_members"].rows:
        if class_of.get(row.pupil) != row.class_name:
            reason = f"ученик {row.pupil} учится в классе {class_of.get(row.pupil)}, а не {row.class_name}"
            yield at(tables["group_members"], row, "pupil", reason)


def one_guardian_has_one_name(tables: Tables, school: School) -> Iterator[Problem]:
    known: dict[str, tuple[tuple[str, str, str], int]] = {}
    for row in tables["guardians"].rows:
        name = (row.last_name, row.first_name, row.middle_name)
        first, line = known.setdefault(row.id, (name, row.line))
        if first != name:
            reason = f"код {row.id} уже стоит в строке {line} с другим именем: {' '.join(first)}"
            yield at(tables["guardians"], row, "last_name", reason)


def pupils_are_born_and_enrolled_in_time(tables: Tables, school: School) -> Iterator[Problem]:
    for row in tables["pupils"].rows:
        if row.enrolled > school.year_last:
            yield at(tables["pupils"], row, "enrolled", "зачислен после конца учебного года")
        if row.departed and row.departed < row.enrolled:
            yield at(tables["pupils"], row, "departed", "выбыл раньше, чем зачислен")
        if row.birth_date and row.birth_date >= row.enrolled:
            yield at(tables["pupils"], row, "birth_date", "родился после зачисления")


def ranges_run_forward(tables: Tables, school: School) -> Iterator[Problem]:
    for name in DATED:
        for row in tables[name].rows:
            if row.first and row.last and row.last < row.first:
                reason = f"конец {row.last:%d.%m.%Y} раньше начала {row.first:%d.%m.%Y}"
                yield at(tables[name], row, "last", reason)


def ranges_lie_in_the_year(tables: Tables, school: School) -> Iterator[Problem]:
    for name in DATED:
        for row in tables[name].rows:
            for field in ("first", "last"):
                day = getattr(row, field)
                if day and not school.year_first <= day <= school.year_last:
                    yield at(tables[name], row, field, f"{day:%d.%m.%Y} не в учебном году {school.year}")


def periods_do_not_overlap(tables: Tables, school: School) -> Iterator[Problem]:
    rows = sorted(tables["periods"].rows, key=lambda row: (row.level, row.first))
    for before, row in pairwise(rows):
        if before.level == row.level and row.first <= before.last:
            yield at(tables["periods"], row, "first", f"начинается раньше, чем кончился «{before.title}»")


def bells_ring_in_order(tables: Tables, school: School) -> Iterator[Problem]:
    rows = sorted(tables["bells"].rows, key=lambda row: (row.schedule, row.number))
    for row in rows:
        if row.end <= row.start:
            yield at(tables["bells"], row, "end", "урок кончается не позже, чем начинается")
    for before, row in pairwise(rows):
        if before.schedule == row.schedule and row.start < before.end:
            reason = f"урок {row.number} начинается раньше, чем кончился урок {before.number}"
            yield at(tables["bells"], row, "start", reason)


def bell_days_name_classes(tables: Tables, school: School) -> Iterator[Problem]:
    classes = {class_key(row.name) for row in tables["classes"].rows}
    for row in tables["bell_days"].rows:
        if row.who != "*" and not grade_range(row.who) and class_key(row.who) not in classes:
            reason = f"«{row.who}» — не класс, не параллели (5-9) и не звёздочка"
            yield at(tables["bell_days"], row, "who", reason)


def every_lesson_has_a_bell(tables: Tables, school: School) -> Iterator[Problem]:
    classes = {row.name: row for row in tables["classes"].rows}
    days = tables["bell_days"].rows
    rung = {(row.schedule, row.number) for row in tables["bells"].rows}
    slots = {(row.class_name, row.weekday) for row in tables["timetable"].rows}
    schedules = {slot: schedule_for(days, classes[slot[0]], slot[1]) for slot in slots}
    for row in tables["timetable"].rows:
        schedule = schedules[row.class_name, row.weekday]
        if schedule is None:
            reason = f"для класса {row.class_name} в этот день нет звонков"
            yield at(tables["timetable"], row, "weekday", reason)
        elif (schedule, row.number) not in rung:
            reason = f"в расписании звонков «{schedule}» нет урока {row.number}"
            yield at(tables["timetable"], row, "number", reason)


def teachers_are_teachers(tables: Tables, school: School) -> Iterator[Problem]:
    teachers = {row.id for row in tables["staff"].rows if "teacher" in row.roles}
    for name in ("workload", "timetable"):
        for row in tables[name].rows:
            if row.teacher and row.teacher not in teachers:
                reason = f"у сотрудника {row.teacher} в staff.csv нет роли teacher"
                yield at(tables[name], row, "teacher", reason)


CHECKS: tuple[Callable[[Tables, School], Iterator[Problem]], ...] = (
    members_belong_to_the_class,
    one_guardian_has_one_name,
    pupils_are_born_and_enrolled_in_time,
    ranges_run_forward,
    ranges_lie_in_the_year,
    periods_do_not_overlap,
    bells_ring_in_order,
    bell_days_name_classes,
    every_lesson_has_a_bell,
    teachers_are_teachers,
)
