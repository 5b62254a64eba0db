"""Pupils exempt from physical education (7.14(b2), P-94, E-07)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.attendance import AbsenceNoted
from ledger.regulation import Regulation
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import spoken


def exempt_pupil_is_not_absent(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-94: no «н» on physical education on a day the exemption covers; the day after it, «н» again."""
    lesson, pupil = state.lesson, school.pupils.get(cast(AbsenceNoted, entry.event).pupil)
    if lesson is None or pupil is None or not regulation.pe_exempt.no_absence_mark:
        return None
    exemption = pupil.exempt(lesson.date) if school.is_pe(lesson.journal) else None
    if exemption is None:
        return None
    until = exemption.span.last
    return Finding(code="P-94", details={"until": spoken(until) if until else ""})
