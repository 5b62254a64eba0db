"""How the files of classes are called on a disk: by the class's title, no two alike."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ledger.school_records import Klass


def names(classes: Iterable[Klass]) -> dict[UUID, str]:
    """Without an ending; what a folder may not hold is a hyphen («10/2» → «10-2»), and of two that come to the same
    the second has a number."""
    found: dict[UUID, str] = {}
    taken: set[str] = set()
    for klass in classes:
        letters = (each if each.isalnum() or each in " -" else "-" for each in klass.title)
        name = plain = "".join(letters).strip() or "класс"
        n = 1
        while name.casefold() in taken:
            n += 1
            name = f"{plain} ({n})"
        taken.add(name.casefold())
        found[klass.id] = name
    return found
