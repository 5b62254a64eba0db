"""Which page of the journal a pupil's marks in a subject stand on (R-159, E-06)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger.school import Journal, School


def of_class(school: School, class_id: UUID) -> tuple[Journal, ...]:
    """The pages of the class: of all, of its groups, of home tuition."""
    year = school.classes[class_id].year
    return tuple(page for page in school.journals.values() if (page.class_id, page.year) == (class_id, year))


def page_on(school: School, pupil: UUID, subject: UUID, year: int, on: date) -> UUID | None:
    """The page that has the pupil's marks in the subject that day: of home tuition while he is taught at home, else of
    his group, else of the class; None where he does not learn it."""
    known = school.pupils[pupil]
    class_id = known.class_on(on)
    if class_id is None:
        return None
    home = known.at_home(on)
    places = (class_id, *(group for group, span in known.groups if on in span))
    found = [
        page.id
        for place in places
        for page in school.pages_at(place, subject, year)
        if page.class_id == class_id and (page.pupil == pupil if home else page.pupil is None)
    ]
    return found[-1] if found else None
