"""Finding a pupil, a member of staff or a class by the beginnings of words; who may see what is found is asked at the
door (web/reading_search.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from ledger.alphabet import plain
from ledger.people import Name, sort_key
from ledger.school import Klass, School

LEAST, LONGEST = 2, 60  # letters of a query; a class has but two


def words_of(query: str) -> tuple[str, ...]:
    """The query's words as they are compared: case aside, ё as е; empty for a query too short to mean somebody."""
    words = tuple(plain(query[:LONGEST]).split())
    return words if sum(map(len, words)) >= LEAST else ()


def persons(words: tuple[str, ...], names: Mapping[UUID, Name]) -> list[UUID]:
    """Each word begins one word of the name, «ив а п» is Иванов Андрей Павлович. Whose surname the first word begins
    come first, then those of that first name, in the order of names; a patronymic alone is nobody: «Петров» is no
    Петрович."""
    found = {person: _rank(words, name) for person, name in names.items() if words}
    fit = [person for person, rank in found.items() if rank is not None]
    return sorted(fit, key=lambda person: (found[person], sort_key(names[person])))


def _rank(words: tuple[str, ...], name: Name) -> int | None:
    """0: the first word begins the surname, 1: the first name; None: it does not fit."""
    if not _fits(words, plain(name.full).split()):
        return None
    own = (name.last, name.first)
    return next((n for n, part in enumerate(own) if plain(part).startswith(words[0])), None)


def _fits(words: Iterable[str], parts: list[str]) -> bool:
    left = list(parts)
    for word in words:
        meant = next((part for part in left if part.startswith(word)), None)
        if meant is None:
            return False
        left.remove(meant)
    return True


def classes(words: tuple[str, ...], school: School, year: int | None) -> list[Klass]:
    """«7а», «7 А», «7-А»: all one; «7» alone is too short, «11» is both classes of the parallel."""
    wanted = "".join(words).replace("-", "").replace("«", "").replace("»", "")
    found = (
        klass
        for klass in school.classes.values()
        if klass.year == year and wanted and plain(klass.title).replace(" ", "").startswith(wanted)
    )
    return sorted(found, key=lambda klass: (klass.grade, klass.title))
