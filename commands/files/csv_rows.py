"""The rows of a school's CSV bundle, one class a file. `docs/import-format.md` describes them to schools.

Every row keeps `line`, its 1-based line in the file, for later messages. References hold the spelling of the
file they refer to: «7A» with a Latin letter in pupils.csv becomes the «7А» of classes.csv.
"""

# ruff: noqa: RUF009 — `column` answers a dataclass field, which ruff cannot see.

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType

from commands.files import csv_values as v
from commands.files.csv_column import column


@dataclass(frozen=True, kw_only=True)
class Setting:
    """school.csv: a key and its value."""

    line: int
    key: str = column(v.text, "ключ", "параметр", unique=True)
    value: str = column(v.text, "значение")


@dataclass(frozen=True, kw_only=True)
class School:
    """What school.csv says: `zone` is IANA, `regulation` the name of a preset, `year` like 2026/27."""

    name: str
    zone: str
    regulation: str
    year: str
    year_first: date
    year_last: date


@dataclass(frozen=True, kw_only=True)
class SchoolClass:
    """classes.csv; `level` is НОО, ООО or СОО and follows from the grade when its cell is empty."""

    line: int
    name: str = column(v.text, "класс", name="class", unique=True)
    grade: int = column(v.whole(1, 12), "параллель")
    level: str = column(v.level, "уровень", default="")
    class_teacher: str = column(v.identifier, "классный руководитель", refers="staff", default="")


@dataclass(frozen=True, kw_only=True)
class Group:
    """groups.csv: a part of one class."""

    line: int
    class_name: str = column(v.text, "класс", name="class", refers="classes", unique=True)
    group: str = column(v.text, "группа", "подгруппа", unique=True)


@dataclass(frozen=True, kw_only=True)
class GroupMember:
    line: int
    class_name: str = column(v.text, "класс", name="class", refers="classes", unique=True)
    group: str = column(v.text, "группа", "подгруппа", unique=True)
    pupil: str = column(v.identifier, "ученик", refers="pupils", unique=True)
    first: date | None = column(v.school_date, "с", "с даты", name="from", default=None)
    last: date | None = column(v.school_date, "по", "по дату", name="until", default=None)


@dataclass(frozen=True, kw_only=True)
class Pupil:
    """pupils.csv; `enrolled` is the first school day in this class, `departed` the last at school, by the order
    `departed_by`; `sex` is М, Ж or ""."""

    line: int
    id: str = column(v.identifier, "код", "ид", unique=True)
    last_name: str = column(v.text, "фамилия")
    first_name: str = column(v.text, "имя")
    middle_name: str = column(v.text, "отчество", default="")
    class_name: str = column(v.text, "класс", name="class", refers="classes")
    enrolled: date = column(v.school_date, "зачислен", "дата зачисления")
    departed: date | None = column(v.school_date, "выбыл", "дата выбытия", "until", default=None)
    departed_by: str = column(v.text, "приказ о выбытии", default="")
    birth_date: date | None = column(v.school_date, "дата рождения", default=None)
    sex: str = column(v.one_of(v.SEXES), "пол", default="")


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """guardians.csv: a guardian and one child; more children are more rows with the same id and names."""

    line: int
    id: str = column(v.identifier, "код", "ид", unique=True)
    last_name: str = column(v.text, "фамилия")
    first_name: str = column(v.text, "имя")
    middle_name: str = column(v.text, "отчество", default="")
    pupil: str = column(v.identifier, "ученик", "код ученика", refers="pupils", unique=True)
    kinship: str = column(v.text, "родство", "кем приходится", default="")


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """staff.csv; `roles` are codes of the glossary; `competences` (УВР, УМР) are a deputy's."""

    line: int
    id: str = column(v.identifier, "код", "ид", unique=True)
    last_name: str = column(v.text, "фамилия")
    first_name: str = column(v.text, "имя")
    middle_name: str = column(v.text, "отчество", default="")
    roles: tuple[str, ...] = column(v.several_of(v.ROLES), "роли", "роль", "должность")
    competences: tuple[str, ...] = column(
        v.several_of(v.COMPETENCES), "компетенция", name="competence", default=()
    )
    first: date | None = column(v.school_date, "с даты", "с", name="from", default=None)


@dataclass(frozen=True, kw_only=True)
class Subject:
    line: int
    subject: str = column(v.text, "предмет", unique=True)
    short: str = column(v.text, "кратко", "сокращение", default="")
    attributes: tuple[str, ...] = column(v.several_of(v.ATTRIBUTES), "признаки", default=())


@dataclass(frozen=True, kw_only=True)
class WorkloadRow:
    """workload.csv: who teaches what to whom; `group` "" is the whole class; `hours` are lessons a week."""

    line: int
    class_name: str = column(v.text, "класс", name="class", refers="classes", unique=True)
    group: str = column(v.text, "группа", "подгруппа", default="", unique=True)
    subject: str = column(v.text, "предмет", refers="subjects", unique=True)
    teacher: str = column(v.identifier, "учитель", "код учителя", refers="staff", unique=True)
    hours: Decimal = column(v.hours, "часов", "часов в неделю")
    first: date | None = column(v.school_date, "с", "с даты", name="from", default=None, unique=True)
    last: date | None = column(v.school_date, "по", "по дату", name="until", default=None)


@dataclass(frozen=True, kw_only=True)
class Bell:
    line: int
    schedule: str = column(v.text, "расписание", "расписание звонков", unique=True)
    number: int = column(v.whole(0, 15), "урок", "номер", unique=True)
    start: time = column(v.clock, "начало")
    end: time = column(v.clock, "конец")


@dataclass(frozen=True, kw_only=True)
class BellDay:
    """bell_days.csv; `who` is a class, a grade, grades «5-9» or «*»; the narrowest line wins."""

    line: int
    who: str = column(v.text, "класс", "классы", name="class", unique=True)
    weekday: int = column(v.weekday, "день", "день недели", unique=True)
    schedule: str = column(v.text, "расписание", "расписание звонков", refers="bells")


@dataclass(frozen=True, kw_only=True)
class PeriodRow:
    line: int
    level: str = column(v.level, "уровень", unique=True)
    kind: str = column(v.one_of(v.KINDS), "вид")
    title: str = column(v.text, "название", unique=True)
    first: date = column(v.school_date, "с", "начало")
    last: date = column(v.school_date, "по", "конец")


@dataclass(frozen=True, kw_only=True)
class Holiday:
    line: int
    title: str = column(v.text, "название")
    first: date = column(v.school_date, "с", "начало", unique=True)
    last: date = column(v.school_date, "по", "конец")


@dataclass(frozen=True, kw_only=True)
class TimetableRow:
    """timetable.csv; an empty `teacher` is filled from the workload; `week` is all, odd or even."""

    line: int
    class_name: str = column(v.text, "класс", name="class", refers="classes", unique=True)
    group: str = column(v.text, "группа", "подгруппа", default="", unique=True)
    weekday: int = column(v.weekday, "день", "день недели", unique=True)
    number: int = column(v.whole(0, 15), "урок", "номер", unique=True)
    subject: str = column(v.text, "предмет", refers="subjects", unique=True)
    teacher: str = column(v.identifier, "учитель", "код учителя", refers="staff", default="")
    room: str = column(v.text, "кабинет", default="")
    week: str = column(v.one_of(v.WEEKS), "неделя", default="all", unique=True)
    first: date | None = column(v.school_date, "с", default=None, unique=True)
    last: date | None = column(v.school_date, "по", default=None)


@dataclass(frozen=True, kw_only=True)
class SchoolBundle:
    """A whole school, every reference of which is known to hold. Row order is the files' order."""

    school: School
    classes: tuple[SchoolClass, ...]
    groups: tuple[Group, ...]
    group_members: tuple[GroupMember, ...]
    pupils: tuple[Pupil, ...]
    guardians: tuple[Guardian, ...]
    staff: tuple[StaffMember, ...]
    subjects: tuple[Subject, ...]
    workload: tuple[WorkloadRow, ...]
    bells: tuple[Bell, ...]
    bell_days: tuple[BellDay, ...]
    periods: tuple[PeriodRow, ...]
    holidays: tuple[Holiday, ...]
    timetable: tuple[TimetableRow, ...]


# In the order in which people should correct them: what others refer to comes first.
FILES: Mapping[str, type] = MappingProxyType(
    {
        "school": Setting,
        "staff": StaffMember,
        "classes": SchoolClass,
        "pupils": Pupil,
        "groups": Group,
        "group_members": GroupMember,
        "guardians": Guardian,
        "subjects": Subject,
        "workload": WorkloadRow,
        "bells": Bell,
        "bell_days": BellDay,
        "periods": PeriodRow,
        "holidays": Holiday,
        "timetable": TimetableRow,
    }
)
# A school whose timetable comes from aSc brings its lessons, subjects and bells in that file.
REQUIRED = frozenset({"school", "staff", "classes", "pupils", "periods"})
