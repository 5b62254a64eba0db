"""C-29: where the journal contradicts the facts or itself (Усть-Белая 9.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from ledger.lesson import Sheet, fold_lesson
from ledger.period_sheet import PERIOD
from ledger.regulation import Mode
from ledger.substitutes import away, lesson_of
from projections.cells import correction_of
from projections.class_list import in_order
from projections.columns import title_of
from projections.control import seats
from projections.control.report import Asked, Behind, Column, Figure, Line, Report
from projections.control.scope import about_page, class_words, pages_asked, span_of
from projections.filling import fillings
from projections.reading import Reading

CODE, TITLE = "C-29", "Соответствие журнала фактам"
COLUMNS = (
    Column(key="what", title="Противоречие"),
    Column(key="date", title="Дата", kind="day"),
    Column(key="class", title="Класс"),
    Column(key="subject", title="Предмет"),
    Column(key="said", title="Что в журнале"),
    Column(key="who", title="Кто"),
)
KINDS = {
    "absent": "отметка на уроке, где стоит «н»",
    "leave": "урок записан учителем, который отсутствовал",
    "unplanned": "запись без урока в расписании",
    "distance": "«н» в день дистанционного обучения",
    "deviation": "отметка за период дальше от предложенной",
    "control": "контрольная без отметок у присутствовавших",
    "double": "сдвоенный урок записан одной записью",
}
AWAY = {"illness": "болезнь", "trip": "командировка", "leave": "отпуск", "other": "отсутствие"}
# One look into the index for each «н»: of marks there are twenty times as many.
_ABSENT = """
    SELECT marked.* FROM pages.cells a, LATERAL (
        SELECT m.lesson, m.work, m.journal, m.date, m.pupil, m.value, m.entered_by FROM pages.cells m
        WHERE m.school_id = %(school)s AND m.lesson = a.lesson AND m.pupil = a.pupil AND m.value_kind = 'mark'
            AND m.since <= %(position)s AND (m.until IS NULL OR m.until > %(position)s) OFFSET 0) AS marked
    WHERE a.school_id = %(school)s AND a.value_kind = 'absence' AND a.date BETWEEN %(first)s AND %(last)s
        AND a.journal = ANY(%(pages)s) AND a.since <= %(position)s AND (a.until IS NULL OR a.until > %(position)s)"""
# As ledger.column: control works everybody is marked for, and who of those to be there has neither «н» nor a mark.
_CONTROL = f"""
    WITH seat AS MATERIALIZED ({seats.SEATS}),
    work AS MATERIALIZED (SELECT lesson, work, journal, date, kind, title FROM pages.works
        WHERE school_id = %(school)s AND journal = ANY(%(pages)s) AND kind = ANY(%(kinds)s) AND due < %(now)s
        AND date BETWEEN %(first)s AND %(last)s AND assess = 'all' AND makes_up IS NULL AND source IS NULL
        AND since <= %(position)s AND (until IS NULL OR until > %(position)s)),
    cell AS MATERIALIZED (SELECT c.lesson, c.work, c.pupil, c.value_kind AS kind FROM pages.cells c
        WHERE c.school_id = %(school)s AND c.date BETWEEN %(first)s AND %(last)s AND c.value_kind <> 'late'
        AND (c.value_kind = 'absence' OR c.work <> c.lesson) AND c.lesson IN (SELECT lesson FROM work)
        AND c.since <= %(position)s AND (c.until IS NULL OR c.until > %(position)s))
    SELECT w.lesson, w.work, w.journal, w.date, w.kind, w.title, count(*)::int AS waited,
        count(*) FILTER (WHERE m.pupil IS NULL)::int AS missing
    FROM work w JOIN seat s ON s.journal = w.journal AND w.date BETWEEN s.first AND s.last
    LEFT JOIN cell a ON a.lesson = w.lesson AND a.pupil = s.pupil AND a.kind = 'absence'
    LEFT JOIN cell m ON m.work = w.work AND m.pupil = s.pupil AND m.kind = 'mark'
    WHERE a.pupil IS NULL
    GROUP BY w.lesson, w.work, w.journal, w.date, w.kind, w.title
    HAVING count(*) FILTER (WHERE m.pupil IS NULL) > 0"""

# Lessons of a day when somebody was away who ever entered something there: each entry ended the row of the one before.
_TOUCHED = """
    SELECT DISTINCT f.lesson
    FROM unnest(%(people)s::uuid[], %(froms)s::date[], %(tos)s::date[]) AS away (person, day, till)
    JOIN pages.lessons l ON l.school_id = %(school)s AND l.date >= day AND (till IS NULL OR l.date <= till)
        AND l.journal = ANY(%(pages)s) AND l.date BETWEEN %(first)s AND %(last)s
        AND l.since <= %(position)s AND (l.until IS NULL OR l.until > %(position)s)
    JOIN pages.fillings f ON f.school_id = %(school)s AND f.lesson = l.lesson AND f.filled_by = person
        AND f.since <= %(position)s"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """`kind` of KINDS; `pupil` whose record it is about, `person` whose doing."""

    kind: str
    date: date
    journal: UUID
    said: str
    lesson: UUID | None = None
    work: UUID | None = None
    period: UUID | None = None
    pupil: UUID | None = None
    person: UUID | None = None

    @property
    def key(self) -> str:
        place = (self.lesson or self.journal, self.work, self.period, self.pupil)
        return "/".join([self.kind, *(str(each) for each in place if each is not None)])


def report(reading: Reading, asked: Asked) -> Report:
    found = list(_findings(reading, asked))
    counts = Counter(each.kind for each in found)
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_lines(found, reading)),
        figures=(
            Figure(key="all", title="Противоречий", value=len(found), kind="count", better="less"),
            *(
                Figure(key=kind, title=title, value=counts[kind], kind="count", better="less")
                for kind, title in KINDS.items()
            ),
        ),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def _lines(found: list[Finding], reading: Reading) -> Iterator[Line]:
    """By kind, class and day."""
    school, order = reading.school, {kind: n for n, kind in enumerate(KINDS)}
    names = reading.names(p for each in found for p in (each.pupil, each.person) if p is not None)
    pages = {each: class_words(school.journals[each], reading) for each in {f.journal for f in found}}

    def place(each: Finding) -> tuple[Any, ...]:
        return order[each.kind], in_order(school.klass_of(each.journal)), each.date, each.key

    for each in sorted(found, key=place):
        subject = school.subject_of(each.journal).title
        who = ", ".join(names[p].short for p in (each.pupil, each.person) if p is not None)
        values = (KINDS[each.kind], each.date, pages[each.journal], subject, each.said, who)
        yield Line(key=each.key, values=values)


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The place in the journal."""
    place, school = UUID(key.split("/")[1]), reading.school
    lesson = lesson_of(place, school)
    journal = place if lesson is None else lesson.journal
    for each in _findings(reading, about_page(asked, journal, school)):
        if each.key == key:
            yield Behind(
                words=f"{KINDS[each.kind]}: {each.said}",
                date=each.date,
                lesson=each.lesson,
                journal=each.journal,
                work=each.work,
                pupil=each.pupil,
                period=each.period,
            )


def _findings(reading: Reading, asked: Asked) -> Iterator[Finding]:
    pages = [page.id for page in pages_asked(reading.school, asked)]
    wanted: dict[str, Any] = {"pages": pages, "first": asked.first, "last": asked.last}
    lessons = reading.rows(
        "lessons",
        "journal = ANY(%(pages)s) AND date BETWEEN %(first)s AND %(last)s",
        columns="lesson, journal, date, number, topic",
        **wanted,
    )
    for row in reading.query(_ABSENT, **wanted):
        yield Finding(
            kind="absent",
            date=row.date,
            journal=row.journal,
            said=f"«н» и {row.value}",
            lesson=row.lesson,
            work=row.work,
            pupil=row.pupil,
            person=row.entered_by,
        )
    yield from _on_leave(reading, lessons, wanted)
    yield from _unplanned(reading, lessons)
    yield from _at_a_distance(reading, asked, wanted)
    yield from _deviating(reading, asked, pages)
    yield from _incomplete(reading, asked, pages)
    yield from _merged(reading, asked, pages, lessons)


def _on_leave(reading: Reading, lessons: list[Any], wanted: dict[str, Any]) -> Iterator[Finding]:
    """Whoever is recorded as away that day can have given no lesson."""
    told = reading.school.away.values()
    spans: dict[str, Any] = {
        "people": [each.person for each in told],
        "froms": [each.span.first for each in told],
        "tos": [each.span.last for each in told],
    }
    rows = {row.lesson: row for row in lessons}
    touched = reading.streams(each.lesson for each in reading.query(_TOUCHED, **spans, **wanted))
    for lesson, entries in touched.items():
        row = rows[lesson]
        authors = dict.fromkeys(_authors(fold_lesson(lesson, entries)))
        found = next(filter(None, (away(each, row.date, reading.school) for each in authors)), None)
        if found is not None:
            said = f"урок {row.number}: {row.topic or 'без темы'} ({AWAY.get(found.kind, found.kind)})"
            yield _lesson("leave", row, said, person=found.person)


def _authors(sheet: Sheet) -> Iterator[UUID]:
    """Whose is what stands there, the topic's first; a correction is by whoever approved it, who wrote no lesson."""
    said = (sheet.topic, sheet.homework, sheet.taken, sheet.briefing)
    filled = (sheet.marks, sheet.literacy, sheet.absences, sheet.late, sheet.individual)
    for entry in (*said, *(entry for cells in filled for entry in cells.values())):
        if entry is not None and correction_of(entry) is None:
            yield entry.stamp.person


def _unplanned(reading: Reading, lessons: list[Any]) -> Iterator[Finding]:
    """Cancelled after it was written, dropped for another, or never in the timetable."""
    planned = reading.school.timetable.by_id
    found = [row for row in lessons if row.lesson not in planned]
    filled = fillings(reading, (row.lesson for row in found))
    for row in found:
        said, last = f"урок {row.number}: {row.topic or 'без темы'}", filled.get(row.lesson)
        yield _lesson("unplanned", row, said, person=last.by if last is not None else None)


def _lesson(kind: str, row: Any, said: str, person: UUID | None = None) -> Finding:
    return Finding(kind=kind, date=row.date, journal=row.journal, said=said, lesson=row.lesson, person=person)


def _at_a_distance(reading: Reading, asked: Asked, wanted: dict[str, Any]) -> Iterator[Finding]:
    """R-141: nobody is absent on such a day."""
    school = reading.school
    days = [each for each in school.distances.values() if each.span.overlaps(span_of(asked))]
    if not days or reading.regulation().mode("R-141") is Mode.OFF:
        return
    classes = {class_id for each in days for class_id in each.classes}
    own = [page for page in wanted["pages"] if school.journals[page].class_id in classes]
    rows = reading.rows(
        "cells",
        "journal = ANY(%(pages)s) AND value_kind = 'absence' AND date BETWEEN %(first)s AND %(last)s",
        columns="lesson, journal, date, pupil, entered_by",
        **wanted | {"pages": own},
    )
    for row in rows:
        away_by = school.distance(school.journals[row.journal].class_id, row.date)
        if away_by is not None:
            yield Finding(
                kind="distance",
                date=row.date,
                journal=row.journal,
                said="«н»",
                lesson=row.lesson,
                pupil=row.pupil,
                person=row.entered_by,
            )


def _deviating(reading: Reading, asked: Asked, pages: list[UUID]) -> Iterator[Finding]:
    """P-26, of periods that end among the days asked for or run on the last of them."""
    periods = {
        period.id: period
        for period in reading.school.periods.values()
        if period.span.overlaps(span_of(asked))
    }
    rows = reading.rows(
        "period_marks",
        "period = ANY(%(periods)s) AND kind = %(kind)s AND journal = ANY(%(pages)s) AND value <> proposed",
        columns="journal, period, pupil, value, proposed, entered_by",
        periods=list(periods),
        kind=PERIOD,
        pages=pages,
    )
    far = reading.regulation().deviation.flag_above
    for row in rows:
        numbers = row.value.isdigit() and row.proposed.isdigit()
        if numbers and abs(int(row.value) - int(row.proposed)) > far:
            period = periods[row.period]
            yield Finding(
                kind="deviation",
                date=period.span.last or asked.last,
                journal=row.journal,
                said=f"{period.title}: {row.value} вместо {row.proposed}",
                period=row.period,
                pupil=row.pupil,
                person=row.entered_by,
            )


def _incomplete(reading: Reading, asked: Asked, pages: list[UUID]) -> Iterator[Finding]:
    """7.14(b5): whoever was there has a mark for a control work, once its time is over."""
    regulation, school = reading.regulation(), reading.school
    rows = seats.query(
        reading,
        _CONTROL,
        list(seats.seats_of(school, (school.journals[page] for page in pages), span_of(asked))),
        pages=pages,
        kinds=[key for key, kind in regulation.work_kinds.items() if kind.control],
        first=asked.first,
        last=asked.last,
        now=reading.now,
    )
    for row in rows:
        yield Finding(
            kind="control",
            date=row.date,
            journal=row.journal,
            said=f"{title_of(row, row.date, regulation)}: нет отметок у {row.missing} из {row.waited}",
            lesson=row.lesson,
            work=row.work,
        )


def _merged(reading: Reading, asked: Asked, pages: list[UUID], lessons: list[Any]) -> Iterator[Finding]:
    """R-098: of two lessons in a row one has a topic and the other nothing."""
    rows = {row.lesson: row for row in lessons}
    for page in pages:
        own = [
            lesson
            for lesson in reading.school.timetable.by_journal.get(page, ())
            if asked.first <= lesson.date <= asked.last and lesson.ends <= reading.now
        ]
        for one, two in pairwise(own):
            if (one.date, one.number + 1) != (two.date, two.number):
                continue
            written = [each for each in (one, two) if each.id in rows and rows[each.id].topic]
            if len(written) == 1 and not (one.id in rows and two.id in rows):
                other = two if written[0] is one else one
                yield Finding(
                    kind="double",
                    date=one.date,
                    journal=page,
                    said=f"уроки {one.number} и {two.number}: записан только {written[0].number}",
                    lesson=other.id,
                )
