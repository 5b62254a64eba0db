"""C-18: what was entered late and what was refused (Усть-Белая 7.14, Perm 3.7): when, by whom, which term, how long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from ledger import streams
from ledger.people import Name
from ledger.regulation import Regulation
from ledger.school import School
from projections.control.held import journals_of, narrow
from projections.control.late import late, refused
from projections.control.report import Asked, Behind, Column, Figure, Line, Report
from projections.reading import Reading

CODE, TITLE = "C-18", "Поздние записи и отказы"
COLUMNS = (
    Column(key="at", title="Время", kind="moment"),
    Column(key="person", title="Кто"),
    Column(key="what", title="Что"),
    Column(key="where", title="Где"),
    Column(key="window", title="Срок"),
    Column(key="delay", title="Позже на, мин", kind="count", better="less"),
    Column(key="outcome", title="Исход"),
)
LATE, PERMITTED, REFUSED = "принято с опозданием", "принято по разрешению", "отказано"
NOTE = "Срок — номер правила и пункт порядка. Признанное недействительным и отменённое автором не считается."
# Of an entry by its topic, of a refused attempt by its command.
WHAT = {
    "mark-given": "отметка",
    "mark-withdrawn": "снятие отметки",
    "literacy-mark-given": "отметка за грамотность",
    "literacy-mark-withdrawn": "снятие отметки за грамотность",
    "topic-recorded": "тема урока",
    "homework-set": "домашнее задание",
    "homework-not-set": "«не задано»",
    "individual-homework-set": "индивидуальное задание",
    "attendance-taken": "присутствие",
    "absence-noted": "«н»",
    "absence-withdrawn": "снятие «н»",
    "work-added": "столбец работы",
    "work-withdrawn": "снятие столбца",
    "briefing-recorded": "инструктаж",
    "lesson-completed": "завершение урока",
    "material-attached": "материал к уроку",
    "period-mark-given": "отметка за период",
    "period-mark-withdrawn": "снятие отметки за период",
    "period-closed": "закрытие периода",
    "substitution-recorded": "замена",
    "correction-requested": "запрос исправления",
    "GiveMark": "отметка",
    "WithdrawMark": "снятие отметки",
    "FillColumn": "столбец отметок",
    "AddWork": "столбец работы",
    "WithdrawWork": "снятие столбца",
    "TakeAttendance": "присутствие",
    "NoteAbsence": "«н»",
    "WithdrawAbsence": "снятие «н»",
    "RecordTopic": "тема урока",
    "SetHomework": "домашнее задание",
    "SetNoHomework": "«не задано»",
    "SetIndividualHomework": "индивидуальное задание",
    "RecordBriefing": "инструктаж",
    "CompleteLesson": "завершение урока",
    "AttachLink": "материал к уроку",
    "AttachFile": "материал к уроку",
    "SetPeriodMarks": "отметки за период",
    "ClosePeriod": "закрытие периода",
    "RecordSubstitutions": "замены",
    "RequestCorrections": "запрос исправления",
    "ApproveCorrections": "согласование исправления",
    "RequestLateEntry": "запрос внесения",
}
OTHER = "другое действие"


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One late entry or refused attempt; `key` tells it apart. `at` is local, `delay` in seconds (None: not known),
    `lesson` and `journal` where it is about one."""

    key: str
    at: datetime
    person: UUID
    what: str
    code: str
    clause: str
    delay: int | None
    outcome: str
    lesson: UUID | None
    journal: UUID | None
    entry: int | None = None


def report(reading: Reading, asked: Asked) -> Report:
    found = attempts(reading, asked)
    names = reading.names({each.person for each in found})
    school = reading.school
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(each, names, school) for each in found),
        figures=_figures(found),
        notes=(NOTE,),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The lesson or the page it is about."""
    for each in attempts(reading, asked):
        if each.key == key:
            yield Behind(
                words=f"{each.what}: {each.outcome}",
                date=each.at.date(),
                lesson=each.lesson,
                journal=each.journal,
            )


def attempts(reading: Reading, asked: Asked) -> list[Attempt]:
    """In order of time; of the pages, and of the person, asked for."""
    pages = journals_of(reading.school, asked) if narrow(asked) else None
    return sorted(
        (
            each
            for each in (*_late(reading, asked), *_refused(reading, asked))
            if asked.teacher in (None, each.person) and (pages is None or each.journal in pages)
        ),
        key=lambda each: (each.at, each.key),
    )


def _late(reading: Reading, asked: Asked) -> Iterator[Attempt]:
    places, regulation = Places(reading.school), reading.regulation()
    for entry in late(reading, asked.first, asked.last).entries:
        lesson, journal = places.of(entry.stream)
        yield Attempt(
            key=str(entry.position),
            at=entry.at,
            person=entry.person,
            what=WHAT.get(entry.topic, OTHER),
            code=entry.finding.code,
            clause=_clause(entry.finding.code, regulation),
            delay=entry.finding.delay,
            outcome=PERMITTED if entry.permitted else LATE,
            lesson=lesson,
            journal=journal,
            entry=entry.position,
        )


def _refused(reading: Reading, asked: Asked) -> Iterator[Attempt]:
    places, school = Places(reading.school), reading.school
    for row in refused(reading, asked):
        lesson, journal = places.of(row.stream)
        yield Attempt(
            key=f"refused/{row.id}",
            at=school.local(row.at),
            person=row.person,
            what=WHAT.get(row.command, OTHER),
            code=row.code,
            clause=row.clause,
            delay=None,
            outcome=REFUSED,
            lesson=lesson,
            journal=journal,
        )


def _clause(code: str, regulation: Regulation) -> str:
    word = regulation.rules.get((code, ""))
    return word.clause if word is not None else ""


class Places:
    """Where the streams of lessons and of period sheets belong."""

    def __init__(self, school: School) -> None:
        self._school = school

    def of(self, stream: UUID | None) -> tuple[UUID | None, UUID | None]:
        """(lesson, page); (None, None) of what is neither."""
        if stream is None:
            return None, None
        timetable = self._school.timetable
        lesson = timetable.by_id.get(stream) or timetable.left.get(stream)
        return (lesson.id, lesson.journal) if lesson is not None else (None, self._sheets.get(stream))

    @cached_property
    def _sheets(self) -> dict[UUID, UUID]:
        """The page of every period sheet there may be."""
        school, id = self._school, self._school.id
        return {
            streams.period_sheet(id, page.id, period): page.id
            for page in school.journals.values()
            for period in (
                streams.year(id, page.year),
                *(p.id for p in school.periods.values() if p.year == page.year),
            )
        }


def _line(each: Attempt, names: Mapping[UUID, Name], school: School) -> Line:
    where = ""
    if each.journal is not None:
        where = f"{school.klass_of(each.journal).title}, {school.subject_of(each.journal).title}"
    return Line(
        key=each.key,
        values=(
            each.at,
            names[each.person].short,
            each.what,
            where or None,
            f"{each.code}, {each.clause}" if each.clause else each.code,
            None if each.delay is None else -(-each.delay // 60),
            each.outcome,
        ),
    )


def _figures(found: list[Attempt]) -> tuple[Figure, ...]:
    stopped = sum(each.outcome == REFUSED for each in found)
    permitted = sum(each.outcome == PERMITTED for each in found)
    return (
        Figure(key="late", title="Поздних записей", value=len(found) - stopped, kind="count", better="less"),
        Figure(key="permitted", title="Из них по разрешению", value=permitted, kind="count"),
        Figure(key="refused", title="Отказов", value=stopped, kind="count", better="less"),
    )
