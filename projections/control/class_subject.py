"""A class and a subject, the line of many control reports: pages of groups and of tuition at home are part of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ledger.alphabet import plain
from ledger.school import School
from projections.class_list import in_order

Place = tuple[UUID, UUID]  # class, subject


def place_of(journal: UUID, school: School) -> Place:
    page = school.journals[journal]
    return page.class_id, page.subject


def ordered(places: Iterable[Place], school: School) -> list[Place]:
    """1А … 11Б, subjects by their titles."""

    def order(place: Place) -> tuple[object, ...]:
        return in_order(school.classes[place[0]]), plain(school.subjects[place[1]].title)

    return sorted(places, key=order)


def words(place: Place, school: School) -> tuple[str, str]:
    """The titles of the class and of the subject."""
    return school.classes[place[0]].title, school.subjects[place[1]].title


def key_of(place: Place) -> str:
    return f"{place[0]}/{place[1]}"


def of_key(key: str) -> Place:
    class_id, subject = key.split("/")
    return UUID(class_id), UUID(subject)
