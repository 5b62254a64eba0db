"""The paper pack of one class for an outage (7.11, R-198): who, when and where, what stands, what is due, and empty
sheets to write on until the journal is back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer, Table

from exports.grid import table
from exports.paper import HEAD, SMALL, p, printed
from projections.emergency import EmergencyClass, HourOfDay

EMPTY_COLUMNS = 12
SIZE = 8.5  # points
_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


def pdf(page: EmergencyClass, *, school: str, moment: str, qr: str) -> bytes:
    """`moment` is what the sheets say of the time they show, in words; `qr` the same for a machine."""
    foot = f"{school} · {page.title} · на {moment}"
    return printed(
        list(_story(page, moment)), title=f"{page.title}: комплект на время сбоя", foot=foot, qr=qr
    )


def _story(page: EmergencyClass, moment: str) -> Iterator[Flowable]:
    yield p(f"{page.title}. Комплект на время сбоя", HEAD)
    yield p(
        f"Классный руководитель: {page.class_teacher or '—'}. Журнал показан таким, каким он был {moment}."
        " Пока журнал недоступен, семьи извещают на бумаге (п. 7.11), а записи потом переносят в журнал."
    )
    yield p("Список и посещаемость", HEAD)
    yield _blank(page.pupils)
    yield PageBreak()
    yield p("Расписание", HEAD)
    yield _timetable(page.days)
    yield Spacer(1, 4 * mm)
    yield p("Домашнее задание к ближайшим урокам", HEAD)
    yield _homework(page)
    for subject in page.subjects:
        yield Spacer(1, 4 * mm)
        yield p(f"{subject.title}: отметки, {page.period}", HEAD)
        yield _marks(subject.rows)


def _blank(pupils: Sequence[str]) -> Table:
    """The list with empty columns."""
    head = ["№", "Фамилия, имя", *[""] * EMPTY_COLUMNS]
    rows = [[str(n), p(name, SMALL), *[""] * EMPTY_COLUMNS] for n, name in enumerate(pupils, 1)]
    widths = [7 * mm, 55 * mm, *[9 * mm] * EMPTY_COLUMNS]
    return table(head, rows, widths, size=SIZE)


def _timetable(days: Sequence[tuple[object, Sequence[HourOfDay]]]) -> Table:
    rows: list[list[object]] = []
    for day, hours in days:
        for n, hour in enumerate(hours):
            rows.append([_day(day) if n == 0 else "", *_hour(hour)])
    head = ["День", "Урок", "Предмет", "Учитель", "Каб."]
    return table(head, rows, [30 * mm, 22 * mm, 52 * mm, 48 * mm, 18 * mm], size=SIZE)


def _day(day: object) -> Paragraph:
    return p(f"{day:%d.%m} {_WEEKDAYS[day.weekday()]}", SMALL)  # type: ignore[attr-defined]


def _hour(hour: HourOfDay) -> list[object]:
    subject = f"{hour.subject} ({hour.group})" if hour.group else hour.subject
    return [
        f"{hour.number} · {hour.starts:%H:%M}",
        p(subject, SMALL),
        p(hour.teacher, SMALL),
        p(hour.room, SMALL),
    ]


def _homework(page: EmergencyClass) -> Flowable:
    if not page.homework:
        return p("Ничего не задано.")
    rows = [[f"{each.due:%d.%m}", p(each.subject, SMALL), p(each.text, SMALL)] for each in page.homework]
    return table(["К", "Предмет", "Задание"], rows, [15 * mm, 45 * mm, 110 * mm], size=SIZE)


def _marks(rows: Sequence[tuple[str, Sequence[str]]]) -> Table:
    told = [[str(n), p(name, SMALL), p("  ".join(values), SMALL)] for n, (name, values) in enumerate(rows, 1)]
    head = ["№", "Фамилия, имя", "Отметки и «н» по порядку"]
    return table(head, told, [7 * mm, 55 * mm, 108 * mm], size=SIZE)
