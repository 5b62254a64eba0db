"""What is new in a diary since a reader last looked: marks, absences, marks for a period, corrections, voids, remarks,
and how many topics and homeworks (issue 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf
from projections import (
    absence_facts,
    diary_corrections,
    diary_remarks,
    diary_sections,
    diary_voids,
    void_signs,
)
from projections.case_place import period_title
from projections.columns import title_of
from projections.diary_corrections import DiaryCorrection
from projections.diary_voids import DiaryVoid
from projections.reading import Reading

FIRST_VISIT = timedelta(days=7)  # who never looked is shown this much
REACH = timedelta(days=120)  # a topic is not written longer after its lesson
SHOWN = 20  # lines; the rest are counted
Day = date


@dataclass(frozen=True, kw_only=True, slots=True)
class NewsLine:
    """`kind`: mark, absence, period_mark, comment or recommendation; `detail` is the kind of work, the title of the
    period, the category of an absence or the words. `at` is aware; `date` the lesson's, None of what has none."""

    kind: str
    subject: str
    date: Day | None
    value: str
    detail: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """After `since` (aware). `visited`: that was this reader's last visit. `lines` the newest first, `more` of them not
    shown; `topics` and `homework` of how many lessons."""

    since: datetime
    visited: bool
    lines: tuple[NewsLine, ...]
    more: int
    corrections: tuple[DiaryCorrection, ...]
    voids: tuple[DiaryVoid, ...]
    topics: int
    homework: int

    def __bool__(self) -> bool:
        return bool(self.lines or self.corrections or self.voids or self.topics or self.homework)


def since(reading: Reading, pupil: UUID, visit: datetime | None, key_of: KeyOf) -> News:
    first = visit or reading.as_of.instant - FIRST_VISIT
    sections = diary_sections.of(reading)
    lines = sorted(_lines(reading, pupil, first, sections, key_of), key=lambda line: line.at, reverse=True)
    topics, homework = _lessons(reading, pupil, first)
    return News(
        since=first,
        visited=visit is not None,
        lines=tuple(lines[:SHOWN]),
        more=max(0, len(lines) - SHOWN),
        corrections=_corrections(reading, pupil, first),
        voids=_voids(reading, pupil, first, key_of),
        topics=topics if diary_sections.TOPICS & sections else 0,
        homework=homework if "homework" in sections else 0,
    )


def _lines(
    reading: Reading, pupil: UUID, first: datetime, sections: frozenset[str], key_of: KeyOf
) -> Iterator[NewsLine]:
    """What a correction brought is told as a correction."""
    where = "pupil = %(pupil)s AND entered_at > %(first)s AND correction IS NULL"
    cells = reading.rows("cells", where, pupil=pupil, first=first)
    yield from of_cells([row for row in cells if named(row, sections)], reading)
    if "attestation" in sections:
        rows = reading.rows("period_marks", where, pupil=pupil, first=first)
        yield from (of_period(row, reading) for row in rows)
    for remark in diary_remarks.since(reading, pupil, first, key_of):
        if remark.kind == "comment" or "recommendations" in sections:
            yield NewsLine(
                kind=remark.kind,
                subject=remark.subject,
                date=None,
                value="",
                detail=remark.text,
                at=remark.at,
            )


def named(row: Any, sections: frozenset[str]) -> bool:
    """Whether the act has a family told of such a cell (P-73)."""
    return ("marks" if row.value_kind == "mark" else "attendance") in sections and row.value_kind != "late"


def of_cells(rows: list[Any], reading: Reading) -> Iterator[NewsLine]:
    """Of rows of one pupil."""
    ids = [row.lesson for row in rows if row.value_kind == "mark"]
    works = {row.work: row for row in reading.rows("works", "lesson = ANY(%(ids)s)", ids=ids)} if ids else {}
    reasons = _reasons([row for row in rows if row.value_kind == "absence"], reading)
    for row in rows:
        yield NewsLine(
            kind=row.value_kind,
            subject=reading.school.subject_of(row.journal).title,
            date=row.date,
            value=row.value,
            detail=reasons.get(row.lesson, "") or _work_title(works, row, reading),
            at=row.entered_at,
        )


def _reasons(missed: list[Any], reading: Reading) -> dict[UUID, str]:
    """By lesson, what the class teacher said of the «н»."""
    if not missed:
        return {}
    days = [row.date for row in missed]
    pupil = missed[0].pupil
    said = absence_facts.explanations(reading, [pupil], min(days), max(days)).get(pupil, ())
    return {row.lesson: absence_facts.category_on(said, row.date) for row in missed}


def _work_title(works: Mapping[UUID, Any], row: Any, reading: Reading) -> str:
    work = works.get(row.work) if row.value_kind == "mark" else None
    return "" if work is None else title_of(work, work.date, reading.regulation())


def of_period(row: Any, reading: Reading) -> NewsLine:
    school = reading.school
    return NewsLine(
        kind="period_mark",
        subject=school.subject_of(row.journal).title,
        date=None,
        value=row.value,
        detail=period_title(school, row.journal, row.period),
        at=row.entered_at,
    )


def _corrections(reading: Reading, pupil: UUID, first: datetime) -> tuple[DiaryCorrection, ...]:
    asked = diary_corrections.asked_of_week(reading.school, pupil, (), first, reading.as_of.instant)
    return diary_corrections.told(reading.asked(asked), pupil, reading)


def _voids(reading: Reading, pupil: UUID, first: datetime, key_of: KeyOf) -> tuple[DiaryVoid, ...]:
    """Of the Acts of these days; nearly always there is none."""
    since, acts = reading.school.local(first).date(), void_signs.acts(reading)
    lately = any(named.date >= since for named in acts.values())
    return diary_voids.of_week(reading, pupil, since, reading.today, acts, key_of) if lately else ()


def _lessons(reading: Reading, pupil: UUID, first: datetime) -> tuple[int, int]:
    """How many lessons of the pupil's pages got a topic and homework after `first`."""
    school, since = reading.school, reading.school.local(first).date()
    lately = reading.rows(
        "fillings",
        "journal = ANY(%(pages)s) AND date >= %(since)s AND filled_at > %(first)s",
        columns="lesson",
        pages=_pages(reading, pupil),
        since=since - REACH,
        first=first,
    )
    rows = reading.rows(
        "lessons",
        "lesson = ANY(%(lessons)s)",
        columns="journal, date, topic, homework, homework_at",
        lessons=[row.lesson for row in lately],
    )
    own = [row for row in rows if school.enrolled(pupil, row.journal, row.date)]
    return (
        sum(row.topic is not None and row.date >= since for row in own),
        sum(row.homework is not None and row.homework_at > first for row in own),
    )


def _pages(reading: Reading, pupil: UUID) -> list[UUID]:
    """Pages of the classes the pupil was ever in."""
    known = reading.school.pupils[pupil]
    return [page for class_id in _classes(known.classes) for page in _of_class(reading, class_id)]


def _classes(stretches: Iterable[tuple[UUID, Any]]) -> Iterable[UUID]:
    return dict.fromkeys(class_id for class_id, _ in stretches)


def _of_class(reading: Reading, class_id: UUID) -> Iterable[UUID]:
    year = reading.school.classes[class_id].year
    return (page.id for page in reading.school.pages_of_class(class_id, year))
