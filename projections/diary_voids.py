"""What an Act made void, as a family reads it (R-185): the counter-notice to marks, topics and homework, the pupil's
own too, they may have been told of. It says what stood there, what stands now and which Act; nothing of whose access
it was or who looked into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf, opened
from ledger.school import School
from projections.case_place import CasePlace, places
from projections.reading import Reading
from projections.void_rows import asked_texts, asked_voided
from projections.void_signs import Named

NO_DAYS = (date.max, date.min)


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryVoid:
    """`was` and `now` are values («» nothing: before an Act that brought a value back it had been taken away); `act` an
    annulled one too: then what was stands again, unless somebody changed it since."""

    place: CasePlace
    was: str
    now: str
    act: Named


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """What projections.case_place asks of a row."""

    journal: UUID
    pupil: UUID
    target: str
    lesson: UUID | None = None
    work: UUID | None = None
    period: UUID | None = None
    kind: str = ""


def of_week(
    reading: Reading, pupil: UUID, first: date, last: date, acts: Mapping[UUID, Named], key_of: KeyOf
) -> tuple[DiaryVoid, ...]:
    """Of lessons of these days, and of whatever an Act of these days took away; of the pupil and the lessons of his
    class. `acts` are all there are (projections.void_signs)."""
    lately = {act for act, named in acts.items() if first <= named.date <= last}
    return _taken(reading, pupil, lately, (first, last), acts, key_of)


def of_acts(
    reading: Reading, pupil: UUID, lately: Collection[UUID], acts: Mapping[UUID, Named], key_of: KeyOf
) -> tuple[DiaryVoid, ...]:
    """Of whatever `lately`, some of the `acts`, took away."""
    return _taken(reading, pupil, lately, NO_DAYS, acts, key_of) if lately else ()


def _taken(
    reading: Reading,
    pupil: UUID,
    lately: Collection[UUID],
    days: tuple[date, date],
    acts: Mapping[UUID, Named],
    key_of: KeyOf,
) -> tuple[DiaryVoid, ...]:
    if not acts:
        return ()
    first, last = days

    def concerned(row: Any) -> bool:
        return row.act in lately or first <= row.date <= last

    own = "pupil = %(pupil)s AND value_kind <> 'late'"
    dated = "" if lately else " AND date BETWEEN %(first)s AND %(last)s"
    span = {"pupil": pupil, "first": first, "last": last}
    found = reading.together(
        cells=asked_voided("cells", own + dated, **span),
        tasks=asked_voided("personal_homework", "pupil = %(pupil)s" + dated, **span),
        marks=asked_voided("period_marks", "pupil = %(pupil)s", pupil=pupil),
        lessons=asked_texts(reading.school.pages_ever(pupil)),
    )
    rows = [*filter(concerned, found.cells), *(row for row in found.marks if row.act in lately)]
    texts = _attended(filter(concerned, found.lessons), pupil, reading.school)
    return (
        *_told(rows, acts, pupil, reading),
        *_told_of_lessons(texts, acts, pupil, reading),
        *_told_of_own_tasks(filter(concerned, found.tasks), acts, reading, key_of),
    )


def _attended(rows: Iterable[Any], pupil: UUID, school: School) -> Iterable[Any]:
    """On whose list the pupil was that day."""
    return (row for row in rows if school.enrolled(pupil, row.journal, row.date))


def _told_of_lessons(
    rows: Iterable[Any], acts: Mapping[UUID, Named], pupil: UUID, reading: Reading
) -> Iterable[DiaryVoid]:
    """Topics and homework; the last of each lesson that an Act took away."""
    lost = {
        _Row(journal=row.journal, pupil=pupil, target=target, lesson=row.lesson): (
            _said(row, target),
            row.act,
        )
        for row in rows
        if row.act in acts
        for target in ("topic", "homework")
        if getattr(row, f"{target}_void")
    }
    if not lost:
        return
    ids = [key.lesson for key in lost]
    now = {row.lesson: row for row in reading.rows("lessons", "lesson = ANY(%(ids)s)", ids=ids)}
    for (key, (was, act)), place in zip(lost.items(), places(list(lost), reading), strict=True):
        stands = _said(now[key.lesson], key.target) if key.lesson in now else ""
        yield DiaryVoid(place=place, was=was, now=stands, act=acts[act])


def _told_of_own_tasks(
    rows: Iterable[Any], acts: Mapping[UUID, Named], reading: Reading, key_of: KeyOf
) -> Iterable[DiaryVoid]:
    """Homework given to this pupil alone; the last of each lesson that an Act took away."""
    lost = {row.lesson: row for row in rows if row.act in acts}
    if not lost:
        return
    ids, pupil = list(lost), next(iter(lost.values())).pupil
    where = "lesson = ANY(%(ids)s)"
    journals = {
        row.lesson: row.journal for row in reading.ever("lessons", where, columns="lesson, journal", ids=ids)
    }
    own = reading.rows("personal_homework", f"{where} AND pupil = %(pupil)s", ids=ids, pupil=pupil)
    now = {row.lesson: _own_task(row, key_of) for row in own}
    keys = [_Row(journal=journals[lesson], pupil=pupil, target="homework", lesson=lesson) for lesson in lost]
    for row, place in zip(lost.values(), places(keys, reading), strict=True):
        was = _own_task(row, key_of)
        yield DiaryVoid(place=place, was=was, now=now.get(row.lesson, ""), act=acts[row.act])


def _own_task(row: Any, key_of: KeyOf) -> str:
    return f"лично: {opened(row.pupil, row.nonce, row.sealed, key_of)}"


def _said(row: Any, target: str) -> str:
    if target == "topic":
        return row.topic or ""
    return "не задано" if row.not_set else row.homework or ""


def _told(
    rows: Iterable[Any], acts: Mapping[UUID, Named], pupil: UUID, reading: Reading
) -> Iterable[DiaryVoid]:
    """The last value of each place that an Act took away or brought back."""
    lost = {_place(row): row for row in rows if row.act in acts}
    if not lost:
        return
    now = _standing(pupil, reading)
    for (key, row), place in zip(lost.items(), places(list(lost), reading), strict=True):
        was = "" if row.back else row.value
        yield DiaryVoid(place=place, was=was, now=now.get(key, ""), act=acts[row.act])


def _standing(pupil: UUID, reading: Reading) -> dict[_Row, str]:
    cells = reading.rows("cells", "pupil = %(pupil)s AND value_kind <> 'late'", pupil=pupil)
    marks = reading.rows("period_marks", "pupil = %(pupil)s", pupil=pupil)
    return {_place(row): row.value for row in (*cells, *marks)}


def _place(row: Any) -> _Row:
    if hasattr(row, "period"):
        return _Row(
            journal=row.journal, pupil=row.pupil, target="period_mark", period=row.period, kind=row.kind
        )
    work = row.work if row.value_kind == "mark" else None
    return _Row(journal=row.journal, pupil=row.pupil, target=row.value_kind, lesson=row.lesson, work=work)
