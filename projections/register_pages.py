"""Which page of the journal a pupil's marks in a subject stand on (R-159, E-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.school import Journal, School


def of_class(school: School, class_id: UUID) -> tuple[Journal, ...]:
    """The pages of the class: of all, of its groups, of home tuition."""
    return school.pages_of_class(class_id, school.classes[class_id].year)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """Where a pupil learns on a day; `home` is who is taught at home. All who sit alike have the same pages."""

    class_id: UUID
    groups: tuple[UUID, ...]
    home: UUID | None


def seat_of(school: School, pupil: UUID, on: date) -> Seat | None:
    """None for who is in no class that day."""
    known = school.pupils[pupil]
    class_id = known.class_on(on)
    if class_id is None:
        return None
    groups = tuple(group for group, span in known.groups if on in span)
    return Seat(class_id=class_id, groups=groups, home=pupil if known.at_home(on) else None)


def page_at(school: School, seat: Seat, subject: UUID, year: int) -> UUID | None:
    """The page that has the marks in the subject: of home tuition while he is taught at home, else of his group, else
    of the class; None where he does not learn it."""
    found = [
        page.id
        for place in (seat.class_id, *seat.groups)
        for page in school.pages_at(place, subject, year)
        if page.class_id == seat.class_id and page.pupil == seat.home
    ]
    return found[-1] if found else None
