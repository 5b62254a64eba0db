"""Activated and quarantine days (R-068, 8.1): declared at seven in the morning, the order's number follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.by_order import OrderNamed, ordered
from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import a_stretch, the_class
from ledger import streams
from ledger.entry import Draft
from ledger.events.calendar import DistanceDeclared, DistanceEnded
from ledger.school import School, Span
from ledger.windows import spoken

MODES = ("activated", "quarantine")


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclareDistance:
    """For these classes and every class of these grades; neither named: the whole school. Without `order` its number
    follows. A day that has passed may be declared too (E-12): what was written on it stays."""

    mode: str
    first: date
    last: date
    classes: tuple[UUID, ...] = ()
    grades: tuple[int, ...] = ()
    order: OrderNamed | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EndDistance:
    """`last` is now the last day; before the first one: there was none at all."""

    distance: UUID
    last: date


def declare_distance(command: DeclareDistance, sight: Sight) -> tuple[Draft, ...]:
    if command.mode not in MODES:
        raise Refusal("distance-mode", "Дни бывают активированные или карантинные.")
    year = sight.school.year_of(command.first)
    a_stretch(command.first, command.last, command.first.year if year is None else year, sight)
    assert year is not None
    classes = _reach(command, year, sight)
    _not_twice(classes, Span(first=command.first, last=command.last), sight)
    order, facts = ordered(command.order or OrderNamed(), "distance", sight)
    assert order is not None
    event = DistanceDeclared(
        distance=uuid5(sight.stamp.command_id, "distance"),
        mode=command.mode,
        first=command.first,
        last=command.last,
        classes=classes,
        order=order,
    )
    return numbered([*facts, (streams.calendar(sight.school.id), event)], sight.school)


def end_distance(command: EndDistance, sight: Sight) -> tuple[Draft, ...]:
    known = sight.school.distances.get(command.distance)
    if known is None:
        raise Refusal("distance-exists", "Таких дистанционных дней нет.", status=404)
    if known.span.last is not None and command.last >= known.span.last:
        if command.last == known.span.last:
            return ()
        raise Refusal("distance-longer", "Продлевают новым приказом: объявите следующие дни отдельно.")
    event = DistanceEnded(distance=command.distance, last=command.last)
    return numbered([(streams.calendar(sight.school.id), event)], sight.school)


def _reach(command: DeclareDistance, year: int, sight: Sight) -> tuple[UUID, ...]:
    """Class ids, those named and those of the grades, by grade and title."""
    named = {the_class(each, sight).id for each in command.classes}
    of_year = [klass for klass in sight.school.classes.values() if klass.year == year]
    strange = set(command.grades) - {klass.grade for klass in of_year}
    if strange:
        raise Refusal("class-exists", f"{min(strange)}-х классов в этом году нет.")
    everybody = not named and not command.grades
    chosen = [k for k in of_year if everybody or k.id in named or k.grade in command.grades]
    if not chosen or named - {klass.id for klass in chosen}:
        raise Refusal("class-exists", "Это не классы этого учебного года.")
    return tuple(klass.id for klass in sorted(chosen, key=lambda klass: (klass.grade, klass.title)))


def _not_twice(classes: Iterable[UUID], span: Span, sight: Sight) -> None:
    """A lesson rests on one order."""
    wanted = frozenset(classes)
    for other in sight.school.distances.values():
        both = wanted & other.classes
        if both and other.span.overlaps(span):
            titles = ", ".join(sorted(sight.school.classes[each].title for each in both))
            raise Refusal(
                "distance-overlap",
                f"{titles}: уже учатся дистанционно {days(other.span)} ({words(other.order, sight.school)}).",
            )


def days(span: Span) -> str:
    """«19.10.2026 – 23.10.2026»."""
    return (
        spoken(span.first)
        if span.last in (None, span.first)
        else f"{spoken(span.first)} – {spoken(span.last)}"
    )


def words(order: UUID, school: School) -> str:
    known = school.orders.get(order)
    return f"приказ № {known.number}" if known is not None and known.number else "приказ — номер позже"
