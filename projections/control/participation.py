"""C-01: which teachers keep the journal (Perm 3.6): of those who gave a lesson, those with at least one entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from projections.control.held import lessons_held
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.reading import Reading

CODE, TITLE = "C-01", "Участие учителей"
COLUMNS = (
    Column(key="teacher", title="Учитель"),
    Column(key="held", title="Проведено уроков", kind="count"),
    Column(key="entries", title="Записей в журнале", kind="count", better="more"),
    Column(key="takes_part", title="Ведёт журнал"),
)
# What stands there in the days asked for, by whoever wrote it last: a mark, an «н», a topic, homework.
_WROTE = """
    SELECT entered_by AS person, count(*) AS entries FROM pages.cells
    WHERE school_id = %(school)s AND date BETWEEN %(first)s AND %(last)s
        AND since <= %(position)s AND (until IS NULL OR until > %(position)s) GROUP BY entered_by
    UNION ALL
    SELECT filled_by, sum((topic IS NOT NULL)::int + (homework IS NOT NULL OR not_set)::int) FROM pages.lessons
    WHERE school_id = %(school)s AND date BETWEEN %(first)s AND %(last)s
        AND since <= %(position)s AND (until IS NULL OR until > %(position)s) GROUP BY filled_by"""


def report(reading: Reading, asked: Asked) -> Report:
    gave = Counter(person for _, teachers in lessons_held(reading, asked) for person in teachers)
    wrote = _wrote(reading, asked)
    names = reading.names(gave)
    people = reading.sorted(list(gave), names)
    active = sum(wrote[person] > 0 for person in people)
    figure = Figure(
        key="participation",
        title="Участие учителей",
        value=share(active, len(people)),
        kind="share",
        part=active,
        whole=len(people),
        better="more",
    )
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
                    wrote[person],
                    "да" if wrote[person] else "нет",
                ),
            )
            for person in people
        ),
        figures=(figure,),
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


def _wrote(reading: Reading, asked: Asked) -> Counter[UUID]:
    """Entries by person; those of other classes or subjects count too: who takes part, takes part."""
    found: Counter[UUID] = Counter()
    for row in reading.query(_WROTE, first=asked.first, last=asked.last):
        found[row.person] += int(row.entries or 0)
    return found
