"""What a paper says of itself, and what it calls things: made once for every paper (R-225, R-234)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from exports.digest import digest
from exports.paper import Imprint
from ledger.entry import Role
from projections.reading import Reading
from projections.years import day_of
from web.format import moment_full
from web.time_bar import ENTRY

_SIZE = re.compile(r"\b(\d{1,2})\b")
USUAL, LEAST, MOST = 11.0, 8.0, 16.0  # points


def imprint(found: Reading, address: str, *shown: Any) -> Imprint:
    """`address` prints the paper again once the moment is written behind it; `shown` is all it shows."""
    school, regulation = found.school, found.regulation()
    return Imprint(
        school=school.title,
        moment=moment_full(found.as_of.instant, school.zone),
        position=found.as_of.position,
        address=f"letopis:{school.id}{address}{ENTRY}{found.as_of.position}",
        check=digest(*shown),
        seal=regulation.seal.seal,
        director=_director(found),
        size=_size(regulation.print_font),
    )


def _director(found: Reading) -> str:
    """Of that day; "" while nobody is."""
    led = [
        person
        for person, roles in found.school.roles.items()
        if any(role is Role.DIRECTOR and found.today in span for role, _, span in roles)
    ]
    return found.names(led)[led[0]].short if led else ""


def _size(font: str) -> float:
    """P-80 names a typeface and its size: «Times New Roman 12»; the typeface itself is a file (LETOPIS_PRINT_FONT)."""
    given = _SIZE.search(font)
    return min(MOST, max(LEAST, float(given[1]))) if given else USUAL


def staff(found: Reading) -> dict[UUID, str]:
    """«Соколова И. В.» of everybody who ever worked here, as they were called then."""
    school = found.school
    taught = {person for page in school.journals.values() for person, _ in page.teachers}
    led = {person for klass in school.classes.values() for person, _ in klass.teachers}
    names = found.names(taught | led | set(school.roles))
    return {person: name.short for person, name in names.items()}


def leaders(found: Reading, names: Mapping[UUID, str]) -> dict[UUID, str]:
    """Class → its teacher of that day, or of the last day of its year."""
    school = found.school
    return {
        klass.id: names.get(person, "")
        for klass in school.classes.values()
        for person, span in klass.teachers
        if klass.year in school.years and day_of(school.years[klass.year], found.today) in span
    }


def plain(titles: Mapping[str, object]) -> dict[str, str]:
    """Of the screen's words, in the language of the request."""
    return {key: str(title) for key, title in titles.items()}
