"""Where lessons are not filled and where they are filled late, over the last school days: what a deputy, the director
or the working group looks at first (C-07, R-209, R-212)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ledger.school import School
from projections.as_of import AsOf
from projections.control.late import late
from projections.control.report import Asked, Chart, share
from projections.control.timeliness import Filled, filled
from projections.reading import Reading

DAYS = 7  # school days
LOOKS_BACK = 31  # days in which they are looked for
WORST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Of one teacher or class: lessons held, those not full, and those full but late."""

    id: UUID
    title: str
    held: int
    unfilled: int
    late: int

    @property
    def completeness(self) -> float | None:
        return share(self.held - self.unfilled, self.held)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filling:
    """Of the school days `first`…`last`. `teachers` and `classes` with something missing or late, the worst first, no
    more than WORST; `title` of a teacher is the name."""

    first: date
    last: date
    held: int
    full: int
    in_time: int
    teachers: tuple[Gap, ...]
    classes: tuple[Gap, ...]
    chart: Chart
    as_of: AsOf

    @property
    def completeness(self) -> float | None:
        return share(self.full, self.held)

    @property
    def timeliness(self) -> float | None:
        return share(self.in_time, self.full)


def filling(reading: Reading) -> Filling | None:
    """None where a month had no lessons."""
    days = school_days(reading)
    if not days:
        return None
    asked = Asked(first=days[0], last=days[-1])
    lessons = filled(reading, asked, late(reading, asked.first))
    full = [each for each in lessons if not each.missing]
    return Filling(
        first=asked.first,
        last=asked.last,
        held=len(lessons),
        full=len(full),
        in_time=sum(not each.late for each in full),
        teachers=_teachers(reading, lessons),
        classes=_classes(reading.school, lessons),
        chart=_chart(lessons, days),
        as_of=reading.as_of,
    )


def school_days(reading: Reading) -> tuple[date, ...]:
    """The last days with a lesson that is over, the earliest first."""
    by_day = reading.school.timetable.by_day
    back = (reading.today - timedelta(days=n) for n in range(LOOKS_BACK))
    found = [day for day in back if any(each.ends <= reading.now for each in by_day.get(day, ()))]
    return tuple(reversed(found[:DAYS]))


def _teachers(reading: Reading, lessons: list[Filled]) -> tuple[Gap, ...]:
    gaps = _gaps(lessons, lambda each: each.teachers)
    names = reading.names(each.id for each in gaps)
    return tuple(
        Gap(id=each.id, title=names[each.id].short, held=each.held, unfilled=each.unfilled, late=each.late)
        for each in gaps
    )


def _classes(school: School, lessons: list[Filled]) -> tuple[Gap, ...]:
    gaps = _gaps(lessons, lambda each: (school.journals[each.lesson.journal].class_id,))
    return tuple(
        Gap(
            id=each.id,
            title=school.classes[each.id].title,
            held=each.held,
            unfilled=each.unfilled,
            late=each.late,
        )
        for each in gaps
    )


def _gaps(lessons: list[Filled], of: Callable[[Filled], Iterable[UUID]]) -> list[Gap]:
    """The worst: by lessons not full, then by those late."""
    tallies: dict[UUID, Counter[str]] = {}
    for each in lessons:
        for id in of(each):
            tally = tallies.setdefault(id, Counter())
            tally["held"] += 1
            tally["unfilled"] += bool(each.missing)
            tally["late"] += bool(not each.missing and each.late)
    found = [
        Gap(id=id, title="", held=tally["held"], unfilled=tally["unfilled"], late=tally["late"])
        for id, tally in tallies.items()
        if tally["unfilled"] or tally["late"]
    ]
    return sorted(found, key=lambda gap: (-gap.unfilled, -gap.late, str(gap.id)))[:WORST]


def _chart(lessons: list[Filled], days: tuple[date, ...]) -> Chart:
    by_day = {day: [each for each in lessons if each.lesson.date == day] for day in days}
    return Chart(
        title="Уроки по дням",
        shape="lines",
        labels=tuple(f"{day:%d.%m}" for day in days),
        series=(
            ("Полнота", tuple(_part(by_day.values(), lambda each: not each.missing, lambda each: True))),
            (
                "Своевременность",
                tuple(_part(by_day.values(), lambda each: not each.late, lambda each: not each.missing)),
            ),
        ),
        unit="%",
    )


def _part(
    days: Iterable[list[Filled]], counts: Callable[[Filled], bool], of: Callable[[Filled], bool]
) -> Iterator[float | None]:
    for own in days:
        whole = [each for each in own if of(each)]
        yield share(sum(map(counts, whole)), len(whole))
