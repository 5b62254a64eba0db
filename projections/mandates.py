"""Inspectors and their mandates: whose, over which classes, until when (R-024)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.school import School, Span
from ledger.school_records import Mandate
from projections.as_of import AsOf
from projections.class_list import in_order
from projections.reading import Reading
from projections.topic_words import order_words


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateLine:
    """`classes` by title; none: the whole school. `state`: ahead, open or over on the day of the page."""

    mandate: UUID
    person: UUID
    classes: tuple[str, ...]
    span: Span
    order: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MandatesPage:
    """`classes`: id and title of those of the running year, to choose from; `granted`: inspectors by role, whose look
    ends with the role and not with a mandate."""

    lines: tuple[MandateLine, ...]
    classes: tuple[tuple[UUID, str], ...]
    granted: tuple[UUID, ...]
    as_of: AsOf


def page(reading: Reading) -> MandatesPage:
    """The open ones first, then those to come, then those that are over."""
    school, today = reading.school, reading.today
    year = school.year_of(today)
    lines = [_line(school, person, each, today) for person, held in school.mandates.items() for each in held]
    lines.sort(key=lambda line: (("open", "ahead", "over").index(line.state), line.span.first, line.mandate))
    shown = sorted((k for k in school.classes.values() if k.year == year), key=in_order)
    return MandatesPage(
        lines=tuple(lines),
        classes=tuple((klass.id, klass.title) for klass in shown),
        granted=tuple(
            person
            for person, held in school.roles.items()
            if any(role.value == "inspector" and today in span for role, _, span in held)
        ),
        as_of=reading.as_of,
    )


def scope_of(school: School, classes: frozenset[UUID]) -> tuple[str, ...]:
    """Their titles in the school's order."""
    return tuple(klass.title for klass in sorted((school.classes[id] for id in classes), key=in_order))


def _line(school: School, person: UUID, mandate: Mandate, today: date) -> MandateLine:
    return MandateLine(
        mandate=mandate.id,
        person=person,
        classes=scope_of(school, mandate.classes),
        span=mandate.span,
        order=order_words(mandate.order, school),
        state=state_of(mandate.span, today),
    )


def state_of(span: Span, today: date) -> str:
    if today < span.first:
        return "ahead"
    return "open" if today in span else "over"
