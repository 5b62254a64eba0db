"""The school's dictionaries laid over its act (R-070): kinds of work and absence categories the administrator added,
renamed or retired. What was used once stays readable: a retired kind keeps its title and its flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ledger.lesson import ANSWER
from ledger.regulation_shape import Regulation, WorkKind
from ledger.school_records import Term

WORK_KIND, CATEGORY, ORDER_KIND = "work_kind", "absence_category", "order_kind"
DICTIONARIES = (WORK_KIND, CATEGORY, ORDER_KIND)
FLAGS = ("written", "control", "creative", "essay", "monitoring", "fraction")


def with_terms(regulation: Regulation, terms: Iterable[Term]) -> Regulation:
    """The act as the school's dictionaries complete it."""
    said = tuple(terms)
    kinds = dict(regulation.work_kinds)
    for term in said:
        if term.dictionary == WORK_KIND:
            kinds[term.key] = _kind(term, regulation.work_kinds)
    return replace(regulation, work_kinds=kinds, absence_categories=_categories(regulation, said))


def _kind(term: Term, by_act: Mapping[str, WorkKind]) -> WorkKind:
    """Flags of a kind the act names are the act's: its deadlines follow from them (P-45)."""
    known = by_act.get(term.key)
    retired = term.retired and term.key != ANSWER
    if known is not None:
        return replace(known, title=term.title, retired=retired)
    return WorkKind(
        title=term.title, own=True, retired=retired, **{f: True for f in term.flags if f in FLAGS}
    )


def _categories(regulation: Regulation, terms: tuple[Term, ...]) -> tuple[str, ...]:
    """The words themselves: they stand in the entries as they were said."""
    words = dict.fromkeys(regulation.absence_categories)
    for term in terms:
        if term.dictionary == CATEGORY and term.retired:
            words.pop(term.key, None)
        elif term.dictionary == CATEGORY:
            words[term.key] = None
    return tuple(words)
