"""Who is to be marked in a column (7.14(b5), R-127, K-31, E-11)."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from uuid import UUID

from ledger.regulation import Regulation
from ledger.school import School

# Kinds of work that want a safety briefing (P-75) and may be assessed individually (R-109, biology and geography).
LABORATORY = frozenset({"laboratory", "practical"})
ASSESS = ("all", "individual")


def for_all(kind: str, assess: str, makes_up: UUID | None, regulation: Regulation) -> bool:
    """Whether everybody present and liable gets a mark: control works, but those who assess individually (R-109), and
    those written later by whoever missed the work (K-32)."""
    known = regulation.work_kinds.get(kind)
    return known is not None and known.control and assess == "all" and makes_up is None


def expected(school: School, journal: UUID, on: date, absent: Container[UUID]) -> tuple[UUID, ...]:
    """Whose mark is waited for: on the list that day, present, neither at home nor exempt (E-11)."""
    return tuple(pupil for pupil in _liable(school, journal, on) if pupil not in absent)


def to_make_up(school: School, journal: UUID, on: date, absent: Container[UUID]) -> tuple[UUID, ...]:
    """Who missed the work and has to write it later (K-31)."""
    return tuple(pupil for pupil in _liable(school, journal, on) if pupil in absent)


def _liable(school: School, journal: UUID, on: date) -> tuple[UUID, ...]:
    return tuple(pupil for pupil in school.pupils_of(journal, on) if school.liable(pupil, journal, on))
