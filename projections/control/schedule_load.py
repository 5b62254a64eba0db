"""C-20: the schedule of control works and where it is too much for a class (Усть-Белая 9.2, R-081)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ledger.span import DAY, monday_of
from projections import control_schedule
from projections.control.report import Asked, Behind, Column, Figure, Line, Report
from projections.control.scope import classes_asked, pages_asked
from projections.control_schedule import MOST_A_DAY, MOST_A_WEEK, ControlWork, DayWorks, WeekWorks, load
from projections.reading import Reading

CODE, TITLE = "C-20", "График и нагрузка контрольных работ"
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="week", title="Неделя с", kind="day"),
    Column(key="date", title="День", kind="day"),
    Column(key="works", title="Работы"),
    Column(key="day", title="За день", kind="count", better="less"),
    Column(key="total", title="За неделю", kind="count", better="less"),
    Column(key="over", title="Перегрузка"),
)
NOTES = (
    f"Перегрузка — больше {MOST_A_DAY} работы в день или больше {MOST_A_WEEK} в неделю; группы одного предмета пишут"
    " одну работу. Работы, которых ещё нет в журнале, взяты из КТП.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Day:
    class_id: UUID
    title: str
    week: WeekWorks
    day: DayWorks

    @property
    def over(self) -> str:
        said = ["день"] if self.day.too_many else []
        return ", ".join([*said, "неделя"] if self.week.too_many else said)


def report(reading: Reading, asked: Asked) -> Report:
    """A line is a day of a class with control works, of the subject and teacher asked for among them."""
    days = list(_days(reading, asked))
    weeks = {(each.class_id, each.week.monday) for each in days if each.week.too_many}
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(each) for each in days),
        figures=(
            Figure(
                key="works",
                title="Контрольных работ",
                value=sum(load(d.day.works) for d in days),
                kind="count",
            ),
            Figure(
                key="days",
                title="Перегруженных дней",
                value=sum(each.day.too_many for each in days),
                kind="count",
                better="less",
            ),
            Figure(key="weeks", title="Перегруженных недель", value=len(weeks), kind="count", better="less"),
        ),
        notes=NOTES,
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """Every work of that day."""
    for each in _days(reading, asked):
        if _key(each) == key:
            for work in each.day.works:
                yield Behind(
                    words=_said(work), date=each.day.date, lesson=work.lesson, class_id=each.class_id
                )


def _days(reading: Reading, asked: Asked) -> Iterator[_Day]:
    """Whole weeks are counted, and only the days asked for are shown."""
    school = reading.school
    classes = [klass.id for klass in classes_asked(school, asked)]
    last = monday_of(asked.last) + control_schedule.WEEK - DAY
    page = control_schedule.page(reading, classes, monday_of(asked.first), last)
    wanted: dict[UUID, set[str]] = {class_id: set() for class_id in classes}
    for each in pages_asked(school, asked):
        wanted[each.class_id].add(school.subjects[each.subject].title)
    for klass in page.classes:
        for week in klass.weeks:
            for day in week.days:
                own = any(work.subject in wanted[klass.class_id] for work in day.works)
                if own and asked.first <= day.date <= asked.last:
                    yield _Day(class_id=klass.class_id, title=klass.class_title, week=week, day=day)


def _key(each: _Day) -> str:
    return f"{each.class_id}/{each.day.date}"


def _said(work: ControlWork) -> str:
    group = f", {work.group_title}" if work.group_title else ""
    topic = f" ({work.topic})" if work.topic else ""
    planned = "" if work.lesson is not None else ", по плану"
    return f"{work.subject}{group}: {work.kind_title}{topic}{planned}"


def _line(each: _Day) -> Line:
    works = "; ".join(_said(work) for work in each.day.works)
    return Line(
        key=_key(each),
        values=(
            *(each.title, each.week.monday, each.day.date, works),
            *(load(each.day.works), each.week.count, each.over),
        ),
    )
