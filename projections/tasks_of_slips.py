"""Weekly paper slips that nobody handed out (7.2, W-23): a task of the class teacher for each week with such."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ledger.school_records import Klass
from ledger.span import monday_of
from ledger.windows import day_end
from projections.control import slips
from projections.control.report import Asked
from projections.reading import Reading
from projections.task import Task

WEEKS_BACK = 3  # what was not handed out so long ago is told by C-25 only
SUNDAY = timedelta(days=6)


def of_class(reading: Reading, klass: Klass) -> Iterator[Task]:
    """From when they are prepared, and from the end of a week in which nobody prepared them; late from its Monday."""
    if not reading.regulation().paper_slip.on:
        return
    first = monday_of(reading.today) - timedelta(weeks=WEEKS_BACK)
    found = slips.due(reading, Asked(first=first, last=reading.today, class_id=klass.id))
    waiting = [each for each in found if each.row is None or each.row.handed_at is None]
    for week in sorted({each.week for each in waiting}):
        due = day_end(week + SUNDAY)
        own = [each for each in waiting if each.week == week]
        yield Task(
            kind="slips",
            class_id=klass.id,
            class_title=klass.title,
            until=due,
            over=reading.now > due,
            count=len(own),
            text=week.isoformat(),
            status="" if all(each.row is not None for each in own) else "missing",
        )
