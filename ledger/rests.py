"""What makes an «н» that was honestly noted wrong afterwards: distance days or an exemption dated back (E-07, E-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.school import School
from ledger.school_records import Distance, Exemption


@dataclass(frozen=True, kw_only=True, slots=True)
class OfDistance:
    """`id` is the order's; one order may have several stretches."""

    id: UUID
    distances: tuple[Distance, ...]

    def covers(self, journal: UUID, on: date, pupil: UUID, school: School) -> bool:
        class_id = school.journals[journal].class_id
        return any(class_id in each.classes and on in each.span for each in self.distances)


@dataclass(frozen=True, kw_only=True, slots=True)
class OfExemption:
    """`id` is the exemption's: a certificate has no order."""

    id: UUID
    pupil: UUID
    exemption: Exemption

    def covers(self, journal: UUID, on: date, pupil: UUID, school: School) -> bool:
        return pupil == self.pupil and on in self.exemption.span and school.is_pe(journal)


Basis = OfDistance | OfExemption


def basis_of(id: UUID, school: School) -> Basis | None:
    """By the id of the order or of the exemption."""
    distances = tuple(each for each in school.distances.values() if each.order == id)
    if distances:
        return OfDistance(id=id, distances=distances)
    found = ((p.id, e) for p in school.pupils.values() for e in p.exemptions if e.id == id)
    return next((OfExemption(id=id, pupil=pupil, exemption=each) for pupil, each in found), None)
