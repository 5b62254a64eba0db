"""C-17: lessons held and substitutions by teacher and month, for pay (Пошехонье 1.4, Усть-Белая 9.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from ledger.people import Name
from ledger.school import School
from projections.control.held import journals_of, narrow
from projections.control.report import Asked, Behind, Column, Figure, Line, Report
from projections.held_register import RegisterHour, TeacherMonth, hours_of, month_of
from projections.reading import Reading

CODE, TITLE = "C-17", "Проведённые уроки и замены"
COLUMNS = (
    Column(key="teacher", title="Учитель"),
    Column(key="month", title="Месяц"),
    Column(key="own", title="По нагрузке", kind="count"),
    Column(key="stood_in", title="Замещал(а)", kind="count"),
    Column(key="for_whom", title="Кого"),
    Column(key="given_away", title="Замещён(а)", kind="count"),
    Column(key="by_whom", title="Кем"),
    Column(key="moved", title="Из них перенесено", kind="count"),
    Column(key="extracurricular", title="Внеурочные", kind="count"),
    Column(key="cancelled", title="Отменено", kind="count"),
    Column(key="missing", title="Без записи темы", kind="count", better="less"),
)
NOTE = (
    "Час — урок по расписанию, который прошёл и у которого записана тема; объединённый урок нескольких классов —"
    " один час. Уроки без темы не посчитаны, они в последней графе."
)
KINDS = {
    "own": "по нагрузке",
    "stood_in": "замещал(а)",
    "given_away": "замещён(а)",
    "cancelled": "отменён",
    "extracurricular": "внеурочное занятие",
}
Month = tuple[UUID, date]  # teacher, first day


def report(reading: Reading, asked: Asked) -> Report:
    months = {key: month_of(key[0], hours) for key, hours in _hours(reading, asked).items()}
    names = reading.names(_people(months))
    people = reading.sorted(list({teacher for teacher, _ in months}), names)
    ordered = sorted(months, key=lambda key: (people.index(key[0]), key[1]))
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(key, months[key], names) for key in ordered),
        figures=_figures(months.values()),
        notes=(NOTE,),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The lessons of the teacher in the month."""
    teacher, month = key.split("/")
    hours = _hours(reading, asked).get((UUID(teacher), date.fromisoformat(month)), ())
    names = reading.names({hour.other for hour in hours if hour.other is not None})
    for hour in sorted(hours, key=lambda hour: (hour.date, hour.number, hour.class_title)):
        yield Behind(words=_words(hour, names), date=hour.date, lesson=hour.lesson)


def _hours(reading: Reading, asked: Asked) -> dict[Month, list[RegisterHour]]:
    """Of the days and pages asked for."""
    school = reading.school
    pages = journals_of(school, asked) if narrow(asked) else None
    found: dict[Month, list[RegisterHour]] = defaultdict(list)
    for teacher, hour in hours_of(reading, asked.first, asked.last):
        if asked.teacher in (None, teacher) and (pages is None or _page(hour, school) in pages):
            found[teacher, hour.date.replace(day=1)].append(hour)
    return found


def _page(hour: RegisterHour, school: School) -> UUID:
    known = school.timetable
    return (known.by_id.get(hour.lesson) or known.dropped[hour.lesson]).journal


def _line(key: Month, month: TeacherMonth, names: Mapping[UUID, Name]) -> Line:
    teacher, first = key
    return Line(
        key=f"{teacher}/{first.isoformat()}",
        values=(
            names[teacher].short,
            f"{first:%m.%Y}",
            *(month.own, month.stood_in, _others(month, "stood_in", names)),
            *(month.given_away, _others(month, "given_away", names)),
            *(month.moved, month.extracurricular, month.cancelled, month.missing),
        ),
    )


def _others(month: TeacherMonth, kind: str, names: Mapping[UUID, Name]) -> str:
    """«Петров А. (2), Ким О.»"""
    counts: dict[UUID, int] = {}
    for hour in month.hours:
        if hour.kind == kind and hour.other is not None and not hour.missing:
            counts[hour.other] = counts.get(hour.other, 0) + 1
    said = sorted((names[person].short, count) for person, count in counts.items())
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in said)


def _people(months: Mapping[Month, TeacherMonth]) -> set[UUID]:
    others = {hour.other for month in months.values() for hour in month.hours if hour.other is not None}
    return others | {teacher for teacher, _ in months}


def _words(hour: RegisterHour, names: Mapping[UUID, Name]) -> str:
    """«7А, Физика: замещал(а), Петров А., темы нет»"""
    said = [KINDS[hour.kind]]
    if hour.other is not None:
        said.append(names[hour.other].short)
    if hour.moved_from is not None:
        said.append(f"перенесён с {hour.moved_from:%d.%m.%Y}")
    if hour.missing:
        said.append("темы нет")
    return f"{hour.class_title}, {hour.subject}: {', '.join(said)}"


def _figures(months: Iterable[TeacherMonth]) -> tuple[Figure, ...]:
    own = tuple(months)
    sums = {
        "held": ("Проведено", sum(m.own + m.stood_in + m.extracurricular for m in own)),
        "stood_in": ("Из них замены", sum(m.stood_in for m in own)),
        "missing": ("Без записи темы", sum(m.missing for m in own)),
    }
    better = {"missing": "less"}
    return tuple(
        Figure(key=key, title=title, value=count, kind="count", better=better.get(key, ""))  # type: ignore[arg-type]
        for key, (title, count) in sums.items()
    )
