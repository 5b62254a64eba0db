"""C-16: the register of corrections (Усть-Белая 9.2, 7.14): what was changed, why, who asked, who agreed, how soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.correction import OPEN
from ledger.people import Name
from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from ledger.personal import PersonalText
from projections.case_place import CasePlace, places
from projections.control.held import journals_of
from projections.control.instants import days_of
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, Value
from projections.reading import Reading
from projections.topic_words import order_words

CODE, TITLE = "C-16", "Реестр исправлений"
COLUMNS = (
    Column(key="number", title="№ п/п", kind="count"),
    Column(key="asked", title="Запрошено", kind="moment"),
    Column(key="cell", title="Что исправляется"),
    Column(key="old", title="Было"),
    Column(key="new", title="Стало"),
    Column(key="kind", title="Вид"),
    Column(key="reason", title="Причина"),
    Column(key="requester", title="Запросил"),
    Column(key="status", title="Решение"),
    Column(key="approver", title="Решил"),
    Column(key="basis", title="Основание"),
    Column(key="hours", title="Часов до решения", kind="mean", better="less"),
)
KINDS = {"": "текущая", PERIOD: "за период", YEAR: "годовая", ATTESTATION: "за аттестацию", FINAL: "итоговая"}
STATUSES = {
    OPEN: "ждёт решения",
    "approved": "исправлено",
    "declined": "отклонено",
    "withdrawn": "запрос отозван",
    "unfounded": "исправлено, запрос признан недействительным",
}
GROUNDS = {
    "erroneous_entry": "ошибочная запись",
    "omitted": "не была выставлена",
    "order": "приказ",
    "reinstatement": "восстановление по Акту",
    "revision": "пересмотр",
    "other": "другое",
}
TARGETS = {"absence": "«н»", "topic": "тема", "homework": "домашнее задание", "kind": "вид работы"}
HOUR = 3600


def report(reading: Reading, asked: Asked) -> Report:
    rows = cases(reading, asked)
    named = {p for row in rows for p in (row.requester, row.decided_by, row.pupil) if p is not None}
    names, said = reading.names(named), places(rows, reading)
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(
            _line(number, row, place, names, reading)
            for number, (row, place) in enumerate(zip(rows, said, strict=True), start=1)
        ),
        figures=_figures(rows),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The cell the case is about."""
    for row in cases(reading, asked):
        if row.case_id == UUID(key):
            (place,) = places([row], reading)
            yield Behind(
                words=f"{place.class_title}, {place.subject}: {_what(place)}",
                date=place.date,
                lesson=row.lesson,
                journal=row.journal,
                work=row.work,
                pupil=row.pupil,
                period=row.period,
            )


def cases(reading: Reading, asked: Asked) -> list[Any]:
    """Rows of the cases asked for on these days, in order; of a teacher those the teacher asked for or decided, and
    those about pages the teacher teaches."""
    since, until = days_of(asked, reading)
    pages, school = journals_of(reading.school, asked), reading.school
    rows = reading.rows(
        "corrections", "asked_at >= %(since)s AND asked_at < %(until)s", since=since, until=until
    )

    def meant(row: Any) -> bool:
        mine = (row.requester, row.decided_by)
        return row.journal in pages and (
            asked.teacher is None
            or asked.teacher in mine
            or school.teaches(asked.teacher, row.journal, school.local(row.asked_at).date())
        )

    return sorted(filter(meant, rows), key=lambda row: (row.asked_at, row.case_id))


def _line(number: int, row: Any, place: CasePlace, names: Mapping[UUID, Name], reading: Reading) -> Line:
    pupil = f", {names[row.pupil].listed}" if row.pupil is not None else ""
    return Line(
        key=str(row.case_id),
        values=(
            number,
            reading.school.local(row.asked_at),
            f"{place.class_title}, {place.subject}{pupil}, {_what(place)}",
            _value(row, row.old, reading),
            _moved(row) or _value(row, row.new, reading),
            KINDS[row.kind],
            PersonalText(person=row.requester, nonce=bytes(row.reason_nonce), sealed=bytes(row.reason)),
            names[row.requester].short,
            STATUSES[row.status],
            names[row.decided_by].short if row.decided_by is not None else None,
            _basis(row, reading),
            _hours(row.asked_at, row.decided_at),
        ),
    )


def _what(place: CasePlace) -> str:
    """«12.10.2026, 2-й урок, контрольная работа», «I триместр»."""
    if place.period is not None:
        return place.period_title
    kind = TARGETS.get(place.target, "") or place.kind_title.lower()
    lesson = f"{place.date:%d.%m.%Y}, {place.number}-й урок" if place.date is not None else ""
    return ", ".join(word for word in (lesson, kind) if word)


def _value(row: Any, value: str, reading: Reading) -> Value:
    """A kind of work is stored as its key; where nothing stands there is nothing."""
    kind = reading.regulation().work_kinds.get(value) if row.target == "kind" else None
    return (value if kind is None else kind.title) or None


def _moved(row: Any) -> str:
    return f"{row.to_date:%d.%m.%Y}, {row.to_number}-й урок" if row.to_date is not None else ""


def _basis(row: Any, reading: Reading) -> str:
    """The paper it rests on: an order, an error report, an Act; else the ground."""
    order = order_words(row.order_id or row.rests_on_order, reading.school, dated=True)
    report = "сообщение об ошибке" if row.report is not None else ""
    ground = GROUNDS.get(row.ground, row.ground) if row.ground != "order" or not order else ""
    return ", ".join(word for word in (order, ground, report) if word)


def _hours(asked_at: datetime, decided_at: datetime | None) -> float | None:
    return None if decided_at is None else round((decided_at - asked_at).total_seconds() / HOUR, 2)


def _figures(rows: list[Any]) -> tuple[Figure, ...]:
    hours = [h for row in rows if (h := _hours(row.asked_at, row.decided_at)) is not None]
    mean = round(sum(hours) / len(hours), 2) if hours else None
    done = sum(row.status in ("approved", "unfounded") for row in rows)
    return (
        Figure(key="cases", title="Запросов", value=len(rows), kind="count"),
        Figure(key="approved", title="Исправлено", value=done, kind="count", part=done, whole=len(rows)),
        Figure(key="hours", title="Часов до решения в среднем", value=mean, kind="mean", better="less"),
    )
