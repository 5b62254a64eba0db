"""What stands beside a pupil's name on a page: until when exempt from physical education and in which health group
(P-94, R-074), when the pupil came into the class or left it, by which order (E-06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.regulation import Regulation
from ledger.school import School, Span
from projections.movement import Movement, movements


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilNote:
    """`health` is "" on all pages but those of physical education, and for the main group. `at_home`: taught on a page
    of the pupil's own (8.2), here is nothing to expect."""

    pupil: UUID
    exempt: date | None
    health: str
    at_home: bool
    movements: tuple[Movement, ...]


def notes(
    school: School, journal: UUID, pupils: Iterable[UUID], span: Span, on: date, regulation: Regulation
) -> tuple[PupilNote, ...]:
    """Of those there is something to say of; most have nothing. Movements are those of the days of `span`."""
    physical = school.is_pe(journal)
    found = (_note(school, journal, pupil, span, on, regulation, physical) for pupil in pupils)
    return tuple(note for note in found if note is not None)


def _note(
    school: School, journal: UUID, pupil: UUID, span: Span, on: date, regulation: Regulation, physical: bool
) -> PupilNote | None:
    known = school.pupils.get(pupil)
    if known is None:
        return None
    exemption = known.exempt(on) if physical and regulation.pe_exempt.show_until else None
    group = known.health_group(on) if physical else "main"
    came = movements(known, school.journals[journal].class_id, school)
    moved = tuple(each for each in came if each.on in span)
    at_home = school.journals[journal].pupil is None and known.at_home(on)
    if exemption is None and group == "main" and not moved and not at_home:
        return None
    return PupilNote(
        pupil=pupil,
        exempt=exemption.span.last if exemption else None,
        health="" if group == "main" else group,
        at_home=at_home,
        movements=moved,
    )
