"""Long substitutions: whose workload is carried by whom, and which pages a new one may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.school_records import Order
from projections.as_of import AsOf
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class LongLine:
    """`until` None: till it is ended. `over`: its last day has passed."""

    substitution: UUID
    journal: UUID
    title: str
    absent: UUID
    substitute: UUID
    first: date
    until: date | None
    order: Order | None
    period_marks: bool
    over: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPage:
    journal: UUID
    title: str
    teacher: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class LongList:
    """`pages` of today's teachers by name; `staff` who may stand in."""

    today: date
    lines: tuple[LongLine, ...]
    pages: tuple[OwnPage, ...]
    staff: tuple[UUID, ...]
    as_of: AsOf


def page(reading: Reading) -> LongList:
    school, today = reading.school, reading.today
    pages = [
        OwnPage(journal=own.id, title=_title(own.id, reading), teacher=teacher)
        for own in school.journals.values()
        for teacher, span in own.teachers
        if today in span
    ]
    names = reading.names(own.teacher for own in pages)
    order = reading.sorted(list(dict.fromkeys(own.teacher for own in pages)), names)
    return LongList(
        today=today,
        lines=_lines(reading),
        pages=tuple(sorted(pages, key=lambda own: (order.index(own.teacher), own.title))),
        staff=tuple(order),
        as_of=reading.as_of,
    )


def _lines(reading: Reading) -> tuple[LongLine, ...]:
    school = reading.school
    found = [
        LongLine(
            substitution=each.id,
            journal=own.id,
            title=_title(own.id, reading),
            absent=each.absent,
            substitute=each.substitute,
            first=each.span.first,
            until=each.span.last,
            order=school.orders.get(each.order) if each.order else None,
            period_marks=each.period_marks,
            over=each.span.last is not None and each.span.last < reading.today,
        )
        for own in school.journals.values()
        for each in own.long
        if each.span.last is None or each.span.first <= each.span.last
    ]
    return tuple(sorted(found, key=lambda line: (line.over, line.first, line.title)))


def _title(journal: UUID, reading: Reading) -> str:
    """«7А · Физика», «7А · Английский язык, 1 группа»."""
    school, page = reading.school, reading.school.journals[journal]
    group = f", {school.groups[page.group].title}" if page.group else ""
    return f"{school.klass_of(journal).title} · {school.subject_of(journal).title}{group}"
