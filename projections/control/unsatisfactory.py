"""C-09: unsatisfactory marks of a class with topics, by pupil (Усть-Белая 9.2): what was not learnt, and is it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.personal import PersonalText
from ledger.school import Journal
from projections.class_list import in_order
from projections.columns import title_of
from projections.control.held import lessons_held
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.control.scope import class_words, pages_asked
from projections.reading import NoSuchPage, Reading

CODE, TITLE = "C-09", "Неудовлетворительные отметки с темами"
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="pupil", title="Ученик"),
    Column(key="date", title="Дата", kind="day"),
    Column(key="subject", title="Предмет"),
    Column(key="topic", title="Тема"),
    Column(key="work", title="Вид работы"),
    Column(key="mark", title="Отметка", kind="mark"),
    Column(key="corrected", title="Исправлена"),
    Column(key="recommendation", title="Рекомендация учителя"),
)
NOTES = (
    "Исправлена: в этой клетке теперь стоит другая отметка, или за работу, написанную вместо этой, стоит"
    " удовлетворительная.",
    "Рекомендация учителя — первая по предмету с этого дня.",
)
# The last unsatisfactory value of every cell that no void took away (nor one that was annulled), beside what stands in
# the cell.
_MARKS = """
    SELECT DISTINCT ON (c.lesson, c.work, c.pupil)
        c.lesson, c.work, c.pupil, c.journal, c.date, c.value, n.value AS now
    FROM pages.cells c
    JOIN pages.cells n ON n.school_id = c.school_id AND n.lesson = c.lesson AND n.work = c.work AND n.pupil = c.pupil
        AND n.value_kind = 'mark' AND n.since <= %(position)s AND (n.until IS NULL OR n.until > %(position)s)
    WHERE c.school_id = %(school)s AND c.value_kind = 'mark' AND c.since <= %(position)s
        AND c.value = ANY(%(values)s) AND c.journal = ANY(%(pages)s) AND c.date BETWEEN %(first)s AND %(last)s
        AND (c.entry = n.entry OR c.entry < n.entry AND NOT EXISTS (SELECT FROM ledger.entries v
            WHERE v.school_id = c.school_id AND v.stream_id = c.lesson AND v.position <= %(position)s
            AND v.topic IN ('entries-voided', 'entries-taken-back')
            AND convert_from(v.state, 'UTF8')::jsonb -> 'positions' @> to_jsonb(c.entry)
            AND NOT EXISTS (SELECT FROM ledger.entries w WHERE w.school_id = v.school_id AND w.stream_id = v.stream_id
                AND w.position > v.position AND w.position <= %(position)s AND w.topic = 'entries-voided'
                AND convert_from(w.state, 'UTF8')::jsonb -> 'positions' @> to_jsonb(v.position))))
    ORDER BY c.lesson, c.work, c.pupil, c.since DESC"""


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """Beside the marks: rows of lessons and works by id, the marks of works written instead, recommendations by
    pupil with the day they were written on, in order of time."""

    lessons: Mapping[UUID, Any]
    works: Mapping[UUID, Any]
    again: Mapping[tuple[UUID, UUID], str]
    remarks: Mapping[UUID, list[tuple[date, Any]]]
    bad: frozenset[str]

    def corrected(self, row: Any) -> str:
        """«да, 4», «нет»."""
        later = row.now if row.now not in self.bad else self.again.get((row.work, row.pupil), "")
        return f"да, {later}" if later and later not in self.bad else "нет"

    def remark(self, row: Any) -> Any | None:
        """The first to the page since that day."""
        own = self.remarks.get(row.pupil, ())
        return next((each for day, each in own if each.journal == row.journal and row.date <= day), None)


def report(reading: Reading, asked: Asked) -> Report:
    """Raises NoSuchPage: no such class."""
    pages = {page.id: page for page in pages_asked(reading.school, asked)}
    rows = _rows(reading, asked, pages)
    facts = _facts(reading, asked, rows)
    lines = tuple(_lines(reading, rows, facts, pages))
    fixed = sum(facts.corrected(row) != "нет" for row in rows)
    pupils = len({row.pupil for row in rows})
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=lines,
        figures=(
            Figure(
                key="marks",
                title="Неудовлетворительных отметок",
                value=len(rows),
                kind="count",
                better="less",
            ),
            Figure(key="pupils", title="Учеников с ними", value=pupils, kind="count", better="less"),
            Figure(
                key="corrected",
                title="Исправлено",
                value=share(fixed, len(rows)),
                kind="share",
                part=fixed,
                whole=len(rows),
                better="more",
            ),
        ),
        notes=NOTES,
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The mark in its cell."""
    pages = {page.id: page for page in pages_asked(reading.school, asked)}
    for row in _rows(reading, asked, pages):
        if _key(row) == key:
            yield Behind(
                words=f"отметка {row.value}, теперь {row.now}" if row.now != row.value else row.value,
                date=row.date,
                lesson=row.lesson,
                journal=row.journal,
                work=row.work,
                pupil=row.pupil,
            )


def _rows(reading: Reading, asked: Asked, pages: Iterable[UUID]) -> list[Any]:
    if asked.class_id not in reading.school.classes:
        raise NoSuchPage(str(asked.class_id))
    rows = reading.query(
        _MARKS,
        values=list(_bad(reading)),
        pages=list(pages),
        first=asked.first,
        last=asked.last,
    )
    if asked.teacher is None:
        return rows
    given = {lesson.id for lesson, _ in lessons_held(reading, asked)}
    return [row for row in rows if row.lesson in given]


def _bad(reading: Reading) -> frozenset[str]:
    """Unsatisfactory values (P-14), fractions with an unsatisfactory part among them."""
    regulation = reading.regulation()
    bad = regulation.unsatisfactory
    return frozenset(
        {str(mark) for mark in bad}
        | {f"{a}/{b}" for a in regulation.scale for b in regulation.scale if a in bad or b in bad}
    )


def _facts(reading: Reading, asked: Asked, rows: list[Any]) -> _Facts:
    lessons = list({row.lesson for row in rows})
    days: dict[str, Any] = {"first": asked.first, "last": asked.last}
    where = "lesson = ANY(%(lessons)s) AND date BETWEEN %(first)s AND %(last)s"
    said = reading.rows("lessons", where, columns="lesson, topic", lessons=lessons, **days)
    works = reading.rows("works", where, columns="work, date, kind, title", lessons=lessons, **days)
    later = reading.rows(
        "works",
        "date >= %(first)s AND makes_up = ANY(%(works)s)",
        columns="lesson, work, makes_up",
        works=[row.work for row in rows],
        **days,
    )
    made = {row.work: row.makes_up for row in later}
    marks = reading.rows(
        "cells",
        "lesson = ANY(%(lessons)s) AND work = ANY(%(works)s) AND value_kind = 'mark'",
        columns="work, pupil, value",
        lessons=list({row.lesson for row in later}),
        works=list(made),
    )
    return _Facts(
        lessons={row.lesson: row for row in said},
        works={row.work: row for row in works},
        again={(made[row.work], row.pupil): row.value for row in marks},
        remarks=_remarks(reading, {row.pupil for row in rows}),
        bad=_bad(reading),
    )


def _remarks(reading: Reading, pupils: Iterable[UUID]) -> dict[UUID, list[tuple[date, Any]]]:
    rows = reading.rows(
        "remarks",
        "kind = 'recommendation' AND pupil = ANY(%(pupils)s) AND journal IS NOT NULL",
        columns="pupil, journal, written_at, text_nonce, text",
        pupils=list(pupils),
    )
    found: dict[UUID, list[tuple[date, Any]]] = {}
    for row in sorted(rows, key=lambda row: row.written_at):
        found.setdefault(row.pupil, []).append((reading.school.local(row.written_at).date(), row))
    return found


def _lines(reading: Reading, rows: list[Any], facts: _Facts, pages: Mapping[UUID, Journal]) -> Iterator[Line]:
    """By class, name and day."""
    school, regulation = reading.school, reading.regulation()
    names = reading.names(row.pupil for row in rows)
    place = {pupil: n for n, pupil in enumerate(reading.sorted(list(names), names))}
    words = {page: class_words(pages[page], reading) for page in {row.journal for row in rows}}
    for row in sorted(
        rows, key=lambda row: (in_order(school.klass_of(row.journal)), place[row.pupil], row.date)
    ):
        work, lesson = facts.works.get(row.work), facts.lessons.get(row.lesson)
        yield Line(
            key=_key(row),
            values=(
                words[row.journal],
                names[row.pupil].listed,
                row.date,
                school.subject_of(row.journal).title,
                lesson.topic if lesson is not None else None,
                title_of(work, work.date, regulation) if work is not None else None,
                row.value,
                facts.corrected(row),
                _recommendation(facts.remark(row)),
            ),
        )


def _recommendation(remark: Any | None) -> PersonalText | None:
    """Sealed, as it is kept: whoever shows the report opens it."""
    if remark is None:
        return None
    return PersonalText(person=remark.pupil, nonce=bytes(remark.text_nonce), sealed=bytes(remark.text))


def _key(row: Any) -> str:
    return f"{row.pupil}/{row.lesson}/{row.work}"
