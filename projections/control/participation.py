"""C-01: which teachers keep the journal (Perm 3.6): of those who gave a lesson, those with at least one entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from ledger.effective import effective
from ledger.events.attendance import AbsenceNoted
from ledger.events.homework import HomeworkNotSet, HomeworkSet, IndividualHomeworkSet
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import LiteracyMarkGiven, MarkGiven
from projections.cells import correction_of
from projections.control.held import journals_of, lessons_held, narrow
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.reading import HOLDS, Reading

CODE, TITLE = "C-01", "Участие учителей"
COLUMNS = (
    Column(key="teacher", title="Учитель"),
    Column(key="held", title="Проведено уроков", kind="count"),
    Column(key="entries", title="Записей в журнале", kind="count", better="more"),
    Column(key="takes_part", title="Ведёт журнал"),
)
NOTE = (
    "Записи — отметки, «н», темы и домашние задания этих дней, которые стоят сейчас; исправление — не запись того, кто"
    " его согласовал. Ведёт журнал и тот, чьи записи исправили другие; признанное недействительным не считается."
)
EVENTS = (
    *(MarkGiven, LiteracyMarkGiven, AbsenceNoted),
    *(TopicRecorded, HomeworkSet, HomeworkNotSet, IndividualHomeworkSet),
)
_OF = (
    "school_id = %(school)s AND date BETWEEN %(first)s AND %(last)s"
    " AND (%(pages)s::uuid[] IS NULL OR journal = ANY(%(pages)s))"
)
# What stands there, by whoever wrote it; whoever approves a correction keeps no journal by it.
_STANDS = f"""
    SELECT entered_by AS person, count(*) AS entries FROM pages.cells
    WHERE {_OF} AND value_kind <> 'late' AND correction IS NULL AND {HOLDS} GROUP BY entered_by
    UNION ALL
    SELECT person, count(*) FROM pages.lessons, LATERAL (
        VALUES (topic_entry, topic_correction), (homework_entry, homework_correction)) AS said (entry, correction)
    JOIN ledger.entries e ON e.school_id = %(school)s AND e.position = said.entry
    WHERE {_OF.replace("school_id", "lessons.school_id")} AND correction IS NULL AND {HOLDS} GROUP BY person"""
# Lessons where they have written what does not stand any more.
_ENDED = f"""
    SELECT lesson FROM pages.cells
    WHERE {_OF} AND entered_by = ANY(%(people)s) AND since <= %(position)s AND until <= %(position)s
    UNION SELECT lesson FROM pages.fillings
    WHERE {_OF} AND filled_by = ANY(%(people)s) AND since <= %(position)s"""


def report(reading: Reading, asked: Asked) -> Report:
    gave = _gave(reading, asked)
    stands = _stands(reading, asked)
    names = reading.names(gave)
    people = reading.sorted(list(gave), names)
    active = {person for person in people if stands[person]}
    active |= _corrected(reading, asked, [person for person in people if person not in active])
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(
            Line(
                key=str(person),
                values=(
                    names[person].short,
                    gave[person],
                    stands[person],
                    "да" if person in active else "нет",
                ),
            )
            for person in people
        ),
        figures=(_figure(len(active), len(people)),),
        notes=(NOTE,),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The lessons of a teacher: what was to be written and where."""
    for lesson, teachers in lessons_held(reading, asked):
        if UUID(key) in teachers:
            page = reading.school
            yield Behind(
                words=f"{page.klass_of(lesson.journal).title}, {page.subject_of(lesson.journal).title}",
                date=lesson.date,
                lesson=lesson.id,
                journal=lesson.journal,
            )


def _gave(reading: Reading, asked: Asked) -> Counter[UUID]:
    """How many lessons each teacher gave; a colleague of the teacher asked for is not meant."""
    gave = Counter(person for _, teachers in lessons_held(reading, asked) for person in teachers)
    return gave if asked.teacher is None else Counter({p: n for p, n in gave.items() if p == asked.teacher})


def _stands(reading: Reading, asked: Asked) -> Counter[UUID]:
    found: Counter[UUID] = Counter()
    for row in reading.query(_STANDS, **_parameters(reading, asked)):
        found[row.person] += row.entries
    return found


def _corrected(reading: Reading, asked: Asked, people: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the people who have a valid entry there that another value has replaced."""
    wanted = frozenset(people)
    if not wanted:
        return wanted
    rows = reading.query(_ENDED, **_parameters(reading, asked), people=list(wanted))
    lessons = reading.streams({row.lesson for row in rows})
    valid = (entry for stream in lessons.values() for entry in effective(stream))
    own = (entry for entry in valid if isinstance(entry.event, EVENTS) and correction_of(entry) is None)
    return wanted & {entry.stamp.person for entry in own}


def _parameters(reading: Reading, asked: Asked) -> dict[str, object]:
    pages = list(journals_of(reading.school, asked)) if narrow(asked) else None
    return {"first": asked.first, "last": asked.last, "pages": pages}


def _figure(active: int, whole: int) -> Figure:
    return Figure(
        key="participation",
        title="Участие учителей",
        value=share(active, whole),
        kind="share",
        part=active,
        whole=whole,
        better="more",
    )
