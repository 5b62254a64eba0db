"""C-12: how the curriculum of the whole school is fulfilled (Усть-Белая 9.2): C-05 by subject, parallel and level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from ledger.alphabet import plain
from projections.control.programme import Hours, figures, fulfilled, notes
from projections.control.report import Asked, Behind, Column, Line, Report, share
from projections.control.scope import LEVELS
from projections.plan_fulfilment import Fulfilment
from projections.reading import Reading

CODE, TITLE = "C-12", "Выполнение учебного плана"
COLUMNS = (
    Column(key="level", title="Уровень"),
    Column(key="grade", title="Параллель", kind="count"),
    Column(key="subject", title="Предмет"),
    Column(key="pages", title="Страниц", kind="count"),
    Column(key="curriculum", title="Часов в год по учебному плану", kind="hours"),
    Column(key="whole", title="Часов в год по КТП", kind="hours"),
    Column(key="planned", title="По КТП на дату", kind="hours"),
    Column(key="held", title="Проведено", kind="hours"),
    Column(key="lag", title="Отставание", kind="hours", better="less"),
    Column(key="percent", title="Выполнение", kind="share", better="more"),
)
Group = tuple[str, int | None, UUID | None]  # level; grade, None: all; subject, None: all


def report(reading: Reading, asked: Asked) -> Report:
    """Each level is followed by its sum."""
    rows = fulfilled(reading, asked)
    groups = _groups(rows, reading)
    titles = {id: subject.title for id, subject in reading.school.subjects.items()}
    order = sorted(
        groups,
        key=lambda each: (LEVELS.index(each[0]), each[1] or 99, plain(titles[each[2]]) if each[2] else ""),
    )
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(each, groups[each], titles[each[2]] if each[2] else "Всего") for each in order),
        figures=figures(rows),
        notes=(*notes(rows), "Часы групп и обучения на дому складываются, как их проводят учителя."),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The pages of the journal in it, with their own lag."""
    for group, rows in _groups(fulfilled(reading, asked), reading).items():
        if _key(group) != key:
            continue
        for row in rows:
            part = f", {row.group_title}" if row.group_title else ""
            words = f"{row.class_title}{part}, {row.subject}: отставание {row.lag / 100:g} ч"
            yield Behind(words=words, journal=row.journal)


def _groups(rows: Iterable[Fulfilment], reading: Reading) -> dict[Group, list[Fulfilment]]:
    found: dict[Group, list[Fulfilment]] = {}
    for row in rows:
        klass = reading.school.klass_of(row.journal)
        subject = reading.school.journals[row.journal].subject
        for group in ((klass.level, klass.grade, subject), (klass.level, None, None)):
            found.setdefault(group, []).append(row)
    return found


def _key(group: Group) -> str:
    return "/".join(str(each) for each in group if each is not None)


def _line(group: Group, rows: list[Fulfilment], title: str) -> Line:
    level, grade, _ = group
    hours = Hours.of(row for row in rows if row.plan is not None)
    return Line(
        key=_key(group),
        values=(
            *(level, grade, title, len(rows)),
            sum(row.curriculum for row in rows),
            sum(row.whole for row in rows),
            *(hours.planned, hours.held, hours.lag, share(hours.held, hours.planned)),
        ),
    )
