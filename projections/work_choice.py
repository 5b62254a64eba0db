"""The kinds of work a column of a page may be added for: those of its subject first, then those of any, written ones
before the others; what is done in other lessons stands last."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from ledger.lesson import ANSWER
from ledger.regulation import Regulation
from ledger.school import School

_WORDS = frozenset({"language", "literature"})
# Attributes of the subjects a kind is done in; a kind that is not here is done in any.
SUBJECTS: Mapping[str, frozenset[str]] = {
    "physical_test": frozenset({"pe"}),
    "recitation": _WORDS,
    "dictation": frozenset({"language", "foreign"}),
    "dictation_grammar": frozenset({"language"}),
    "exposition": _WORDS,
    "essay": _WORDS,
    "home_essay": _WORDS,
    "creative": _WORDS,
}


def kinds_for(journal: UUID, school: School, regulation: Regulation) -> list[tuple[str, str]]:
    """(key, full name) of each."""
    attributes = school.subject_of(journal).attributes

    def place(key: str) -> tuple[int, bool]:
        own = SUBJECTS.get(key)
        fit = 1 if own is None else 0 if own & attributes else 2
        return fit, not regulation.work_kinds[key].written

    offered = [key for key, kind in regulation.work_kinds.items() if key != ANSWER and not kind.retired]
    return [(key, regulation.work_kinds[key].title) for key in sorted(offered, key=place)]
