"""The regulation in force on a day (design 4, R-020): its whole file stands in a `RegulationAdopted`
entry."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache

from ledger.dictionary import with_terms
from ledger.events.regulations import RegulationAdopted
from ledger.parameters import PARAMETERS
from ledger.regulation_file import read, read_adopted
from ledger.regulation_shape import Mode, Regulation, RegulationError, RuleWord, WorkKind
from ledger.school import School
from ledger.school_records import Term

__all__ = ["Mode", "Regulation", "RegulationError", "RuleWord", "WorkKind", "in_force", "load", "unread_keys"]


@lru_cache(maxsize=32)
def load(text: str, file: str) -> Regulation:
    """The regulation written in `text` (TOML); `file` is only named in errors. Raises RegulationError."""
    return read(text, file)


@lru_cache(maxsize=32)
def _adopted(text: str, file: str) -> Regulation:
    return read_adopted(text, file)


@lru_cache(maxsize=32)
def _completed(text: str, file: str, terms: tuple[Term, ...]) -> Regulation:
    return with_terms(_adopted(text, file), terms)


def unread_keys(text: str, file: str) -> tuple[str, ...]:
    """Parameters the file states and no code reads yet, «P-27 (годовая отметка)», in its order. Raises
    RegulationError."""
    load(text, file)
    stated = tomllib.loads(text)["parameters"]
    return tuple(f"{key} ({PARAMETERS[key].meaning})" for key in stated if not PARAMETERS[key].read)


def in_force(school: School, on: date) -> tuple[int, Regulation] | None:
    """Position of the RegulationAdopted entry and the regulation that judges on the school day `on`.

    Of those in force by then it is the one with the latest date, of equal dates the one adopted last; the school's
    own dictionaries complete it (R-070).
    """
    adopted = [
        (event.in_force, entry.position, event)
        for entry in school.regulations
        if isinstance(event := entry.event, RegulationAdopted) and event.in_force <= on
    ]
    if not adopted:
        return None
    _, position, event = max(adopted, key=lambda found: found[:2])
    return position, _completed(event.toml, event.title, tuple(school.terms.values()))
