"""Ids of what files name: of the school and the name, so that a file read twice means the same things."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from commands.files.names import class_key, match_key


def period(school: UUID, year: int, level: str, title: str) -> UUID:
    return uuid5(school, f"period/{year}/{level}/{match_key(title)}")


def holiday(school: UUID, year: int, title: str, nth: int) -> UUID:
    """The `nth` of the year's holidays with this title: moved dates stay the same holiday."""
    return uuid5(school, f"holiday/{year}/{match_key(title)}/{nth}")


def bells(school: UUID, title: str, times: Iterable[object]) -> UUID:
    """Other times are another schedule: what already rang by the old one stays as it was."""
    return uuid5(school, f"bells/{match_key(title)}/{'/'.join(map(str, times))}")


def subject(school: UUID, title: str) -> UUID:
    return uuid5(school, f"subject/{match_key(title)}")


def klass(school: UUID, year: int, name: str) -> UUID:
    return uuid5(school, f"class/{year}/{class_key(name)}")


def group(school: UUID, class_id: UUID, title: str) -> UUID:
    return uuid5(school, f"group/{class_id}/{match_key(title)}")


def pupil(school: UUID, code: str) -> UUID:
    return uuid5(school, f"pupil/{code}")


def person(school: UUID, code: str) -> UUID:
    """A member of staff."""
    return uuid5(school, f"person/{code}")


def guardian(school: UUID, code: str) -> UUID:
    """Codes of guardians and of staff are counted apart: «1» in both files is not one person."""
    return uuid5(school, f"guardian/{code}")


def journal(school: UUID, year: int, class_id: UUID, group_id: UUID | None, subject_id: UUID) -> UUID:
    return uuid5(school, f"journal/{year}/{class_id}/{group_id or ''}/{subject_id}")


def slot(school: UUID, place: tuple[object, ...], nth: int) -> UUID:
    """`place` is journal, weekday, number, week and first day; `nth` tells one from those ended before."""
    return uuid5(school, f"slot/{'/'.join(map(str, place))}/{nth}")


def joint(school: UUID, year: int, place: tuple[object, ...]) -> UUID:
    """A joint lesson: `place` is weekday, number, week and the pages taught together."""
    return uuid5(school, f"joint/{year}/{'/'.join(map(str, place))}")
