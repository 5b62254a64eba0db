"""Which deputy decides what: УВР and УМР by the act's own division (P-06)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger.entry import Role
from ledger.regulation import Regulation
from ledger.school import School


def deputy_for(matter: str, person: UUID, on: date, school: School, regulation: Regulation) -> bool:
    """Whether the person is that day a deputy of a competence the act gives this matter to; where it names none, or
    the deputy was appointed for everything, any deputy is."""
    return deputy_of(regulation.competences_for(matter), person, on, school)


def deputy_of(competences: frozenset[str], person: UUID, on: date, school: School) -> bool:
    """The same for competences the act names on the spot (P-53, P-54); none: any deputy."""
    return any(
        role is Role.DEPUTY
        and on in span
        and (not competences or competence is None or competence in competences)
        for role, competence, span in school.roles.get(person, ())
    )
