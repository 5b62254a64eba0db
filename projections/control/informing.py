"""C-19: how soon families learn what was recorded, and whether they are acquainted with marks for a period: have said
«Ознакомлен», or looked where the act is content with that (Усть-Белая 9.2; P-72)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.school import School
from projections.control import class_subject
from projections.control.class_subject import Place, place_of
from projections.control.instants import days_of
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.control.scope import pages_asked
from projections.last_looks import last_looks
from projections.reading import HOLDS, Reading

CODE, TITLE = "C-19", "Информирование и ознакомление"
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="subject", title="Предмет"),
    Column(key="marks", title="Отметок", kind="count"),
    Column(key="mark_hours", title="Отметка видна через, ч", kind="mean", better="less"),
    Column(key="same_day", title="Из них в день урока", kind="share", better="more"),
    Column(key="homework", title="Домашних заданий", kind="count"),
    Column(key="homework_hours", title="Задание видно через, ч", kind="mean", better="less"),
    Column(key="period_marks", title="Отметок за период", kind="count"),
    Column(key="acknowledged", title="«Ознакомлен»", kind="count"),
    Column(key="acknowledged_share", title="«Ознакомлен», доля", kind="share", better="more"),
)
HOUR = 3600
NOTES = (
    "Часы — в среднем от конца урока до записи (записанное на уроке видно сразу); исправления не считаются,"
    " у перенесённых данных время их источника. Отметки за период — выставленные в эти дни; «Ознакомлен» —"
    " родителя, совершеннолетнего ученика — самого.",
)
OF_THE_ACT = {
    "explicit": (),
    "view": (
        "Порядок школы нажимать «Ознакомлен» не требует (P-72): ознакомлены и те, кто открывал дневник ученика после"
        " того, как отметка выставлена.",
    ),
    "off": ("Порядок школы не ведёт учёта ознакомления (P-72).",),
}
_OF_DAYS = (
    "school_id = %(school)s AND date BETWEEN %(first)s AND %(last)s AND (%(pages)s::uuid[] IS NULL"
    f" OR journal = ANY(%(pages)s)) AND {HOLDS}"
)
# The end of a lesson and of its day is turned into an instant once a lesson, not once a mark: there are 600,000.
_MARKS = f"""
    WITH over AS MATERIALIZED (
        SELECT lesson, ends AT TIME ZONE %(zone)s AS ends, (date + 1)::timestamp AT TIME ZONE %(zone)s AS midnight
        FROM pages.lessons
        WHERE school_id = %(school)s AND date BETWEEN %(first)s AND %(last)s AND {HOLDS})
    SELECT journal, count(*) AS marks, count(*) FILTER (WHERE entered_at < midnight) AS same_day,
        date_part('epoch', sum(greatest(interval '0', entered_at - ends))) AS mark_seconds
    FROM (SELECT lesson, journal, entered_at FROM pages.cells
        WHERE {_OF_DAYS} AND value_kind = 'mark' AND correction IS NULL) AS m JOIN over USING (lesson)
    GROUP BY journal"""
_HOMEWORK = f"""
    SELECT journal, count(*) AS homework,
        date_part('epoch', sum(greatest(interval '0', homework_at - ends AT TIME ZONE %(zone)s))) AS homework_seconds
    FROM pages.lessons WHERE {_OF_DAYS} AND homework IS NOT NULL AND homework_correction IS NULL
    GROUP BY journal"""
# Whoever said «Ознакомлен», or looked since where the act is content with a look: one latest look a pupil, not a search
# of the log for every mark.
_ACQUAINTED = f"""(entry IN (
        SELECT entry FROM pages.acknowledgements WHERE school_id = %(school)s AND {HOLDS}
            AND (role = 'guardian' OR person = ANY(%(adults)s))) OR coalesce(looked > entered_at, FALSE))"""
_GIVEN = f"""pages.period_marks LEFT JOIN unnest(%(lookers)s::uuid[], %(looks)s::timestamptz[])
        AS looks (pupil, looked) USING (pupil)
    WHERE school_id = %(school)s AND entered_at >= %(since)s AND entered_at < %(until)s
        AND (%(pages)s::uuid[] IS NULL OR journal = ANY(%(pages)s)) AND {HOLDS}"""
_PERIOD_MARKS = f"""
    SELECT journal, count(*) AS period_marks, count(*) FILTER (WHERE {_ACQUAINTED}) AS acknowledged
    FROM {_GIVEN} GROUP BY journal"""
_UNREAD = f"SELECT journal, period, pupil, kind, value FROM {_GIVEN} AND NOT {_ACQUAINTED}"


@dataclass(kw_only=True, slots=True)
class Sums:
    """Of one class and subject."""

    marks: int = 0
    mark_seconds: float = 0
    same_day: int = 0
    homework: int = 0
    homework_seconds: float = 0
    period_marks: int = 0
    acknowledged: int = 0

    def add(self, row: Any) -> None:
        """A row that says some of the sums."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(row, field.name, 0))


def report(reading: Reading, asked: Asked) -> Report:
    sums, school = _sums(reading, asked), reading.school
    whole = Sums()
    for own in sums.values():
        whole.add(own)
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(place, sums[place], school) for place in class_subject.ordered(sums, school)),
        figures=_figures(whole),
        notes=_notes(reading),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The marks for a period nobody of the family is acquainted with."""
    place = class_subject.of_key(key)
    pages = [page.id for page in pages_asked(reading.school, asked) if (page.class_id, page.subject) == place]
    rows = reading.query(_UNREAD, **{**_asked(reading, asked), "pages": pages})
    names = reading.names({row.pupil for row in rows})
    order = {pupil: n for n, pupil in enumerate(reading.sorted(list(names), names))}
    for row in sorted(rows, key=lambda row: (order[row.pupil], row.kind)):
        words = f"{names[row.pupil].listed}: {row.value}, не ознакомлены"
        yield Behind(words=words, journal=row.journal, pupil=row.pupil, period=row.period, class_id=place[0])


def _sums(reading: Reading, asked: Asked) -> Mapping[Place, Sums]:
    sums: dict[Place, Sums] = defaultdict(Sums)
    parameters = _asked(reading, asked)
    for query in (_MARKS, _HOMEWORK, _PERIOD_MARKS):
        for row in reading.query(query, **parameters):
            sums[place_of(row.journal, reading.school)].add(row)
    return sums


def _asked(reading: Reading, asked: Asked) -> dict[str, Any]:
    since, until = days_of(asked, reading)
    narrow = any((asked.class_id, asked.subject, asked.level, asked.teacher))
    pages = [page.id for page in pages_asked(reading.school, asked)] if narrow else None
    adults = [pupil.id for pupil in reading.school.pupils.values() if pupil.of_age]
    days = {"first": asked.first, "last": asked.last, "since": since, "until": until}
    looks = _looks(reading) if reading.regulation().acquaintance == "view" else {}
    return {
        **days,
        "zone": reading.school.zone_name,
        "pages": pages,
        "adults": adults,
        "lookers": list(looks),
        "looks": list(looks.values()),
    }


def _looks(reading: Reading) -> dict[UUID, datetime]:
    """When anybody whose acquaintance counts last looked at a pupil: a guardian, or the pupil who is of age."""
    counted = {
        pupil.id: [*pupil.guardians, *((pupil.id,) if pupil.of_age else ())]
        for pupil in reading.school.pupils.values()
    }
    found: dict[UUID, datetime] = {}
    for (pupil, _), at in last_looks(reading, counted).items():
        found[pupil] = max(at, found.get(pupil, at))
    return found


def _line(place: Place, own: Sums, school: School) -> Line:
    return Line(
        key=class_subject.key_of(place),
        values=(
            *class_subject.words(place, school),
            *(own.marks, _hours(own.mark_seconds, own.marks), share(own.same_day, own.marks)),
            *(own.homework, _hours(own.homework_seconds, own.homework)),
            *(own.period_marks, own.acknowledged, share(own.acknowledged, own.period_marks)),
        ),
    )


def _hours(seconds: float, count: int) -> float | None:
    return round(seconds / count / HOUR, 2) if count else None


def _figures(own: Sums) -> tuple[Figure, ...]:
    return (
        Figure(
            key="mark_hours",
            title="Отметка видна семье через, ч",
            value=_hours(own.mark_seconds, own.marks),
            kind="mean",
            better="less",
        ),
        Figure(
            key="homework_hours",
            title="Задание видно семье через, ч",
            value=_hours(own.homework_seconds, own.homework),
            kind="mean",
            better="less",
        ),
        Figure(
            key="acknowledged",
            title="«Ознакомлен» с отметками за период",
            value=share(own.acknowledged, own.period_marks),
            kind="share",
            part=own.acknowledged,
            whole=own.period_marks,
            better="more",
        ),
    )


def _notes(reading: Reading) -> tuple[str, ...]:
    return (*NOTES, *OF_THE_ACT[reading.regulation().acquaintance])
