"""A thematic plan (КТП) as a file says it: its lines in the file's order, whatever the file was."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

HOUR = 100  # hundredths of an hour


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRow:
    """`line` in the file; `number` as written («12», «1.1», ""); `hours` in hundredths; `date` the planned day; `kind`
    of work and `homework` or ""; `control` marks a control work (R-077)."""

    line: int
    number: str
    section: str
    topic: str
    hours: int
    date: datetime.date | None = None
    kind: str = ""
    control: bool = False
    homework: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanFile:
    """`hours`: hundredths of all rows; `declared`: the total the file itself names, None where it names none."""

    rows: tuple[PlanRow, ...]
    declared: int | None = None

    @property
    def hours(self) -> int:
        return sum(row.hours for row in self.rows)

    @property
    def thematic(self) -> bool:
        """Most rows are themes of several hours, not lessons: the teacher must spread them (`spread`)."""
        return 2 * sum(row.hours > HOUR for row in self.rows) > len(self.rows)


def spread(rows: Iterable[PlanRow]) -> tuple[PlanRow, ...]:
    """A row for each hour, numbered anew. Of a theme's lessons the first keeps the date, the last the work; the
    homework is the theme's, so every lesson has it."""
    numbers = count(1)
    return tuple(replace(part, number=str(next(numbers))) for row in rows for part in _parts(row))


def _parts(row: PlanRow) -> Iterator[PlanRow]:
    lessons = -(-row.hours // HOUR)  # half an hour at the end is a lesson too
    for nth in range(1, lessons + 1):
        last = nth == lessons
        yield replace(
            row,
            topic=row.topic if lessons == 1 else f"{row.topic} (урок {nth} из {lessons})",
            hours=row.hours - HOUR * (lessons - 1) if last else HOUR,
            date=row.date if nth == 1 else None,
            kind=row.kind if last else "",
            control=row.control and last,
        )
