"""Orders without a number, told apart by what rests on them: one on which nothing stands any more asks for none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.school import School
from ledger.school_records import Order
from ledger.substitutes import lesson_of

# Whatever rests on an order of these kinds is known by it; of the others (roles, movement) the order itself counts.
_KNOWN_BY_IT = frozenset({"substitution", "distance", "extracurricular", "rescheduling"})


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingOrder:
    """`classes`: titles; `absent`: who is stood in for; `lessons`: single lessons that rest on it; `recorded_at` when
    the order was entered."""

    order: Order
    classes: tuple[str, ...]
    absent: tuple[UUID, ...]
    lessons: int
    recorded_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    """One thing that rests on an order; `lesson` a single one."""

    order: UUID | None
    classes: tuple[UUID, ...]
    absent: UUID | None = None
    lesson: bool = True


def waiting_orders(school: School) -> tuple[WaitingOrder, ...]:
    """In the order of their days."""
    resting: dict[UUID, list[_Held]] = {}
    for held in _held(school):
        if held.order is not None:
            resting.setdefault(held.order, []).append(held)
    return tuple(
        _waiting(order, resting.get(order.id, []), school)
        for order in sorted(school.orders.values(), key=lambda each: each.date)
        if order.number is None and (order.id in resting or order.kind not in _KNOWN_BY_IT)
    )


def _waiting(order: Order, held: list[_Held], school: School) -> WaitingOrder:
    classes = {school.classes[each] for one in held for each in one.classes}
    return WaitingOrder(
        order=order,
        classes=tuple(k.title for k in sorted(classes, key=lambda k: (k.grade, k.title))),
        absent=tuple(dict.fromkeys(one.absent for one in held if one.absent is not None)),
        lessons=sum(one.lesson for one in held),
        recorded_at=order.recorded_at,
    )


def _held(school: School) -> Iterator[_Held]:
    for id_ in school.substitutions:
        standing, lesson = school.substitution(id_), lesson_of(id_, school)
        if standing is not None and lesson is not None:
            yield _Held(order=standing.order, classes=_of(lesson.journal, school), absent=standing.absent)
    for journal in school.journals.values():
        for long in journal.long:
            if long.span.last is None or long.span.last >= long.span.first:
                of = _of(journal.id, school)
                yield _Held(order=long.order, classes=of, absent=long.absent, lesson=False)
    yield from _on_the_calendar(school)


def _on_the_calendar(school: School) -> Iterator[_Held]:
    for declared in school.distances.values():
        if declared.span.last is None or declared.span.last >= declared.span.first:
            yield _Held(order=declared.order, classes=tuple(declared.classes), lesson=False)
    for extra in school.extras.values():
        yield _Held(order=extra.order, classes=_of(extra.journal, school))
    for change in school.changes.values():
        lesson = school.timetable.left.get(change.lesson)
        if lesson is not None:
            yield _Held(order=change.order, classes=_of(lesson.journal, school))


def _of(journal: UUID, school: School) -> tuple[UUID, ...]:
    return (school.journals[journal].class_id,)
