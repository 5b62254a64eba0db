"""What distance days or an exemption dated back left standing: the «н» that one request may take away (E-07, E-12)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.people import NO_NAME
from ledger.rests import Basis, OfDistance, basis_of
from ledger.span import Span
from projections.as_of import AsOf
from projections.reading import NoSuchPage, Reading

MOST = 200  # items of one request, as of any command
NOTED = "value_kind = 'absence' AND date BETWEEN %(first)s AND %(last)s"


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftAbsence:
    """An «н» that stands: `seen` its entry; `waits`: a request about it is not decided yet."""

    lesson: UUID
    journal: UUID
    pupil: UUID
    name: str
    class_title: str
    subject: str
    date: date
    number: int
    seen: int
    noted_by: UUID
    noted_at: datetime
    waits: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderReconciliation:
    """`kind` is activated, quarantine or exempt; `number` is "" while the order's follows, and of a certificate;
    `corrected` counts the «н» that went by a request about it."""

    basis: UUID
    kind: str
    spans: tuple[Span, ...]
    classes: tuple[str, ...]
    pupil: UUID | None
    pupil_name: str
    number: str
    ordered_on: date | None
    absences: tuple[LeftAbsence, ...]
    corrected: int
    as_of: AsOf

    @property
    def open(self) -> tuple[LeftAbsence, ...]:
        """Those nobody has asked about, as many as one request takes."""
        return tuple(each for each in self.absences if not each.waits)[:MOST]


def page(reading: Reading, basis_id: UUID, classes: Collection[UUID]) -> OrderReconciliation:
    """Of distance days only what is of these `classes`. Raises NoSuchPage."""
    school = reading.school
    basis = basis_of(basis_id, school)
    if basis is None:
        raise NoSuchPage(str(basis_id))
    order = school.orders.get(basis_id)
    pupil = None if isinstance(basis, OfDistance) else basis.pupil
    shown = [school.classes[each] for each in classes_of(basis) & set(classes)]
    names = reading.names([] if pupil is None else [pupil])
    return OrderReconciliation(
        basis=basis_id,
        kind=basis.distances[0].mode if isinstance(basis, OfDistance) else "exempt",
        spans=_spans(basis),
        classes=tuple(k.title for k in sorted(shown, key=lambda k: (k.grade, k.title))),
        pupil=pupil,
        pupil_name=names.get(pupil, NO_NAME).full if pupil is not None else "",
        number=(order.number or "") if order is not None else "",
        ordered_on=None if order is None else order.date,
        absences=_absences(basis, reading, classes),
        corrected=_corrected(basis_id, reading),
        as_of=reading.as_of,
    )


def classes_of(basis: Basis) -> frozenset[UUID]:
    """The classes that learn at a distance by the order."""
    if not isinstance(basis, OfDistance):
        return frozenset()
    return frozenset(class_id for each in basis.distances for class_id in each.classes)


def _spans(basis: Basis) -> tuple[Span, ...]:
    found = basis.distances if isinstance(basis, OfDistance) else (basis.exemption,)
    return tuple(sorted((each.span for each in found), key=lambda span: span.first))


def _absences(basis: Basis, reading: Reading, classes: Collection[UUID]) -> tuple[LeftAbsence, ...]:
    school = reading.school
    noted = _noted(basis, reading, classes)
    rows = [row for row in noted if basis.covers(row.journal, row.date, row.pupil, school)]
    waits = _waiting([row.lesson for row in rows], reading)
    names = reading.names({row.pupil for row in rows})
    numbers = _numbers([row.lesson for row in rows], reading)
    found = (
        LeftAbsence(
            lesson=row.lesson,
            journal=row.journal,
            pupil=row.pupil,
            name=names[row.pupil].listed if row.pupil in names else "",
            class_title=school.klass_of(row.journal).title,
            subject=school.subject_of(row.journal).title,
            date=row.date,
            number=numbers.get(row.lesson, 0),
            seen=row.entry,
            noted_by=row.entered_by,
            noted_at=row.entered_at,
            waits=(row.lesson, row.pupil) in waits,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda each: (each.date, each.class_title, each.number, each.name)))


def _noted(basis: Basis, reading: Reading, classes: Collection[UUID]) -> list[Any]:
    """The «н» of these days: on all pages of the classes, or of the one pupil."""
    spans, school = _spans(basis), reading.school
    first, last = spans[0].first, max(span.last or date.max for span in spans)
    if not isinstance(basis, OfDistance):
        return reading.rows(
            "cells", f"{NOTED} AND pupil = %(pupil)s", pupil=basis.pupil, first=first, last=last
        )
    shown = classes_of(basis) & set(classes)
    journals = [journal.id for journal in school.journals.values() if journal.class_id in shown]
    return reading.rows(
        "cells", f"{NOTED} AND journal = ANY(%(journals)s)", journals=journals, first=first, last=last
    )


def _waiting(lessons: list[UUID], reading: Reading) -> set[tuple[UUID, UUID]]:
    rows = reading.rows(
        "corrections",
        "target = 'absence' AND status = 'asked' AND lesson = ANY(%(lessons)s)",
        columns="lesson, pupil",
        lessons=lessons,
    )
    return {(row.lesson, row.pupil) for row in rows}


def _numbers(lessons: list[UUID], reading: Reading) -> dict[UUID, int]:
    rows = reading.rows("lessons", "lesson = ANY(%(lessons)s)", columns="lesson, number", lessons=lessons)
    return {row.lesson: row.number for row in rows}


def _corrected(basis: UUID, reading: Reading) -> int:
    rows = reading.rows(
        "corrections",
        "rests_on_order = %(basis)s AND status = 'approved'",
        columns="count(*) AS n",
        basis=basis,
    )
    return int(rows[0].n)
