"""Who and what there is in a school of forty classes: classes, pupils, teachers, pages, the weekly timetable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from bench.writing import By

PUPILS = 25
# level → (grades, classes of a grade)
LEVELS = {"НОО": (range(1, 5), 4), "ООО": (range(5, 10), 4), "СОО": (range(10, 12), 2)}
# subject → (short, attributes, family of its teachers)
SUBJECTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "Русский язык": ("Рус", ("language",), "слово"),
    "Литературное чтение": ("Чт", ("literature",), "слово"),
    "Литература": ("Лит", ("literature",), "слово"),
    "Математика": ("Мат", (), "число"),
    "Алгебра": ("Алг", (), "число"),
    "Геометрия": ("Геом", (), "число"),
    "Информатика": ("Инф", (), "информатика"),
    "Иностранный язык": ("Ин", ("foreign",), "иностранный"),
    "Окружающий мир": ("Окр", (), "природа"),
    "История": ("Ист", (), "общество"),
    "Обществознание": ("Общ", (), "общество"),
    "География": ("Геог", (), "природа"),
    "Биология": ("Био", ("laboratory",), "природа"),
    "Физика": ("Физ", ("laboratory",), "физика"),
    "Химия": ("Хим", ("laboratory",), "химия"),
    "Изобразительное искусство": ("ИЗО", (), "искусство"),
    "Музыка": ("Муз", (), "искусство"),
    "Труд (технология)": ("Труд", (), "труд"),
    "Физическая культура": ("ФК", ("pe",), "спорт"),
    "Основы безопасности": ("ОБЗР", (), "спорт"),
}
# (grades, subject, hours a week)
HOURS: tuple[tuple[range, str, int], ...] = (
    (range(1, 5), "Русский язык", 5),
    (range(5, 10), "Русский язык", 4),
    (range(10, 12), "Русский язык", 2),
    (range(1, 5), "Литературное чтение", 4),
    (range(5, 12), "Литература", 3),
    (range(1, 5), "Математика", 4),
    (range(5, 7), "Математика", 5),
    (range(7, 12), "Алгебра", 3),
    (range(7, 12), "Геометрия", 2),
    (range(7, 12), "Информатика", 1),
    (range(2, 5), "Иностранный язык", 2),
    (range(5, 12), "Иностранный язык", 3),
    (range(1, 5), "Окружающий мир", 2),
    (range(5, 12), "История", 2),
    (range(6, 12), "Обществознание", 1),
    (range(5, 12), "География", 2),
    (range(5, 12), "Биология", 2),
    (range(7, 12), "Физика", 2),
    (range(8, 12), "Химия", 2),
    (range(1, 8), "Изобразительное искусство", 1),
    (range(1, 8), "Музыка", 1),
    (range(1, 9), "Труд (технология)", 1),
    (range(1, 12), "Физическая культура", 3),
    (range(8, 12), "Основы безопасности", 1),
)
PRIMARY = ("слово", "число", "природа", "труд")  # what the class teacher of a primary class teaches
LOAD, DAYS, NUMBERS = 23, 5, 7


@dataclass(kw_only=True)
class Klass:
    id: UUID
    title: str
    grade: int
    level: str
    teacher: UUID | None = None
    pupils: list[UUID] = field(default_factory=list)  # of 1 September
    groups: tuple[UUID, ...] = ()
    pages: list[Page] = field(default_factory=list)


@dataclass(kw_only=True)
class Page:
    """`rate` is the share of those present who answer for a mark in an ordinary lesson."""

    id: UUID
    klass: Klass
    subject: str
    hours: int
    teacher: UUID
    group: UUID | None = None
    plan: UUID | None = None
    rate: float = 0.0
    places: list[tuple[int, int]] = field(default_factory=list)  # weekday, number

    @property
    def marked(self) -> bool:
        """P-12: the first grade has no marks."""
        return self.klass.grade > 1


@dataclass(kw_only=True)
class Plan:
    """`first` is 1 September of the last study year that is over: every instant of it is past."""

    year: int
    random: Random = field(default_factory=lambda: Random(7))
    classes: list[Klass] = field(default_factory=list)
    teachers: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))  # by family
    subjects: dict[str, UUID] = field(default_factory=dict)
    plans: dict[tuple[str, int], UUID] = field(default_factory=dict)  # subject, grade
    guardians: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    group_of: dict[UUID, UUID] = field(default_factory=dict)
    periods: dict[UUID, tuple[str, str, str, date, date]] = field(default_factory=dict)
    id: UUID = field(init=False)
    office: dict[str, UUID] = field(init=False)  # director, deputy, methodist, administrator, inspector

    def __post_init__(self) -> None:
        self.id = self.new()
        roles = ("director", "deputy", "methodist", "administrator", "inspector")
        self.office = {role: self.new() for role in roles}

    def new(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    @property
    def first(self) -> date:
        return date(self.year, 9, 1)

    @property
    def last(self) -> date:
        return date(self.year + 1, 5, 31)

    @property
    def pages(self) -> list[Page]:
        return [page for klass in self.classes for page in klass.pages]

    @property
    def staff(self) -> list[UUID]:
        """Everybody who teaches, once."""
        return list(dict.fromkeys(page.teacher for page in self.pages))

    def by(self, person: UUID, role: str) -> By:
        return By(account=account_of(person), person=person, role=role)


def account_of(person: UUID) -> UUID:
    return UUID(int=person.int ^ 2)


def plan_of(today: date) -> Plan:
    """A school for the last year that ended before `today`."""
    plan = Plan(year=today.year - 1 if today > date(today.year, 6, 30) else today.year - 2)
    plan.subjects = {title: plan.new() for title in SUBJECTS}
    _periods(plan)
    for level, (grades, several) in LEVELS.items():
        for grade in grades:
            plan.classes += [_klass(plan, level, grade, "АБВГ"[n]) for n in range(several)]
    _staff(plan)
    _timetable(plan)
    return plan


def holidays(year: int) -> tuple[tuple[str, date, date], ...]:
    return (
        ("Осенние каникулы", date(year, 10, 27), date(year, 11, 4)),
        ("Зимние каникулы", date(year, 12, 29), date(year + 1, 1, 8)),
        ("День защитника Отечества", date(year + 1, 2, 23), date(year + 1, 2, 23)),
        ("Весенние каникулы", date(year + 1, 3, 23), date(year + 1, 3, 31)),
        ("Праздник весны и труда", date(year + 1, 5, 1), date(year + 1, 5, 1)),
    )


def _periods(plan: Plan) -> None:
    year = plan.year
    ends = (date(year, 10, 26), date(year, 12, 28), date(year + 1, 3, 22), plan.last)
    starts = (plan.first, date(year, 11, 5), date(year + 1, 1, 9), date(year + 1, 4, 1))
    for level in LEVELS:
        spans = list(zip(starts, ends, strict=True))
        kind, word = "quarter", "четверть"
        if level == "СОО":
            spans, kind, word = [(starts[0], ends[1]), (starts[2], ends[3])], "half_year", "полугодие"
        for n, (first, last) in enumerate(spans):
            title = f"{('I', 'II', 'III', 'IV')[n]} {word}"
            plan.periods[plan.new()] = (level, kind, title, first, last)


def _klass(plan: Plan, level: str, grade: int, letter: str) -> Klass:
    klass = Klass(id=plan.new(), title=f"{grade}{letter}", grade=grade, level=level)
    klass.pupils = [plan.new() for _ in range(PUPILS)]
    klass.groups = (plan.new(), plan.new()) if grade > 1 else ()
    for n, pupil in enumerate(klass.pupils):
        plan.guardians[pupil] = tuple(plan.new() for _ in range(1 + (plan.random.random() < 0.3)))
        if klass.groups:
            plan.group_of[pupil] = klass.groups[n % 2]
    return klass


def _staff(plan: Plan) -> None:
    """Pages and their teachers: a primary class has one for most subjects, the rest go round the families."""
    load: defaultdict[UUID, int] = defaultdict(int)
    for klass in plan.classes:
        own = plan.new() if klass.level == "НОО" else None
        if own:
            plan.teachers["начальные"].append(own)
        for grades, subject, hours in HOURS:
            if klass.grade not in grades or not hours:
                continue
            family = SUBJECTS[subject][2]
            groups = klass.groups if family == "иностранный" else (None,)
            for group in groups:
                teacher = own if own and family in PRIMARY else _specialist(plan, family, load, hours)
                assert teacher is not None
                page = Page(
                    id=plan.new(), klass=klass, subject=subject, hours=hours, teacher=teacher, group=group
                )
                page.rate = plan.random.uniform(0.45, 0.95)
                if family != "спорт" and plan.random.random() < 0.7:
                    page.plan = plan.plans.setdefault((subject, klass.grade), plan.new())
                klass.pages.append(page)
        klass.teacher = own or next(page.teacher for page in klass.pages if page.hours > 1)


def _specialist(plan: Plan, family: str, load: defaultdict[UUID, int], hours: int) -> UUID:
    """Whoever has least; a new one when that is too much. The two groups of a class have two teachers."""
    known = plan.teachers[family]
    found = min(known, key=lambda each: load[each], default=None)
    least = 2 if family == "иностранный" else 1
    if found is None or len(known) < least or load[found] + hours > LOAD:
        found = plan.new()
        known.append(found)
    load[found] += hours
    return found


def _timetable(plan: Plan) -> None:
    """Class after class, each subject on the emptiest day it is not on yet; a teacher is in one place where that is
    possible."""
    busy: set[tuple[UUID, int, int]] = set()
    for klass in plan.classes:
        days: dict[int, set[int]] = {day: set() for day in range(1, DAYS + 1)}
        for pages in _together(klass):
            for _ in range(pages[0].hours):
                day, number = _place(pages, days, busy)
                days[day].add(number)
                for page in pages:
                    page.places.append((day, number))
                    busy.add((page.teacher, day, number))


def _together(klass: Klass) -> list[list[Page]]:
    """Pages held at the same hour: those of the groups. The ones with most hours first."""
    found: defaultdict[str, list[Page]] = defaultdict(list)
    for page in klass.pages:
        found[page.subject].append(page)
    return sorted(found.values(), key=lambda pages: -pages[0].hours)


def _place(pages: list[Page], days: dict[int, set[int]], busy: set[tuple[UUID, int, int]]) -> tuple[int, int]:
    taken = {day for day, _ in pages[0].places}
    order = sorted(days, key=lambda day: (day in taken, len(days[day])))
    free = [(day, n) for day in order for n in range(1, NUMBERS + 1) if n not in days[day]]
    alone = ((d, n) for d, n in free if not any((page.teacher, d, n) in busy for page in pages))
    return next(alone, free[0])


def study_days(plan: Plan) -> Iterator[date]:
    """Every day from the first to the last, holidays among them."""
    on = plan.first
    while on <= plan.last:
        yield on
        on += timedelta(days=1)


def midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=UTC)
