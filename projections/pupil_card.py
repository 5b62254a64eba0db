"""One pupil as the school's orders made him: classes over time, groups, guardians, exemptions, tuition at home,
curriculum, and what is still to be put right (R-060…R-062, R-074, E-06, E-07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import KeyOf, unseal
from ledger.school import Pupil, School, Span
from projections.as_of import AsOf
from projections.movement import Movement, movements
from projections.reading import NoSuchPage, Reading
from projections.reconciliation import EXEMPT, Left, left_standing
from projections.topic_words import order_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """In a class."""

    class_id: UUID
    title: str
    year: int
    span: Span
    movements: tuple[Movement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupStretch:
    group: UUID
    title: str
    class_title: str
    span: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class ExemptionLine:
    """`document` is "" where the certificate was not named."""

    exemption: UUID
    span: Span
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TuitionLine:
    """`pages`: subject and journal."""

    tuition: UUID
    span: Span
    order: str
    pages: tuple[tuple[str, UUID], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CurriculumLine:
    """`subjects`: title and hours a week, in hundredths."""

    curriculum: UUID
    span: Span
    order: str
    subjects: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilCard:
    """`class_id` of today, None for whoever is not at school. `exemptions` and `health` are None for whoever may know
    nothing of a pupil's health (matrix row 26)."""

    pupil: UUID
    name: str
    class_id: UUID | None
    class_title: str
    on: date
    classes: tuple[Stretch, ...]
    groups: tuple[GroupStretch, ...]
    guardians: tuple[UUID, ...]
    kinship: Mapping[UUID, str]
    exemptions: tuple[ExemptionLine, ...] | None
    health: tuple[tuple[str, date], ...] | None
    tuitions: tuple[TuitionLine, ...]
    curricula: tuple[CurriculumLine, ...]
    left: tuple[Left, ...]
    as_of: AsOf


def page(reading: Reading, pupil: UUID, key_of: KeyOf | None, *, marks: bool) -> PupilCard:
    """`key_of` opens the certificates, None for whoever may know nothing of health; `marks`: whether their values may
    be read. Raises NoSuchPage."""
    school = reading.school
    known = school.pupils.get(pupil)
    if known is None or not known.classes:
        raise NoSuchPage(str(pupil))
    place = known.class_on(reading.today)
    return PupilCard(
        pupil=pupil,
        name=reading.names([pupil])[pupil].full,
        class_id=place,
        class_title=school.classes[place].title if place else "",
        on=reading.today,
        classes=tuple(_stretch(known, class_id, span, school) for class_id, span in known.classes),
        groups=tuple(_group(group, span, school) for group, span in known.groups),
        guardians=known.guardians,
        kinship=known.kinship,
        exemptions=_exemptions(known, key_of) if key_of else None,
        health=known.health if key_of else None,
        tuitions=_tuitions(known, school),
        curricula=_curricula(known, school),
        left=tuple(
            left
            for left in left_standing(reading, pupil, marks=marks)
            if key_of is not None or left.why != EXEMPT
        ),
        as_of=reading.as_of,
    )


def _exemptions(pupil: Pupil, key_of: KeyOf) -> tuple[ExemptionLine, ...]:
    return tuple(
        ExemptionLine(
            exemption=each.id,
            span=each.span,
            document=unseal(each.document, key_of) if each.document else "",
        )
        for each in pupil.exemptions
    )


def _stretch(pupil: Pupil, class_id: UUID, span: Span, school: School) -> Stretch:
    klass = school.classes[class_id]
    own = tuple(m for m in movements(pupil, class_id, school) if m.on in (span.first, span.last))
    return Stretch(class_id=class_id, title=klass.title, year=klass.year, span=span, movements=own)


def _group(group: UUID, span: Span, school: School) -> GroupStretch:
    known = school.groups[group]
    return GroupStretch(
        group=group, title=known.title, class_title=school.classes[known.class_id].title, span=span
    )


def _tuitions(pupil: Pupil, school: School) -> tuple[TuitionLine, ...]:
    pages = sorted(
        (school.subject_of(page.id).title, page.id)
        for page in school.journals.values()
        if page.pupil == pupil.id
    )
    return tuple(
        TuitionLine(
            tuition=each.id,
            span=each.span,
            order=order_words(each.order, school, dated=True),
            pages=tuple(pages),
        )
        for each in pupil.tuitions
    )


def _curricula(pupil: Pupil, school: School) -> tuple[CurriculumLine, ...]:
    return tuple(
        CurriculumLine(
            curriculum=each.id,
            span=each.span,
            order=order_words(each.order, school, dated=True),
            subjects=tuple((school.subjects[subject].title, hours) for subject, hours in each.hours),
        )
        for each in pupil.curricula
    )
